import { describe, expect, it } from 'vitest'
import type { Challenge } from '../../../src/contract/ipc/confirm.ts'
import { afterAnswer, afterBrokenCall, initialState } from '../../../src/renderer/confirm/confirm-state.ts'

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
  expiresAt: '2026-11-23T09:02:00.000Z',
  warnings: [],
}

describe('the confirm window', () => {
  it('asks when there is a challenge, and says so when there is none', () => {
    expect(initialState(challenge)).toEqual({ step: 'asking', challenge, tooSoon: false })
    expect(initialState(null)).toEqual({ step: 'nothing' })
  })

  it('asks the same again, and says why, when the answer came too soon', () => {
    expect(afterAnswer(challenge, { kind: 'tooSoon' })).toEqual({ step: 'asking', challenge, tooSoon: true })
  })

  it('ends with whatever main answered', () => {
    const outcome = { kind: 'refused', reason: 'expired' } as const
    expect(afterAnswer(challenge, outcome)).toEqual({ step: 'ended', challenge, outcome })
  })

  it('claims neither success nor failure when the call broke off', () => {
    expect(afterBrokenCall(challenge)).toEqual({ step: 'brokenOff', challenge })
  })
})
