/** What the log's events come to about habits: one profile for each buyer. A pure fold, so that what is stored equals what is rebuilt. */
import type { Controls } from './control-types.ts'
import type { LogEvent } from './events.ts'
import { operatorId } from './kiosk.ts'
import type { PurchaseRecord } from './ledger.ts'
import { type Observed, observationsOf } from './risk/observations-of.ts'
import { observe } from './risk/observe.ts'
import { newProfile, type RiskProfile } from './risk/profile.ts'

type Household = Pick<Controls, 'household'>
type Whose = Pick<PurchaseRecord, 'memberId'> | null

/** Of the log: before there is a household it knows none, and what the computer is set to may be another one tomorrow. */
export const zoneOf = ({ household }: Household): string => household?.zone ?? 'UTC'

/**
 * The profiles that the event changes, by whose they are; null is whoever uses this alone. `controls` and `record` are those before it, as is
 * what `profileOf` gives. What was imported, and what was told anew after a backup had been put back, teaches nothing: its time or its kind is
 * not known.
 */
export function nextProfiles(
  event: LogEvent,
  { controls, record, profileOf }: { readonly controls: Household; readonly record: Whose; readonly profileOf: (memberId: string | null) => RiskProfile | null },
): ReadonlyMap<string | null, RiskProfile> {
  const changed = new Map<string | null, RiskProfile>()
  for (const { memberId, observation } of observed(event, controls, record)) {
    // Whoever looks after a kiosk buys nothing as that.
    if (memberId === operatorId) continue
    const before = changed.get(memberId) ?? profileOf(memberId) ?? newProfile
    changed.set(memberId, observe(before, observation).profile)
  }
  return changed
}

function observed(event: LogEvent, controls: Household, record: Whose): readonly Observed[] {
  switch (event.type) {
    case 'risk.answered': {
      const { memberId = null, purchaseId, answer, answeredAt } = event.payload
      return [{ memberId, observation: { type: 'feedback', atMs: Date.parse(answeredAt), purchaseId, answer } }]
    }
    case 'stepUp.failed': {
      const { memberId = null, gatewayAt } = event.payload
      return [{ memberId, observation: { type: 'accessTried', atMs: gatewayAt === undefined ? null : Date.parse(gatewayAt), withCode: true } }]
    }
    case 'risk.capMet': {
      const { memberId = null, metAt } = event.payload
      return [{ memberId, observation: { type: 'capReached', atMs: Date.parse(metAt) } }]
    }
    default:
      return observationsOf(event, { zone: zoneOf(controls), record })
  }
}
