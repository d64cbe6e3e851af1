import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { minuteOfWeek } from '../../../src/domain/calendar.ts'
import { type KeptHabits, profileOf } from '../../../src/domain/risk-profiles.ts'
import { newProfile } from '../../../src/domain/risk/profile.ts'

const hourMs = 60 * 60_000
const purchase = (index: number) => {
  const atMs = Date.parse('2026-01-05T12:00:00.000Z') + index * 37 * hourMs
  const what = { seller: `seller-${index % 5}`, item: `offer-${index % 9}`, kind: 'item', amount: 99 + (index % 7) * 50, currency: 'EUR', paidIn: 'EUR', units: 1 }
  return { type: 'purchase', id: `p${index}`, atMs, minuteOfWeek: minuteOfWeek(atMs, 'UTC'), ...what } as const
}

/**
 * Habits that were learned are kept in people's ledgers, and compared there with what the events come to now. Whoever changes what the model
 * learns adds a migration that empties the tables `risk` and `risk_lately` and fills them again, and only then this fingerprint.
 */
const learnedFingerprint = '6Hd6QkfvemITTy3fCzlrdxcI_RpWViyR6sQYAy-CRrc'

it('what the model learns is what it has learned in the ledgers that are there', () => {
  const kept: KeptHabits = { learned: newProfile, lately: Array.from({ length: 200 }, (_, index) => purchase(index)) }
  const text = JSON.stringify(profileOf(kept))
  expect(createHash('sha256').update(text).digest('base64url')).toBe(learnedFingerprint)
})
