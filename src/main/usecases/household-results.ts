/** What the use cases of the household share: why something is refused, and who asks for it. */
import type { HouseholdRefusal, HouseholdResult } from '../../contract/ipc/household.ts'
import type { RefusalReason } from '../../contract/ipc/outcome.ts'
import { hasMembers, type Role, roleOf } from '../../domain/roles.ts'
import type { EventLog } from '../ports/event-log.ts'
import type { GatewayError } from '../ports/gateway.ts'
import { codeOf } from './controls-results.ts'
import { orRefused } from './or-refused.ts'
import type { Actor } from './who-decides.ts'

export const done: HouseholdResult = { kind: 'done' }
export const declined: HouseholdResult = { kind: 'declined' }
export const refused = (reason: HouseholdRefusal): HouseholdResult => ({ kind: 'refused', reason })

/** Expected failures are results; what is left is a bug and is thrown on. */
export function asHouseholdResult(work: () => Promise<HouseholdResult>): Promise<HouseholdResult> {
  return orRefused(work, refusalOfGateway)
}

/** Why there is no price to ask about. */
export function refusalOfQuote(reason: RefusalReason): HouseholdRefusal {
  return reason === 'offerUnavailable' || reason === 'keychainUnavailable' ? reason : 'gatewayUnreachable'
}

function refusalOfGateway(error: GatewayError): HouseholdRefusal {
  switch (codeOf(error)) {
    case 'controlExcluded':
      return 'excluded'
    case 'accountNeeded':
      return 'otherAccount'
    case 'badRequest':
    case 'controlNotLooser':
      return 'impossible'
    default:
      return 'gatewayUnreachable'
  }
}

/** Who asks for something about the household: a member whose profile is open, or why nobody is. */
export function whoAsks(log: EventLog, actor: Actor): { readonly memberId: string; readonly role: Role } | HouseholdRefusal {
  const controls = log.controls()
  const memberId = actor()
  if (!hasMembers(controls)) return 'notAllowed'
  const role = roleOf(controls, memberId)
  return memberId !== null && role ? { memberId, role } : 'locked'
}
