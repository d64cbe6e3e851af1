import type { CodeWay } from '../../contract/account.ts'
import type { RefusalReason } from '../../contract/ipc/outcome.ts'
import { type WantedStepUp, wantedStepUp } from '../../domain/step-up.ts'
import { type Gateway, GatewayError, type SignedQuote } from '../ports/gateway.ts'
import { VaultError } from '../ports/vault.ts'
import { fetchQuote, type FetchQuoteDeps } from './fetch-quote.ts'
import { refusalFor } from './refusals.ts'

/** The account's second factor is to be given, by one of these ways. */
export interface AskedStepUp {
  readonly wanted: WantedStepUp
  readonly ways: readonly CodeWay[]
}

/** `stepUp` is null where the quote does not want the account's second factor. */
export interface AskableQuote extends SignedQuote {
  readonly stepUp: AskedStepUp | null
}

export interface FetchAskableQuoteDeps extends FetchQuoteDeps {
  readonly gateway: Pick<Gateway, 'quote' | 'stepUp'>
}

/** A quote with all that is needed to ask a person about it; or why they cannot be asked. */
export async function fetchAskableQuote(deps: FetchAskableQuoteDeps, offerId: string): Promise<AskableQuote | RefusalReason> {
  const quote = await fetchQuote(deps, offerId)
  if (typeof quote === 'string') return quote
  if (!quote.claims.stepUp) return { ...quote, stepUp: null }
  const stepUp = await askedStepUp(deps.gateway, quote).catch(whyNotAskable)
  return typeof stepUp === 'string' ? stepUp : { ...quote, stepUp }
}

/** Whose second factor it is, and how it can be given now. */
async function askedStepUp(gateway: Pick<Gateway, 'stepUp'>, { claims }: SignedQuote): Promise<AskedStepUp | RefusalReason> {
  const account = await gateway.stepUp.account()
  const wanted = account && wantedStepUp(claims, account)
  return wanted ? { wanted, ways: account.ways } : 'accountNeeded'
}

/** Why nobody can be asked, where gateway or keychain failed as they may. */
export function whyNotAskable(error: unknown): RefusalReason {
  if (error instanceof GatewayError) return refusalFor(error.problem)
  if (error instanceof VaultError) return 'keychainUnavailable'
  throw error
}
