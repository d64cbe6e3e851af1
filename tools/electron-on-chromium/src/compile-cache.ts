import os from 'node:os'
import path from 'node:path'

/** Where Node keeps what it has compiled. Type stripping a few dozen files costs more than running them; the cache is a third of the start-up time. */
export const compileCache = process.env['NODE_COMPILE_CACHE'] ?? path.join(process.env['XDG_CACHE_HOME'] || path.join(os.homedir(), '.cache'), 'electron-on-chromium')
