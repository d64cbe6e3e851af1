import type { Problem, ProblemCode } from '../contract/http/messages.ts'

interface Kind {
  readonly status: number
  readonly title: string
}

/** What each code means to HTTP and to a reader: what happened to the money comes first. */
export const problemKinds: Readonly<Record<ProblemCode, Kind>> = {
  badRequest: { status: 400, title: 'Nothing was charged: the request is not of the form that this route takes' },
  proofInvalid: { status: 401, title: 'Nothing was charged: the proof of possession is missing or wrong' },
  proofReplayed: { status: 401, title: 'Nothing was charged: this proof of possession was used before' },
  clockSkew: { status: 401, title: "Nothing was charged: the proof's time is more than 5 minutes from the gateway's" },
  deviceUnknown: { status: 403, title: 'Nothing was charged: this device is not enrolled' },
  offerUnavailable: { status: 404, title: 'Nothing was charged: this offer is not for sale' },
  quoteInvalid: { status: 422, title: 'Nothing was charged: this is not a quote that the gateway gave to this device' },
  quoteExpired: { status: 409, title: 'Nothing was charged: the quote has expired' },
  quoteUsed: { status: 409, title: 'Nothing more was charged: another purchase has used this quote' },
  priceChanged: { status: 409, title: 'Nothing was charged: the price has changed since the quote' },
  authorisationInvalid: { status: 422, title: 'Nothing was charged: the authorisation does not cover this purchase' },
  idempotencyConflict: { status: 409, title: 'Nothing more was charged: this key belongs to another request' },
  purchaseNotFound: { status: 404, title: 'Nothing has been charged under this idempotency key' },
  logRolledBack: { status: 409, title: 'Nothing was charged: the gateway has countersigned a later head of this log' },
  limitReached: { status: 403, title: 'Nothing was charged: there is no room for it under a limit that the person has set' },
  excluded: { status: 403, title: 'Nothing was charged: the person has excluded themselves from buying' },
  quietHours: { status: 403, title: 'Nothing was charged: these are quiet hours that the person has set' },
  memberInvalid: { status: 403, title: 'Nothing was charged: who buys it, or who agreed to it, is nobody of the household who may' },
  controlTooEarly: { status: 409, title: 'Nothing was changed: the time for that has not come' },
  controlUnknown: { status: 404, title: 'Nothing was changed: nothing of that name waits' },
  controlNotLooser: { status: 409, title: 'Nothing was changed: that would not be looser, and needs no asking' },
  controlExcluded: { status: 409, title: 'Nothing was changed: nobody joins a household, or grows older in it, while a grown-up is excluded' },
  refundTooLarge: { status: 409, title: 'Nothing was given back: that is more than is left of the charge' },
  chargebackStands: { status: 409, title: 'Nothing was changed: a chargeback stands already, or none to be undone' },
  disputeOpen: { status: 409, title: 'Nothing was changed: another dispute about this charge is open' },
  disputeClosed: { status: 409, title: 'Nothing was changed: this dispute has been decided' },
  disputeUnknown: { status: 404, title: 'Nothing was changed: no dispute about this charge is open' },
  accountNeeded: { status: 401, title: 'Nothing was charged: this needs a device that is signed in to an account' },
  tokenInvalid: { status: 401, title: 'Nothing was charged: the access token is not good, or not for this device key' },
  scopeMissing: { status: 403, title: 'Nothing was charged: the person has not agreed to this device doing that' },
  stepUpNeeded: { status: 403, title: 'Nothing was charged: the second factor has to be given for exactly this' },
  notFound: { status: 404, title: 'There is no such route' },
  tooManyRequests: { status: 429, title: 'Nothing was charged: too many requests, wait before the next' },
  internal: { status: 500, title: 'The gateway failed: ask for the purchase by its key to learn what became of it' },
}

export interface ProblemDetails {
  /** Overrides the code's usual status, for transport refusals such as 413 and 415. */
  readonly status?: number
  readonly title?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** An error that carries the problem document (RFC 9457) to answer with. */
export type ProblemError = Error & { readonly problem: Problem; readonly headers: Readonly<Record<string, string>> }

/** Makes the error for a code; throw it from anywhere below a route. */
export function problem(code: ProblemCode, details: ProblemDetails = {}): ProblemError {
  const kind = problemKinds[code]
  const document = {
    type: `urn:tuppence:problem:${code}`,
    title: details.title ?? kind.title,
    status: details.status ?? kind.status,
    code,
  }
  return Object.assign(new Error(`${code}: ${document.title}`), { problem: document, headers: details.headers ?? {} })
}

export function isProblem(error: unknown): error is ProblemError {
  return error instanceof Error && 'problem' in error
}
