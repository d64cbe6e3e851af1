import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { LineSchema as HistoryLineSchema } from '../../../src/contract/ipc/history.ts'
import { LineSchema } from '../../../src/contract/text.ts'

const isLine = (text: string) => v.is(LineSchema, text)

describe('a line that a person reads', () => {
  it.each([
    'Nebelfuchs Spielewerkstatt GmbH, Leipzig',
    'Œuvre d’été – 50\u00a0% de réduction\u202f!',
    '月兎工房 Tsukiusagi Kōbō',
    '月兎\u3000工房',
    'שלום עולם',
    'नमस्ते दुनिया',
    '500 💎',
    '❤️',
    '👩‍🚀 Crew',
    '7',
    '…',
    'e\u0301te\u0301',
    'x'.repeat(200),
  ])('takes %j', (text) => expect(isLine(text)).toBe(true))

  it.each([
    ['nothing', ''],
    ['one space', ' '],
    ['an em space', '\u2003'],
    ['an ideographic space', '\u3000'],
    ['no-break spaces', '\u00a0\u00a0'],
    ['a Braille blank', '\u2800'],
    ['a Hangul filler', '\u3164'],
    ['a half-width Hangul filler', '\uffa0'],
    ['Hangul jamo fillers', '\u115f\u1160'],
    ['a null notehead', '\u{1d159}'],
    ['zero-width characters', '\u200b\u200d\u2060\ufeff'],
    ['a variation selector', '\ufe0f'],
    ['a combining mark and nothing to combine with', '\u0301'],
    ['unassigned characters', '\u0378'],
    ['private characters', '\ue000'],
  ])('is not %s', (_, text) => expect(isLine(text)).toBe(false))

  it.each([
    ['begins with a space', ' Nebelfuchs'],
    ['begins with an em space', '\u2003Nebelfuchs'],
    ['ends with a space', 'Nebelfuchs '],
    ['ends with a no-break space', 'Nebelfuchs\u00a0'],
    ['has two spaces in a row', 'Nebel  fuchs'],
    ['has two different spaces in a row', 'Nebel \u2009fuchs'],
    ['hides a Braille blank', 'Nebel\u2800fuchs'],
    ['hides a Hangul filler', 'Nebel\u3164fuchs'],
    ['has a line break', 'Nebel\nfuchs'],
    ['has a line separator', 'Nebel\u2028fuchs'],
    ['has a paragraph separator', 'Nebel\u2029fuchs'],
    ['has a tab', 'Nebel\tfuchs'],
    ['has a next-line control', 'Nebel\u0085fuchs'],
    ['has a control character', 'Nebel\u0000fuchs'],
    ['is too long', 'x'.repeat(201)],
  ])('never %s', (_, text) => expect(isLine(text)).toBe(false))

  it('is judged at once, however it is made', () => {
    // Time that this process had the processor, whatever else the machine does.
    const before = process.cpuUsage()
    for (const part of ['a ', 'a\u3000', '\u0301', '\u200b', ' ']) isLine(part.repeat(200 / part.length))
    const { user, system } = process.cpuUsage(before)
    expect((user + system) / 1_000_000).toBeLessThan(2)
  })
})

it('the history shows what was bought under an earlier rule for names', () => {
  const line = {
    ...{ id: 'purchase-1-0', kind: 'pending', source: 'tuppence', sellerId: 'seller-1', reference: null, offerKind: null, bundle: null },
    purchaseId: 'purchase-1',
    at: '2026-03-02T12:00:00.000Z',
    state: 'unknown',
    item: ' Eine  Kanne Lampenöl',
    game: '\u2003',
    payee: 'Nebelfuchs ',
    price: { amount: '99', currency: 'EUR' },
    moved: { amount: '0', currency: 'EUR' },
    receiptNumber: null,
    who: null,
  }
  expect(v.is(HistoryLineSchema, line)).toBe(true)
})
