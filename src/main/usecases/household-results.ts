/** What the use cases of the household share: why something is refused, and who asks for it. */
import type { HouseholdRefusal, HouseholdResult } from '../../contract/ipc/household.ts'
import type { RefusalReason } from '../../contract/ipc/outcome.ts'
import { hasMembers, type Role, roleOf } from '../../domain/roles.ts'
import { type EventLog, LogReadOnlyError, LogStorageError } from '../ports/event-log.ts'
import { GatewayError } from '../ports/gateway.ts'
import { VaultError } from '../ports/vault.ts'
import { codeOf } from './controls-results.ts'
import type { Actor } from './who-decides.ts'

export const done: HouseholdResult = { kind: 'done' }
export const declined: HouseholdResult = { kind: 'declined' }
export const refused = (reason: HouseholdRefusal): HouseholdResult => ({ kind: 'refused', reason })

/** Expected failures are results; what is left is a bug and is thrown on. */
export async function asHouseholdResult(work: () => Promise<HouseholdResult>): Promise<HouseholdResult> {
  try {
    return await work()
  } catch (error) {
    const reason = refusalOf(error)
    if (!reason) throw error
    return refused(reason)
  }
}

function refusalOf(error: unknown): HouseholdRefusal | null {
  if (error instanceof VaultError) return 'keychainUnavailable'
  if (error instanceof LogReadOnlyError || error instanceof LogStorageError) return 'ledgerUnavailable'
  return error instanceof GatewayError ? refusalOfGateway(error) : null
}

/** The refusal that a failure of keychain or ledger is; everything else is a bug and thrown on. */
export function refusalOfFailure(error: unknown): 'keychainUnavailable' | 'ledgerUnavailable' {
  const reason = refusalOf(error)
  if (reason !== 'keychainUnavailable' && reason !== 'ledgerUnavailable') throw error
  return reason
}

/** Why there is no price to ask about. */
export function refusalOfQuote(reason: RefusalReason): HouseholdRefusal {
  return reason === 'offerUnavailable' || reason === 'keychainUnavailable' ? reason : 'gatewayUnreachable'
}

function refusalOfGateway(error: GatewayError): HouseholdRefusal {
  switch (codeOf(error)) {
    case 'controlExcluded':
      return 'excluded'
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
