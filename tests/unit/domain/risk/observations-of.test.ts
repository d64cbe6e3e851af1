import { describe, expect, it } from 'vitest'
import { canonicalJson } from '../../../../src/domain/canonical.ts'
import type { PurchaseId } from '../../../../src/domain/brands.ts'
import type { LogEvent, NewEvent } from '../../../../src/domain/events.ts'
import { nextRecord, type PurchaseRecord } from '../../../../src/domain/ledger.ts'
import { observationsOf, purchaseOf } from '../../../../src/domain/risk/observations-of.ts'
import { observe } from '../../../../src/domain/risk/observe.ts'
import { newProfile, type RiskProfile } from '../../../../src/domain/risk/profile.ts'
import { approved, challengeOf } from '../../../support/events.ts'

const zone = 'Europe/Berlin'
const around = { zone, record: null }
const at = '2026-11-23T18:30:00.000Z'
const logged = (event: NewEvent, when = at) => ({ ...event, seq: 1, id: 'e', at: when, mac: '' }) as unknown as LogEvent

describe('what the model sees of the log', () => {
  it('an approved purchase, at the gateway’s time and the household’s hour, in the household’s currency', () => {
    const event = approved('p1', { price: { amount: '1200', currency: 'USD' }, counted: { amount: '1100', currency: 'EUR' }, countedAt: '2026-11-23T18:00:00.000Z', memberId: 'mia' })
    expect(observationsOf(logged(event), around)).toEqual([
      {
        memberId: 'mia',
        observation: {
          ...{ type: 'purchase', id: 'p1', atMs: Date.parse('2026-11-23T18:00:00.000Z'), minuteOfWeek: 19 * 60 },
          ...{ seller: 'seller-1', item: 'offer-1', kind: 'item', amount: 1100, currency: 'EUR', paidIn: 'USD', units: 1 },
        },
      },
    ])
  })

  it('is the same before it is asked about', () => {
    const event = approved('p1')
    const [seen] = observationsOf(logged(event), around)
    expect(purchaseOf(challengeOf('p1'), Date.parse(at), zone)).toEqual(seen?.observation)
  })

  it('the warnings of limits that came with it', () => {
    const warning = { period: 'day', sellerId: null, startsAt: at } as const
    const event = approved('p1', { limitWarnings: [{ ...warning, percent: 80 }, { ...warning, percent: 100 }] })
    expect(observationsOf(logged(event), around).map(({ observation }) => observation.type)).toEqual(['purchase', 'warned', 'capReached'])
  })

  it('a declined charge, of whoever bought', () => {
    const event: NewEvent = { type: 'purchase.declined', actor: 'a', payload: { purchaseId: 'p1' as PurchaseId, reason: 'risk' } }
    expect(observationsOf(logged(event), { zone, record: { memberId: 'mia' } })).toEqual([{ memberId: 'mia', observation: { type: 'declined', atMs: null } }])
  })

  it('tries at a PIN or code, at the gateway’s time or at none, never at the computer’s', () => {
    const tried = (payload: object) => observationsOf(logged({ type: 'access.tried', actor: 'a', payload: { memberId: 'mia', gatewayAt: null, ...payload } }), around)
    expect(tried({})).toEqual([{ memberId: 'mia', observation: { type: 'accessTried', atMs: null, withCode: false } }])
    expect(tried({ gatewayAt: at, withCode: true })).toEqual([{ memberId: 'mia', observation: { type: 'accessTried', atMs: Date.parse(at), withCode: true } }])
    const granted = observationsOf(logged({ type: 'access.granted', actor: 'a', payload: { memberId: 'mia', step: 5 } }), around)
    expect(granted).toEqual([{ memberId: 'mia', observation: { type: 'accessGranted', atMs: null, withCode: true } }])
  })

  it('nothing of all else', () => {
    expect(observationsOf(logged({ type: 'controls.reminderSet', actor: 'a', payload: { after: 3 } }), around)).toEqual([])
  })

  it('folded over the log event by event or all over again, profiles and scores are the same', () => {
    const times = Array.from({ length: 40 }, (_, turn) => new Date(Date.parse(at) + turn * 7_200_000 * (turn % 5)).toISOString()).sort()
    const log = times.flatMap((when, turn) => [
      logged(approved(`p${turn}`, { sellerId: `seller-${turn % 3}`, price: { amount: String(99 + turn), currency: 'EUR' } }), when),
      ...(turn % 9 === 0 ? [logged({ type: 'purchase.declined', actor: 'a', payload: { purchaseId: `p${turn}` as PurchaseId, reason: 'risk' } }, when)] : []),
    ])
    const fold = (stored: boolean) => {
      const records = new Map<string, PurchaseRecord>()
      let profile: RiskProfile = newProfile
      const scores = log.flatMap((event) => {
        const id = 'purchaseId' in event.payload ? event.payload.purchaseId : ''
        const record = records.get(id) ?? null
        const seen = observationsOf(event, { zone, record })
        const after = nextRecord(record, event)
        if (after) records.set(id, after)
        return seen.map(({ observation }) => {
          const observed = observe(stored ? (JSON.parse(canonicalJson(profile)) as RiskProfile) : profile, observation)
          profile = observed.profile
          return observed.score
        })
      })
      return { scores, profile: canonicalJson(profile) }
    }
    expect(fold(true)).toEqual(fold(false))
    expect(fold(true).scores.filter((score) => score !== null)).toHaveLength(40)
  })
})
