/** What the use cases of the controls share: why something is refused, and the log that takes a decision. */
import type { ControlsRefusal, ControlsResult } from '../../contract/ipc/controls.ts'
import { type EventLog, LogReadOnlyError, LogStorageError } from '../ports/event-log.ts'
import { GatewayError } from '../ports/gateway.ts'
import type { LedgerAccess } from '../ports/ledger-access.ts'
import { VaultError } from '../ports/vault.ts'

export const done: ControlsResult = { kind: 'done' }
export const declined: ControlsResult = { kind: 'declined' }
export const refused = (reason: ControlsRefusal): ControlsResult => ({ kind: 'refused', reason })

/** Expected failures are results; what is left is a bug and is thrown on. */
export async function asResult(work: () => Promise<ControlsResult>): Promise<ControlsResult> {
  try {
    return await work()
  } catch (error) {
    const reason = refusalOf(error)
    if (!reason) throw error
    return refused(reason)
  }
}

function refusalOf(error: unknown): ControlsRefusal | null {
  if (error instanceof VaultError) return 'keychainUnavailable'
  if (error instanceof LogReadOnlyError || error instanceof LogStorageError) return 'ledgerUnavailable'
  return error instanceof GatewayError ? refusalOfGateway(error) : null
}

function refusalOfGateway(error: GatewayError): ControlsRefusal {
  switch (codeOf(error)) {
    case 'controlTooEarly':
      return 'tooEarly'
    case 'controlUnknown':
      return 'gone'
    case 'controlExcluded':
      return 'excluded'
    case 'controlNotLooser':
      return 'noChange'
    case 'badRequest':
      return 'impossible'
    default:
      return 'gatewayUnreachable'
  }
}

/** Why the gateway refused; null for every other failure. */
export function codeOf(error: unknown): string | null {
  return error instanceof GatewayError && error.problem.kind === 'refused' ? error.problem.code : null
}

/** The log that a decision can be added to. Throws what `asResult` makes a refusal of. */
export function writableLog(ledger: LedgerAccess): EventLog {
  const vault = ledger.vault()
  if (vault !== 'ready') throw new VaultError(vault)
  const log = ledger.state() === 'ready' ? ledger.log() : null
  if (!log) throw new LogReadOnlyError('closed')
  return log
}
