import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import EventEmitter from 'node:events'
import { fileURLToPath } from 'node:url'
import { compileCache } from './compile-cache.ts'
import { strict } from './not-implemented.ts'
import { reaper } from './reaper.ts'

const childScript = fileURLToPath(new URL('utility-child.ts', import.meta.url))
let onGone: (details: Electron.Details) => void = () => {}

/** @param listener called when a utility process ends badly, for app's child-process-gone */
export const onUtilityProcessGone = (listener: typeof onGone) => void (onGone = listener)

/** A Node process of its own, as Electron's utilityProcess.fork: it dies with this one, however this one dies. */
function fork(modulePath: string, args: string[] = [], options: Electron.ForkOptions = {}): Electron.UtilityProcess {
  const { env, cwd, execArgv = [], serviceName = 'Node Utility Process', stdio = 'inherit' } = options
  const emitter = new EventEmitter()
  const streams = Array.isArray(stdio) ? stdio : [stdio, stdio, stdio]
  const [, stdout, stderr] = streams as ('pipe' | 'ignore' | 'inherit')[]
  const child: ChildProcess = spawn(process.execPath, [...execArgv, childScript, modulePath, ...args], {
    cwd,
    env: { ...(env ?? process.env), NODE_COMPILE_CACHE: compileCache },
    stdio: ['ignore', stdout ?? 'inherit', stderr ?? 'inherit', 'ipc'],
    serialization: 'advanced',
  })
  reaper().watchProcess(child)
  child.on('spawn', () => emitter.emit('spawn'))
  child.on('message', (message: { data: unknown }) => emitter.emit('message', message.data))
  child.on('error', (error) => emitter.emit('error', 'FatalError', error.message, ''))
  let wasKilled = false
  child.on('exit', (code, signal) => {
    const exitCode = code ?? 128 + (signal === 'SIGKILL' ? 9 : 15)
    emitter.emit('exit', exitCode)
    if (exitCode !== 0) onGone({ type: 'Utility', reason: wasKilled || signal ? 'killed' : 'abnormal-exit', exitCode, name: serviceName, serviceName: 'node.mojom.NodeService' })
  })
  const methods = {
    postMessage: (message, transfer) => {
      if (transfer?.length) throw new Error('not implemented: UtilityProcess.postMessage with ports')
      if (child.connected) child.send({ data: message })
    },
    kill() {
      wasKilled = true
      return child.kill()
    },
    get pid() {
      return child.exitCode === null && child.signalCode === null ? child.pid : undefined
    },
    stdout: child.stdout,
    stderr: child.stderr,
  } satisfies Pick<Electron.UtilityProcess, 'postMessage' | 'kill' | 'pid' | 'stdout' | 'stderr'>
  return strict('UtilityProcess', Object.defineProperties(emitter, Object.getOwnPropertyDescriptors(methods))) as unknown as Electron.UtilityProcess
}

export const utilityProcess = strict('utilityProcess', { fork } satisfies Pick<typeof Electron.utilityProcess, 'fork'>)
