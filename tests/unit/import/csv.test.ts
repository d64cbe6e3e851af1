import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { asRead, badInShort, inShort, readContent, readSample, sampleFile } from '../../support/import-files.ts'

const mapped = async (content: string, options = {}) => {
  const read = asRead(await readContent(content, options))
  return { ...read, mapping: read.table?.mapping }
}

describe('P9 plain CSV', () => {
  it('is read past the lines of a bank, and each bad row is told with its line and why', async () => {
    const read = asRead(await readSample('shop-de.csv'))
    expect(inShort(read)).toEqual([
      '4 charge 2025-12-24 1250 EUR Umhang „Mondlicht“',
      '5 charge 2025-12-23 101200 EUR Fässer',
      '6 refund 2026-01-05 101200 EUR Fässer of 5',
      '11 charge 2026-02-05 100 EUR =1+1',
    ])
    expect(badInShort(read)).toEqual(['7 noAmount', '8 noAmount', '9 noDate', '10 unknownCurrency', '12 impossibleDate', '13 wrongColumns'])
    expect(read.bad[0]?.text).toBe('05.02.2026;Ohne Preis;Müßiggang Spiele;;EUR;A-3')
    expect(read.table).toMatchObject({
      columns: ['Kaufdatum', 'Artikel', 'Händler', 'Betrag', 'Währung', 'Bestellnummer'],
      mapping: {
        delimiter: ';',
        date: 0,
        dateOrder: 'dayFirst',
        item: 1,
        payee: 2,
        amount: { kind: 'signed', column: 3, spendingIs: 'positive' },
        decimal: ',',
        currency: { column: 4 },
        order: 5,
      },
    })
    expect(read.table?.sample[0]).toEqual(['24.12.2025', 'Umhang „Mondlicht“', 'Müßiggang Spiele', '12,50', 'EUR', 'A-1'])
  })

  it('is guessed from other headers: French with tabs, Spanish with bars, spending below nothing, and two columns', async () => {
    const french = await mapped('Date de commande\tProduit\tPrix\n03/11/2026\tÉpée\t4,99 €\n25/11/2026\tBouclier\t1 004,99 €\n')
    expect(inShort(french)).toEqual(['2 charge 2026-11-03 499 EUR Épée', '3 charge 2026-11-25 100499 EUR Bouclier'])
    expect(french.mapping).toMatchObject({ delimiter: '\t', dateOrder: 'dayFirst', currency: { column: 2 }, decimal: ',' })
    const spanish = await mapped('Fecha|Concepto|Importe\n2026-11-03|Espada|-4.99\n2026-11-04|Escudo|-5.00\n2026-11-05|Espada|4.99\n', { homeCurrency: 'MXN' })
    expect(inShort(spanish)).toEqual(['2 charge 2026-11-03 499 MXN Espada', '3 charge 2026-11-04 500 MXN Escudo', '4 refund 2026-11-05 499 MXN Espada of 2'])
    const split = await mapped('Buchungstag;Verwendungszweck;Soll;Haben\n01.11.2026;Umhang;5,00;\n02.11.2026;Umhang;;5,00\n03.11.2026;Leer;;\n04.11.2026;Beides;1,00;1,00\n')
    expect(inShort(split)).toEqual(['2 charge 2026-11-01 500 EUR Umhang', '3 refund 2026-11-02 500 EUR Umhang of 2'])
    expect(badInShort(split)).toEqual(['4 free', '5 noAmount'])
  })

  it('is guessed without a header, from what its cells look like', async () => {
    const read = await mapped('Cape,11/23/2026,$4.99\n"Boots, red",11/02/2026,$5.00\n')
    expect(inShort(read)).toEqual(['1 charge 2026-11-23 499 USD Cape', '2 charge 2026-11-02 500 USD Boots, red'])
    expect(read.table?.columns).toEqual(['1', '2', '3'])
    expect(read.mapping).toMatchObject({ date: 1, dateOrder: 'monthFirst', item: 0, amount: { column: 2 } })
  })

  it('has the order of day and month from any row of the file, however late', async () => {
    const rows = Array.from({ length: 7000 }, (_, index) => `0${(index % 9) + 1}/0${(index % 8) + 1}/2025,Cape,1.00\n`).join('')
    expect((await mapped(`date,item,amount\n${rows}`)).mapping?.dateOrder).toBe('dayFirst')
    expect((await mapped(`date,item,amount\n${rows}01/31/2025,Cape,1.00\n`)).mapping?.dateOrder).toBe('monthFirst')
    expect((await mapped(`date,item,amount\n${rows}`, { homeCurrency: 'USD' })).mapping?.dateOrder).toBe('monthFirst')
  })

  it('obeys the mapping that a person gives', async () => {
    const content = 'when,what,sum,spent\n03/04/2026,Cape,9.99,1,5\n'.replace('1,5', '"1,5"')
    const guessed = await mapped(content)
    const given = { ...guessed.mapping, delimiter: ',', date: 0, dateOrder: 'monthFirst', item: 1, payee: 1, amount: { kind: 'signed', column: 3, spendingIs: 'negative' }, decimal: ',', currency: { code: 'CHF' }, order: null } as const
    const read = asRead(await readContent(content, { source: 'csv', mapping: given }))
    expect(read.rows[0]).toMatchObject({ kind: 'refund', at: '2026-03-04T11:00:00.000Z', payee: 'Cape', amount: { amount: '150', currency: 'CHF' } })
    expect(read.table?.mapping).toEqual(given)
  })

  it('of a bank stays that of a bank, whichever stores are in it', async () => {
    const bank = await mapped('Buchungstag;Empfänger;Betrag;Belegnummer;Status\n01.11.2026;PlayStation Network;-5,00;1;ok\n02.11.2026;Microsoft*Xbox;-6,00;2;ok\n')
    const card = await mapped('Datum;Beschreibung;Betrag\n01.11.2026;PlayStation Network;-5,00\n02.11.2026;Microsoft*Xbox;-6,00\n')
    expect([bank.source, card.source, bank.rows.length, card.rows.length]).toEqual(['csv', 'csv', 2, 2])
  })

  it('a table that nothing can be guessed of is shown, so that it can be corrected', async () => {
    const read = await mapped('aa,bb,cc\ndd,ee,ff\ngg,hh,ii\n')
    expect(badInShort(read)).toEqual(['2 noAmount', '3 noAmount'])
    expect(read.table?.sample).toEqual([['dd', 'ee', 'ff'], ['gg', 'hh', 'ii']])
  })

  it('names become names that a history can show', async () => {
    const long = 'x'.repeat(201)
    const read = await mapped(`date,item,merchant,amount,currency\n2026-11-01,"Two\r\nlines\u0000 and   gaps",A\u3164B,1.00,EUR\n2026-11-01,${long},Shop,1.00,EUR\n2026-11-01, \u2800,Shop,1.00,EUR\n2026-11-01,,Shop,1.00,EUR\n2026-11-01,,,1.00,EUR\n2026-11-01,Cape,Shop,1.00,\n`)
    expect(read.rows.map(({ item, payee }) => [item, payee])).toEqual([['Two lines and gaps', 'A B'], ['Shop', 'Shop']])
    expect(badInShort(read)).toEqual(['4 badText', '5 badText', '7 noItem', '8 noCurrency'])
    expect(read.bad[0]?.text.length).toBeLessThanOrEqual(200)
  })

  it('what was bought today is in, also before noon; what will be tomorrow, or was before 1990, is not', async () => {
    const nowMs = Date.parse('2026-11-25T06:00:00Z')
    const read = await mapped('date,item,amount,currency\n2026-11-25,Cape,1,EUR\n2026-11-26,Cape,1,EUR\n1989-12-31,Cape,1,EUR\n2026-11-25T06:00:01Z,Cape,1,EUR\n', { nowMs })
    expect(read.rows.map(({ at }) => at)).toEqual(['2026-11-25T06:00:00.000Z'])
    expect(badInShort(read)).toEqual(['3 impossibleDate', '4 impossibleDate', '5 impossibleDate'])
  })
})

