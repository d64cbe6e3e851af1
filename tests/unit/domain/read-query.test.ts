import { describe, expect, it } from 'vitest'
import { everyLine, type HistoryFilter } from '../../../src/domain/history/filter.ts'
import { partsAtMost, type QueryContext, readQuery } from '../../../src/domain/history/read-query.ts'
import { guardiansContext } from '../../support/query-context.ts'

const read = (text: string, changes: Partial<QueryContext> = {}) => readQuery(text, { ...guardiansContext, ...changes })

/** What is asked for beyond nothing. */
const asks = (text: string, changes: Partial<QueryContext> = {}): Partial<HistoryFilter> =>
  Object.fromEntries(
    Object.entries(read(text, changes).filter).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(everyLine[name as keyof HistoryFilter])),
  )

const because = (text: string) => read(text).reading.map(({ means }) => (means.kind === 'notUnderstood' ? means.because : means.kind))

const amount = (is: string, decimal: string, currency: string | null = null) => ({ amounts: [{ is, decimal, currency }] })

describe('words of a query', () => {
  it.each([
    ['lamp oil', ['lamp', 'oil']],
    ['"lamp oil"', ['lamp', 'oil']],
    ['„Lampen Öl“', ['lampen', 'ol']],
    ['MÜLLER straße', ['muller', 'strasse']],
    ['500', ['500']],
    ['T-2026-17', ['t-2026-17']],
    ['AK-47', ['ak-47']],
    ['(lamp), oil!', ['lamp', 'oil']],
    ['"paid 2026 >5"', ['paid', '2026', '5']],
    ['"lamp', ['lamp']],
    ['5-10', ['5-10']],
    ['12345-678', ['12345-678']],
    ['1.2.3', ['1.2.3']],
    ['1980 2028', ['1980', '2028']],
    ['3 cup', ['3', 'cup']],
    ['steam eur', ['steam', 'eur']],
    ['Half-Life: Alyx', ['half-life', 'alyx']],
    ['item:lamp', ['lamp']],
    ['game:"two words"', ['game', 'two', 'words']],
    ['NEAR( AND', ['near', 'and']],
    ['last may', ['last', 'may']],
    ['constructor:x toString', ['constructor:x', 'tostring']],
    ['last constructor', ['last', 'constructor']],
    ['5 constructor', ['5', 'constructor']],
  ])('%s are %j', (text, words) => {
    expect(asks(text)).toEqual({ words })
  })

  it('are nothing without any', () => {
    expect(read('')).toEqual({ filter: everyLine, reading: [] })
    expect(read(' \t\n ')).toEqual({ filter: everyLine, reading: [] })
  })
})

