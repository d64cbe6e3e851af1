import type { Clock } from '../ports/clock.ts'
import type { Gateway } from '../ports/gateway.ts'
import type { LedgerAccess } from '../ports/ledger-access.ts'

/**
 * The time that decisions use, in milliseconds since the epoch: the latest of the computer's clock, the newest event and
 * the newest signed gateway time, so that turning the clock back changes nothing.
 */
export type TrustedNow = () => number

/** The gateway's own time where it is known: what it dated is judged by its clock, not by this computer's. */
export function createQuoteNow(gateway: Pick<Gateway, 'now'>, trustedNow: TrustedNow): TrustedNow {
  return () => gateway.now() ?? trustedNow()
}

export function createTrustedNow(deps: {
  readonly clock: Clock
  readonly ledger: LedgerAccess
  readonly latestGatewayTime: () => number
}): TrustedNow {
  return () => Math.max(deps.clock.now(), deps.ledger.log()?.newestAtMs() ?? 0, deps.latestGatewayTime())
}
