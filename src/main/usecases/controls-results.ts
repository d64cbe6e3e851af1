/** What the use cases of the controls share: why something is refused, and the log that takes a decision. */
import type { ControlsRefusal, ControlsResult } from '../../contract/ipc/controls.ts'
import { type EventLog, LogReadOnlyError } from '../ports/event-log.ts'
import { GatewayError } from '../ports/gateway.ts'
import type { LedgerAccess } from '../ports/ledger-access.ts'
import { VaultError } from '../ports/vault.ts'
import { orRefused } from './or-refused.ts'

export const done: ControlsResult = { kind: 'done' }
export const declined: ControlsResult = { kind: 'declined' }
export const refused = (reason: ControlsRefusal): ControlsResult => ({ kind: 'refused', reason })

/** Expected failures are results; what is left is a bug and is thrown on. */
export function asResult(work: () => Promise<ControlsResult>): Promise<ControlsResult> {
  return orRefused(work, refusalOfGateway)
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
    case 'accountNeeded':
      return 'otherAccount'
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
