// @ts-check
import { execFile, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { Failure } from './failure.mjs'
import { say } from './report.mjs'
import { which } from './which.mjs'

const READY_WITHIN_MS = 10_000
const ANSWER_WITHIN_MS = 2000
const secretService = 'org.freedesktop.secrets'
const programs = ['dbus-daemon', 'dbus-send', 'gnome-keyring-daemon']

/**
 * @typedef {object} PrivateKeychain
 * @property {{ DBUS_SESSION_BUS_ADDRESS: string }} env what a process needs to use this keychain
 * @property {{ bus: number, keyring: number }} pids
 * @property {() => Promise<void>} lock as if the person had locked it; nobody will ask for the password
 * @property {() => Promise<void>} stop ends it and removes everything it kept
 */

/**
 * Starts a Secret Service of its own: a D-Bus session with nothing on it but gnome-keyring, in a folder that goes away
 * with it, locked by a password that nobody is told. It ends when `stop` is called or when this process ends, killed or
 * not: the shell that watches over it reads a pipe whose other end is here.
 *
 * @returns {Promise<PrivateKeychain>}
 * @throws {Failure} when the programs are missing or do not start
 */
export async function startPrivateKeychain() {
  const missing = programs.filter((program) => which(program) === undefined)
  if (missing.length > 0) throw notStarted(`${missing.join(' and ')} not found`)
  // A socket's path may be 107 bytes long at most, so the folder is not nested any deeper.
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tuppence-keychain-'))
  fs.writeFileSync(path.join(folder, 'bus.conf'), busConfig(path.join(folder, 'bus')))
  const address = `unix:path=${path.join(folder, 'bus')}`
  const guard = spawn('sh', ['-c', guardScript, 'sh', folder], {
    env: keychainEnv(folder, address),
    stdio: ['pipe', 'pipe', 'pipe'],
    // Not in our process group: Ctrl-C must not take the keychain from the app while that is still closing.
    detached: true,
  })
  // Not stopping it must not keep this process from ending; that ends it.
  for (const held of [guard, guard.stdin, guard.stdout, guard.stderr]) unref(held)
  guard.stdin.on('error', () => {})
  guard.stdin.write(`${randomBytes(16).toString('hex')}\n`)
  const exit = new Promise((resolve) => guard.once('exit', resolve))
  const stop = async () => {
    guard.ref()
    guard.stdin.end()
    await exit
  }
  try {
    const pids = await readyLine(guard)
    const env = { DBUS_SESSION_BUS_ADDRESS: address }
    return { env, pids, lock: () => lock(env), stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/**
 * Whether the session has a keychain that answers, or would be started for the first who asks.
 *
 * @param {NodeJS.ProcessEnv} [env]
 * @param {string} [platform]
 * @returns {Promise<boolean>}
 */
export async function hasSecretService(env = process.env, platform = process.platform) {
  if (platform !== 'linux') return true
  const bus = '/org/freedesktop/DBus'
  const calls = ['ListNames', 'ListActivatableNames'].map((method) =>
    dbusSend(env, 'org.freedesktop.DBus', bus, `org.freedesktop.DBus.${method}`).catch(() => ''),
  )
  const answers = await Promise.all(calls)
  return answers.some((answer) => answer.includes(`"${secretService}"`))
}

/**
 * The keychain for programs that open the app's windows: the person's own where there is one, else one that lasts as long
 * as they do.
 *
 * @param {NodeJS.ProcessEnv} [env]
 * @param {string} [platform]
 * @returns {Promise<{ env: NodeJS.ProcessEnv, stop: () => Promise<void> }>}
 * @throws {Failure}
 */
export async function keychainOrPrivateOne(env = process.env, platform = process.platform) {
  if (await hasSecretService(env, platform)) return { env, stop: async () => {} }
  say('There is no keychain here; what is started now gets one of its own, which goes away with it.')
  const keychain = await startPrivateKeychain()
  return { env: { ...env, ...keychain.env }, stop: keychain.stop }
}

/**
 * Starts both programs, says so, and waits for the pipe to close. Killed with -9 itself, it takes them with it where
 * setpriv can see to that.
 */
const guardScript = `
umask 077
folder=$1
bound=$(command -v setpriv >/dev/null && echo 'setpriv --pdeathsig KILL')
bus= keyring=
finish() {
  trap - EXIT
  kill -KILL $keyring $bus 2>/dev/null
  wait
  rm -rf "$folder"
}
trap finish EXIT
trap 'exit 1' HUP INT TERM

read -r password
mkdir "$HOME" "$XDG_RUNTIME_DIR"
mkfifo "$folder/address"
$bound dbus-daemon --config-file="$folder/bus.conf" --nofork --print-address=1 >"$folder/address" 2>"$folder/bus.log" </dev/null &
bus=$!
read -r address <"$folder/address" || { cat "$folder/bus.log" >&2; exit 1; }

printf %s "$password" | $bound gnome-keyring-daemon --foreground --unlock --components=secrets >/dev/null 2>"$folder/keyring.log" &
keyring=$!
left=300
until dbus-send --session --print-reply --dest=${secretService} /org/freedesktop/secrets org.freedesktop.DBus.Peer.Ping >/dev/null 2>&1; do
  left=$((left - 1))
  [ $left -gt 0 ] && kill -0 $keyring 2>/dev/null || { cat "$folder/keyring.log" >&2; exit 1; }
  sleep 0.01
done
echo "ready $bus $keyring"
while read -r _; do :; done
`

/** @param {string} socket */
const busConfig = (socket) => `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path=${socket}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*"/>
    <allow receive_sender="*"/>
    <allow own="*"/>
  </policy>
</busconfig>
`

/**
 * @param {string} folder
 * @param {string} address
 * @returns {NodeJS.ProcessEnv}
 */
const keychainEnv = (folder, address) => {
  const home = path.join(folder, 'home')
  return {
    PATH: process.env['PATH'],
    HOME: home,
    XDG_CACHE_HOME: home,
    XDG_CONFIG_HOME: home,
    XDG_DATA_HOME: home,
    XDG_RUNTIME_DIR: path.join(folder, 'run'),
    DBUS_SESSION_BUS_ADDRESS: address,
  }
}

/**
 * @param {import('node:child_process').ChildProcessWithoutNullStreams} guard
 * @returns {Promise<{ bus: number, keyring: number }>}
 */
function readyLine(guard) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(notStarted(`no answer within ${READY_WITHIN_MS / 1000} s`)), READY_WITHIN_MS)
    let complaint = ''
    guard.stderr.on('data', (/** @type {Buffer} */ chunk) => {
      complaint += chunk.toString()
    })
    guard.once('error', (error) => reject(notStarted(error.message)))
    guard.once('close', () => {
      clearTimeout(timer)
      reject(notStarted(complaint.trim() || 'it ended at once'))
    })
    guard.stdout.once('data', (/** @type {Buffer} */ chunk) => {
      clearTimeout(timer)
      const [, bus, keyring] = chunk.toString().trim().split(' ').map(Number)
      resolve({ bus: bus ?? 0, keyring: keyring ?? 0 })
    })
  })
}

