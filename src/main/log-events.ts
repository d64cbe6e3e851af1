/**
 * All that the main process ever writes to its log, which is the console. There is no free text: an event has a name of this
 * list, words of this list, and of an error only what cannot hold what a person typed or a seller wrote.
 */
import type { ConfirmContract } from '../contract/ipc/confirm.ts'
import type { LauncherContract } from '../contract/ipc/launcher.ts'
import type { Channel } from '../contract/ipc/channel.ts'

/** What the app was about when something went wrong that nobody expected. */
export type Activity =
  | 'starting'
  | 'showing the launcher'
  | 'asking who it is'
  | 'letting somebody in'
  | 'limits and exclusion'
  | 'buying'
  | 'looking after the ledger'
  | 'keeping views of the history'
  | 'kiosk mode'
  | 'signing in'
  | 'something else'

declare const redacted: unique symbol

/** What is told of an error. Made by `problemOf` only, so that no text gets in by another way. */
export interface Problem {
  readonly [redacted]: true
  /** The name of its class. */
  readonly kind: string
  /** Such as ENOENT or SQLITE_FULL; null where it has none. */
  readonly code: string | null
  /** File of the program, line and column; null where that is not known. */
  readonly place: string | null
}

export type LogEvent =
  | { readonly event: 'unexpected'; readonly during: Activity; readonly problem: Problem }
  | { readonly event: 'callRefused'; readonly channel: Channel<LauncherContract> | Channel<ConfirmContract>; readonly problem: Problem }

export function problemOf(error: unknown): Problem {
  const kind = error instanceof Error ? (wordLike(kindShape, error.name) ?? 'Error') : `a ${typeof error} was thrown`
  const code = error instanceof Error ? wordLike(codeShape, (error as { readonly code?: unknown }).code) : null
  return { kind, code, place: error instanceof Error ? placeOf(error) : null } as Problem
}

export function lineOf(event: LogEvent): string {
  const { kind, code, place } = event.problem
  const what = [kind, code, place && `at ${place}`].filter(Boolean).join(' ')
  return event.event === 'unexpected' ? `unexpected while ${event.during}: ${what}` : `refused ${event.channel}: ${what}`
}

export function writeLog(event: LogEvent): void {
  console.error(lineOf(event))
}

/** Names of classes and of system errors; four digits in a row could be somebody's. */
const kindShape = /^[A-Z][A-Za-z]{0,39}$/
const codeShape = /^(?!.*\d{4})[A-Z][A-Z0-9_]{1,40}$/

function wordLike(shape: RegExp, value: unknown): string | null {
  return typeof value === 'string' && shape.test(value) ? value : null
}

/** A frame of V8's stack trace, of which only file name, line and column are kept: the path above them has the user's name. */
const frame = /^ {4}at .*?([\w.-]{1,60}\.(?:cjs|mjs|js|ts)):(\d{1,6}):(\d{1,6})\)?$/

/** The stack begins with the message, which may look like a frame itself, so it is cut off; what was altered since is not read. */
function placeOf({ stack, message }: Error): string | null {
  const start = stack?.indexOf(message) ?? -1
  if (stack === undefined || start === -1) return null
  const lines = stack.slice(start + message.length).split('\n').slice(1)
  const found = lines.map((line) => frame.exec(line)).find((match) => match !== null)
  return found ? found.slice(1).join(':') : null
}
