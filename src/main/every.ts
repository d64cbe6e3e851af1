import type { Clock } from './ports/clock.ts'

/**
 * Calls `act` again and again, so many milliseconds apart; gives what ends it. An appointment of the clock each time, so that testers who let
 * time pass need not wait for it.
 */
export function every(clock: Pick<Clock, 'after'>, ms: number, act: () => void): () => void {
  const again = () => {
    takeBack = clock.after(ms, again)
    act()
  }
  let takeBack = clock.after(ms, again)
  return () => takeBack()
}
