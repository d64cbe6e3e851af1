/** Who is at the computer, as far as main knows: whose profile is open. */
import type { Controls } from '../../domain/controls.ts'
import { hasMembers, memberOf } from '../../domain/roles.ts'

/** Whose profile is open; null while all are locked, and where there are no members. */
export type Actor = () => string | null

export interface Decider {
  /** Null while there are no members. */
  readonly memberId: string | null
  /** As events name them. */
  readonly actor: string
}

export const actorNamed = (memberId: string | null): string => memberId ?? 'person'

/** Null where somebody has to open their profile first. Whoever was removed has none. */
export function whoDecides(controls: Pick<Controls, 'members'>, actor: Actor): Decider | null {
  if (!hasMembers(controls)) return { memberId: null, actor: actorNamed(null) }
  const member = memberOf(controls, actor())
  return member && { memberId: member.memberId, actor: actorNamed(member.memberId) }
}
