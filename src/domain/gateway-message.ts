/**
 * What a message of the gateway means for the ledger. Its signature has been verified; it may come late, twice, and in any
 * order. The messages of one purchase carry the gateway's own count, so they apply in its order or wait.
 */
import type { PurchaseId } from './brands.ts'
import type { EventPayloads, NewEvent, SignedMessage, WireMoney } from './events.ts'
import type { PurchaseRecord } from './ledger.ts'
import { isReceiptFor, type Receipt } from './quote.ts'

type Approval = EventPayloads['purchase.approved']

/** The receipt as the gateway signed it, with what it says. */
export interface SignedReceipt {
  readonly claims: Receipt & { readonly chargedAt: string }
  readonly jws: string
}

interface About {
  readonly idempotencyKey: string
  /** 1 for the receipt, then one more for each thing that the gateway did to the purchase. */
  readonly sequence: number
}

export type MessageContent =
  | (About & { readonly type: 'purchase.succeeded'; readonly receipt: SignedReceipt })
  | (About & {
      readonly type: 'purchase.refunded'
      readonly refundId: string
      readonly amount: WireMoney
      readonly refundedAt: string
    })
  | (About & {
      readonly type: 'purchase.chargedBack'
      readonly chargebackId: string
      readonly amount: WireMoney
      readonly chargedBackAt: string
    })
  | (About & {
      readonly type: 'purchase.chargebackReversed'
      readonly chargebackId: string
      readonly reversedAt: string
    })
  /** Moves no money, and so is not counted among what the gateway did to the purchase. */
  | {
      readonly type: 'dispute.closed'
      readonly idempotencyKey: string
      readonly disputeId: string
      readonly outcome: 'refunded' | 'refused'
      readonly closedAt: string
    }

export interface GatewayMessage {
  readonly message: SignedMessage
  readonly content: MessageContent
}

/** All that the log knows about the purchase of a message. */
export interface Known {
  readonly isCounted: boolean
  readonly record: PurchaseRecord | null
  readonly approval: Approval | null
  readonly deviceId: string
  /** Whether purchases may be missing from this log that its person did approve. */
  readonly mayHaveForgotten: boolean
}

/** `counted`: nothing to do, it may be acknowledged. `notYet`: something before it is missing, it has to come again. */
export type Verdict =
  | { readonly kind: 'record'; readonly event: NewEvent }
  | { readonly kind: 'counted' }
  | { readonly kind: 'notYet' }

export function judgeMessage(received: GatewayMessage, known: Known): Verdict {
  const { content } = received
  const { record } = known
  if (known.isCounted) return { kind: 'counted' }
  if (!record) return known.mayHaveForgotten ? { kind: 'notYet' } : refused(received, 'unknownPurchase')
  if (content.type === 'dispute.closed') return judgeClosing(received, content, record)
  if (content.type === 'purchase.succeeded') return judgeSuccess(received, content.receipt, record, known)
  if (content.sequence !== record.sequence + 1) return { kind: 'notYet' }
  const fault = faultInMoney(content, record)
  return fault ? refused(received, fault) : { kind: 'record', event: eventOf(received, content, record.purchaseId) }
}

function judgeSuccess(
  received: GatewayMessage,
  { claims, jws }: SignedReceipt,
  record: PurchaseRecord,
  { approval, deviceId }: Known,
): Verdict {
  const { receiptNumber, chargedAt } = claims
  if (record.receiptNumber === receiptNumber) return { kind: 'counted' }
  if (record.receiptNumber !== null) return refused(received, 'anotherReceipt')
  if (!approval || !isReceiptFor(claims, { ...approval, deviceId })) return refused(received, 'receiptNotForThis')
  const payload = { purchaseId: record.purchaseId, receipt: jws, receiptNumber, chargedAt }
  return { kind: 'record', event: { type: 'purchase.succeeded', actor: 'gateway', payload } }
}

type Closing = Extract<MessageContent, { type: 'dispute.closed' }>

/** Also where this log has not heard that the dispute was opened, because that answer got lost: the decision is one all the same. */
function judgeClosing({ message }: GatewayMessage, { disputeId, outcome, closedAt }: Closing, { purchaseId, receiptNumber }: PurchaseRecord): Verdict {
  if (receiptNumber === null) return { kind: 'notYet' }
  const payload = { purchaseId, messageId: message.id, disputeId, outcome, closedAt, message }
  return { kind: 'record', event: { type: 'dispute.closed', actor: 'gateway', payload } }
}

type MoneyContent = Exclude<MessageContent, { type: 'purchase.succeeded' | 'dispute.closed' }>

/** Where the message belongs among those of its purchase: what moves no money comes after what does. */
export function placeOf({ content }: GatewayMessage): number {
  return content.type === 'dispute.closed' ? Number.MAX_SAFE_INTEGER : content.sequence
}

/** A gateway that keeps its own rules sends none of these; what is refused here shows in the comparison with its list. */
function faultInMoney(content: MoneyContent, record: PurchaseRecord): string | null {
  if (content.type === 'purchase.chargebackReversed') {
    return content.chargebackId === record.chargebackId ? null : 'noSuchChargeback'
  }
  const { amount, currency } = content.amount
  if (currency !== record.price.currency) return 'anotherCurrency'
  const left = record.price.amount - record.refunded - record.chargedBack
  if (BigInt(amount) <= 0n || BigInt(amount) > left) return 'aboveCharged'
  return content.type === 'purchase.chargedBack' && record.chargebackId !== null ? 'chargebackStands' : null
}

function eventOf({ message }: GatewayMessage, content: MoneyContent, purchaseId: PurchaseId): NewEvent {
  const { sequence } = content
  const base = { purchaseId, messageId: message.id, sequence, message }
  switch (content.type) {
    case 'purchase.refunded': {
      const { refundId, amount, refundedAt } = content
      return { type: content.type, actor: 'gateway', payload: { ...base, refundId, amount, refundedAt } }
    }
    case 'purchase.chargedBack': {
      const { chargebackId, amount, chargedBackAt } = content
      return { type: content.type, actor: 'gateway', payload: { ...base, chargebackId, amount, chargedBackAt } }
    }
    case 'purchase.chargebackReversed': {
      const { chargebackId, reversedAt } = content
      return { type: content.type, actor: 'gateway', payload: { ...base, chargebackId, reversedAt } }
    }
  }
}

function refused({ message }: GatewayMessage, reason: string): Verdict {
  return { kind: 'record', event: { type: 'message.refused', actor: 'client', payload: { messageId: message.id, reason, message } } }
}
