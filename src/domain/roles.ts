/** Who may decide what in a household, and who is held to whose decisions. */
import { type Change, type Controls, type Member, type MemberRole, memberRoles } from './control-types.ts'
import { type Exclusion, exclusionState } from './exclusion.ts'

export type Role = Exclude<MemberRole, 'removed'>

type People = Pick<Controls, 'members'>

export const rankOf = (role: MemberRole): number => memberRoles.indexOf(role)

/** Minors are held to what guardians decide. */
export const isMinor = (role: MemberRole): boolean => role === 'teen' || role === 'child'

/** The role in the list of members, also of whoever was removed; undefined for whoever was never there. */
export const roleIn = ({ members = [] }: People, memberId: string): MemberRole | undefined => members.find((member) => member.memberId === memberId)?.role

/** Whether they were a minor before, as far as anybody knew them. */
export const wasMinor = (before: People, memberId: string): boolean => isMinor(roleIn(before, memberId) ?? 'removed')

/** Null also for somebody who was removed. */
export function memberOf({ members }: People, memberId: string | null): (Member & { readonly role: Role }) | null {
  const found = members?.find((member) => member.memberId === memberId)
  return found && found.role !== 'removed' ? { memberId: found.memberId, role: found.role } : null
}

/** The role now; null for whoever is not a member. */
export const roleOf = (people: People, memberId: string | null): Role | null => memberOf(people, memberId)?.role ?? null

export const isGuardian = (people: People, memberId: string | null): boolean => roleOf(people, memberId) === 'guardian'

/** Whether the household has members, so that somebody has to say who they are. */
export const hasMembers = ({ members }: People): boolean => members !== undefined

/**
 * Whether they may make the change at all; `isLooser` as `effectOf` says. Guardians decide for the household and for minors,
 * adults for themselves and for nobody else. A teen may be stricter with themselves than their guardian is; a child is not asked to.
 */
export function mayChange(people: People, actorId: string | null, change: Change, isLooser: boolean): boolean {
  if (!hasMembers(people)) return true
  const role = roleOf(people, actorId)
  if (role === null) return false
  const concerned = change.kind === 'limit' || change.kind === 'quietHours' || change.kind === 'monitoring' ? change.memberId : undefined
  // Purchases are watched of each member, and of nobody else.
  if (change.kind === 'monitoring' && concerned === undefined) return false
  if (concerned === undefined) return role === 'guardian'
  if (concerned === actorId) return isMinor(role) ? role === 'teen' && !isLooser : true
  return role === 'guardian' && isMinor(roleOf(people, concerned) ?? 'removed')
}

/** Everybody may exclude themselves, whatever their age, and a guardian may exclude a minor. */
export function mayExclude(people: People, actorId: string | null, memberId: string | null): boolean {
  if (!hasMembers(people)) return memberId === null
  const role = roleOf(people, actorId)
  if (role === null || memberId === null) return false
  return memberId === actorId || (role === 'guardian' && isMinor(roleOf(people, memberId) ?? 'removed'))
}

/** The yes after an exclusion is the grown-up's own, or for a minor that of a guardian. `memberId` null is the household's. */
export function mayReturn(people: People, actorId: string | null, memberId: string | null): boolean {
  if (!hasMembers(people)) return memberId === null
  if (memberId === null) return isGuardian(people, actorId)
  const role = roleOf(people, memberId)
  if (role === null) return false
  return isMinor(role) ? isGuardian(people, actorId) : memberId === actorId
}

/** Who may say whether a purchase was theirs: whose it is, and a guardian for minors and for what was bought while there were no members. */
export function maySayWhose(people: People, actorId: string | null, memberId: string | null): boolean {
  if (!hasMembers(people)) return true
  const role = roleOf(people, actorId)
  if (role === null) return false
  return memberId === actorId || (role === 'guardian' && (memberId === null || isMinor(roleOf(people, memberId) ?? 'removed')))
}

/** Whose purchases and requests they may look at: a guardian everybody's, everybody else their own. */
export function maySee(people: People, actorId: string | null, memberId: string | null): boolean {
  if (!hasMembers(people)) return true
  return isGuardian(people, actorId) || (roleOf(people, actorId) !== null && memberId === actorId)
}

/** The members whose purchases they may see, by the same rule; null for everybody's. */
export function seenBy(people: People, actorId: string | null): readonly string[] | null {
  if (!hasMembers(people) || isGuardian(people, actorId)) return null
  return actorId !== null && maySee(people, actorId, actorId) ? [actorId] : []
}

/** P8: a guardian who is not excluded answers what a minor asks; nobody what they ask themselves. */
export function mayAnswer(controls: Controls, guardianId: string | null, memberId: string, gatewayMs: number | null): boolean {
  const isMinors = isMinor(roleOf(controls, memberId) ?? 'removed')
  return isMinors && guardianId !== memberId && isGuardian(controls, guardianId) && !isExcluded(controls, guardianId, gatewayMs)
}

/** P5: whether they may not buy because of an exclusion, their own or the household's. */
export function isExcluded(controls: Controls, memberId: string | null, gatewayMs: number | null): boolean {
  const own = controls.exclusions?.filter((one) => one.memberId === memberId) ?? []
  return [controls.exclusion, ...own].some((exclusion) => exclusionState(exclusion, gatewayMs).kind !== 'none')
}

/**
 * P5: while a grown-up is excluded, nobody comes into the household and nobody in it grows older: a second profile would be a
 * way around. Of somebody who was removed, and so says no new yes, that holds as long as the exclusion runs.
 */
export function isWayAround(controls: Controls, change: Change, gatewayMs: number | null): boolean {
  if (change.kind !== 'member') return false
  const before = roleIn(controls, change.memberId)
  if (before && rankOf(change.role) <= rankOf(before)) return false
  const holdsBack = (exclusion: Exclusion | null, role: MemberRole) => {
    const { kind } = exclusionState(exclusion, gatewayMs)
    return role === 'removed' ? kind === 'running' : !isMinor(role) && kind !== 'none'
  }
  return holdsBack(controls.exclusion, 'adult') || (controls.exclusions ?? []).some((one) => holdsBack(one, roleIn(controls, one.memberId) ?? 'adult'))
}

/** Whether a guardian would still be there after the change. */
export function keepsGuardian({ members = [] }: People, change: Change): boolean {
  if (change.kind !== 'member' || change.role === 'guardian') return true
  return members.some(({ memberId, role }) => role === 'guardian' && memberId !== change.memberId) || !members.some(({ role }) => role === 'guardian')
}
