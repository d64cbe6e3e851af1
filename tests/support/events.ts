/** Events to fill a log with. Everything that a test does not name is plausible and does not matter to it. */
import type { Digest, EventId, IdempotencyKey, PurchaseId } from '../../src/domain/brands.ts'
import type { LimitWarning } from '../../src/domain/controls.ts'
import type { ChallengeContent, NewEvent, ShownRisk, SignedMessage, WireMoney } from '../../src/domain/events.ts'

/** Ids that count: `event-1`, `event-2`, … */
export function countingEventIds(): { eventId(): EventId } {
  let count = 0
  return { eventId: () => `event-${++count}` as EventId }
}

export interface ApprovalDetails {
  readonly price?: WireMoney
  readonly sellerId?: string
  readonly fundingSourceId?: string
  readonly item?: string
  readonly counted?: WireMoney
  readonly countedAt?: string
  readonly limitWarnings?: readonly LimitWarning[]
  readonly memberId?: string
  /** Of the request that the approval answers, and who answered it. */
  readonly requestId?: string
  readonly approvedBy?: string
  readonly risk?: ShownRisk
}

export function challengeOf(id: string, details: ApprovalDetails = {}): ChallengeContent {
  const { price = { amount: '99', currency: 'EUR' }, sellerId = 'seller-1', fundingSourceId = 'card-1' } = details
  return {
    challengeId: `challenge-of-${id}`,
    purchaseId: id as PurchaseId,
    nonce: 'n'.repeat(43),
    quoteId: `quote-of-${id}`,
    offerId: 'offer-1',
    sellerId,
    payee: 'Pixel Forge',
    item: details.item ?? 'Starlight cape',
    game: 'Nebula Run',
    kind: 'item',
    price,
    tax: { amount: '16', rateBasisPoints: 1900 },
    fundingSource: { id: fundingSourceId, label: 'Visa •••• 4242' },
    ...(details.counted && { counted: details.counted }),
    ...(details.memberId !== undefined && { memberId: details.memberId }),
    ...(details.requestId !== undefined && { requestId: details.requestId }),
    ...(details.risk && { risk: details.risk }),
    shownAt: '2026-11-23T09:00:00.000Z',
    expiresAt: '2026-11-23T09:02:00.000Z',
  }
}

export function approved(id: string, details: ApprovalDetails = {}): NewEvent {
  const { countedAt, limitWarnings, approvedBy } = details
  const payload = {
    purchaseId: id as PurchaseId,
    key: id as IdempotencyKey,
    challenge: challengeOf(id, details),
    challengeDigest: 'd'.repeat(43) as Digest,
    quote: 'q.u.ote',
    authorisation: 'au.thori.sation',
    ...(countedAt !== undefined && { countedAt }),
    ...(approvedBy !== undefined && { approvedBy }),
    ...(limitWarnings && { limitWarnings }),
  }
  return { type: 'purchase.approved', actor: 'client', payload }
}

export function cancelled(id: string): NewEvent {
  const payload = { purchaseId: id as PurchaseId, offerId: 'offer-1', reason: 'person' } as const
  return { type: 'purchase.cancelled', actor: 'client', payload }
}

export function unknown(id: string): NewEvent {
  return { type: 'purchase.unknown', actor: 'client', payload: { purchaseId: id as PurchaseId, reason: 'timeout' } }
}

export function succeeded(id: string): NewEvent {
  const purchaseId = id as PurchaseId
  const payload = { purchaseId, receipt: 're.cei.pt', receiptNumber: `R-${id}`, chargedAt: '2026-11-23T09:00:01.000Z' }
  return { type: 'purchase.succeeded', actor: 'client', payload }
}

export function declined(id: string): NewEvent {
  return { type: 'purchase.declined', actor: 'client', payload: { purchaseId: id as PurchaseId, reason: 'risk' } }
}

export function voided(id: string): NewEvent {
  return { type: 'purchase.voided', actor: 'client', payload: { purchaseId: id as PurchaseId, reason: 'neverReceived' } }
}

function message(id: string, type: string): SignedMessage {
  return { id, timestamp: 1_795_000_000, body: JSON.stringify({ type }), signature: `v1a,${'A'.repeat(88)}` }
}

const euro = (amount: string): WireMoney => ({ amount, currency: 'EUR' })

/** Each refund and chargeback has a message of its own; `of` tells them apart, `sequence` counts them, the receipt being 1. */
export function refunded(id: string, amount: WireMoney = euro('99'), of = '1', sequence = 2): NewEvent {
  const messageId = `refund-${of}-of-${id}`
  const payload = {
    ...{ purchaseId: id as PurchaseId, messageId, sequence, refundId: `RF-${of}-${id}`, amount },
    refundedAt: '2026-11-24T09:00:00.000Z',
    message: message(messageId, 'purchase.refunded'),
  }
  return { type: 'purchase.refunded', actor: 'gateway', payload }
}

export function chargedBack(id: string, amount: WireMoney = euro('99'), of = '1', sequence = 2): NewEvent {
  const messageId = `chargeback-${of}-of-${id}`
  const payload = {
    ...{ purchaseId: id as PurchaseId, messageId, sequence, chargebackId: `CB-${of}-${id}`, amount },
    chargedBackAt: '2026-11-25T09:00:00.000Z',
    message: message(messageId, 'purchase.chargedBack'),
  }
  return { type: 'purchase.chargedBack', actor: 'gateway', payload }
}

export function chargebackReversed(id: string, of = '1', sequence = 3): NewEvent {
  const messageId = `reversal-${of}-of-${id}`
  const payload = {
    ...{ purchaseId: id as PurchaseId, messageId, sequence, chargebackId: `CB-${of}-${id}` },
    reversedAt: '2026-11-26T09:00:00.000Z',
    message: message(messageId, 'purchase.chargebackReversed'),
  }
  return { type: 'purchase.chargebackReversed', actor: 'gateway', payload }
}

export function disputeOpened(id: string, of = 1): NewEvent {
  const said = { disputeId: `${id}.d0${of}`, reason: 'notReceived', note: 'Nothing came', openedAt: '2026-11-24T09:00:00.000Z' } as const
  return { type: 'dispute.opened', actor: 'person', payload: { purchaseId: id as PurchaseId, ...said, acknowledgement: 'ack.now.ledged' } }
}

export function disputeClosed(id: string, outcome: 'refunded' | 'refused' = 'refused', of = 1): NewEvent {
  const messageId = `decision-${of}-of-${id}`
  const payload = {
    ...{ purchaseId: id as PurchaseId, messageId, disputeId: `${id}.d0${of}`, outcome },
    closedAt: '2026-11-25T09:00:00.000Z',
    message: message(messageId, 'dispute.closed'),
  }
  return { type: 'dispute.closed', actor: 'gateway', payload }
}

export function recovered(id: string, price: WireMoney = euro('99'), memberId?: string): NewEvent {
  const payload = {
    ...{ purchaseId: id as PurchaseId, offerId: 'offer-1', sellerId: 'seller-1', payee: 'Pixel Forge', item: 'Starlight cape' },
    ...{ price, fundingSourceId: 'card-1', receipt: 're.cei.pt', receiptNumber: `R-${id}` },
    chargedAt: '2026-11-23T09:00:01.000Z',
    ...(memberId !== undefined && { memberId }),
  }
  return { type: 'purchase.recovered', actor: 'gateway', payload }
}
