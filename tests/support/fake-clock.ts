import type { Clock } from '../../src/main/ports/clock.ts'

export interface FakeClock extends Clock {
  /** Sets the wall clock, in milliseconds since the epoch; it may go backwards, unlike the monotonic one. */
  set(nowMs: number): void
  /** Time passes; nothing that was to happen happens before `wake`. */
  advance(ms: number): void
  /** The computer is suspended: its wall clock goes on, the monotonic one and everything timed by it stand still. */
  suspend(ms: number): void
  /** How much time has really passed, awake or suspended, whatever the clocks were set to. */
  passedMs(): number
  /** What has become due meanwhile happens now. */
  wake(): void
}

export function createFakeClock(startMs = Date.parse('2026-11-23T09:00:00.000Z')): FakeClock {
  let nowMs = startMs
  let elapsedMs = 0
  let suspendedMs = 0
  const due = new Map<() => void, number>()
  return {
    now: () => nowMs,
    monotonicMs: () => elapsedMs,
    after(ms, act) {
      due.set(act, elapsedMs + ms)
      return () => void due.delete(act)
    },
    set(value) {
      nowMs = value
    },
    advance(ms) {
      nowMs += ms
      elapsedMs += ms
    },
    suspend(ms) {
      nowMs += ms
      suspendedMs += ms
    },
    passedMs: () => elapsedMs + suspendedMs,
    wake() {
      for (const [act, dueMs] of [...due]) if (dueMs <= elapsedMs && due.delete(act)) act()
    },
  }
}
