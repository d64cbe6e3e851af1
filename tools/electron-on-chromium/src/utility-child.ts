import EventEmitter from 'node:events'
import { createRequire } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { identify } from './app-paths.ts'
import { installModule } from './module-hooks.ts'
import { strict } from './not-implemented.ts'
import { installVersions } from './versions.ts'

// The first thing a utility process runs: gives it process.parentPort and ties its life to its parent's.
// Its start has used that already, and Electron's has no such variable.
delete process.env['NODE_COMPILE_CACHE']
const [, , modulePath, ...args] = process.argv
const port = new EventEmitter()
const waiting: unknown[] = []
let isOpen = false

const deliver = (data: unknown) => void port.emit('message', { data, ports: [] })
const open = () => {
  isOpen = true
  for (const data of waiting.splice(0)) deliver(data)
}
const parentPort = Object.assign(port, {
  postMessage: (data: unknown) => void process.send?.({ data }),
  start: open,
  pause: () => void (isOpen = false),
})
process.on('message', ({ data }: { data: unknown }) => (isOpen ? deliver(data) : waiting.push(data)))
process.on('disconnect', () => process.exit())
// Messages wait until somebody listens: the module may be asynchronous.
port.on('newListener', (event) => event === 'message' && !isOpen && setImmediate(open))

const entry = path.resolve(modulePath!)
process.argv.splice(1, process.argv.length, entry, ...args)
installVersions()
Object.assign(process, { parentPort, type: 'utility' })
installModule(strict('electron', { systemPreferences: strict('systemPreferences', {}), net: strict('net', {}) }))
if (identify(entry).isModule) await import(pathToFileURL(entry).href)
else createRequire(entry)(entry)
