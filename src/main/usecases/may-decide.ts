/** Whether somebody may make a change of a control, and what is in the way where they may not. */
import type { ControlsRefusal } from '../../contract/ipc/controls.ts'
import { effectOf } from '../../domain/control-effects.ts'
import type { Change, Controls } from '../../domain/controls.ts'
import { hasMembers, isExcluded, isGuardian, isWayAround, keepsGuardian, mayChange, memberOf } from '../../domain/roles.ts'

/**
 * P5, P8: null for nothing. While the gateway's time is not known (`gatewayMs` null), no exclusion has ended. `memberId` is who
 * decides; null while there are no members.
 */
export function whyNotChange(controls: Controls, memberId: string | null, change: Change, gatewayMs: number | null): ControlsRefusal | null {
  const isLooser = effectOf(controls, change) === 'looser'
  if (!isAboutSomebodyThere(controls, change)) return 'impossible'
  if (!mayChange(controls, memberId, change, isLooser)) return 'notAllowed'
  if (!keepsGuardian(controls, change)) return 'impossible'
  // Whoever is excluded loosens nothing; and nobody comes in or grows older while that would be a way around.
  const isHeldBack = isLooser && hasMembers(controls) && isExcluded(controls, memberId, gatewayMs)
  return isHeldBack || isWayAround(controls, change, gatewayMs) ? 'excluded' : null
}

/** Whoever was removed stays known, and may come back. A newcomer needs a name, and is no mere change of a control. */
function isAboutSomebodyThere(controls: Controls, change: Change): boolean {
  if (change.kind === 'member') return isKnown(controls, change.memberId)
  return !('memberId' in change) || change.memberId === undefined || memberOf(controls, change.memberId) !== null
}

function isKnown({ members = [], pending }: Controls, memberId: string): boolean {
  const isComing = pending.some(({ change }) => change.kind === 'member' && change.memberId === memberId)
  return isComing || members.some((member) => member.memberId === memberId)
}

/** A guardian's yes to less strict control takes the second factor, as their yes to a purchase does; so does one about a member. */
export function wantsCodeFor(controls: Controls, memberId: string | null, change: Change): boolean {
  return isGuardian(controls, memberId) && (change.kind === 'member' || effectOf(controls, change) === 'looser')
}
