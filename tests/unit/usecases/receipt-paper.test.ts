import { describe, expect, it } from 'vitest'
import type { Paper } from '../../../src/main/ports/documents.ts'
import { type ReceiptContent, receiptPaper } from '../../../src/main/usecases/receipt-paper.ts'
import { receiptWords } from '../../../src/main/usecases/receipt-words.ts'
import { receiptClaims } from '../../support/signed-receipts.ts'

const key = { kid: 'k'.repeat(43), x: 'x'.repeat(43) }
const content: ReceiptContent = { receipt: { claims: receiptClaims, jws: 'a.b.c', key }, game: 'Nebula Run', state: 'succeeded', moneyBack: [], who: 'Cleo' }
const inEnglish = { language: 'en', zone: 'Europe/Berlin', sandbox: false } as const
const facts = ({ blocks }: Paper) => Object.fromEntries(blocks.flatMap((block) => (block.kind === 'facts' ? block.facts.map(({ name, value }) => [name, value]) : [])))
const withClaims = (change: object): ReceiptContent => ({ ...content, receipt: { ...content.receipt, claims: { ...receiptClaims, ...change } } })

describe('a receipt on paper', () => {
  it('P9 says everything that was signed, in words, with exact amounts and times with their offset', () => {
    expect(facts(receiptPaper(content, inEnglish))).toEqual({
      Item: 'Starlight cape — スター',
      Game: 'Nebula Run',
      Contains: '80 × gems, ≈ €0.0124 each',
      Price: '€0.99 (EUR)',
      'Paid from': 'Visa •••• 4242',
      'Bought by': 'Cleo',
      Charged: '23 Nov 2026, 10:00:01 (+01:00)',
      'How it stands': 'Paid',
      'Receipt number': 'T-2026-7F3K9Q2M',
      'Purchase number': '0198a0f2-1111-7000-8000-000000000001',
      'Signing key': key.kid,
      'What was approved': receiptClaims.challengeDigest,
    })
  })

  it('says it in German, too', () => {
    const paper = receiptPaper(content, { ...inEnglish, language: 'de' })
    expect(paper).toMatchObject({ title: 'Beleg T-2026-7F3K9Q2M', language: 'de', footer: 'Beleg T-2026-7F3K9Q2M, geschrieben von Tuppence' })
    expect(facts(paper)).toMatchObject({ Preis: '0,99\u00A0€ (EUR)', Abgebucht: '23.11.2026, 10:00:01 (+01:00)', Enthält: '80 × gems, je ≈ 0,0124\u00A0€' })
  })

  it.each([
    ['JPY', '50', '¥'],
    ['HUF', '12345', '123.45'],
    ['KWD', '1', '0.001'],
    ['EUR', '900719925474099301', '€9,007,199,254,740,993.01'],
  ])('P9 writes amounts of %s with the decimals that they have', (currency, amount, text) => {
    const shown = facts(receiptPaper(withClaims({ price: { amount, currency }, bundle: undefined }), inEnglish))['Price']
    expect(shown).toContain(text)
    expect(shown).toContain(`(${currency})`)
  })

  it('leaves out what there is nothing to say about', () => {
    const bare = withClaims({ bundle: undefined, counted: { amount: '99', currency: 'EUR' } })
    expect(Object.keys(facts(receiptPaper({ ...bare, game: '', who: null }, inEnglish)))).toEqual(['Item', 'Price', 'Paid from', 'Charged', 'How it stands', 'Receipt number', 'Purchase number', 'Signing key', 'What was approved'])
    expect(facts(receiptPaper(withClaims({ bundle: undefined, passDays: 30, counted: { amount: '100', currency: 'USD' } }), inEnglish))).toMatchObject({ Contains: 'For 30 days', 'Counted against limits as': 'US$1.00 (USD)' })
  })

  it('of the sandbox says so', () => {
    const text = (sandbox: boolean) => JSON.stringify(receiptPaper(content, { ...inEnglish, sandbox }))
    expect(text(true)).toContain('no real money')
    expect(text(false)).not.toContain('no real money')
  })

  it('is the same for the same ledger in each region of a language, and dated by the ledger', () => {
    const paper = receiptPaper(content, inEnglish)
    expect(paper.datedAt).toBe(receiptClaims.chargedAt)
    expect(receiptPaper(content, inEnglish)).toEqual(paper)
    const refunded = { ...content, moneyBack: [{ kind: 'refund', at: '2026-12-01T00:00:00.000Z', reference: 'RF-1', moved: -9n }] } as const
    expect(receiptPaper(refunded, inEnglish).datedAt).toBe('2026-12-01T00:00:00.000Z')
  })

  it('has every word in each language', () => {
    expect(Object.keys(receiptWords.de)).toEqual(Object.keys(receiptWords.en))
  })
})
