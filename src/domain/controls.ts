/**
 * The controls: what a person has decided about their own spending. A pure fold over the events, so that log, gateway and
 * simulation come to the same. Amounts are minor units in the household's currency, as decimal text; times are RFC 3339.
 *
 * A tighter control acts at once; a looser one after 24 hours and a second yes, or it lapses. Source: UK Gambling Commission,
 * Remote gambling and software technical standards (RTS), requirement 12D, financial limits (wording in force from 30 June 2026).
 */
import { isZone } from './calendar.ts'
import { effectOf, isAboutSame, isPossibleChange } from './control-effects.ts'
import { byKey, byMember, exclusionOf, isSameKey, keptFor, withStart, withWatch } from './control-parts.ts'
import type { Change, Controls, Freeze, Limit, LimitWarning, Member, PendingChange } from './control-types.ts'
import type { EventPayloads, LogEvent } from './events.ts'
import { type Exclusion, exclusionState } from './exclusion.ts'
import { isCurrency } from './money.ts'
import { hasMembers, isMinor, keepsGuardian, roleIn, wasMinor } from './roles.ts'
import { stricterOf } from './stricter-controls.ts'

// Events are made of them too, and modules that need each other want a third.
export { limitPeriods, memberRoles } from './control-types.ts'
export type {
  Change,
  Controls,
  Freeze,
  Household,
  Limit,
  LimitKey,
  LimitPeriod,
  LimitWarning,
  Member,
  MemberRole,
  PendingChange,
  SharedControls,
  Watch,
} from './control-types.ts'

export const noControls: Controls = {
  household: null,
  limits: [],
  quietHours: [],
  remindAfter: 5,
  pending: [],
  exclusion: null,
  warnings: [],
}

/** How long a looser control waits for its second yes, and how long that is then waited for; milliseconds. */
export const coolingOffMs = 24 * 60 * 60_000
export const lapsesAfterMs = 7 * 24 * 60 * 60_000

/** Thrown by the fold for a step that no decision of these modules makes: a bug, or a log that somebody else wrote. */
export class IllegalControlError extends Error {
  constructor(why: string) {
    super(why)
    this.name = 'IllegalControlError'
  }
}

export type PendingState = 'waiting' | 'ready' | 'lapsed'

/** Between which instants a looser control can be confirmed. */
export function pendingTimes(askedAt: string): { readonly readyAt: string; readonly lapsesAt: string } {
  const after = (ms: number) => new Date(Date.parse(askedAt) + ms).toISOString()
  return { readyAt: after(coolingOffMs), lapsesAt: after(lapsesAfterMs) }
}

/** Where a looser control stands by the gateway's time; while that is not known it waits. */
export function pendingState({ askedAt }: PendingChange, gatewayMs: number | null): PendingState {
  const waitedMs = gatewayMs === null ? 0 : gatewayMs - Date.parse(askedAt)
  if (waitedMs >= lapsesAfterMs) return 'lapsed'
  return waitedMs >= coolingOffMs ? 'ready' : 'waiting'
}

function withChange(controls: Controls, change: Change): Controls {
  const pending = controls.pending.filter((other) => !isAboutSame(other.change, change))
  switch (change.kind) {
    case 'limit': {
      const { kind: _, amount, ...key } = change
      const others = controls.limits.filter((limit) => !isSameKey(limit, change))
      const limits = amount === null ? others : [...others, { ...key, amount }].sort(byKey)
      return { ...controls, pending, limits }
    }
    case 'quietHours': {
      const others = controls.quietHours.filter(({ memberId }) => memberId !== change.memberId)
      return { ...controls, pending, quietHours: [...others, ...keptFor(change.memberId, change.hours)].sort(byMember) }
    }
    case 'zone': {
      if (!controls.household) throw new IllegalControlError('there is no household whose zone could change')
      return { ...controls, pending, household: { ...controls.household, zone: change.zone } }
    }
    case 'member':
      if (!hasMembers(controls)) throw new IllegalControlError('a household begins with its guardian')
      if (!keepsGuardian(controls, change)) throw new IllegalControlError('a household keeps a guardian')
      return withMember({ ...controls, pending }, change)
    case 'monitoring': {
      const { monitoring: _, ...others } = controls
      const monitoring = withWatch(controls, change)
      return { ...others, pending, ...(monitoring.length > 0 && { monitoring }) }
    }
  }
}