describe('amounts of a query', () => {
  it.each([
    ['>5', amount('above', '5')],
    ['>5 eur', amount('above', '5', 'EUR')],
    ['> 5 EUR', amount('above', '5', 'EUR')],
    ['> 5', amount('above', '5')],
    ['>=4,99€', amount('atLeast', '4.99', 'EUR')],
    ['≥ € 4,99', amount('atLeast', '4.99', 'EUR')],
    ['<$2', amount('below', '2', 'USD')],
    ['<=2,5', amount('atMost', '2.5')],
    ['≤2', amount('atMost', '2')],
    ['=0', amount('equal', '0')],
    ['=007', amount('equal', '7')],
    ['€4.99', amount('equal', '4.99', 'EUR')],
    ['4,99 €', amount('equal', '4.99', 'EUR')],
    ['4.99', amount('equal', '4.99')],
    ['1999.99', amount('equal', '1999.99')],
    ['¥500', amount('equal', '500', 'JPY')],
    ['500jpy', amount('equal', '500', 'JPY')],
    ['500 yen', amount('equal', '500', 'JPY')],
    ['12 Kč', amount('equal', '12', 'CZK')],
    ['5 CA$', amount('equal', '5', 'CAD')],
    ['3cup', amount('equal', '3', 'CUP')],
    ['1.234,56 €', amount('equal', '1234.56', 'EUR')],
    ['1,234.56', amount('equal', '1234.56')],
    ['1.234.567', amount('equal', '1234567')],
    ["1'234.50 chf", amount('equal', '1234.50', 'CHF')],
    ['1.234 €', amount('equal', '1234', 'EUR')],
    ['1.234 kwd', amount('equal', '1.234', 'KWD')],
    ['0.500', amount('equal', '0.500')],
    ['1,234', amount('equal', '1234')],
    ['1.234', amount('equal', '1.234')],
  ])('%s is %j', (text, asked) => {
    expect(asks(text)).toEqual(asked)
  })

  it('have the decimal sign of the language where it could be either', () => {
    expect(asks('1,234', { language: 'de' })).toEqual(amount('equal', '1.234'))
    expect(asks('1.234', { language: 'de' })).toEqual(amount('equal', '1234'))
    expect(asks('4.99', { language: 'de' })).toEqual(amount('equal', '4.99'))
  })

  it('are in the dollars, crowns and yuan of the household', () => {
    expect(asks('$5', { homeCurrency: 'AUD' })).toEqual(amount('equal', '5', 'AUD'))
    expect(asks('$5', { homeCurrency: null })).toEqual(amount('equal', '5', 'USD'))
    expect(asks('¥5', { homeCurrency: 'CNY' })).toEqual(amount('equal', '5', 'CNY'))
    expect(asks('50 kr', { homeCurrency: 'DKK' })).toEqual(amount('equal', '50', 'DKK'))
    expect(asks('3 try', { homeCurrency: 'TRY' })).toEqual(amount('equal', '3', 'TRY'))
  })

  it.each(['5-10 eur', '5€–10€', '10 - 5 eur', 'eur 5..10', '5 eur - 10 eur', '5 to 10 euro', '5 bis 10 Euro'])('from and to: %s', (text) => {
    const bounds = { least: '5', most: '10', currency: 'EUR' }
    expect(read(text).reading).toEqual([{ text, means: { kind: 'amounts', ...bounds } }])
    expect(asks(text)).toEqual({
      amounts: [{ is: 'atLeast', decimal: '5', currency: 'EUR' }, { is: 'atMost', decimal: '10', currency: 'EUR' }],
    })
  })

  it.each(['>abc', '>', '<=>5', '> ', '=1.2.3', '>1,23456', '>1234567890123456', '>5-10', '>12.34.567'])('%j is none', (text) => {
    expect(because(text)).toEqual(['noAmount'])
    expect(asks(text)).toEqual({})
  })

  it('are not mixed of two currencies', () => {
    expect(asks('5€-10$')).toEqual({ words: ['5€-10'] })
  })

  it('P9 a range is put in order exactly, however large its bounds', () => {
    expect(readQuery('999999999999999.0002-999999999999999.0001 kwd', guardiansContext).filter.amounts.map(({ is, decimal }) => [is, decimal])).toEqual([
      ['atLeast', '999999999999999.0001'],
      ['atMost', '999999999999999.0002'],
    ])
  })
})

