import { describe, expect, it } from 'vitest'
import type { ExportHead, ExportLine } from '../../../src/domain/export/export-line.ts'
import { ofx } from '../../../src/domain/export/ofx.ts'
import { exportHead, exportLine, xmlTexts } from '../../support/export-lines.ts'

const written = (lines: ExportLine[], head: Partial<ExportHead> = {}) => [...ofx(lines, { ...exportHead, ...head })].join('')

it('P9 is a statement for each currency, with a balance; what is open is in the list of pending ones', () => {
  const lines = [
    exportLine(),
    exportLine({ id: 'p2-1', price: { amount: 120n, currency: 'JPY' }, moved: 120n }),
    exportLine({ id: 'p1-2', kind: 'refund', moved: -50n, reference: 'RF-1' }),
    exportLine({ id: 'p3-0', purchaseId: 'p3', kind: 'pending', moved: 0n, receiptNumber: null }),
    exportLine({ id: 'p4-0', kind: 'notCharged', moved: 0n, price: { amount: 5n, currency: 'USD' } }),
  ]
  expect(written(lines)).toBe(`<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<?OFX OFXHEADER="200" VERSION="220" SECURITY="NONE" OLDFILEUID="NONE" NEWFILEUID="NONE"?>
<OFX>
<SIGNONMSGSRSV1><SONRS><STATUS><CODE>0</CODE><SEVERITY>INFO</SEVERITY></STATUS><DTSERVER>20261130130000.000[+1]</DTSERVER><LANGUAGE>ENG</LANGUAGE></SONRS></SIGNONMSGSRSV1>
<BANKMSGSRSV1>
<STMTTRNRS><TRNUID>0</TRNUID><STATUS><CODE>0</CODE><SEVERITY>INFO</SEVERITY></STATUS>
<STMTRS><CURDEF>EUR</CURDEF><BANKACCTFROM><BANKID>TUPPENCE</BANKID><ACCTID>TUPPENCE-EUR</ACCTID><ACCTTYPE>CHECKING</ACCTTYPE></BANKACCTFROM>
<BANKTRANLIST><DTSTART>20261123100001.000[+1]</DTSTART><DTEND>20261130130000.000[+1]</DTEND>
<STMTTRN><TRNTYPE>DEBIT</TRNTYPE><DTPOSTED>20261123100001.000[+1]</DTPOSTED><DTUSER>20261123100000.000[+1]</DTUSER><TRNAMT>-0.99</TRNAMT><FITID>p1-1</FITID><REFNUM>R-1</REFNUM><NAME>Pixel Forge</NAME><MEMO>Starlight cape · Nebula Run</MEMO></STMTTRN>
<STMTTRN><TRNTYPE>CREDIT</TRNTYPE><DTPOSTED>20261123100001.000[+1]</DTPOSTED><DTUSER>20261123100000.000[+1]</DTUSER><TRNAMT>0.50</TRNAMT><FITID>p1-2</FITID><REFNUM>R-1</REFNUM><NAME>Pixel Forge</NAME><MEMO>Refund: Starlight cape · Nebula Run · RF-1</MEMO></STMTTRN>
</BANKTRANLIST>
<BANKTRANLISTP><DTASOF>20261130130000.000[+1]</DTASOF>
<STMTTRNP><TRNTYPE>HOLD</TRNTYPE><DTTRAN>20261123100001.000[+1]</DTTRAN><TRNAMT>-0.99</TRNAMT><REFNUM>p3</REFNUM><NAME>Pixel Forge</NAME><MEMO>Starlight cape · Nebula Run</MEMO></STMTTRNP>
</BANKTRANLISTP>
<LEDGERBAL><BALAMT>-0.49</BALAMT><DTASOF>20261130130000.000[+1]</DTASOF></LEDGERBAL>
</STMTRS></STMTTRNRS>
<STMTTRNRS><TRNUID>0</TRNUID><STATUS><CODE>0</CODE><SEVERITY>INFO</SEVERITY></STATUS>
<STMTRS><CURDEF>JPY</CURDEF><BANKACCTFROM><BANKID>TUPPENCE</BANKID><ACCTID>TUPPENCE-JPY</ACCTID><ACCTTYPE>CHECKING</ACCTTYPE></BANKACCTFROM>
<BANKTRANLIST><DTSTART>20261123100001.000[+1]</DTSTART><DTEND>20261130130000.000[+1]</DTEND>
<STMTTRN><TRNTYPE>DEBIT</TRNTYPE><DTPOSTED>20261123100001.000[+1]</DTPOSTED><DTUSER>20261123100000.000[+1]</DTUSER><TRNAMT>-120</TRNAMT><FITID>p2-1</FITID><REFNUM>R-1</REFNUM><NAME>Pixel Forge</NAME><MEMO>Starlight cape · Nebula Run</MEMO></STMTTRN>
</BANKTRANLIST>
<LEDGERBAL><BALAMT>-120</BALAMT><DTASOF>20261130130000.000[+1]</DTASOF></LEDGERBAL>
</STMTRS></STMTTRNRS>
</BANKMSGSRSV1>
</OFX>
`)
})

