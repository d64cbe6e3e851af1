/**
 * The controls: what a person has decided about their own spending. A pure fold over the events, so that log, gateway and
 * simulation come to the same. Amounts are minor units in the household's currency, as decimal text; times are RFC 3339.
 *
 * A tighter control acts at once; a looser one after 24 hours and a second yes, or it lapses. Source: UK Gambling Commission,
 * Remote gambling and software technical standards (RTS), requirement 12D, financial limits (wording in force from 30 June 2026).
 */
import { isZone } from './calendar.ts'
import {
  type Change,
  type Controls,
  type KeptHours,
  type Limit,
  type LimitKey,
  limitPeriods,
  type LimitWarning,
  type Member,
  type MemberExclusion,
  memberRoles,
  type PendingChange,
  type SharedControls,
} from './control-types.ts'
import type { EventPayloads, LogEvent } from './events.ts'
import { type Exclusion, exclusionState } from './exclusion.ts'
import { isCurrency } from './money.ts'
import { joined, leavesGap, type QuietHours } from './quiet-hours.ts'
import { hasMembers, isMinor, keepsGuardian, rankOf } from './roles.ts'

// Events are made of them too, and modules that need each other want a third.
export { limitPeriods, memberRoles } from './control-types.ts'
export type {
  Change,
  Controls,
  Household,
  Limit,
  LimitKey,
  LimitPeriod,
  LimitWarning,
  Member,
  MemberRole,
  PendingChange,
  SharedControls,
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

export const isSameKey = (one: LimitKey, other: LimitKey): boolean =>
  one.period === other.period && one.sellerId === other.sellerId && one.memberId === other.memberId

export function limitFor({ limits }: Pick<Controls, 'limits'>, key: LimitKey): Limit | null {
  return limits.find((limit) => isSameKey(limit, key)) ?? null
}

export function sharedOf({ household, limits, quietHours, exclusion, exclusions, members }: SharedControls): SharedControls {
  return { household, limits, quietHours, exclusion, ...(exclusions && { exclusions }), ...(members && { members }) }
}

/** The quiet hours of the household (`memberId` undefined) or of one member. */
export function hoursOf({ quietHours }: Pick<Controls, 'quietHours'>, memberId: string | undefined): QuietHours[] {
  return quietHours.filter((hours) => hours.memberId === memberId).map(({ weekday, fromMinute, toMinute }) => ({ weekday, fromMinute, toMinute }))
}

const keptFor = (memberId: string | undefined, hours: readonly QuietHours[]): KeptHours[] =>
  hours.map((one) => (memberId === undefined ? one : { ...one, memberId }))

/** The exclusion of one member, or of the household where `memberId` is null. */
export function exclusionOf({ exclusion, exclusions = [] }: Pick<Controls, 'exclusion' | 'exclusions'>, memberId: string | null): Exclusion | null {
  return memberId === null ? exclusion : (exclusions.find((one) => one.memberId === memberId) ?? null)
}

/** What a member starts with who may spend nothing without a guardian's yes. */
export function startingLimit(memberId: string): Limit {
  return { period: 'week', sellerId: null, memberId, amount: '0' }
}

/** Whether two changes are about the same control, so that the newer takes the place of the older. */
function isAboutSame(one: Change, other: Change): boolean {
  if (one.kind === 'limit' && other.kind === 'limit') return isSameKey(one, other)
  if (one.kind === 'quietHours' && other.kind === 'quietHours') return one.memberId === other.memberId
  if (one.kind === 'member' && other.kind === 'member') return one.memberId === other.memberId
  return one.kind === other.kind
}

export type Effect = 'none' | 'tighter' | 'looser'

/** What a change would do to the controls as they are. One that gives and takes away at once is looser. */
export function effectOf(controls: SharedControls, change: Change): Effect {
  switch (change.kind) {
    case 'limit': {
      const before = limitFor(controls, change)?.amount ?? null
      if (before === change.amount) return 'none'
      if (before === null) return 'tighter'
      return change.amount !== null && BigInt(change.amount) < BigInt(before) ? 'tighter' : 'looser'
    }
    case 'quietHours': {
      const before = hoursOf(controls, change.memberId)
      if (leavesGap(before, change.hours)) return 'looser'
      return leavesGap(change.hours, before) ? 'tighter' : 'none'
    }
    case 'zone':
      return !controls.household || change.zone === controls.household.zone ? 'none' : 'looser'
    case 'member':
      return effectOnMember(controls, change)
  }
}

/** Who comes into the household as a minor may spend nothing yet; a grown-up gives the household more ways to spend. */
function effectOnMember({ members = [] }: SharedControls, { memberId, role }: Extract<Change, { kind: 'member' }>): Effect {
  const before = members.find((member) => member.memberId === memberId)?.role
  if (before === undefined) return role === 'removed' ? 'none' : isMinor(role) ? 'tighter' : 'looser'
  if (before === role) return 'none'
  return rankOf(role) < rankOf(before) ? 'tighter' : 'looser'
}

/** Whether a change says something possible. */
export function isPossibleChange(change: Change): boolean {
  switch (change.kind) {
    case 'limit':
      return change.amount === null || /^(0|[1-9]\d{0,14})$/.test(change.amount)
    case 'quietHours':
      return change.hours.length <= 28 && change.hours.every(isPossibleHours)
    case 'zone':
      return isZone(change.zone)
    case 'member':
      return change.memberId !== '' && memberRoles.includes(change.role)
  }
}

function isPossibleHours({ weekday, fromMinute, toMinute }: QuietHours): boolean {
  const isMinute = (minute: number) => Number.isInteger(minute) && minute >= 0 && minute < 1440
  return Number.isInteger(weekday) && weekday >= 1 && weekday <= 7 && isMinute(fromMinute) && isMinute(toMinute) && fromMinute !== toMinute
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
  }
}

