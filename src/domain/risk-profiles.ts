/** What the log's events come to about habits: one profile for each buyer. A pure fold, so that what is stored equals what is rebuilt. */
import type { Controls } from './control-types.ts'
import type { LogEvent } from './events.ts'
import { operatorId } from './kiosk.ts'
import type { PurchaseRecord } from './ledger.ts'
import type { Observation } from './risk/observation.ts'
import { type Observed, observationsOf } from './risk/observations-of.ts'
import { observe } from './risk/observe.ts'
import { newProfile, type RiskProfile } from './risk/profile.ts'

type Household = Pick<Controls, 'household'>
type Whose = Pick<PurchaseRecord, 'memberId'> | null

/**
 * A profile is some tens of thousands of letters, and writing it down takes longer than all else about an event. So what was observed is kept as
 * it is, and learned so many at a time.
 */
export const learnedAtOnce = 16

/** What is kept of one buyer: habits, and what was observed since they were learned, oldest first. */
export interface KeptHabits {
  readonly learned: RiskProfile
  readonly lately: readonly Observation[]
}

export const noHabits: KeptHabits = { learned: newProfile, lately: [] }

/** The profile with all that was observed. */
export function profileOf({ learned, lately }: KeptHabits): RiskProfile {
  return lately.reduce((profile, observation) => observe(profile, observation).profile, learned)
}

/** Of the log: before there is a household it knows none, and what the computer is set to may be another one tomorrow. */
export const zoneOf = ({ household }: Household): string => household?.zone ?? 'UTC'

/**
 * The habits that the event changes, by whose they are; null is whoever uses this alone. `controls` and `record` are those before it, as is
 * what `habitsOf` gives. What was imported, and what was told anew after a backup had been put back, teaches nothing: its time or its kind is
 * not known.
 */
export function nextHabits(
  event: LogEvent,
  { controls, record, habitsOf }: { readonly controls: Household; readonly record: Whose; readonly habitsOf: (memberId: string | null) => KeptHabits },
): ReadonlyMap<string | null, KeptHabits> {
  const changed = new Map<string | null, KeptHabits>()
  for (const { memberId, observation } of observed(event, controls, record)) {
    // Whoever looks after a kiosk buys nothing as that.
    if (memberId === operatorId) continue
    const before = changed.get(memberId) ?? habitsOf(memberId)
    const after = { ...before, lately: [...before.lately, observation] }
    changed.set(memberId, after.lately.length < learnedAtOnce ? after : { learned: profileOf(after), lately: [] })
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