/** Who is removed keeps their place; who becomes a minor and has no limit yet starts with nothing to spend. */
function withMember(controls: Controls, { memberId, role }: Member): Controls {
  const before = controls.members ?? []
  const isKnown = roleIn(controls, memberId) !== undefined
  const members = isKnown ? before.map((member) => (member.memberId === memberId ? { memberId, role } : member)) : [...before, { memberId, role }]
  const limits = isMinor(role) && !wasMinor(controls, memberId) ? withStart(controls.limits, memberId) : controls.limits
  return { ...controls, members, limits }
}

function taken(controls: Controls, changeId: string): PendingChange {
  const found = controls.pending.find((one) => one.changeId === changeId)
  if (!found) throw new IllegalControlError('nothing of that name waits')
  return found
}

const without = (controls: Controls, changeId: string): Controls => ({
  ...controls,
  pending: controls.pending.filter((one) => one.changeId !== changeId),
})

/** The controls after the event; the same object for an event that is not about them. Throws IllegalControlError. */
export function nextControls(controls: Controls, event: Pick<LogEvent, 'type' | 'payload'>): Controls {
  const step = event as LogEvent
  switch (step.type) {
    case 'controls.begun': {
      const { zone, currency } = step.payload
      if (controls.household) throw new IllegalControlError('a household begins once')
      if (!isZone(zone) || !isCurrency(currency)) throw new IllegalControlError('no such zone or currency')
      return { ...controls, household: { zone, currency } }
    }
    case 'controls.tightened':
      return tightened(controls, step.payload.change)
    case 'controls.looseningAsked': {
      const { changeId, change, askedAt } = step.payload
      if (!controls.household) throw new IllegalControlError('there is nothing yet that could be looser')
      if (!isPossibleChange(change) || effectOf(controls, change) !== 'looser') throw new IllegalControlError('not a looser control')
      const others = controls.pending.filter((other) => !isAboutSame(other.change, change))
      return { ...controls, pending: [...others, { changeId, change, askedAt }] }
    }
    case 'controls.looseningConfirmed': {
      const pending = taken(controls, step.payload.changeId)
      const state = pendingState(pending, Date.parse(step.payload.confirmedAt))
      if (state !== 'ready') throw new IllegalControlError(`a looser control does not act while it is ${state}`)
      return withChange(controls, pending.change)
    }
    case 'controls.looseningEnded':
      taken(controls, step.payload.changeId)
      return without(controls, step.payload.changeId)
    case 'controls.reminderSet':
      return { ...controls, remindAfter: step.payload.after }
    case 'controls.adopted':
      return stricterOf(controls, step.payload.controls)
    case 'controls.shared': {
      const { accountId } = step.payload
      if ((controls.sharedWith ?? accountId) !== accountId) throw new IllegalControlError('controls are shared with one account')
      return { ...controls, sharedWith: accountId }
    }
    case 'household.begun':
      return begunHousehold(controls, step.payload)
    case 'exclusion.begun': {
      const { memberId = null, ...begun } = step.payload
      return withExclusion(controls, memberId, longer(exclusionOf(controls, memberId), { ...begun, returnAskedAt: null }))
    }
    case 'exclusion.returnAsked': {
      const { memberId = null, askedAt } = step.payload
      return withExclusion(controls, memberId, returning(exclusionOf(controls, memberId), askedAt))
    }
    case 'buying.frozen':
      return withFreeze(controls, step.payload)
    case 'buying.thawed':
      return withoutFreeze(controls, step.payload.memberId ?? null)
    case 'purchase.approved':
      return withWarnings(controls, step.payload.limitWarnings ?? [])
    default:
      return controls
  }
}

