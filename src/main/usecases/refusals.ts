import type { Outcome, RefusalReason } from '../../contract/ipc/outcome.ts'
import type { GatewayProblem } from '../ports/gateway.ts'
import type { LedgerAccess } from '../ports/ledger-access.ts'

type Asked = Pick<Extract<Outcome, { kind: 'blocked' }>, 'item' | 'payee' | 'price'>

/** What the person asked for, as outcomes name it. */
export const asked = ({ item, payee, price }: Asked): Asked => ({ item, payee, price })

export function refused(reason: RefusalReason): Extract<Outcome, { kind: 'refused' }> {
  return { kind: 'refused', reason }
}

/** The refusal that names what the gateway, or the way to it, would not do. */
export function refusalFor(problem: GatewayProblem): RefusalReason {
  switch (problem.kind) {
    case 'unreachable':
      return 'gatewayUnreachable'
    case 'certificateNotTrusted':
    case 'signatureNotTrusted':
      return problem.kind
    case 'notConfigured':
      return 'gatewayNotConfigured'
    case 'refused':
      return refusalForCode(problem.code)
  }
}

function refusalForCode(code: string): RefusalReason {
  if (code === 'offerUnavailable' || code === 'priceChanged') return code
  if (code === 'memberInvalid') return 'profileLocked'
  if (code === 'tokenInvalid') return 'signedOutElsewhere'
  if (isSignedOut(code)) return 'accountNeeded'
  // A step-up that the gateway has taken once is refused for its age.
  return code === 'quoteExpired' || code === 'stepUpNeeded' ? 'expired' : 'gatewayRefused'
}

/** Whether the gateway says that this device does not, or no longer, act in the name of an account. */
export function isSignedOut(code: string | null): boolean {
  return code === 'accountNeeded' || code === 'tokenInvalid' || code === 'scopeMissing'
}

/** Why nothing may be bought with the ledger as it is, or null. A purchase that cannot be recorded is not begun. */
export function refusalForLedger(ledger: LedgerAccess): RefusalReason | null {
  if (ledger.vault() !== 'ready') return 'keychainUnavailable'
  return ledger.state() === 'ready' ? null : 'ledgerUnavailable'
}