describe('periods of a query', () => {
  it.each([
    ['2026', '2026-01-01', '2026-12-31'],
    ['2027', '2027-01-01', '2027-12-31'],
    ['1990', '1990-01-01', '1990-12-31'],
    ['2026-10', '2026-10-01', '2026-10-31'],
    ['2026-1', '2026-01-01', '2026-01-31'],
    ['2024-02', '2024-02-01', '2024-02-29'],
    ['2026-10-03', '2026-10-03', '2026-10-03'],
    ['2026/10/3', '2026-10-03', '2026-10-03'],
    ['3.10.2026', '2026-10-03', '2026-10-03'],
    ['10/2026', '2026-10-01', '2026-10-31'],
    ['10.2026', '2026-10-01', '2026-10-31'],
    ['oct 2026', '2026-10-01', '2026-10-31'],
    ['Okt. 2026', '2026-10-01', '2026-10-31'],
    ['oktober 2026', '2026-10-01', '2026-10-31'],
    ['MÄRZ 2026', '2026-03-01', '2026-03-31'],
    ['3. Oktober 2026', '2026-10-03', '2026-10-03'],
    ['october 3rd, 2026', '2026-10-03', '2026-10-03'],
    ['2026-10-01..2026-10-15', '2026-10-01', '2026-10-15'],
    ['2026-10-15..2026-10-01', '2026-10-01', '2026-10-15'],
    ['2025-12..2026', '2025-12-01', '2026-12-31'],
    ['oct 2026 - nov 2026', '2026-10-01', '2026-11-30'],
    ['2026-10 bis heute', '2026-10-01', '2026-11-25'],
    ['2026-10..', '2026-10-01', '2026-11-25'],
    ['..2026-10', '1990-01-01', '2026-10-31'],
    ['today', '2026-11-25', '2026-11-25'],
    ['Heute', '2026-11-25', '2026-11-25'],
    ['yesterday', '2026-11-24', '2026-11-24'],
    ['gestern', '2026-11-24', '2026-11-24'],
    ['this week', '2026-11-23', '2026-11-29'],
    ['diese Woche', '2026-11-23', '2026-11-29'],
    ['last week', '2026-11-16', '2026-11-22'],
    ['letzte Woche', '2026-11-16', '2026-11-22'],
    ['this month', '2026-11-01', '2026-11-30'],
    ['last month', '2026-10-01', '2026-10-31'],
    ['letzten Monat', '2026-10-01', '2026-10-31'],
    ['this year', '2026-01-01', '2026-12-31'],
    ['letztes Jahr', '2025-01-01', '2025-12-31'],
    ['last 30 days', '2026-10-27', '2026-11-25'],
    ['letzte 1 Tage', '2026-11-25', '2026-11-25'],
  ])('%s is from %s to %s', (text, from, to) => {
    expect(read(text).reading).toEqual([{ text, means: { kind: 'period', from, to } }])
  })

  it('begin and end with the days of the zone', () => {
    expect(asks('2026-10')).toEqual({ from: '2026-09-30T22:00:00.000Z', before: '2026-10-31T23:00:00.000Z' })
    expect(asks('2026-10', { zone: 'America/New_York' })).toEqual({ from: '2026-10-01T04:00:00.000Z', before: '2026-11-01T04:00:00.000Z' })
  })

  it('that overlap are what is in both', () => {
    expect(asks('2026 2026-10..2027-03')).toEqual({ from: '2026-09-30T22:00:00.000Z', before: '2026-12-31T23:00:00.000Z' })
  })

  it.each(['2026-13', '2026-02-30', '2026-00', '31.2.2026', '13/2026', '3/10/2026', '3/10/26', '2026-10..2026-13', '29 feb 2026'])('%s is none', (text) => {
    expect(because(text)).toEqual(['noPeriod'])
    expect(asks(text)).toEqual({})
  })
})