describe('times', () => {
  it.each([
    ['America/New_York', '20261123040001.000[-5]'],
    ['UTC', '20261123090001.000[0:GMT]'],
    ['Asia/Kathmandu', '20261123090001.000[0:GMT]'],
    ['Pacific/Kiritimati', '20261123090001.000[0:GMT]'],
  ])('in %s', (zone, time) => {
    expect(xmlTexts(written([exportLine()], { zone }), 'DTPOSTED')).toEqual([time])
  })
})

it('a statement is over the time that was asked for', () => {
  const head = { from: '2026-10-31T23:00:00.000Z', before: '2026-11-30T23:00:00.000Z' }
  const text = written([exportLine()], head)
  expect([...xmlTexts(text, 'DTSTART'), ...xmlTexts(text, 'DTEND')]).toEqual(['20261101000000.000[+1]', '20261201000000.000[+1]'])
})

describe('names', () => {
  it.each(['a <b> & "c"', ']]>', '&amp;', 'חרב', '=HYPERLINK("x")', '-12.50'])('%s is what is read', (payee) => {
    expect(xmlTexts(written([exportLine({ payee })]), 'NAME')).toEqual([payee])
  })

  it('nothing in them is taken for an element', () => {
    expect(written([exportLine({ payee: '<NAME>&</NAME>' })])).toContain('<NAME>&lt;NAME&gt;&amp;&lt;/NAME&gt;</NAME>')
  })

  it('what XML cannot hold is left out', () => {
    expect(xmlTexts(written([exportLine({ payee: 'a\u0000b\uFFFFc\nd' })]), 'NAME')).toEqual(['a bc d'])
  })

  it('a long one is cut where the format ends it, by whole characters, and there in full besides', () => {
    const payee = '🗡️'.repeat(15) + 'x'.repeat(30)
    const text = written([exportLine({ payee, item: 'i'.repeat(200), game: 'g'.repeat(80) })])
    expect(Array.from(xmlTexts(text, 'NAME')[0] ?? '')).toHaveLength(32)
    expect(xmlTexts(text, 'NAME')[0]?.isWellFormed()).toBe(true)
    expect(xmlTexts(text, 'EXTDNAME')).toEqual([payee])
    expect(xmlTexts(text, 'MEMO')[0]).toHaveLength(255)
  })

  it('a receipt number that is too long for its field is in the memo', () => {
    const receiptNumber = 'R'.repeat(40)
    const text = written([exportLine({ receiptNumber })])
    expect(xmlTexts(text, 'REFNUM')).toEqual([])
    expect(xmlTexts(text, 'MEMO')[0]).toContain(receiptNumber)
  })
})

it('without any line it is still OFX', () => {
  expect(written([])).toMatch(/<OFX>\n<SIGNONMSGSRSV1>.*<\/SIGNONMSGSRSV1>\n<\/OFX>\n$/)
})

it('of more pending ones than are kept in memory none is missing', () => {
  const lines = Array.from({ length: 1001 }, (_, n) => exportLine({ id: `p${n}-0`, purchaseId: `p${n}`, kind: 'pending', moved: 0n, receiptNumber: null }))
  expect(xmlTexts(written(lines), 'STMTTRNP').map((one) => xmlTexts(one, 'REFNUM')[0])).toEqual(lines.map(({ purchaseId }) => purchaseId))
})