/** Who is removed keeps their place; who becomes a minor and has no limit yet starts with nothing to spend. */
function withMember(controls: Controls, { memberId, role }: Member): Controls {
  const before = controls.members ?? []
  const isKnown = before.some((member) => member.memberId === memberId)
  const members = isKnown ? before.map((member) => (member.memberId === memberId ? { memberId, role } : member)) : [...before, { memberId, role }]
  const limits = isMinor(role) && !wasMinor(controls, memberId) ? withStart(controls.limits, memberId) : controls.limits
  return { ...controls, members, limits }
}

const wasMinor = (before: Pick<Controls, 'members'>, memberId: string) => isMinor(roleIn(before, memberId) ?? 'removed')

const withStart = (limits: readonly Limit[], memberId: string): readonly Limit[] =>
  limits.some((limit) => limit.memberId === memberId) ? limits : [...limits, startingLimit(memberId)].sort(byKey)

const textOf = ({ period, sellerId, memberId }: LimitKey) => `${memberId ?? ''} ${limitPeriods.indexOf(period)} ${sellerId ?? ''}`
const byMember = (one: KeptHours, other: KeptHours) => ((one.memberId ?? '') < (other.memberId ?? '') ? -1 : (one.memberId ?? '') > (other.memberId ?? '') ? 1 : 0)
const byKey = (one: LimitKey, other: LimitKey) => (textOf(one) < textOf(other) ? -1 : 1)

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

/** Only the newest span of each limit is remembered: earlier ones are never warned of again. */
function withWarnings(controls: Controls, added: readonly LimitWarning[]): Controls {
  if (added.length === 0) return controls
  const isPast = (old: LimitWarning) => added.some((next) => isSameKey(old, next) && old.startsAt !== next.startsAt)
  return { ...controls, warnings: [...controls.warnings.filter((old) => !isPast(old)), ...added] }
}

/**
 * The stricter of both in each control: what holds where two keepers of the same controls do not agree. Limits in another
 * currency cannot be compared, so that each keeper holds to its own.
 */
export function stricterOf(own: Controls, other: SharedControls): Controls {
  const people = { ...own, ...exclusionsOfBoth(own, other), ...membersOfBoth(own, other) }
  const household = own.household ?? other.household
  const isComparable = other.household !== null && household?.currency === other.household.currency
  const limits = startingOf(own, people, isComparable ? other.limits : [], isComparable ? lowestOf(own, other) : own.limits)
  const merged = { ...people, household, limits, quietHours: other.household ? quietestOf(own, other) : own.quietHours }
  return { ...merged, pending: own.pending.filter(({ change }) => effectOf(merged, change) === 'looser' && !isTightened(own, merged, change)) }
}

function exclusionsOfBoth(own: SharedControls, other: SharedControls): Pick<Controls, 'exclusion' | 'exclusions'> {
  const exclusion = laterOf(own.exclusion, other.exclusion)
  const ids = new Set([...(own.exclusions ?? []), ...(other.exclusions ?? [])].map(({ memberId }) => memberId))
  if (ids.size === 0) return { exclusion }
  const exclusions = [...ids].sort().flatMap((memberId): MemberExclusion[] => {
    const later = laterOf(exclusionOf(own, memberId), exclusionOf(other, memberId))
    return later ? [{ ...later, memberId }] : []
  })
  return { exclusion, exclusions }
}

