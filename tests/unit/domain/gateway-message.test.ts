import { describe, expect, it } from 'vitest'
import type { EventId, PurchaseId } from '../../../src/domain/brands.ts'
import type { EventPayloads, LogEvent, NewEvent } from '../../../src/domain/events.ts'
import { type GatewayMessage, judgeMessage, type Known, type MessageContent, placeOf } from '../../../src/domain/gateway-message.ts'
import { nextRecord, type PurchaseRecord } from '../../../src/domain/ledger.ts'
import { approved, chargedBack, declined, refunded, succeeded, unknown, voided } from '../../support/events.ts'

const deviceId = 'D'.repeat(43)
const approval = approved('a').payload as EventPayloads['purchase.approved']

function recordAfter(...events: NewEvent[]): PurchaseRecord {
  const logged = (event: NewEvent): LogEvent => ({ ...event, seq: 2, id: 'e' as EventId, at: '2026-11-24T09:00:00.000Z', mac: 'm'.repeat(43) })
  const record = events.reduce<PurchaseRecord | null>((before, event) => nextRecord(before, logged(event)), null)
  if (!record) throw new Error('no record')
  return record
}

const known = (record: PurchaseRecord | null, change: Partial<Known> = {}): Known => ({
  ...{ isCounted: false, record, approval, deviceId, mayHaveForgotten: false },
  ...change,
})

const { challenge, challengeDigest } = approval
const claims = {
  receiptNumber: 'R-1',
  idempotencyKey: 'a',
  deviceId,
  challengeDigest,
  quoteId: challenge.quoteId,
  offerId: challenge.offerId,
  sellerId: challenge.sellerId,
  payee: challenge.payee,
  item: challenge.item,
  price: challenge.price,
  tax: challenge.tax,
  fundingSource: challenge.fundingSource,
  chargedAt: '2026-11-24T09:00:00.000Z',
}
const receipt = { claims, jws: 'r.r.r' }

function message(content: MessageContent): GatewayMessage {
  return { message: { id: 'msg-1', timestamp: 1_795_000_000, body: '{}', signature: 'v1a,AAAA' }, content }
}

const success = message({ type: 'purchase.succeeded', idempotencyKey: 'a', sequence: 1, receipt })
const refund = (amount: string, sequence = 2, currency = 'EUR') =>
  message({ type: 'purchase.refunded', idempotencyKey: 'a', sequence, refundId: 'RF', amount: { amount, currency }, refundedAt: '2026-11-24T10:00:00.000Z' })
const dispute = (amount: string, sequence = 2) =>
  message({ type: 'purchase.chargedBack', idempotencyKey: 'a', sequence, chargebackId: 'CB-1-a', amount: { amount, currency: 'EUR' }, chargedBackAt: '2026-11-24T10:00:00.000Z' })
const reversal = (chargebackId: string, sequence = 3) =>
  message({ type: 'purchase.chargebackReversed', idempotencyKey: 'a', sequence, chargebackId, reversedAt: '2026-11-24T11:00:00.000Z' })

const typeOf = (verdict: ReturnType<typeof judgeMessage>) => (verdict.kind === 'record' ? verdict.event.type : verdict.kind)
const reasonOf = (verdict: ReturnType<typeof judgeMessage>) =>
  verdict.kind === 'record' && verdict.event.type === 'message.refused' ? verdict.event.payload.reason : verdict

describe('a late success', () => {
  it.each([
    ['approved', [approved('a')]],
    ['unknown', [approved('a'), unknown('a')]],
    ['declined', [approved('a'), declined('a')]],
    ['voided', [approved('a'), voided('a')]],
  ])('P1 counts for a purchase that is %s, with its receipt', (_state, events) => {
    const verdict = judgeMessage(success, known(recordAfter(...events)))
    expect(verdict).toMatchObject({ kind: 'record', event: { type: 'purchase.succeeded', payload: { purchaseId: 'a', receipt: 'r.r.r', receiptNumber: 'R-1' } } })
  })

  it('is nothing new where its receipt is in the ledger', () => {
    const record = { ...recordAfter(approved('a'), succeeded('a')), receiptNumber: 'R-1' }
    expect(judgeMessage(success, known(record))).toEqual({ kind: 'counted' })
  })

  it('P2 is refused where the purchase has another receipt', () => {
    expect(reasonOf(judgeMessage(success, known(recordAfter(approved('a'), succeeded('a')))))).toBe('anotherReceipt')
  })

  it.each([
    ['amount', { price: { amount: '100', currency: 'EUR' } }],
    ['payee', { payee: 'Pixel F0rge' }],
    ['digest', { challengeDigest: 'x'.repeat(43) }],
    ['device', { deviceId: 'x'.repeat(43) }],
  ])('P1 is refused where the receipt has another %s than was approved', (_what, change) => {
    const other = message({ type: 'purchase.succeeded', idempotencyKey: 'a', sequence: 1, receipt: { ...receipt, claims: { ...claims, ...change } } })
    expect(reasonOf(judgeMessage(other, known(recordAfter(approved('a')))))).toBe('receiptNotForThis')
  })

  it('P1 is refused without an approval, and kept as evidence', () => {
    const verdict = judgeMessage(success, known(null))
    expect(reasonOf(verdict)).toBe('unknownPurchase')
    expect(verdict).toMatchObject({ event: { payload: { messageId: 'msg-1', message: success.message } } })
  })

  it('waits for the comparison with the gateway where this ledger may have forgotten the purchase', () => {
    expect(judgeMessage(success, known(null, { mayHaveForgotten: true }))).toEqual({ kind: 'notYet' })
  })
})