/** @param {NodeJS.ProcessEnv} env */
async function lock(env) {
  const collection = 'array:objpath:/org/freedesktop/secrets/collection/login'
  await dbusSend(env, secretService, '/org/freedesktop/secrets', 'org.freedesktop.Secret.Service.Lock', collection)
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {string} destination
 * @param {string} object
 * @param {string} method
 * @param {string[]} values
 * @returns {Promise<string>} the printed reply
 */
function dbusSend(env, destination, object, method, ...values) {
  const args = ['--session', '--print-reply', `--reply-timeout=${ANSWER_WITHIN_MS}`, `--dest=${destination}`, object, method]
  const options = { env: { ...process.env, ...env }, timeout: 2 * ANSWER_WITHIN_MS }
  return new Promise((resolve, reject) => {
    execFile('dbus-send', [...args, ...values], options, (error, stdout) => (error ? reject(error) : resolve(stdout)))
  })
}

/** @param {object} held */
function unref(held) {
  if ('unref' in held && typeof held.unref === 'function') held.unref()
}

/** @param {string} why */
const notStarted = (why) =>
  new Failure(`A private keychain could not be started: ${why}.`, {
    means: 'Nothing that needs a keychain can be tried here.',
    next: 'Install the packages dbus and gnome-keyring (`npm run bootstrap` does).',
  })
