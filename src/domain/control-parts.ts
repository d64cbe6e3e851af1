/** What there is to be said of the controls as they are: which control is which, whose it is, and in which order they stand. */
import { type Controls, type KeptHours, type Limit, type LimitKey, limitPeriods, type SharedControls, type Watch } from './control-types.ts'
import type { Exclusion } from './exclusion.ts'
import { areSameLevels, type MonitoringLevels, usualLevels } from './monitoring.ts'
import type { QuietHours } from './quiet-hours.ts'

export const isSameKey = (one: LimitKey, other: LimitKey): boolean =>
  one.period === other.period && one.sellerId === other.sellerId && one.memberId === other.memberId

export function limitFor({ limits }: Pick<Controls, 'limits'>, key: LimitKey): Limit | null {
  return limits.find((limit) => isSameKey(limit, key)) ?? null
}

export function sharedOf({ household, limits, quietHours, exclusion, exclusions, members, monitoring }: SharedControls): SharedControls {
  return { household, limits, quietHours, exclusion, ...(exclusions && { exclusions }), ...(members && { members }), ...(monitoring && { monitoring }) }
}

/** The quiet hours of the household (`memberId` undefined) or of one member. */
export function hoursOf({ quietHours }: Pick<Controls, 'quietHours'>, memberId: string | undefined): QuietHours[] {
  return quietHours.filter((hours) => hours.memberId === memberId).map(({ weekday, fromMinute, toMinute }) => ({ weekday, fromMinute, toMinute }))
}

/** Hours as they are kept for the household (`memberId` undefined) or for one member. */
export const keptFor = (memberId: string | undefined, hours: readonly QuietHours[]): KeptHours[] =>
  hours.map((one) => (memberId === undefined ? one : { ...one, memberId }))

/** The exclusion of one member, or of the household where `memberId` is null. */
export function exclusionOf({ exclusion, exclusions = [] }: Pick<Controls, 'exclusion' | 'exclusions'>, memberId: string | null): Exclusion | null {
  return memberId === null ? exclusion : (exclusions.find((one) => one.memberId === memberId) ?? null)
}

/** How watchful Tuppence is of the purchases of one member, or of the one adult (`memberId` undefined). */
export function levelsOf({ monitoring = [] }: Pick<Controls, 'monitoring'>, memberId: string | undefined): MonitoringLevels {
  const found = monitoring.find((watch) => watch.memberId === memberId)
  return found ? { takeover: found.takeover, burst: found.burst } : usualLevels
}

/** The list with this one in the place of the one before; what is usual is not in it, so that the same levels are the same list. */
export function withWatch({ monitoring = [] }: Pick<Controls, 'monitoring'>, { memberId, takeover, burst }: Watch): readonly Watch[] {
  const others = monitoring.filter((watch) => watch.memberId !== memberId)
  if (areSameLevels({ takeover, burst }, usualLevels)) return others
  const watch = { ...(memberId !== undefined && { memberId }), takeover, burst }
  return [...others, watch].sort((one, other) => ((one.memberId ?? '') < (other.memberId ?? '') ? -1 : 1))
}

/** What a member starts with who may spend nothing without a guardian's yes. */
export function startingLimit(memberId: string): Limit {
  return { period: 'week', sellerId: null, memberId, amount: '0' }
}

/** The limits, with the one that a member starts with where they have none. */
export const withStart = (limits: readonly Limit[], memberId: string): readonly Limit[] =>
  limits.some((limit) => limit.memberId === memberId) ? limits : [...limits, startingLimit(memberId)].sort(byKey)

const textOf = ({ period, sellerId, memberId }: LimitKey) => `${memberId ?? ''} ${limitPeriods.indexOf(period)} ${sellerId ?? ''}`
export const byMember = (one: KeptHours, other: KeptHours) => ((one.memberId ?? '') < (other.memberId ?? '') ? -1 : (one.memberId ?? '') > (other.memberId ?? '') ? 1 : 0)
export const byKey = (one: LimitKey, other: LimitKey) => (textOf(one) < textOf(other) ? -1 : 1)
