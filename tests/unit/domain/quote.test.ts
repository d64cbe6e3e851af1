import { describe, expect, it } from 'vitest'
import type { ChallengeId, Digest, PurchaseId } from '../../../src/domain/brands.ts'
import { buildChallenge } from '../../../src/domain/challenge.ts'
import { faultInQuote, isReceiptFor, type Quote, type Receipt } from '../../../src/domain/quote.ts'
import { fakeDeviceId } from '../../support/fake-device.ts'
import { makeQuoteClaims } from '../../support/fake-offers.ts'

const nowMs = Date.parse('2026-03-02T12:00:00.000Z')
const asked = { offerId: 'lamp-oil', deviceId: fakeDeviceId, countIn: null }
const faultOf = (changes: Partial<Quote>, atMs = nowMs) => faultInQuote({ ...makeQuoteClaims(), ...changes }, asked, atMs)
const price = (amount: string, currency = 'EUR') => ({ price: { amount, currency }, tax: { amount: '0', rateBasisPoints: 0 } })
const tax = (amount: string) => ({ tax: { amount, rateBasisPoints: 1900 } })

describe('a quote', () => {
  it('P1 is good when it is for what was asked, payable and current', () => {
    expect(faultOf({})).toBeNull()
    expect(faultOf(price('1', 'JPY'))).toBeNull()
    expect(faultOf(price('999999999999999999', 'EUR'))).toBeNull()
    expect(faultOf(tax('99'))).toBeNull()
  })

  it('P1 is for what was asked by this device and for nothing else', () => {
    expect(faultOf({ offerId: 'lamp-oil-2' })).toBe('notAsAsked')
    expect(faultOf({ deviceId: 'E'.repeat(43) })).toBe('notAsAsked')
  })

  it.each([
    ['nothing', price('0')],
    ['less than nothing', price('-1')],
    ['an unknown currency', price('99', 'ZZZ')],
    ['a lower-case currency', price('99', 'eur')],
    ['a currency without decimal units', price('99', 'MRU')],
    ['more tax than price', tax('100')],
    ['negative tax', tax('-1')],
  ])('P1 cannot ask for %s', (_, changes) => expect(faultOf(changes)).toBe('impossibleAmount'))

  it('P1 is good until the millisecond in which it runs out', () => {
    const endMs = Date.parse(makeQuoteClaims().expiresAt)
    expect(faultOf({}, endMs - 1)).toBeNull()
    expect(faultOf({}, endMs)).toBe('expired')
  })

  it.each([[['firstOnDevice']], [['newSeller', 'aboveAmount']], [['aboveAmount', 'firstOnDevice', 'newSeller']]])('may want the second factor for %j', (stepUp) => {
    expect(faultOf({ stepUp })).toBeNull()
  })

  it.each([[[]], [['looserControl']], [['newSeller', 'newSeller']], [['NewSeller']]])('P1 cannot want it for %j', (stepUp) => expect(faultOf({ stepUp })).toBe('notAsAsked'))

  it('names what was asked wrongly before anything else', () => {
    expect(faultOf({ offerId: 'other', ...price('0') }, nowMs + 1e9)).toBe('notAsAsked')
    expect(faultOf(price('0'), nowMs + 1e9)).toBe('impossibleAmount')
  })
})

describe('a quote that was to say what its price counts as', () => {
  const faultIn = (counted: Quote['counted'], changes: Partial<Quote> = price('1000', 'JPY'), countIn = 'EUR') =>
    faultInQuote({ ...makeQuoteClaims(), ...changes, ...(counted && { counted }) }, { ...asked, countIn }, nowMs)

  it('P4 is good at its own rate, rounded up', () => {
    expect(faultIn({ amount: '612', currency: 'EUR', rate: '0.00612' })).toBeNull()
    expect(faultIn({ amount: '613', currency: 'EUR', rate: '0.006121' })).toBeNull()
    expect(faultIn({ amount: '163', currency: 'JPY', rate: '163.4' }, price('99'), 'JPY')).toBe('notAsAsked')
    expect(faultIn({ amount: '162', currency: 'JPY', rate: '163.4' }, price('99'), 'JPY')).toBeNull()
  })

  it('P4 is good one for one in its own currency', () => {
    expect(faultIn({ amount: '99', currency: 'EUR', rate: '1' }, price('99'))).toBeNull()
    expect(faultIn({ amount: '99', currency: 'EUR', rate: '1.0' }, price('99'))).toBe('notAsAsked')
    expect(faultIn({ amount: '50', currency: 'EUR', rate: '0.5' }, price('99'))).toBe('notAsAsked')
    expect(faultIn({ amount: '98', currency: 'EUR', rate: '1' }, price('99'))).toBe('notAsAsked')
  })

  it.each<[string, Quote['counted']]>([
    ['says nothing', undefined],
    ['counts in another currency', { amount: '612', currency: 'USD', rate: '0.00612' }],
    ['rounds down', { amount: '612', currency: 'EUR', rate: '0.006121' }],
    ['counts as more', { amount: '614', currency: 'EUR', rate: '0.006121' }],
    ['counts as nothing', { amount: '0', currency: 'EUR', rate: '0.00612' }],
    ['has a rate of nothing', { amount: '0', currency: 'EUR', rate: '0.000' }],
    ['has a negative rate', { amount: '-612', currency: 'EUR', rate: '-0.00612' }],
    ['has a rate that is no number', { amount: '612', currency: 'EUR', rate: 'NaN' }],
    ['has a rate with an exponent', { amount: '612', currency: 'EUR', rate: '6.12e-3' }],
    ['has too long a rate', { amount: '612', currency: 'EUR', rate: '0.0061200000000' }],
  ])('P4 is refused where it %s', (_name, counted) => expect(faultIn(counted)).toBe('notAsAsked'))

  it('need not say it where nobody asked', () => expect(faultOf(price('1000', 'JPY'))).toBeNull())
})

