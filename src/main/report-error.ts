import { type Activity, type LogEvent, problemOf, writeLog } from './log-events.ts'

export function reportError(during: Activity, error: unknown): void {
  writeLog({ event: 'unexpected', during, problem: problemOf(error) })
}

/** A page has called what it may not, or with what it must not. */
export function reportCallRefused(channel: Extract<LogEvent, { event: 'callRefused' }>['channel'], error: unknown): void {
  writeLog({ event: 'callRefused', channel, problem: problemOf(error) })
}

/** The part of Node's `process` that this needs. */
interface Ending {
  on(event: 'uncaughtException' | 'unhandledRejection', listener: (error: unknown) => void): unknown
  readonly stderr: { on(event: 'error', listener: () => void): unknown }
}

/** What nobody has caught is told in the same way; left alone, Electron would show and print it with its message. */
export function reportUncaught(running: Ending, giveUp: () => void): void {
  // A terminal that was closed meanwhile is no reason to end.
  running.stderr.on('error', () => {})
  running.on('unhandledRejection', (error) => reportError('something else', error))
  running.on('uncaughtException', (error) => {
    reportError('something else', error)
    giveUp()
  })
}
