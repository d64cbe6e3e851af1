/** What the model gets to see of the log: an event as observations, each of one profile. A pure function of the event, so that a rebuild sees the same. */
import { minuteOfWeek } from '../calendar.ts'
import type { ChallengeContent, EventPayloads, LogEvent } from '../events.ts'
import type { PurchaseRecord } from '../ledger.ts'
import type { Observation, RiskPurchase } from './observation.ts'

/** An observation of one profile: a member's, or null for that of whoever uses this alone. */
export interface Observed {
  readonly memberId: string | null
  readonly observation: Observation
}

interface Around {
  /** The household's time zone; `UTC` before there is one. Habits are by the clock on the wall. */
  readonly zone: string
  /** The record of the event's purchase before it; null without one. */
  readonly record: Pick<PurchaseRecord, 'memberId'> | null
}

/**
 * Times are the gateway's, where an event has them: nobody gets out of a window by setting a clock. An event without one counts at the newest
 * time of its profile.
 */
export function observationsOf(event: Pick<LogEvent, 'type' | 'payload' | 'at'>, { zone, record }: Around): readonly Observed[] {
  const step = event as LogEvent
  switch (step.type) {
    case 'purchase.approved':
      return approved(step.payload, step.at, zone)
    case 'purchase.declined':
      return record ? [{ memberId: record.memberId, observation: { type: 'declined', atMs: null } }] : []
    case 'access.tried': {
      const { memberId, gatewayAt, withCode = false } = step.payload
      return [{ memberId, observation: { type: 'accessTried', atMs: gatewayAt === null ? null : Date.parse(gatewayAt), withCode } }]
    }
    case 'access.granted': {
      const { memberId, step: codeStep, recovery } = step.payload
      return [{ memberId, observation: { type: 'accessGranted', atMs: null, withCode: codeStep !== undefined || recovery !== undefined } }]
    }
    default:
      return []
  }
}

/** The purchase, and the warnings of limits that came with it. */
function approved({ challenge, countedAt, limitWarnings = [] }: EventPayloads['purchase.approved'], at: string, zone: string): Observed[] {
  const memberId = challenge.memberId ?? null
  const atMs = Date.parse(countedAt ?? at)
  const told = limitWarnings.map(({ percent }) => ({ memberId, observation: { type: percent === 100 ? 'capReached' : 'warned', atMs } as const }))
  return [{ memberId, observation: purchaseOf(challenge, atMs, zone) }, ...told]
}

/** What is to be scored before it is asked about, and what is observed once it was approved, are the same. */
export function purchaseOf(challenge: Pick<ChallengeContent, 'purchaseId' | 'sellerId' | 'offerId' | 'kind' | 'bundle' | 'price' | 'counted'>, atMs: number, zone: string): RiskPurchase {
  const { purchaseId, sellerId, offerId, kind, bundle, price, counted = price } = challenge
  return {
    type: 'purchase',
    ...{ id: purchaseId, atMs, seller: sellerId, item: offerId, kind },
    minuteOfWeek: minuteOfWeek(atMs, zone),
    // Habits need no exact cents: beyond 2^53 minor units a number is near enough.
    amount: Math.max(1, Number(counted.amount)),
    currency: counted.currency,
    paidIn: price.currency,
    units: bundle?.count ?? 1,
  }
}
