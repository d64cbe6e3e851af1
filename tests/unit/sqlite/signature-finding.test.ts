import { describe, expect, it } from 'vitest'
import type { StepUpClaims } from '../../../src/contract/http/account-messages.ts'
import type { DisputeClaims, LogHeadClaims, ReceiptClaims } from '../../../src/contract/http/claims.ts'
import type { EventId } from '../../../src/domain/brands.ts'
import type { EventPayloads, LogEvent, NewEvent } from '../../../src/domain/events.ts'
import { looseningDigest } from '../../../src/domain/canonical.ts'
import { areSignaturesGood, type SignedAbout } from '../../../src/main/adapters/sqlite/signature-finding.ts'
import { sha256 } from '../../../src/main/adapters/system/sha256.ts'
import type { GatewaySignatures } from '../../../src/main/ports/signatures.ts'
import { approved, cancelled, chargebackReversed, chargedBack, disputeClosed, disputeOpened, recovered, refunded, succeeded } from '../../support/events.ts'

const approval = approved('a').payload as EventPayloads['purchase.approved']
const { quoteId, offerId, sellerId, payee, item, price, tax, fundingSource } = approval.challenge
const receipt: ReceiptClaims = {
  ...{ quoteId, offerId, sellerId, payee, item, price, tax, fundingSource, challengeDigest: approval.challengeDigest },
  ...{ receiptNumber: 'R-a', idempotencyKey: 'a', deviceId: 'D'.repeat(43), chargedAt: '2026-11-23T09:00:01.000Z' },
}
const mac = 'm'.repeat(43)
const head: LogHeadClaims = { deviceId: 'D'.repeat(43), logId: 'log-1', seq: 3, mac, at: '2026-11-24T09:00:00.000Z', previous: null }
const about: SignedAbout = { logId: 'log-1', approval: () => approval, macAt: (seq) => (seq === 3 ? mac : null) }

interface Said {
  readonly receipt?: ReceiptClaims | null
  readonly logHead?: LogHeadClaims | null
  readonly dispute?: DisputeClaims | null
  readonly isMessageGood?: boolean
  readonly stepUp?: StepUpClaims | null
}

/** What the gateway's key says about whatever is signed in the event. */
function isGood(event: NewEvent, said: Said = {}, change: Partial<SignedAbout> = {}): Promise<boolean> {
  const signatures: GatewaySignatures = {
    receipt: () => Promise.resolve(said.receipt === undefined ? receipt : said.receipt),
    logHead: () => Promise.resolve(said.logHead === undefined ? head : said.logHead),
    dispute: () => Promise.resolve(said.dispute ?? null),
    message: () => said.isMessageGood ?? true,
    stepUp: () => Promise.resolve(said.stepUp ?? null),
  }
  const logged: LogEvent = { ...event, seq: 4, id: 'e' as EventId, at: '2026-11-24T09:00:00.000Z', mac }
  return areSignaturesGood(logged, { ...about, ...change }, signatures)
}

describe('a receipt in the log', () => {
  it('P3 is good where it is signed and about what was approved', async () => {
    expect(await isGood(succeeded('a'))).toBe(true)
  })

  it.each<[string, Said, Partial<SignedAbout>?]>([
    ['nobody signed it', { receipt: null }],
    ['there is no approval', {}, { approval: () => null }],
    ['it has another number', { receipt: { ...receipt, receiptNumber: 'R-b' } }],
    ['it is about another amount', { receipt: { ...receipt, price: { amount: '98', currency: 'EUR' } } }],
  ])('P3 is not good where %s', async (_what, said, change) => {
    expect(await isGood(succeeded('a'), said, change)).toBe(false)
  })
})

describe('the receipt of a recovered purchase', () => {
  it('P3 is good where it says the same purchase, number and price', async () => {
    expect(await isGood(recovered('a'), {}, { approval: () => null })).toBe(true)
  })

  it.each<[string, ReceiptClaims | null]>([
    ['nobody signed it', null],
    ['it is about another purchase', { ...receipt, idempotencyKey: 'b' }],
    ['it has another number', { ...receipt, receiptNumber: 'R-b' }],
    ['it is about another amount', { ...receipt, price: { amount: '98', currency: 'EUR' } }],
    ['it is in another currency', { ...receipt, price: { amount: '99', currency: 'USD' } }],
  ])('P3 is not good where %s', async (_what, said) => {
    expect(await isGood(recovered('a'), { receipt: said })).toBe(false)
  })
})

describe('a countersignature', () => {
  const countersigned: NewEvent = {
    type: 'log.countersigned',
    actor: 'gateway',
    payload: { seq: 3, mac, signedAt: '2026-11-24T09:00:00.000Z', countersignature: 'c.s.g' },
  }

  it('P3 is good where it is about this place of this log', async () => {
    expect(await isGood(countersigned)).toBe(true)
  })

  it.each<[string, Said, Partial<SignedAbout>?]>([
    ['nobody signed it', { logHead: null }],
    ['it is about another log', { logHead: { ...head, logId: 'log-2' } }],
    ['it is about another place', { logHead: { ...head, seq: 2 } }],
    ['it is about another event', { logHead: { ...head, mac: 'x'.repeat(43) } }],
    ['the log has another event there', {}, { macAt: () => 'x'.repeat(43) }],
    ['the log has no event there', {}, { macAt: () => null }],
  ])('P3 is not good where %s', async (_what, said, change) => {
    expect(await isGood(countersigned, said, change)).toBe(false)
  })
})

