/**
 * The controls: what a person has decided about their own spending. A pure fold over the events, so that log, gateway and
 * simulation come to the same. Amounts are minor units in the household's currency, as decimal text; times are RFC 3339.
 *
 * A tighter control acts at once; a looser one after 24 hours and a second yes, or it lapses. Source: UK Gambling Commission,
 * Remote gambling and software technical standards (RTS), requirement 12A to 12C, financial limits.
 */
import { isZone } from './calendar.ts'
import type { LogEvent } from './events.ts'
import { type Exclusion, exclusionState } from './exclusion.ts'
import { isCurrency } from './money.ts'
import { joined, leavesGap, type QuietHours } from './quiet-hours.ts'

export const limitPeriods = ['purchase', 'day', 'week', 'month'] as const
export type LimitPeriod = (typeof limitPeriods)[number]

/** Which purchases a limit is about: each one alone or all of a period, at every seller or at one. */
export interface LimitKey {
  readonly period: LimitPeriod
  readonly sellerId: string | null
}

/** A cap on gross spending. */
export interface Limit extends LimitKey {
  readonly amount: string
}

/** A change of a control; `amount` null takes the limit away. */
export type Change =
  | ({ readonly kind: 'limit'; readonly amount: string | null } & LimitKey)
  | { readonly kind: 'quietHours'; readonly hours: readonly QuietHours[] }
  | { readonly kind: 'zone'; readonly zone: string }

/** A looser control that waits. */
export interface PendingChange {
  readonly changeId: string
  readonly change: Change
  /** By the gateway's clock. */
  readonly askedAt: string
}

/** That so much of a limit was used up in the span that began then. Told once. */
export interface LimitWarning extends LimitKey {
  readonly startsAt: string
  readonly percent: 80 | 100
}

export interface Controls {
  /** Limits are counted in this currency and by this zone's calendar. Null before the first control. */
  readonly household: { readonly zone: string; readonly currency: string } | null
  /** At most one for each key. */
  readonly limits: readonly Limit[]
  readonly quietHours: readonly QuietHours[]
  /** After how many purchases within an hour the person is reminded of them; null for never. */
  readonly remindAfter: number | null
  /** At most one for each control. */
  readonly pending: readonly PendingChange[]
  readonly exclusion: Exclusion | null
  /** Those of the newest span of each limit. */
  readonly warnings: readonly LimitWarning[]
}

/** What two keepers of the same controls have to agree on. */
export type SharedControls = Pick<Controls, 'household' | 'limits' | 'quietHours' | 'exclusion'>

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

export const isSameKey = (one: LimitKey, other: LimitKey): boolean => one.period === other.period && one.sellerId === other.sellerId

export function limitFor({ limits }: Pick<Controls, 'limits'>, key: LimitKey): Limit | null {
  return limits.find((limit) => isSameKey(limit, key)) ?? null
}

/** Whether two changes are about the same control, so that the newer takes the place of the older. */
function isAboutSame(one: Change, other: Change): boolean {
  return one.kind === 'limit' && other.kind === 'limit' ? isSameKey(one, other) : one.kind === other.kind
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
    case 'quietHours':
      if (leavesGap(controls.quietHours, change.hours)) return 'looser'
      return leavesGap(change.hours, controls.quietHours) ? 'tighter' : 'none'
    case 'zone':
      return !controls.household || change.zone === controls.household.zone ? 'none' : 'looser'
  }
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
  }
}

function isPossibleHours({ weekday, fromMinute, toMinute }: QuietHours): boolean {
  const isMinute = (minute: number) => Number.isInteger(minute) && minute >= 0 && minute < 1440
  return Number.isInteger(weekday) && weekday >= 1 && weekday <= 7 && isMinute(fromMinute) && isMinute(toMinute) && fromMinute !== toMinute
}

export type PendingState = 'waiting' | 'ready' | 'lapsed'

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
      const { period, sellerId, amount } = change
      const others = controls.limits.filter((limit) => !isSameKey(limit, change))
      const limits = amount === null ? others : [...others, { period, sellerId, amount }].sort(byKey)
      return { ...controls, pending, limits }
    }
    case 'quietHours':
      return { ...controls, pending, quietHours: change.hours }
    case 'zone': {
      if (!controls.household) throw new IllegalControlError('there is no household whose zone could change')
      return { ...controls, pending, household: { ...controls.household, zone: change.zone } }
    }
  }
}

const textOf = ({ period, sellerId }: LimitKey) => `${limitPeriods.indexOf(period)} ${sellerId ?? ''}`
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
    case 'exclusion.begun':
      return { ...controls, exclusion: longer(controls.exclusion, { ...step.payload, returnAskedAt: null }) }
    case 'exclusion.returnAsked':
      return { ...controls, exclusion: returning(controls.exclusion, step.payload.askedAt) }
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
  if (!other.household) return { ...own, exclusion: laterOf(own.exclusion, other.exclusion) }
  const household = own.household ?? other.household
  const limits = household.currency === other.household.currency ? lowestOf(own, other) : own.limits
  const quietHours = leavesGap(other.quietHours, own.quietHours) ? joined(own.quietHours, other.quietHours) : own.quietHours
  const merged = { ...own, household, limits, quietHours, exclusion: laterOf(own.exclusion, other.exclusion) }
  return { ...merged, pending: own.pending.filter(({ change }) => effectOf(merged, change) === 'looser' && !isTightened(own, merged, change)) }
}

function lowestOf(own: SharedControls, other: SharedControls): Limit[] {
  const keys = [...own.limits, ...other.limits.filter((limit) => !limitFor(own, limit))]
  return keys.map((key) => ({ ...key, amount: lowest(limitFor(own, key), limitFor(other, key)) })).sort(byKey)
}

/** Whoever tightens a control has thought again: what was asked for before no longer counts. */
function isTightened(before: SharedControls, after: SharedControls, change: Change): boolean {
  if (change.kind === 'quietHours') return leavesGap(after.quietHours, before.quietHours)
  return change.kind === 'limit' && limitFor(before, change)?.amount !== limitFor(after, change)?.amount
}

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