describe('money that comes back', () => {
  const paid = recordAfter(approved('a'), succeeded('a'))
  const disputed = recordAfter(approved('a'), succeeded('a'), chargedBack('a', { amount: '60', currency: 'EUR' }))

  it.each([
    ['a refund of all', refund('99'), paid, 'purchase.refunded'],
    ['a refund of a part', refund('1'), paid, 'purchase.refunded'],
    ['a chargeback', dispute('99'), paid, 'purchase.chargedBack'],
    ['a refund of the rest beside a chargeback', refund('39', 3), disputed, 'purchase.refunded'],
    ['the reversal of the chargeback that stands', reversal('CB-1-a'), disputed, 'purchase.chargebackReversed'],
  ])('is recorded: %s', (_name, received, record, type) => {
    expect(typeOf(judgeMessage(received, known(record)))).toBe(type)
  })

  it.each([
    ['a refund', refund('40'), paid, { sequence: 2, refundId: 'RF', amount: { amount: '40', currency: 'EUR' }, refundedAt: '2026-11-24T10:00:00.000Z' }],
    ['a chargeback', dispute('40'), paid, { sequence: 2, chargebackId: 'CB-1-a', amount: { amount: '40', currency: 'EUR' }, chargedBackAt: '2026-11-24T10:00:00.000Z' }],
    ['a reversal', reversal('CB-1-a'), disputed, { sequence: 3, chargebackId: 'CB-1-a', reversedAt: '2026-11-24T11:00:00.000Z' }],
  ])('P3 is recorded with all that the message says and the message itself: %s', (_name, received, record, said) => {
    const payload = { purchaseId: 'a', messageId: 'msg-1', message: received.message, ...said }
    expect(judgeMessage(received, known(record))).toEqual({ kind: 'record', event: { type: received.content.type, actor: 'gateway', payload } })
  })

  it('P2 counts once, however often it is delivered', () => {
    expect(judgeMessage(refund('1'), known(paid, { isCounted: true }))).toEqual({ kind: 'counted' })
  })

  it.each([
    ['a refund before the receipt', refund('1'), recordAfter(approved('a'), unknown('a'))],
    ['the second refund before the first', refund('1', 3), paid],
    ['a reversal before its chargeback', reversal('CB-1-a'), paid],
  ])('waits for what the gateway did before: %s', (_name, received, record) => {
    expect(judgeMessage(received, known(record))).toEqual({ kind: 'notYet' })
  })

  it.each([
    ['aboveCharged', 'a refund above what was charged', refund('100'), paid],
    ['aboveCharged', 'a refund above what is left beside a chargeback', refund('40', 3), disputed],
    ['aboveCharged', 'a chargeback above what is left', dispute('50', 3), recordAfter(approved('a'), succeeded('a'), refunded('a', { amount: '50', currency: 'EUR' }))],
    ['aboveCharged', 'a refund of nothing', refund('0'), paid],
    ['aboveCharged', 'a negative refund', refund('-1'), paid],
    ['anotherCurrency', 'a refund in another currency', refund('1', 2, 'USD'), paid],
    ['chargebackStands', 'a second chargeback while one stands', dispute('1', 3), disputed],
    ['noSuchChargeback', 'the reversal of another chargeback', reversal('CB-9'), disputed],
    ['unknownPurchase', 'a refund of a purchase that nobody approved', refund('1'), null],
  ])('P2 is refused as %s: %s', (reason, _name, received, record) => {
    expect(reasonOf(judgeMessage(received, known(record)))).toBe(reason)
  })

  it('leaves a record that the log takes', () => {
    const verdict = judgeMessage(refund('40'), known(paid))
    if (verdict.kind !== 'record') throw new Error('not recorded')
    const event = { ...verdict.event, seq: 3, id: 'e' as EventId, at: '2026-11-24T10:00:00.000Z', mac: 'm' }
    expect(nextRecord(paid, event)).toMatchObject({ purchaseId: 'a' as PurchaseId, state: 'partlyRefunded', refunded: 40n, sequence: 2 })
  })
})

describe('the decision about a dispute', () => {
  const closing = message({ type: 'dispute.closed', idempotencyKey: 'a', disputeId: 'a.d01', outcome: 'refunded', closedAt: '2026-11-24T12:00:00.000Z' })
  const charged = recordAfter(approved('a'), succeeded('a'))

  it('is recorded with the message that says so, whatever came back before or after', () => {
    const payload = { purchaseId: 'a', messageId: 'msg-1', disputeId: 'a.d01', outcome: 'refunded', closedAt: '2026-11-24T12:00:00.000Z', message: closing.message }
    for (const record of [charged, recordAfter(approved('a'), succeeded('a'), refunded('a'))]) {
      expect(judgeMessage(closing, known(record))).toEqual({ kind: 'record', event: { type: 'dispute.closed', actor: 'gateway', payload } })
    }
  })

  it('P2 counts once, and waits for the receipt of what it is about', () => {
    expect(judgeMessage(closing, known(charged, { isCounted: true }))).toEqual({ kind: 'counted' })
    expect(judgeMessage(closing, known(recordAfter(approved('a'), unknown('a'))))).toEqual({ kind: 'notYet' })
  })

  it('P3 about a purchase that nobody knows is refused, or waits where something was forgotten', () => {
    expect(reasonOf(judgeMessage(closing, known(null)))).toBe('unknownPurchase')
    expect(judgeMessage(closing, known(null, { mayHaveForgotten: true }))).toEqual({ kind: 'notYet' })
  })

  it('comes after what moved money, and takes no place among that', () => {
    expect([placeOf(closing), placeOf(refund('1')), placeOf(success)].sort((one, other) => one - other)).toEqual([1, 2, placeOf(closing)])
  })
})
