import { type Activity, problemOf, writeLog } from './log-events.ts'

export function reportError(during: Activity, error: unknown): void {
  writeLog({ event: 'unexpected', during, problem: problemOf(error) })
}

/** The part of Node's `process` that this needs. */
interface Ending {
  on(event: 'uncaughtException' | 'unhandledRejection', listener: (error: unknown) => void): unknown
}

/** What nobody has caught is told in the same way; left alone, Electron would show and print it with its message. */
export function reportUncaught(process: Ending, giveUp: () => void): void {
  process.on('unhandledRejection', (error) => reportError('something else', error))
  process.on('uncaughtException', (error) => {
    reportError('something else', error)
    giveUp()
  })
}