describe('the acknowledgement of a dispute', () => {
  const openedAt = '2026-11-24T09:00:00.000Z'
  const claims: DisputeClaims = { deviceId: 'D'.repeat(43), disputeId: 'a.d01', idempotencyKey: 'a', reason: 'notReceived', note: 'Nothing came', openedAt }

  it('P3 is good where it is signed and says what the event says', async () => {
    expect(await isGood(disputeOpened('a'), { dispute: claims })).toBe(true)
  })

  it.each<[string, DisputeClaims | null]>([
    ['nobody signed it', null],
    ['it is about another purchase', { ...claims, idempotencyKey: 'b' }],
    ['it is another dispute', { ...claims, disputeId: 'a.d02' }],
    ['it gives another reason', { ...claims, reason: 'other' }],
    ['it has another note', { ...claims, note: 'Something came' }],
    ['it is of another time', { ...claims, openedAt: '2026-11-24T09:00:00.001Z' }],
  ])('P3 is not good where %s', async (_what, dispute) => {
    expect(await isGood(disputeOpened('a'), { dispute })).toBe(false)
  })
})

describe('the step-up of an approval', () => {
  const wanted = { accountId: 'account-1', reasons: ['newSeller'] } as const
  const plain = approved('a') as Extract<NewEvent, { type: 'purchase.approved' }>
  const { challenge, challengeDigest: digest } = plain.payload
  const asked: NewEvent = { ...plain, payload: { ...plain.payload, challenge: { ...challenge, stepUp: wanted }, stepUp: 's.t.ep' } }
  const times = { givenAt: '2026-11-23T09:00:00.000Z', expiresAt: '2026-11-23T09:05:00.000Z' }
  const claims: StepUpClaims = { stepUpId: 's1', accountId: 'account-1', deviceId: 'D'.repeat(43), digest, method: 'totp', ...times }

  it('P3 is good where it is signed for this challenge and account, and where none was asked for', async () => {
    expect(await isGood(asked, { stepUp: claims })).toBe(true)
    expect(await isGood(plain)).toBe(true)
  })

  it.each<[string, NewEvent, StepUpClaims | null]>([
    ['nobody signed it', asked, null],
    ['it is for another challenge', asked, { ...claims, digest: 'x'.repeat(43) }],
    ['it is of another account', asked, { ...claims, accountId: 'account-2' }],
    ['it is missing', { ...plain, payload: { ...plain.payload, challenge: { ...challenge, stepUp: wanted } } }, claims],
    ['nobody asked for it', { ...plain, payload: { ...plain.payload, stepUp: 's.t.ep' } }, claims],
  ])('P3 is not good where %s', async (_what, event, stepUp) => {
    expect(await isGood(event, { stepUp })).toBe(false)
  })

  const change = { kind: 'limit', period: 'day', sellerId: null, amount: '500' } as const
  const asksLooser = (stepUp?: string): NewEvent => ({
    type: 'controls.looseningAsked',
    actor: 'person',
    payload: { changeId: 'c1', change, askedAt: '2026-11-23T09:00:00.000Z', ...(stepUp !== undefined && { stepUp }) },
  })

  it('P3 P5 is good for just the change that was asked for', async () => {
    const loosening = { ...claims, digest: looseningDigest({ changeId: 'c1', change }, sha256) }
    expect(await isGood(asksLooser())).toBe(true)
    expect(await isGood(asksLooser('s.t.ep'), { stepUp: loosening })).toBe(true)
    expect(await isGood(asksLooser('s.t.ep'), { stepUp: null })).toBe(false)
    expect(await isGood(asksLooser('s.t.ep'), { stepUp: { ...loosening, digest: looseningDigest({ changeId: 'c2', change }, sha256) } })).toBe(false)
  })
})

describe('a message of the gateway', () => {
  const { message } = refunded('a').payload as EventPayloads['purchase.refunded']
  const refused: NewEvent = { type: 'message.refused', actor: 'client', payload: { messageId: 'msg-1', reason: 'aboveCharged', message } }

  it.each([refunded('a'), chargedBack('a'), chargebackReversed('a'), disputeClosed('a'), refused])('P3 is as good as its signature: $type', async (event) => {
    expect(await isGood(event, { isMessageGood: true })).toBe(true)
    expect(await isGood(event, { isMessageGood: false })).toBe(false)
  })
})

it.each([approved('a'), cancelled('a')])('an event without anything signed by the gateway needs none: $type', async (event) => {
  expect(await isGood(event, { receipt: null, logHead: null, isMessageGood: false })).toBe(true)
})
