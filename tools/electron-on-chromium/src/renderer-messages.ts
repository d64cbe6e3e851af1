import type EventEmitter from 'node:events'
import { createEvent } from './events.ts'
import { frameUrl } from './frame-tree.ts'
import type { Frame } from './frame-tree.ts'
import type { GuardedKey } from './inject/input-guard.ts'
import { createCodec } from './inject/codec.ts'
import { fromMainCall } from './inject/sources.ts'
import { ipcMain } from './ipc-main.ts'
import type { IpcHub } from './ipc-main.ts'
import type { RendererMessage } from './page-session.ts'

const codec = createCodec()

/** The code that makes a preload's ipcRenderer emit. */
export const ipcEvent = (channel: string, args: unknown[]) => fromMainCall(codec.encode({ kind: 'event', channel, args }))

export type MessageContext = {
  ipc: IpcHub
  processId(): number
  view(frame: Frame): Electron.WebFrameMain
  toIsolated(frame: Frame, expression: string): void
  onWindowOpen(url: string, name: string, features: string): void
  onKey(frame: Frame, key: GuardedKey, combination: string): void
  onWindowClose(): void
  onTitle(title: string): void
  onZoom(factor: number): void
  onPermission(frame: Frame, permission: string, details: object): Promise<boolean>
}

/** Takes what a page's preload sends and turns it into ipcMain's events and calls. */
export function createMessageReceiver(contents: EventEmitter, context: MessageContext) {
  const { view, toIsolated } = context
  const eventOf = (frame: Frame, type: 'frame') => ({
    type,
    sender: contents,
    // Read late: a page that has gone on is not the one that asked.
    get senderFrame() {
      return frame.isDetached ? null : view(frame)
    },
    frameId: frame.number,
    processId: context.processId(),
    frameTreeNodeId: frame.number,
    ports: [],
    reply: (channel: string, ...args: unknown[]) => toIsolated(frame, ipcEvent(channel, args)),
  })
  const invoke = (frame: Frame, channel: string, args: unknown[]) => {
    const hub = context.ipc.handles(channel) ? context.ipc : ipcMain
    return hub.dispatchInvoke(eventOf(frame, 'frame') as unknown as Electron.IpcMainInvokeEvent, channel, args)
  }
  const answer = async (frame: Frame, id: number, work: () => Promise<unknown>) => {
    const isolatedContext = frame.isolatedContext
    const reply = (ok: boolean, value: unknown) => {
      // The answer belongs to the document that asked.
      if (frame.isolatedContext === isolatedContext) toIsolated(frame, fromMainCall(codec.encode({ kind: 'reply', id, ok, value })))
    }
    try {
      reply(true, await work())
    } catch (error) {
      reply(false, error instanceof Error ? error.message : String(error))
    }
  }
  return (frame: Frame, message: RendererMessage): void => {
    switch (message.kind) {
      case 'invoke':
        return void answer(frame, message.id, () => invoke(frame, message.channel, message.args))
      case 'permission':
        return void answer(frame, message.id, () => context.onPermission(frame, message.channel, message.args[0] as object))
      case 'send':
        for (const hub of [context.ipc, ipcMain]) {
          hub.emit(message.channel, eventOf(frame, 'frame') as unknown as Electron.IpcMainEvent, ...message.args)
        }
        return
      case 'windowOpen':
        return context.onWindowOpen(message.url, message.name, message.features)
      case 'key':
        return context.onKey(frame, message.key, message.combination)
      case 'contextMenu':
        contents.emit('context-menu', createEvent(), { ...message.params, frame: view(frame), pageURL: frameUrl(frame), frameURL: frameUrl(frame), frameCharset: 'utf-8', editFlags: {}, menuSourceType: 'mouse' })
        return
      case 'windowClose':
        return context.onWindowClose()
      case 'title':
        return context.onTitle(message.title)
      case 'zoom':
        return context.onZoom(message.factor)
      case 'preloadError':
        contents.emit('preload-error', createEvent(), message.file, Object.assign(new Error(message.message), { stack: message.stack }))
    }
  }
}
