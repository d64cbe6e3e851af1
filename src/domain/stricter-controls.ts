/** What holds where two keepers of the same controls do not agree. */
import { effectOf } from './control-effects.ts'
import { byKey, byMember, exclusionOf, hoursOf, isSameKey, keptFor, levelsOf, limitFor, startingLimit, withStart, withWatch } from './control-parts.ts'
import type { Change, Controls, KeptHours, Limit, Member, MemberExclusion, SharedControls, Watch } from './control-types.ts'
import type { Exclusion } from './exclusion.ts'
import { areSameLevels, moreWatchfulOf } from './monitoring.ts'
import { joined, leavesGap } from './quiet-hours.ts'
import { isMinor, rankOf, roleIn, wasMinor } from './roles.ts'

/**
 * The stricter of both in each control: what holds where two keepers of the same controls do not agree. Limits in another
 * currency cannot be compared, so that each keeper holds to its own.
 */
export function stricterOf(own: Controls, other: SharedControls): Controls {
  const { monitoring: _, ...unwatched } = own
  const people = { ...unwatched, ...exclusionsOfBoth(own, other), ...membersOfBoth(own, other), ...watchesOfBoth(own, other) }
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
    const theirs = roleIn({ members: other }, memberId) ?? role
    return { memberId, role: rankOf(theirs) < rankOf(role) ? theirs : role }
  })
  const isNew = (memberId: string) => roleIn({ members: own }, memberId) === undefined
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

/** The more watchful of both. Who has no household yet knows nothing of it, and takes over what the other one has. */
function watchesOfBoth(own: SharedControls, other: SharedControls): Pick<Controls, 'monitoring'> {
  if (!other.household) return own.monitoring ? { monitoring: own.monitoring } : {}
  const whose = new Set([...(own.monitoring ?? []), ...(other.monitoring ?? [])].map(({ memberId }) => memberId))
  const both = [...whose].reduce<readonly Watch[]>((all, memberId) => {
    const theirs = levelsOf(other, memberId)
    const levels = own.household ? moreWatchfulOf(levelsOf(own, memberId), theirs) : theirs
    return withWatch({ monitoring: all }, { ...(memberId !== undefined && { memberId }), ...levels })
  }, [])
  return both.length > 0 ? { monitoring: both } : {}
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
  if (change.kind === 'monitoring') return !areSameLevels(levelsOf(before, change.memberId), levelsOf(after, change.memberId))
  if (change.kind === 'member') return roleIn(before, change.memberId) !== roleIn(after, change.memberId)
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
