import type { RefusalReason } from '../../contract/ipc/outcome.ts'
import { faultInQuote } from '../../domain/quote.ts'
import type { Device } from '../ports/device.ts'
import { type Gateway, GatewayError, type SignedQuote } from '../ports/gateway.ts'
import type { LedgerAccess } from '../ports/ledger-access.ts'
import { VaultError } from '../ports/vault.ts'
import { refusalFor } from './refusals.ts'
import type { TrustedNow } from './trusted-now.ts'

export interface FetchQuoteDeps {
  readonly device: Pick<Device, 'id'>
  readonly gateway: Pick<Gateway, 'quote'>
  readonly ledger: LedgerAccess
  readonly quoteNow: TrustedNow
}

/** A quote of the gateway that holds what was asked for, with what it counts as against the limits; or why there is none. */
export async function fetchQuote(deps: FetchQuoteDeps, offerId: string): Promise<SignedQuote | RefusalReason> {
  try {
    const countIn = deps.ledger.log()?.controls().household?.currency ?? null
    const [deviceId, quote] = await Promise.all([deps.device.id(), deps.gateway.quote(offerId, countIn)])
    const fault = faultInQuote(quote.claims, { offerId, deviceId, countIn }, deps.quoteNow())
    if (fault === 'expired') return 'expired'
    return fault ? 'signatureNotTrusted' : quote
  } catch (error) {
    if (error instanceof GatewayError) return refusalFor(error.problem)
    if (error instanceof VaultError) return 'keychainUnavailable'
    throw error
  }
}
