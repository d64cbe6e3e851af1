/** Where the account's second factor is wanted besides a person's yes, and what proves that it was given for exactly that. */
import type { WireMoney } from './money.ts'

/** How the second factor is given: an authenticator's code (RFC 6238), one that was sent, or a recovery code. */
export type CodeMethod = 'totp' | 'sms' | 'email' | 'recovery'

/** Why a purchase wants it. */
export const stepUpReasons = ['firstOnDevice', 'newSeller', 'aboveAmount'] as const
export type StepUpReason = (typeof stepUpReasons)[number]

/** What the confirm window said of it. `looksWrong` is this device's own reason, of which the gateway knows nothing. `above` is the price from which the person asked to be asked; there with `aboveAmount`. */
export interface WantedStepUp {
  readonly accountId: string
  readonly reasons: readonly (StepUpReason | 'looksWrong')[]
  readonly above?: WireMoney
}

/** What the gateway signs once it was given. */
export interface GivenStepUp {
  readonly accountId: string
  readonly digest: string
}

/** Whether these are reasons of a purchase, at least one, and each once. */
export function areStepUpReasons(reasons: readonly string[]): reasons is readonly StepUpReason[] {
  const isKnown = (reason: string) => (stepUpReasons as readonly string[]).includes(reason)
  return reasons.length > 0 && reasons.every(isKnown) && new Set(reasons).size === reasons.length
}

/** What is asked of the person of this account, where the quote wants it; its reasons have been looked at (`areStepUpReasons`). */
export function wantedStepUp(quote: { readonly stepUp?: readonly string[] }, account: { readonly accountId: string; readonly above: WireMoney }): WantedStepUp | null {
  const { stepUp: reasons } = quote
  if (!reasons || !areStepUpReasons(reasons)) return null
  return { accountId: account.accountId, reasons, ...(reasons.includes('aboveAmount') && { above: account.above }) }
}

/** The same, or what is asked where the quote wants nothing, because the purchase looks like somebody else's. */
export function withLooksWrong(wanted: WantedStepUp | null, { accountId }: { readonly accountId: string }): WantedStepUp {
  return wanted ? { ...wanted, reasons: [...wanted.reasons, 'looksWrong'] } : { accountId, reasons: ['looksWrong'] }
}

/** Whether it was given by the person of this account, for exactly what has this digest. */
export function isStepUpFor(given: GivenStepUp, wanted: { readonly accountId: string; readonly digest: string }): boolean {
  return given.accountId === wanted.accountId && given.digest === wanted.digest
}
