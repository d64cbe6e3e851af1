/** Starts a private keychain, says which on stdout, and stays until it is killed, or not at all when told to `end`. */
import { startPrivateKeychain } from '../../../scripts/lib/private-keychain.mjs'

const { env, pids } = await startPrivateKeychain()
console.log(JSON.stringify({ address: env.DBUS_SESSION_BUS_ADDRESS, pids }))
if (process.argv[2] !== 'end') setInterval(() => {}, 60_000)
