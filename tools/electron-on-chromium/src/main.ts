import module from 'node:module'
import os from 'node:os'
import path from 'node:path'

// Type stripping a few dozen files costs more than running them; the cache is a third of the start-up time.
module.enableCompileCache(process.env['NODE_COMPILE_CACHE'] ?? path.join(process.env['XDG_CACHE_HOME'] || path.join(os.homedir(), '.cache'), 'electron-on-chromium'))
const { run } = await import('./run.ts')
await run()
