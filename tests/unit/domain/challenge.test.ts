import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ChallengeId, PurchaseId } from '../../../src/domain/brands.ts'
import { challengeDigest } from '../../../src/domain/canonical.ts'
import { boughtMomentsAgoMs, buildChallenge, challengeLifeMs, hasUnusualCharacters, imitatesLatin, warningsFor } from '../../../src/domain/challenge.ts'
import type { LimitPeriod } from '../../../src/domain/controls.ts'
import type { ChallengeContent } from '../../../src/domain/events.ts'
import type { Headroom } from '../../../src/domain/limits.ts'
import { makeQuoteClaims } from '../../support/fake-offers.ts'

const nowMs = Date.parse('2026-03-02T12:00:00.000Z')
const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest('base64url')
const made = { challengeId: 'challenge-1' as ChallengeId, purchaseId: 'purchase-1' as PurchaseId, nonce: 'n'.repeat(43), nowMs, headroom: [], memberId: null }
const content = buildChallenge(makeQuoteClaims(), made)

describe('the question', () => {
  it('P1 says exactly what the quote says', () => {
    const { deviceId: _device, issuedAt: _issued, expiresAt: _expires, ...quoted } = makeQuoteClaims()
    expect(content).toEqual({
      ...quoted,
      challengeId: 'challenge-1',
      purchaseId: 'purchase-1',
      nonce: 'n'.repeat(43),
      shownAt: '2026-03-02T12:00:00.000Z',
      expiresAt: '2026-03-02T12:02:00.000Z',
    })
  })

  it('has a bundle and days only where the quote has them', () => {
    const keys = Object.keys(buildChallenge(makeQuoteClaims(), made))
    expect(keys).not.toContain('bundle')
    expect(keys).not.toContain('passDays')
    const bundle = { count: 500, unit: 'gems' }
    expect(buildChallenge(makeQuoteClaims({ kind: 'bundle', bundle }), made).bundle).toEqual(bundle)
    expect(buildChallenge(makeQuoteClaims({ kind: 'pass', passDays: 30 }), made).passDays).toBe(30)
  })

  it.each([
    [1, 1],
    [challengeLifeMs - 1, challengeLifeMs - 1],
    [challengeLifeMs, challengeLifeMs],
    [challengeLifeMs + 1, challengeLifeMs],
    [3_600_000, challengeLifeMs],
  ])('P1 of a quote with %d ms left lapses after %d ms', (leftMs, lifeMs) => {
    const { expiresAt } = buildChallenge(makeQuoteClaims({ expiresAt: new Date(nowMs + leftMs).toISOString() }), made)
    expect(Date.parse(expiresAt) - nowMs).toBe(lifeMs)
  })
})

describe('the limits in the question', () => {
  const headroomOf = (percent: number, period: LimitPeriod = 'week'): Headroom => ({ limit: { period, sellerId: null, amount: '500' }, left: 101n, percent })

  it('are not mentioned where there are none', () => {
    expect(content).not.toHaveProperty('counted')
    expect(content).not.toHaveProperty('headroom')
    expect(content).not.toHaveProperty('isNearLimit')
  })

  it('P4 are shown with what is left of them, and what the price counts as', () => {
    const counted = { amount: '61', currency: 'EUR', rate: '0.0061' }
    const { headroom, isNearLimit, ...rest } = buildChallenge(makeQuoteClaims({ counted }), { ...made, headroom: [headroomOf(79)] })
    expect(headroom).toEqual([{ period: 'week', sellerId: null, cap: '500', left: '101' }])
    expect(isNearLimit).toBeUndefined()
    expect(rest.counted).toEqual({ amount: '61', currency: 'EUR' })
  })

  it('P4 are asked about once more from 80 per cent on', () => {
    expect(buildChallenge(makeQuoteClaims(), { ...made, headroom: [headroomOf(10), headroomOf(80, 'day')] }).isNearLimit).toBe(true)
  })

  it('that have no period have nothing left to show', () => {
    expect(buildChallenge(makeQuoteClaims(), { ...made, headroom: [headroomOf(0, 'purchase')] }).headroom).toEqual([])
  })
})

describe('the digest of a question', () => {
  it('P1 is SHA-256 of its canonical form (RFC 8785)', () => {
    const canonical =
      '{"challengeId":"challenge-1","expiresAt":"2026-03-02T12:02:00.000Z",' +
      '"fundingSource":{"id":"wallet","label":"Test wallet"},"game":"Grubenglück","item":"Eine Kanne Lampenöl",' +
      `"kind":"item","nonce":"${'n'.repeat(43)}","offerId":"lamp-oil","payee":"Nebelfuchs Spielewerkstatt GmbH",` +
      '"price":{"amount":"99","currency":"EUR"},"purchaseId":"purchase-1","quoteId":"quote-1","sellerId":"nebelfuchs",' +
      '"shownAt":"2026-03-02T12:00:00.000Z","tax":{"amount":"16","rateBasisPoints":1900}}'
    expect(challengeDigest(content, sha256)).toBe(sha256(canonical))
    expect(challengeDigest(content, sha256)).toBe('ymReL25d8n7lLXNl6Ei8vvoe1vZxGJTiUE-AulKf6kA')
  })

  it('P1 does not depend on the order of the fields', () => {
    const reversed = Object.fromEntries(Object.entries(content).toReversed()) as unknown as ChallengeContent
    expect(challengeDigest(reversed, sha256)).toBe(challengeDigest(content, sha256))
  })

  it.each(Object.keys(content) as (keyof ChallengeContent)[])('P1 changes when %s changes', (field) => {
    const changed = { ...content, [field]: 'something else' }
    expect(challengeDigest(changed, sha256)).not.toBe(challengeDigest(content, sha256))
  })

  it('P1 changes with any part of price, tax and funding source', () => {
    const changes: Partial<ChallengeContent>[] = [
      { price: { amount: '100', currency: 'EUR' } },
      { price: { amount: '99', currency: 'USD' } },
      { tax: { amount: '15', rateBasisPoints: 1900 } },
      { tax: { amount: '16', rateBasisPoints: 1901 } },
      { fundingSource: { id: 'other', label: 'Test wallet' } },
      { fundingSource: { id: 'wallet', label: 'Other wallet' } },
      { bundle: { count: 5, unit: 'gems' } },
      { passDays: 3 },
    ]
    const digests = [content, ...changes.map((change) => ({ ...content, ...change }))].map((one) => challengeDigest(one, sha256))
    expect(new Set(digests).size).toBe(changes.length + 1)
  })

  it('P1 of texts that only look alike differs', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (one, other) => {
        const same = challengeDigest({ ...content, item: one }, sha256) === challengeDigest({ ...content, item: other }, sha256)
        expect(same).toBe(one === other)
      }),
    )
  })
})

