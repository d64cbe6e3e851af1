import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createArming, judgePress, quietMs } from '../../../src/renderer/confirm/arming.ts'

describe('the pay button', () => {
  beforeEach(() => vi.useFakeTimers())
  afterEach(() => vi.useRealTimers())

  function setUp() {
    const seen: boolean[] = []
    const arming = createArming((isArmed) => seen.push(isArmed))
    return { arming, last: () => seen.at(-1) }
  }

  it('P1 counts only after the window stood still for 500 ms', () => {
    const { arming, last } = setUp()
    arming.disturb()
    vi.advanceTimersByTime(quietMs - 1)
    expect(last()).toBe(false)
    vi.advanceTimersByTime(1)
    expect(last()).toBe(true)
    expect(quietMs).toBe(500)
  })

  it('P1 waits all over again after each disturbance', () => {
    const { arming, last } = setUp()
    arming.disturb()
    vi.advanceTimersByTime(400)
    arming.disturb()
    vi.advanceTimersByTime(400)
    expect(last()).toBe(false)
    vi.advanceTimersByTime(100)
    expect(last()).toBe(true)
    arming.disturb()
    expect(last()).toBe(false)
  })

  it('stays as it is after the window is gone', () => {
    const { arming, last } = setUp()
    arming.disturb()
    arming.dispose()
    vi.advanceTimersByTime(10_000)
    expect(last()).toBe(false)
  })

  it('P1 takes only a real press that began and ended while armed', () => {
    expect(judgePress({ isTrusted: true, isArmed: true, beganUnarmed: false })).toBe('counts')
    expect(judgePress({ isTrusted: true, isArmed: false, beganUnarmed: false })).toBe('tooSoon')
    expect(judgePress({ isTrusted: true, isArmed: true, beganUnarmed: true })).toBe('tooSoon')
    for (const isArmed of [true, false]) {
      expect(judgePress({ isTrusted: false, isArmed, beganUnarmed: false })).toBe('notAPerson')
    }
  })
})
