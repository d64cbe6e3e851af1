import { describe, expect, it } from 'vitest'
import type { Challenge } from '../../../src/contract/ipc/confirm.ts'
import { afterAnswer, afterBrokenCall, initialState, nearLimit } from '../../../src/renderer/confirm/confirm-state.ts'

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

describe('the confirm window', () => {
  it('asks when there is a challenge, and says so when there is none', () => {
    expect(initialState(challenge)).toEqual({ step: 'asking', challenge, hint: null })
    expect(initialState(null)).toEqual({ step: 'nothing' })
  })

  it('asks the same again, and says why, when the answer came too soon', () => {
    expect(afterAnswer(challenge, { kind: 'tooSoon' })).toEqual({ step: 'asking', challenge, hint: 'tooSoon' })
  })

  it('ends with whatever main answered', () => {
    const outcome = { kind: 'refused', reason: 'expired' } as const
    expect(afterAnswer(challenge, outcome)).toEqual({ step: 'ended', challenge, outcome })
  })

  it('claims neither success nor failure when the call broke off', () => {
    expect(afterBrokenCall(challenge)).toEqual({ step: 'brokenOff', challenge })
  })
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
})
