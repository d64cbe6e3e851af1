/** The files of stores, as samples made here to their formats: tests/support/import-samples. */
import { describe, expect, it } from 'vitest'
import { asRead, badInShort, inShort, readContent, readSample, sampleFile } from '../../support/import-files.ts'
import { readFileSync } from 'node:fs'

describe('P9 the saved page of Steam', () => {
  it('is read whole: several items, a split payment once, refunds, in-game items, gifts, the market, `12,--`', async () => {
    const read = asRead(await readSample('steam-history.html'))
    expect(read).toMatchObject({ source: 'steam', table: null })
    expect(inShort(read)).toEqual([
      '1 refund 2026-11-20 1479 EUR Hollow Lantern of 2',
      '2 charge 2026-11-19 1479 EUR Hollow Lantern',
      '3 charge 2026-11-18 999 EUR Rust & Bone, Rust & Bone: Soundtrack',
      '4 charge 2026-11-17 499 EUR 500 Crystals, 1 Winter Hat',
      '6 charge 2026-11-15 1200 EUR Frost Harbour',
      '7 charge 2026-11-14 38 EUR Steam Community Market',
      '10 charge 2026-11-12 299 USD Tiny Rails',
      '11 charge 2026-11-12 299 USD Tiny Rails',
    ])
    expect(badInShort(read)).toEqual(['5 notAPurchase', '8 notAPurchase', '9 free', '12 noDate'])
    expect(read.rows[1]).toEqual({
      n: 2,
      kind: 'charge',
      at: '2026-11-19T11:00:00.000Z',
      item: 'Hollow Lantern',
      payee: 'Steam',
      amount: { amount: '1479', currency: 'EUR' },
      order: '1001',
      state: 'refunded',
      paidWith: 'Wallet',
      key: expect.stringMatching(/^[\w-]{22}$/) as string,
    })
    expect(read.rows[2]).toMatchObject({ paidWith: 'Wallet, Visa', state: 'succeeded', order: '1002' })
    expect(read.rows[3]).toMatchObject({ game: 'Starfall Tactics', paidWith: 'Visa' })
    expect(read.bad[0]?.text).toBe('16 Nov, 2026 Purchased €5.00 Wallet Credit Purchase PayPal €5.00')
  })

  it('is read in German, by its structure where words are others', async () => {
    const read = asRead(await readSample('steam-history-de.html'))
    expect(inShort(read)).toEqual([
      '1 refund 2025-12-03 499 EUR Mondlicht-Umhang of 2',
      '2 charge 2025-12-01 499 EUR Mondlicht-Umhang',
      '3 charge 2025-03-28 1999 EUR Größere Städte, Größere Städte – Straßenpaket',
      '5 charge 2025-10-24 123456 EUR 1 Schiff',
    ])
    expect(badInShort(read)).toEqual(['4 notAPurchase'])
    expect(read.rows[2]?.paidWith).toBe('Guthaben, Giropay')
  })

  it('is read in a language of which no word is known, and nothing that a script says is on it', async () => {
    const line = (type: string, items: string, total: string, marked = '') =>
      `<tr class="wallet_table_row" onclick="x?transid=7"><td class="wht_date">2026年11月3日</td><td class="wht_items">${items}</td><td class="wht_type${marked}"><div>${type}</div></td><td class="wht_total${marked}">${total}</td><td class="wht_wallet_change"></td></tr>`
    const page = `<table class="wallet_history_table">${line('Povrat', '<div>Plašt</div><div class="wth_item_refunded">Povrat</div>', '5,--€')}${line('Kupnja', '<script>x("Evil")</script><div>Plašt</div>', '5,--€', ' wht_refunded')}</table>`
    expect(inShort(asRead(await readContent(page)))).toEqual(['1 refund 2026-11-03 500 EUR Plašt of 2', '2 charge 2026-11-03 500 EUR Plašt'])
  })

  it('means the home currency by a sign that several share', async () => {
    const read = asRead(await readSample('steam-history.html', { homeCurrency: 'CAD' }))
    expect(read.rows.at(-1)?.amount).toEqual({ amount: '299', currency: 'CAD' })
  })

  it('is read as one file with everything in it too', async () => {
    const html = readFileSync(sampleFile('steam-history-de.html'), 'utf8')
    const quoted = [...Buffer.from(html)].map((byte) => (byte === 61 || byte > 126 ? `=${byte.toString(16).toUpperCase().padStart(2, '0')}` : String.fromCharCode(byte))).join('')
    const lines = quoted.replaceAll(/(.{60}(?:=..|[^=]))(?=.)/g, '$1=\r\n')
    const mhtml = `From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary="----Made--Up----"\r\n\r\n\r\n------Made--Up----\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n${lines}\r\n------Made--Up------\r\n`
    expect(asRead(await readContent(mhtml)).rows).toEqual(asRead(await readSample('steam-history-de.html')).rows)
  })

  it('has the same rows, by their keys, as the copies of it in CSV', async () => {
    const page = asRead(await readSample('steam-history.html'))
    const keys = new Set(page.rows.map(({ key }) => key))
    const [script, extension] = [asRead(await readSample('steam-user-script.csv')), asRead(await readSample('steam-extension.csv'))]
    expect([script.source, extension.source]).toEqual(['steam', 'steam'])
    expect(script.rows.map(({ key }) => keys.has(key))).toEqual([true, true, true])
    expect(extension.rows.map(({ key }) => keys.has(key))).toEqual([true, true, true])
    expect(script.rows.map(({ paidWith }) => paidWith)).toEqual(['Wallet', 'Wallet', 'Visa, Wallet'])
  })
})

