import EventEmitter from 'node:events'
import { strict } from './not-implemented.ts'

type Handler = (event: Electron.IpcMainInvokeEvent, ...args: unknown[]) => unknown

/** What `webContents.ipc`, `frame.ipc` and `ipcMain` have in common: listeners by channel and one handler per channel. */
export type IpcHub = Electron.IpcMain & {
  handles(channel: string): boolean
  /** Resolves with the handler's result; throws the error the renderer's invoke() shall reject with. */
  dispatchInvoke(event: Electron.IpcMainInvokeEvent, channel: string, args: unknown[]): Promise<unknown>
}

export function createIpcHub(name: string): IpcHub {
  const handlers = new Map<string, Handler>()
  const emitter = new EventEmitter().setMaxListeners(0)

  const methods = {
    handle(channel, listener) {
      if (handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`)
      if (typeof listener !== 'function') throw new TypeError(`Expected handler to be a function, but found type '${typeof listener}'`)
      handlers.set(channel, listener)
    },
    handleOnce(channel, listener) {
      methods.handle(channel, (event, ...args) => {
        handlers.delete(channel)
        return listener(event, ...args)
      })
    },
    removeHandler: (channel) => void handlers.delete(channel),
  } satisfies Pick<Electron.IpcMain, 'handle' | 'handleOnce' | 'removeHandler'>

  const dispatchInvoke: IpcHub['dispatchInvoke'] = async (event, channel, args) => {
    const handler = handlers.get(channel)
    try {
      if (!handler) throw new Error(`No handler registered for '${channel}'`)
      return await handler(event, ...args)
    } catch (error) {
      throw new Error(`Error invoking remote method '${channel}': ${String(error)}`)
    }
  }
  return strict(name, Object.assign(emitter, methods, { dispatchInvoke, handles: (channel: string) => handlers.has(channel) })) as unknown as IpcHub
}

export const ipcMain = createIpcHub('ipcMain')