describe('P9 letters', () => {
  const text = readFileSync(sampleFile('shop-de.csv'), 'utf8')
  const utf16 = Buffer.from(`\uFEFF${text}`, 'utf16le')

  it.each([
    ['UTF-8 with a mark', Buffer.from(`\uFEFF${text}`)],
    ['UTF-16, low byte first', utf16],
    ['UTF-16, high byte first', Buffer.from(utf16).swap16()],
  ])('of %s are read', async (_, content) => {
    expect(asRead(await readContent(content)).rows).toEqual(asRead(await readSample('shop-de.csv')).rows)
  })

  it('of Windows-1252 and Latin-1 are read where the file cannot be UTF-8', async () => {
    const windows = Buffer.from(text.replaceAll('„', '\u0084').replaceAll('“', '\u0093'), 'latin1')
    expect(asRead(await readContent(windows)).rows).toEqual(asRead(await readSample('shop-de.csv')).rows)
  })

  it('of another page are read where the file says so', async () => {
    const bytes = Buffer.concat([Buffer.from('<?xml version="1.0" encoding="windows-1251"?><OFX><STMTRS><CURDEF>RUB</CURDEF><STMTTRN><DTPOSTED>20261101</DTPOSTED><TRNAMT>-5</TRNAMT><NAME>'), Buffer.from([0xcb, 0xe0, 0xe2, 0xea, 0xe0]), Buffer.from('</NAME></STMTTRN></STMTRS></OFX>')])
    expect(asRead(await readContent(bytes)).rows[0]?.item).toBe('Лавка')
  })
})
