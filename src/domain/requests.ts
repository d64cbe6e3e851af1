/** What minors ask a guardian for: one purchase each, for a day, answered once. */
import type { DenialReason, LogEvent, RequestedPurchase } from './events.ts'

/** How long a request waits for its answer, in milliseconds. */
export const requestLifeMs = 24 * 60 * 60_000

/** How many requests of one member may wait at once. */
export const mostWaiting = 10

/** How many that have ended are remembered, for whoever wants to see what became of them. */
const mostEnded = 50

export type RequestEnd = 'granted' | 'denied' | 'withdrawn' | 'lapsed' | 'changed'

export interface GuardianRequest extends RequestedPurchase {
  /** Null while it waits. `by` is who said so; null where nobody did. */
  readonly ended: { readonly end: RequestEnd; readonly at: string; readonly by: string | null; readonly reason?: DenialReason; readonly note?: string } | null
}

/** Thrown by the fold for a step that no decision of these modules makes: a bug, or a log that somebody else wrote. */
export class IllegalRequestError extends Error {
  constructor(why: string) {
    super(why)
    this.name = 'IllegalRequestError'
  }
}

export function requestLapsesAt({ askedAt }: Pick<RequestedPurchase, 'askedAt'>): string {
  return new Date(Date.parse(askedAt) + requestLifeMs).toISOString()
}

/** Whether it still waits for its answer at the instant (milliseconds since the epoch). */
export function isWaiting({ ended, askedAt }: GuardianRequest, nowMs: number): boolean {
  return ended === null && nowMs < Date.parse(askedAt) + requestLifeMs
}

type Wanted = Pick<RequestedPurchase, 'offerId' | 'sellerId' | 'payee' | 'item' | 'price'>

/** Whether what is offered now is what was asked for: anything else has to be asked for anew. */
export function isSameOffer(request: Wanted, offered: Wanted): boolean {
  return (
    request.offerId === offered.offerId &&
    request.sellerId === offered.sellerId &&
    request.payee === offered.payee &&
    request.item === offered.item &&
    request.price.amount === offered.price.amount &&
    request.price.currency === offered.price.currency
  )
}

/** The request of the member that waits for the very same, or null. */
export function sameWaiting(all: readonly GuardianRequest[], memberId: string, wanted: Wanted, nowMs: number): GuardianRequest | null {
  return all.find((request) => request.memberId === memberId && isWaiting(request, nowMs) && isSameOffer(request, wanted)) ?? null
}

/** The requests after the event, oldest first; the same list for an event that is not about them. Throws IllegalRequestError. */
export function nextRequests(all: readonly GuardianRequest[], event: LogEvent): readonly GuardianRequest[] {
  switch (event.type) {
    case 'request.made':
      if (all.some(({ requestId }) => requestId === event.payload.requestId)) throw new IllegalRequestError('a request is made once')
      return remembered([...all, { ...event.payload, ended: null }])
    case 'request.ended': {
      const { requestId, ...ended } = event.payload
      return withEnd(all, requestId, { ...ended, at: event.at })
    }
    case 'purchase.approved':
      return granted(all, event)
    default:
      return all
  }
}

/** P2, P8: one yes is one charge, for exactly what was asked, and nobody says it to themselves. */
function granted(all: readonly GuardianRequest[], { payload, at }: Extract<LogEvent, { type: 'purchase.approved' }>): readonly GuardianRequest[] {
  const { challenge, approvedBy } = payload
  if (challenge.requestId === undefined) {
    if (approvedBy !== undefined) throw new IllegalRequestError('nobody approves what nobody asked for')
    return all
  }
  const request = all.find(({ requestId }) => requestId === challenge.requestId)
  if (!request || request.memberId !== challenge.memberId || !isSameOffer(request, challenge)) throw new IllegalRequestError('something else was asked for')
  if (approvedBy === undefined || approvedBy === request.memberId) throw new IllegalRequestError('nobody answers what they ask themselves')
  return withEnd(all, request.requestId, { end: 'granted', at, by: approvedBy })
}

function withEnd(all: readonly GuardianRequest[], requestId: string, ended: NonNullable<GuardianRequest['ended']>): readonly GuardianRequest[] {
  if (!all.some((request) => request.requestId === requestId && request.ended === null)) throw new IllegalRequestError('it is answered once')
  return remembered(all.map((request) => (request.requestId === requestId ? { ...request, ended } : request)))
}

function remembered(all: readonly GuardianRequest[]): readonly GuardianRequest[] {
  const forgotten = all.filter(({ ended }) => ended !== null).slice(0, -mostEnded)
  return forgotten.length === 0 ? all : all.filter((request) => !forgotten.includes(request))
}
