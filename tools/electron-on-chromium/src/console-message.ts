import type EventEmitter from 'node:events'
import type { Protocol } from 'devtools-protocol'
import { createEvent } from './events.ts'

const levels = ['debug', 'info', 'warning', 'error'] as const

/** Emits console-message: one event object, and the older arguments after it. */
export function consoleMessage(contents: EventEmitter, { type, args, stackTrace }: Protocol.Runtime.consoleAPICalledPayload): void {
  const message = args.map((each) => (each.value === undefined ? (each.description ?? each.type) : String(each.value))).join(' ')
  const level = levels.find((each) => each === type) ?? 'info'
  const call = stackTrace?.callFrames[0]
  const lineNumber = (call?.lineNumber ?? -1) + 1
  const sourceId = call?.url ?? ''
  contents.emit('console-message', createEvent({ message, level, lineNumber, sourceId }), levels.indexOf(level), message, lineNumber, sourceId)
}