function tightened(controls: Controls, change: Change): Controls {
  if (!controls.household) throw new IllegalControlError('a limit needs a currency and a calendar')
  if (!isPossibleChange(change) || effectOf(controls, change) !== 'tighter') throw new IllegalControlError('not a tighter control')
  return withChange(controls, change)
}

/** Limits that minors start with; whoever is given none may spend nothing without a guardian's yes. */
function begunHousehold(controls: Controls, { members, limits }: EventPayloads['household.begun']): Controls {
  if (!controls.household || hasMembers(controls)) throw new IllegalControlError('a household begins once, and with a calendar')
  if (!members.some(({ role }) => role === 'guardian')) throw new IllegalControlError('a household begins with a guardian')
  const arePossible = members.every((member) => isPossibleChange({ kind: 'member', ...member }) && members.filter(({ memberId }) => memberId === member.memberId).length === 1)
  if (!arePossible) throw new IllegalControlError('nobody is there twice, or without a name of their own')
  const given = limits.reduce((before, limit) => withGiven(before, members, limit), controls)
  return members.reduce<Controls>((before, { memberId, role }) => withMember(before, { memberId, role }), { ...given, members: [] })
}

/** A limit of a member's own: what holds for the household stays as it is. */
function withGiven(controls: Controls, members: readonly Member[], limit: Limit): Controls {
  const change: Change = { kind: 'limit', ...limit }
  const isOwn = members.some(({ memberId }) => memberId === limit.memberId)
  if (!isOwn || !isPossibleChange(change) || effectOf(controls, change) === 'looser') throw new IllegalControlError('not a limit to start with')
  return withChange(controls, change)
}

/** `memberId` null is the household. */
function withExclusion(controls: Controls, memberId: string | null, exclusion: Exclusion): Controls {
  if (memberId === null) return { ...controls, exclusion }
  const others = (controls.exclusions ?? []).filter((one) => one.memberId !== memberId)
  return { ...controls, exclusions: [...others, { memberId, ...exclusion }].sort((one, other) => (one.memberId < other.memberId ? -1 : 1)) }
}

function longer(before: Exclusion | null, next: Omit<Exclusion, 'returnAskedAt'> & { returnAskedAt: null }): Exclusion {
  const { begunAt, until, returnAskedAt } = next
  if (Date.parse(until) <= Date.parse(begunAt)) throw new IllegalControlError('an exclusion lasts')
  if (before && Date.parse(until) < Date.parse(before.until)) throw new IllegalControlError('an exclusion is never shortened')
  return { begunAt, until, returnAskedAt }
}

function returning(before: Exclusion | null, askedAt: string): Exclusion {
  if (!before || exclusionState(before, Date.parse(askedAt)).kind !== 'ended') throw new IllegalControlError('no exclusion has ended')
  return { ...before, returnAskedAt: askedAt }
}

function withFreeze(controls: Controls, { because, frozenAt, ...named }: EventPayloads['buying.frozen']): Controls {
  const { frozen = [] } = controls
  const [memberId, by] = [named.memberId ?? null, named.by ?? null]
  if (frozen.some((freeze) => freeze.memberId === memberId)) throw new IllegalControlError('it is frozen already')
  const freeze: Freeze = { memberId, because, frozenAt, by }
  return { ...controls, frozen: [...frozen, freeze] }
}

function withoutFreeze({ frozen = [], ...controls }: Controls, memberId: string | null): Controls {
  const others = frozen.filter((freeze) => freeze.memberId !== memberId)
  if (others.length === frozen.length) throw new IllegalControlError('nothing is frozen')
  return { ...controls, ...(others.length > 0 && { frozen: others }) }
}

/** Only the newest span of each limit is remembered: earlier ones are never warned of again. */
function withWarnings(controls: Controls, added: readonly LimitWarning[]): Controls {
  if (added.length === 0) return controls
  const isPast = (old: LimitWarning) => added.some((next) => isSameKey(old, next) && old.startsAt !== next.startsAt)
  return { ...controls, warnings: [...controls.warnings.filter((old) => !isPast(old)), ...added] }
}