describe('a word of warning', () => {
  it('is given for an item bought within the last ten minutes', () => {
    expect(warningsFor(content, nowMs, nowMs - boughtMomentsAgoMs + 1)).toEqual(['boughtMomentsAgo'])
    expect(warningsFor(content, nowMs, nowMs - boughtMomentsAgoMs)).toEqual([])
    expect(warningsFor(content, nowMs, nowMs)).toEqual(['boughtMomentsAgo'])
    expect(warningsFor(content, 0, null)).toEqual([])
    expect(warningsFor(content, nowMs, null)).toEqual([])
  })

  it('is given for a payee or an item with unusual characters, once', () => {
    expect(warningsFor({ ...content, payee: 'Pаypal' }, nowMs, null)).toEqual(['unusualCharacters'])
    expect(warningsFor({ ...content, payee: 'Pаypal', item: 'Gеm' }, nowMs, nowMs)).toEqual(['boughtMomentsAgo', 'unusualCharacters'])
  })

  it.each<Partial<ChallengeContent>>([
    { payee: 'Pаypal' },
    { item: 'Gеm' },
    { game: 'Аshen Vale' },
    { bundle: { count: 500, unit: 'gеms' } },
    { fundingSource: { id: 'wallet', label: 'Vіsa' } },
  ])('is given for any name that is shown: %j', (changes) => {
    expect(warningsFor({ ...content, ...changes }, nowMs, null)).toEqual(['unusualCharacters'])
  })

  it.each([
    ['a Braille blank', 'Pay\u2800pal'],
    ['a null notehead', 'Pay\u{1d159}pal'],
    ['a zero-width space', 'Pay\u200bpal'],
    ['a zero-width joiner', 'Pay\u200dpal'],
    ['a right-to-left override', 'Pay\u202epal'],
    ['an isolate', 'Pay\u2066pal'],
    ['a soft hyphen', 'Pay\u00adpal'],
    ['a byte order mark', '\ufeffPaypal'],
    ['a combining grapheme joiner', 'Pay\u034fpal'],
    ['a Hangul filler', 'Pay\u3164pal'],
    ['a half-width Hangul filler', 'Pay\uffa0pal'],
    ['a private character', 'Pay\ue000pal'],
    ['an unassigned character', 'Pay\u0378pal'],
    ['a tag character', 'Pay\u{e0041}pal'],
    ['a Cyrillic letter among Latin ones', 'Nеbelfuchs'],
    ['a Greek letter among Latin ones', 'Nebelfuсhs'.replace('с', 'ο')],
    ['a Cherokee letter among Latin ones', 'Ꭺpple'],
    ['a variation selector after a letter', 'Pay\ufe0fpal'],
    ['a variation selector of the other block', 'Paypal\u{e0100}'],
    ['marks piled up', `Pay${'\u0336'.repeat(3)}pal`],
    ['letters of mathematics', '𝗣𝗮𝘆𝗽𝗮𝗹'],
  ])('sees %s', (_, text) => expect(hasUnusualCharacters(text)).toBe(true))

  it.each([
    'Nebelfuchs Spielewerkstatt GmbH, Leipzig',
    'Äußere Ringbahn Studio',
    'Käsekuchen & Kobolde',
    '月兎工房 Tsukiusagi Kōbō',
    'Œuvre d’été – 50 % de réduction!',
    'Привет Мир',
    'Hello Мир',
    'Αθήνα Games',
    'שלום',
    '500 💎',
    '❤️ Herz',
    'Tiê\u0301n Lên',
    'Kanarienvogel „Oberst Piep“',
    '',
  ])('leaves %j alone', (text) => expect(hasUnusualCharacters(text)).toBe(false))
})

describe('a word that is made of letters drawn as Latin ones', () => {
  it.each(['раура', 'Ѕсоре Games', 'ΡΑΥ', '«Сосо»'])('%s is pointed out as a payee', (payee) => {
    expect(imitatesLatin(payee)).toBe(true)
    expect(warningsFor({ ...content, payee }, nowMs, null)).toEqual(['unusualCharacters'])
  })

  it.each(['Привет Мир', 'Αθήνα Games', 'Paypal', '月兎工房', 'Я и ты', 'AB', ''])('%s is left alone', (text) => expect(imitatesLatin(text)).toBe(false))
})