/**
 * Whoever has members takes in nobody but minors from elsewhere, because a grown-up gives more ways to spend, and whom nobody is
 * to take in; of two roles the younger holds, unless no guardian were left. Whoever has none yet takes in all.
 */
function membersOfBoth({ members: own }: SharedControls, { members: other }: SharedControls): Pick<Controls, 'members'> {
  if (!own || !other) return own || other ? { members: (own ?? other) as readonly Member[] } : {}
  const known = own.map(({ memberId, role }) => {
    const theirs = other.find((member) => member.memberId === memberId)?.role ?? role
    return { memberId, role: rankOf(theirs) < rankOf(role) ? theirs : role }
  })
  const isNew = (memberId: string) => !own.some((member) => member.memberId === memberId)
  const newcomers = other.filter(({ memberId, role }) => (isMinor(role) || role === 'removed') && isNew(memberId))
  const isLed = known.some(({ role }) => role === 'guardian')
  const held = isLed ? known : known.map((member, index) => (own[index]?.role === 'guardian' ? own[index] : member))
  return { members: [...held, ...newcomers] }
}

/** P4: nobody becomes a minor without a limit, whatever somebody else says; one from before they were known is none. */
function startingOf(own: SharedControls, { members = [] }: Pick<Controls, 'members'>, theirs: readonly Limit[], limits: readonly Limit[]): readonly Limit[] {
  const isNew = ({ memberId }: Member) => roleIn(own, memberId) === undefined
  const isGiven = ({ memberId }: Member) => theirs.some((limit) => limit.memberId === memberId)
  const minors = members.filter(({ memberId, role }) => isMinor(role) && !wasMinor(own, memberId))
  const beginners = minors.filter((member) => isNew(member) && !isGiven(member)).map(({ memberId }) => startingLimit(memberId))
  const started = beginners.reduce((all, start) => [...all.filter((limit) => !isSameKey(limit, start)), start].sort(byKey), limits)
  return minors.reduce((all, { memberId }) => withStart(all, memberId), started)
}

function quietestOf(own: SharedControls, other: SharedControls): readonly KeptHours[] {
  const whose = new Set([...own.quietHours, ...other.quietHours].map(({ memberId }) => memberId))
  return [...whose].flatMap((memberId) => {
    const [mine, theirs] = [hoursOf(own, memberId), hoursOf(other, memberId)]
    return keptFor(memberId, leavesGap(theirs, mine) ? joined(mine, theirs) : mine)
  }).sort(byMember)
}

function lowestOf(own: SharedControls, other: SharedControls): Limit[] {
  const keys = [...own.limits, ...other.limits.filter((limit) => !limitFor(own, limit))]
  return keys.map((key) => ({ ...key, amount: lowest(limitFor(own, key), limitFor(other, key)) })).sort(byKey)
}

/** Whoever tightens a control has thought again: what was asked for before no longer counts. */
function isTightened(before: SharedControls, after: SharedControls, change: Change): boolean {
  if (change.kind === 'quietHours') return leavesGap(hoursOf(after, change.memberId), hoursOf(before, change.memberId))
  if (change.kind === 'member') return roleIn(before, change.memberId) !== roleIn(after, change.memberId)
  return change.kind === 'limit' && limitFor(before, change)?.amount !== limitFor(after, change)?.amount
}

const roleIn = ({ members = [] }: Pick<Controls, 'members'>, memberId: string) => members.find((member) => member.memberId === memberId)?.role

function lowest(one: Limit | null, other: Limit | null): string {
  const amounts = [one, other].flatMap((limit) => (limit ? [BigInt(limit.amount)] : []))
  return amounts.reduce((least, amount) => (amount < least ? amount : least)).toString()
}

/** The one that ends later; of two that end together the one without a yes since, or with the later yes. */
function laterOf(one: Exclusion | null, other: Exclusion | null): Exclusion | null {
  if (!one || !other) return one ?? other
  if (one.until !== other.until) return one.until > other.until ? one : other
  if (one.returnAskedAt === null || other.returnAskedAt === null) return one.returnAskedAt === null ? one : other
  return one.returnAskedAt >= other.returnAskedAt ? one : other
}