describe('P9 the lists of Google Takeout', () => {
  it('orders are read with what was given back of them as a line of its own', async () => {
    const read = asRead(await readSample('google-order-history.json'))
    expect(inShort(read)).toEqual([
      '1 charge 2026-10-04 499 EUR Bag of gems × 2',
      '2 charge 2026-09-30 1249 EUR Kite Flyer, Wind, vol. 1 (of 2)',
      '6 refund 2026-09-30 249 EUR Kite Flyer, Wind, vol. 1 (of 2) of 2',
      '4 charge 2026-07-09 1200 JPY Monthly',
      '7 refund 2026-07-09 1200 JPY Monthly of 4',
    ])
    expect(read.rows.map(({ state }) => state)).toEqual(['succeeded', 'partlyRefunded', 'partlyRefunded', 'refunded', 'refunded'])
    expect(read.rows[0]).toMatchObject({ game: 'Castle & Crown', payee: 'Google Play', order: 'GPA.1111-2222-3333-44444', paidWith: 'Visa-4242' })
    expect(read.rows[3]?.game).toBe('Moon Diary (Plus)')
    expect(badInShort(read)).toEqual(['3 free', '5 noItem'])
  })

  it('purchases have the same keys as the orders that they are', async () => {
    const [orders, purchases] = [asRead(await readSample('google-order-history.json')), asRead(await readSample('google-purchase-history.json'))]
    expect(inShort(purchases)).toEqual(['1 charge 2026-10-04 499 EUR Bag of gems', '2 charge 2026-10-05 800 HKD Kite Flyer'])
    expect(purchases.rows[0]?.key).toBe(orders.rows[0]?.key)
    expect(badInShort(purchases)).toEqual(['3 notAPurchase'])
  })

  it('one that is cut off is damaged, and any other JSON is not known', async () => {
    const json = readFileSync(sampleFile('google-order-history.json'), 'utf8')
    expect(await readContent(json.slice(0, 900))).toEqual({ kind: 'failed', problem: 'damaged' })
    expect(await readContent('[{"a":1}]')).toEqual({ kind: 'failed', problem: 'notRecognised' })
  })
})

it('P9 orders of PlayStation and Xbox are read by the names of their columns', async () => {
  const playStation = asRead(await readSample('playstation.csv'))
  expect(playStation.source).toBe('playStation')
  expect(inShort(playStation)).toEqual([
    '2 charge 2026-11-23 1999 USD Ember Road',
    '4 charge 2026-11-09 100499 USD Coins for Ember Road',
    '5 refund 2026-11-10 100499 USD Coins for Ember Road of 4',
  ])
  expect(badInShort(playStation)).toEqual(['3 notAPurchase', '6 free'])
  const xbox = asRead(await readSample('xbox.csv'))
  expect(xbox.source).toBe('xbox')
  expect(inShort(xbox)).toEqual(['3 charge 2026-05-11 99 USD 80 Robots', '4 charge 2026-04-02 999 USD Deep Sea Pass', '6 refund 2026-04-02 999 USD Deep Sea Pass of 4'])
  expect(xbox.rows[0]).toMatchObject({ payee: 'Microsoft Store', order: '8035392088', paidWith: 'Visa' })
  expect(badInShort(xbox)).toEqual(['5 free'])
})

