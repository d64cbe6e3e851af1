import { expect, it } from 'vitest'
import { every } from '../../../src/main/every.ts'
import { createFakeClock } from '../../support/fake-clock.ts'

it('comes again after each time, at once where time was let pass, and no more once it has ended', () => {
  const clock = createFakeClock(0)
  let times = 0
  const stop = every(clock, 1000, () => (times += 1))
  const letPass = (ms: number) => {
    clock.advance(ms)
    clock.wake()
    return times
  }
  expect([letPass(999), letPass(1), letPass(999), letPass(1)]).toEqual([0, 1, 1, 2])
  stop()
  expect(letPass(10_000)).toBe(2)
})
