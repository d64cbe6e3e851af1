import { describe, expect, it } from 'vitest'
import type { Challenge } from '../../../src/contract/ipc/confirm.ts'
import { afterAnswer, afterBrokenCall, afterDenial, afterReply, initialState, isSending, nearLimit } from '../../../src/renderer/confirm/confirm-state.ts'

const challenge: Challenge = {
  challengeId: 'c1',
  digest: 'A'.repeat(43),
  payee: 'Nebula Forge',
  item: 'Ember Wolf',
  game: 'Ashen Vale',
  kind: 'item',
  price: { amount: '99', currency: 'EUR' },
  tax: { amount: '16', rateBasisPoints: 1900 },
  fundingSource: { id: 'f1', label: 'Visa ending 4242' },
  headroom: [],
  isNearLimit: false,
  expiresAt: '2026-11-23T09:02:00.000Z',
  warnings: [],
}

const nowMs = Date.parse('2026-11-23T09:00:00.000Z')

describe('the confirm window', () => {
  it('asks at first', () => {
    expect(initialState(challenge)).toEqual({ step: 'asking', challenge, hint: null })
  })

  it('asks the same again, and says why, when the answer came too soon', () => {
    expect(afterAnswer(challenge, { kind: 'tooSoon' }, nowMs)).toEqual({ step: 'asking', challenge, hint: { kind: 'tooSoon' } })
  })

  it('asks the same again after a wrong PIN or code, and knows from when on the next try counts', () => {
    const hint = { kind: 'wrong', atMs: nowMs, waitMs: 30_000 } as const
    expect(afterAnswer(challenge, { kind: 'wrong', waitMs: 30_000 }, nowMs)).toEqual({ step: 'asking', challenge, hint })
    expect(afterAnswer(challenge, { kind: 'wait', waitMs: 30_000 }, nowMs)).toEqual({ step: 'asking', challenge, hint: { ...hint, kind: 'wait' } })
  })

  it("asks the same again after a second factor of the account that was wrong, too early, or that nobody could look at", () => {
    const hint = { kind: 'stepUpWrong', atMs: nowMs, waitMs: 30_000 } as const
    expect(afterAnswer(challenge, { kind: 'stepUpWrong', waitMs: 30_000 }, nowMs)).toEqual({ step: 'asking', challenge, hint })
    expect(afterAnswer(challenge, { kind: 'stepUpWait', waitMs: 30_000 }, nowMs)).toEqual({ step: 'asking', challenge, hint: { ...hint, kind: 'stepUpWait' } })
    expect(afterAnswer(challenge, { kind: 'stepUpUnavailable' }, nowMs)).toEqual({ step: 'asking', challenge, hint: { kind: 'stepUpUnavailable' } })
    const given = { kind: 'wrong', waitMs: 0, stepUpGiven: true } as const
    expect(afterAnswer(challenge, given, nowMs)).toEqual({ step: 'asking', challenge, hint: { kind: 'wrong', atMs: nowMs, waitMs: 0 } })
  })

  it('ends with whatever main answered', () => {
    const outcome = { kind: 'refused', reason: 'expired' } as const
    expect(afterAnswer(challenge, outcome, nowMs)).toEqual({ step: 'ended', challenge, outcome })
  })

  it('claims neither success nor failure when the call broke off', () => {
    expect(afterBrokenCall(challenge)).toEqual({ step: 'brokenOff', challenge })
  })
})

describe("a guardian's no", () => {
  it('ends when it was taken, and when it came too late', () => {
    for (const came of ['denied', 'gone'] as const) expect(afterDenial(challenge, { kind: came }, nowMs)).toEqual({ step: 'saidNo', challenge, came })
  })

  it('stays with its reason when it did not count', () => {
    expect(afterDenial(challenge, { kind: 'tooSoon' }, nowMs)).toEqual({ step: 'denying', challenge, hint: { kind: 'tooSoon' } })
    const hint = { kind: 'wait', atMs: nowMs, waitMs: 60_000 } as const
    expect(afterDenial(challenge, { kind: 'wait', waitMs: 60_000 }, nowMs)).toEqual({ step: 'denying', challenge, hint })
  })
})

describe('a question besides a purchase', () => {
  it('is over once the answer was accepted', () => {
    expect(afterReply({ kind: 'accepted' }, nowMs)).toEqual({ step: 'accepted' })
  })

  it('is asked again, and says why, after everything else', () => {
    for (const kind of ['tooSoon', 'tooEasy', 'unavailable'] as const) expect(afterReply({ kind }, nowMs)).toEqual({ step: 'asking', hint: { kind } })
    expect(afterReply({ kind: 'wrong', waitMs: 0 }, nowMs)).toEqual({ step: 'asking', hint: { kind: 'wrong', atMs: nowMs, waitMs: 0 } })
  })
})

it('P2 takes no second answer, and none back, while one is on its way', () => {
  expect(isSending({ step: 'charging', challenge })).toBe(true)
  expect(isSending({ step: 'denying', challenge, hint: { kind: 'checking' } })).toBe(true)
  expect(isSending({ step: 'asking', hint: { kind: 'checking' } })).toBe(true)
  expect(isSending({ step: 'asking', hint: { kind: 'tooSoon' } })).toBe(false)
  expect(isSending(initialState(challenge))).toBe(false)
})

describe('the further question of a purchase near a limit', () => {
  const day = { period: 'day', sellerId: null, cap: '500', left: '300' } as const
  const week = { period: 'week', sellerId: null, cap: '5000', left: '400' } as const
  const month = { period: 'month', sellerId: null, cap: '10000', left: '1000' } as const

  it('names the limit that comes near its end, not one that only has less left', () => {
    expect(nearLimit({ ...challenge, headroom: [day, week, month], isNearLimit: true })).toEqual(week)
  })

  it('is asked from four fifths on', () => {
    const at = (left: string) => nearLimit({ ...challenge, headroom: [{ ...month, left: '9000' }, { ...week, left }], isNearLimit: true })
    expect(at('1000')?.period).toBe('week')
    expect(at('1001')?.period).toBe('month')
  })

  it('is asked where main wants it, whatever the page would reckon, and only there', () => {
    expect(nearLimit({ ...challenge, headroom: [day], isNearLimit: true })).toEqual(day)
    expect(nearLimit({ ...challenge, headroom: [week], isNearLimit: false })).toBeNull()
  })

  it('is asked of one that passes the limit, or uses up one of nothing, with a guardian', () => {
    expect(nearLimit({ ...challenge, headroom: [{ ...week, left: '-69' }, day], isNearLimit: true })?.left).toBe('-69')
    expect(nearLimit({ ...challenge, headroom: [{ ...week, cap: '0', left: '-99' }], isNearLimit: true })?.left).toBe('-99')
  })
})
