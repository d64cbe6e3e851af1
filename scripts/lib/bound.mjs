// @ts-check
import { which } from './which.mjs'

/**
 * A command line whose process the kernel ends when we end, in whatever way (Linux): a killed run
 * leaves nothing at work behind it.
 *
 * @param {string[]} command
 * @param {'TERM' | 'KILL'} signal
 */
export const boundToUs = (command, signal) => (process.platform !== 'linux' || which('setpriv') === undefined ? command : ['setpriv', '--pdeathsig', signal, ...command])