describe('what is said before a colon', () => {
  it.each([
    ['seller:pixel', { sellerWords: ['pixel'] }],
    ['seller: pixel', { sellerWords: ['pixel'] }],
    ['seller:"Pixel Forge"', { sellerWords: ['pixel', 'forge'] }],
    ['seller: "Pixel Forge"', { sellerWords: ['pixel', 'forge'] }],
    ['Händler:pixel', { sellerWords: ['pixel'] }],
    ['Anbieter:„Pixel Forge“', { sellerWords: ['pixel', 'forge'] }],
    ['seller:pixel forge', { sellerWords: ['pixel'], words: ['forge'] }],
    ['member:mia', { memberIds: ['mia'] }],
    ['who:m', { memberIds: ['mia', 'max', 'maxi'] }],
    ['von:max', { memberIds: ['max', 'maxi'] }],
    ['mitglied:"Müller Max"', { memberIds: ['max'] }],
    ['MEMBER:MIA', { memberIds: ['mia'] }],
    ['currency:eur', { currencies: ['EUR'] }],
    ['currency:eur, lamp', { currencies: ['EUR'], words: ['lamp'] }],
    ['Währung:€', { currencies: ['EUR'] }],
    ['source:steam', { sources: ['steam'] }],
    ['Quelle:"Google Play"', { sources: ['googlePlay'] }],
    ['source:play', { sources: ['googlePlay'] }],
    ['source:psn', { sources: ['playStation'] }],
    ['kind:pass', { offerKinds: ['pass'] }],
    ['kind:bundles', { offerKinds: ['bundle'] }],
    ['Art:Paket', { offerKinds: ['bundle'] }],
    ['state:not-charged', { lineKinds: ['notCharged'] }],
    ['state:refund', { lineKinds: ['refund'] }],
    ['state:refu', { states: ['partlyRefunded', 'refunded'] }],
    ['Status:"wird geprüft"', { lineKinds: ['pending'] }],
  ])('%s asks for %j', (text, asked) => {
    expect(asks(text)).toEqual(asked)
  })

  it('whoever is called just so is meant, and not all whose names begin so', () => {
    const members = [{ memberId: 'max', name: 'Max' }, { memberId: 'maxi', name: 'Maximilian' }]
    expect(asks('member:max', { members })).toEqual({ memberIds: ['max'] })
    expect(asks('member:ma', { members })).toEqual({ memberIds: ['max', 'maxi'] })
    expect(read('member:ma', { members }).reading[0]?.means).toEqual({ kind: 'member', names: ['Max', 'Maximilian'] })
  })

  it('of two members is nobody’s', () => {
    expect(asks('member:mia member:maxi')).toEqual({ memberIds: [] })
  })

  it.each([
    ['seller:', 'nothingAfterColon'],
    ['seller:""', 'nothingAfterColon'],
    ['seller: >5', 'nothingAfterColon', 'amount'],
    ['seller: member:mia', 'nothingAfterColon', 'member'],
    ['seller:!', 'noWord'],
    ['member:nobody', 'noSuchMember'],
    ['member:!', 'noSuchMember'],
    ['kind:thing', 'noSuchKind'],
    ['kind:!', 'noSuchKind'],
    ['source:shop', 'noSuchSource'],
    ['state:fine', 'noSuchState'],
    ['currency:xxx', 'noSuchCurrency'],
    ['!!!', 'noWord'],
    ['🔥 *', 'noWord', 'noWord'],
    ['""', 'noWord'],
  ])('%s is not understood: %s', (text, ...reasons) => {
    expect(because(text)).toEqual(reasons)
  })
})

describe('words that say how a purchase stands', () => {
  it.each([
    ['refunded', { states: ['partlyRefunded', 'refunded'] }],
    ['Erstattet', { states: ['partlyRefunded', 'refunded'] }],
    ['refund', { lineKinds: ['refund'] }],
    ['chargeback', { lineKinds: ['chargeback', 'chargebackReversal'] }],
    ['Rückbuchung', { lineKinds: ['chargeback', 'chargebackReversal'] }],
    ['charged back', { states: ['chargedBack'] }],
    ['declined', { states: ['declined'] }],
    ['abgelehnt', { states: ['declined'] }],
    ['pending', { lineKinds: ['pending'] }],
    ['being checked', { lineKinds: ['pending'] }],
    ['offen', { lineKinds: ['pending'] }],
    ['wird geprüft', { lineKinds: ['pending'] }],
    ['paid', { lineKinds: ['charge'] }],
    ['bezahlt', { lineKinds: ['charge'] }],
    ['not charged', { lineKinds: ['notCharged'] }],
    ['nicht belastet', { lineKinds: ['notCharged'] }],
    ['imported', { sources: ['steam', 'googlePlay', 'playStation', 'xbox', 'csv', 'ofx'] }],
    ['importiert source:steam', { sources: ['steam'] }],
  ])('%s asks for %j', (text, asked) => {
    expect(asks(text)).toEqual(asked)
  })
})

describe('many parts', () => {
  it('all have to hold, and each is told as it was typed', () => {
    expect(read('  Lamp  seller:"Pixel Forge"\t> 5 EUR  last month refunded ').reading.map(({ text, means }) => [text, means.kind])).toEqual([
      ['Lamp', 'word'],
      ['seller:"Pixel Forge"', 'seller'],
      ['> 5 EUR', 'amount'],
      ['last month', 'period'],
      ['refunded', 'states'],
    ])
  })

  it(`are ${partsAtMost} at most, and what is after them is not asked for`, () => {
    const words = Array.from({ length: partsAtMost }, (_, at) => `w${at}`)
    expect(read(words.join(' ')).reading).toHaveLength(partsAtMost)
    const { filter, reading } = read([...words, 'one', 'refunded'].join(' '))
    expect(filter).toEqual({ ...everyLine, words })
    expect(reading.at(-1)).toEqual({ text: 'one refunded', means: { kind: 'notUnderstood', because: 'tooMany' } })
  })
})
