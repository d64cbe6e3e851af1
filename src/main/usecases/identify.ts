/** A person says who they are: PIN, and a code of the second factor where that is wanted. */
export type Identify = (
  given: { readonly memberId: string; readonly pin: string; readonly code?: string },
  wants: { readonly code: boolean },
) => Promise<Identified>

export type Identified =
  | { readonly kind: 'granted' }
  /** PIN or code are wrong, or it is too early for another try; the next one counts after `waitMs` milliseconds. */
  | { readonly kind: 'wrong' | 'wait'; readonly waitMs: number }
  /** Nobody can tell: the keychain, the ledger or the PIN in it is not there. */
  | { readonly kind: 'unavailable' }