const challenge = buildChallenge(makeQuoteClaims(), {
  challengeId: 'challenge-1' as ChallengeId,
  purchaseId: 'purchase-1' as PurchaseId,
  nonce: 'n'.repeat(43),
  nowMs,
  headroom: [],
  memberId: null,
})
const approval = { key: 'key-1', deviceId: fakeDeviceId, challenge, challengeDigest: 'd'.repeat(43) as Digest }
const receipt: Receipt = {
  receiptNumber: 'T-1',
  idempotencyKey: 'key-1',
  quoteId: challenge.quoteId,
  deviceId: fakeDeviceId,
  offerId: challenge.offerId,
  sellerId: challenge.sellerId,
  payee: challenge.payee,
  item: challenge.item,
  price: challenge.price,
  tax: challenge.tax,
  fundingSource: challenge.fundingSource,
  challengeDigest: 'd'.repeat(43),
}

describe('a receipt', () => {
  it('P1 proves the purchase that was approved, whatever its number', () => {
    expect(isReceiptFor(receipt, approval)).toBe(true)
    expect(isReceiptFor({ ...receipt, receiptNumber: 'T-2' }, approval)).toBe(true)
  })

  it.each(['idempotencyKey', 'quoteId', 'deviceId', 'offerId', 'sellerId', 'payee', 'item', 'challengeDigest'] as const)(
    'P1 with another %s proves nothing',
    (field) => expect(isReceiptFor({ ...receipt, [field]: `${receipt[field]} ` }, approval)).toBe(false),
  )

  it.each<Partial<Receipt>>([
    { tax: { ...receipt.tax, amount: '17' } },
    { tax: { ...receipt.tax, rateBasisPoints: 700 } },
    { fundingSource: { ...receipt.fundingSource, id: 'other' } },
    { fundingSource: { ...receipt.fundingSource, label: 'Other wallet' } },
    { bundle: { count: 500, unit: 'gems' } },
    { passDays: 90 },
  ])('P1 that says %j besides proves nothing', (changes) => {
    expect(isReceiptFor({ ...receipt, ...changes }, approval)).toBe(false)
  })

  it('P1 proves a bundle or a pass only with exactly its contents', () => {
    const bundle = { count: 500, unit: 'gems' }
    const forBundle = { ...approval, challenge: { ...challenge, bundle } }
    expect(isReceiptFor({ ...receipt, bundle }, forBundle)).toBe(true)
    for (const other of [{ ...bundle, count: 50 }, { ...bundle, unit: 'coins' }]) {
      expect(isReceiptFor({ ...receipt, bundle: other }, forBundle)).toBe(false)
    }
    expect(isReceiptFor(receipt, forBundle)).toBe(false)
    const forPass = { ...approval, challenge: { ...challenge, passDays: 90 } }
    expect(isReceiptFor({ ...receipt, passDays: 90 }, forPass)).toBe(true)
    expect(isReceiptFor({ ...receipt, passDays: 9 }, forPass)).toBe(false)
    expect(isReceiptFor(receipt, forPass)).toBe(false)
  })

  it('P4 proves only what counts as the person was told', () => {
    const counted = { amount: '61', currency: 'EUR' }
    const counting = { ...approval, challenge: { ...challenge, counted } }
    expect(isReceiptFor({ ...receipt, counted }, counting)).toBe(true)
    expect(isReceiptFor({ ...receipt, counted: { ...counted, amount: '60' } }, counting)).toBe(false)
    expect(isReceiptFor({ ...receipt, counted: { ...counted, currency: 'USD' } }, counting)).toBe(false)
    expect(isReceiptFor(receipt, counting)).toBe(false)
    expect(isReceiptFor({ ...receipt, counted }, approval)).toBe(false)
  })

  it.each([
    { amount: '98', currency: 'EUR' },
    { amount: '-99', currency: 'EUR' },
    { amount: '099', currency: 'EUR' },
    { amount: '99', currency: 'USD' },
    { amount: '99', currency: 'ZZZ' },
    { amount: 'ninety-nine', currency: 'EUR' },
  ])('P1 over %j proves nothing, and never throws', (other) => {
    expect(isReceiptFor({ ...receipt, price: other }, approval)).toBe(false)
  })
})