describe('P9 statements in OFX', () => {
  it('1, in SGML and Windows-1252: purchases, and refunds of them; not the salary', async () => {
    const sgml = readFileSync(sampleFile('statement-1.ofx'), 'utf8')
    const read = asRead(await readContent(Buffer.from(sgml, 'latin1')))
    expect(read.source).toBe('ofx')
    expect(inShort(read)).toEqual(['1 refund 2026-11-20 999 EUR Käseladen & Spiele', '2 charge 2026-11-18 999 EUR Würfel', '3 charge 2026-11-17 123450 EUR Kiosk'])
    expect(read.rows[1]).toMatchObject({ payee: 'Käseladen & Spiele', at: '2026-11-18T11:00:00.000Z' })
    expect(read.rows[2]?.at).toBe('2026-11-17T15:30:00.000Z')
    expect(badInShort(read)).toEqual(['4 notAPurchase', '5 notAPurchase'])
  })

  it('2, in XML, reads the same', async () => {
    const sgml = readFileSync(sampleFile('statement-1.ofx'), 'utf8')
    const xml = `<?xml version="1.0" encoding="UTF-8"?>\n<?OFX OFXHEADER="200" VERSION="220"?>\n${sgml.slice(sgml.indexOf('<OFX>')).replaceAll(/<(\w+)>([^<\s][^<]*?)\s*(?=<)/g, '<$1>$2</$1>\n')}`
    expect(asRead(await readContent(xml)).rows).toEqual(asRead(await readSample('statement-1.ofx')).rows)
  })

  it('resolves no entities of a document type, so that none can grow', async () => {
    const lol = Array.from({ length: 30 }, (_, index) => `<!ENTITY l${index + 1} "&l${index};&l${index};">`).join('')
    const xml = `<?xml version="1.0"?><!DOCTYPE OFX [<!ENTITY l0 "lol">${lol}<!ENTITY f SYSTEM "file:///etc/passwd">]><OFX><STMTRS><CURDEF>EUR</CURDEF><STMTTRN><TRNTYPE>DEBIT</TRNTYPE><DTPOSTED>20261101</DTPOSTED><TRNAMT>-1.00</TRNAMT><NAME>&l30;&f; &amp;amp;</NAME></STMTTRN></STMTRS></OFX>`
    expect(asRead(await readContent(xml)).rows[0]?.item).toBe('&l30;&f; &amp;')
  })

  it('one without a statement is damaged', async () => {
    expect(await readContent('OFXHEADER:100\n\n<OFX><SIGNONMSGSRSV1>')).toEqual({ kind: 'failed', problem: 'damaged' })
  })
})

it('a file of another kind is not known, and an empty one is empty', async () => {
  const outcomes = await Promise.all([readContent(''), readContent('\n \n'), readContent('Dear diary,\ntoday was fine.\n'), readContent('<html><p>No table</p></html>'), readContent(new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 255]))])
  expect(outcomes.map((outcome) => outcome.kind === 'failed' && outcome.problem)).toEqual(['empty', 'empty', 'notRecognised', 'notRecognised', 'notRecognised'])
  expect(await readContent('x', { file: '/nowhere/at/all' })).toEqual({ kind: 'failed', problem: 'notReadable' })
  expect(await readContent('x', { file: import.meta.dirname })).toEqual({ kind: 'failed', problem: 'notReadable' })
})

it('what it is said to be comes before what it looks like', async () => {
  expect(await readSample('steam-history.html', { source: 'ofx' })).toEqual({ kind: 'failed', problem: 'notRecognised' })
  expect(asRead(await readSample('playstation.csv', { source: 'csv' }))).toMatchObject({ source: 'csv', table: { mapping: { date: 0, item: 2, dateOrder: 'monthFirst' } } })
  expect(asRead(await readSample('shop-de.csv', { source: 'xbox' })).source).toBe('xbox')
})
