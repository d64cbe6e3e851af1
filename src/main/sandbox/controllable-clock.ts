import type { Clock } from '../ports/clock.ts'

export interface ControllableClock extends Clock {
  /** Lets time pass: what the clock says, how long things have been going on, and what was to happen by then. */
  advance(ms: number): void
  /** Sets the computer's clock to another time without any time passing. Milliseconds, may be negative. */
  jump(ms: number): void
}

interface Appointment {
  readonly dueMs: number
  readonly keep: () => void
}

export function createControllableClock(clock: Clock): ControllableClock {
  let passedMs = 0
  let jumpedMs = 0
  const appointments = new Set<Appointment>()
  const monotonicMs = () => clock.monotonicMs() + passedMs
  return {
    now: () => clock.now() + passedMs + jumpedMs,
    monotonicMs,
    after(ms, act) {
      const keep = () => {
        forget()
        act()
      }
      const takeBack = clock.after(ms, keep)
      const appointment = { dueMs: monotonicMs() + ms, keep }
      const forget = () => {
        takeBack()
        appointments.delete(appointment)
      }
      appointments.add(appointment)
      return forget
    },
    advance(ms) {
      if (ms < 0) throw new RangeError('time does not run backwards; use jump')
      passedMs += ms
      for (const { dueMs, keep } of [...appointments]) if (dueMs <= monotonicMs()) keep()
    },
    jump(ms) {
      jumpedMs += ms
    },
  }
}
