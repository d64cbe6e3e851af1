import module from 'node:module'
import { compileCache } from './compile-cache.ts'

module.enableCompileCache(compileCache)
const { run } = await import('./run.ts')
await run()
