import { type Activity, problemOf, writeLog } from './log-events.ts'

export function reportError(during: Activity, error: unknown): void {
  writeLog({ event: 'unexpected', during, problem: problemOf(error) })
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
