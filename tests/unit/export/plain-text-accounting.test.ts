import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { beancount } from '../../../src/domain/export/beancount.ts'
import type { ExportFormat, ExportLine } from '../../../src/domain/export/export-line.ts'
import { hledger } from '../../../src/domain/export/hledger.ts'
import { which } from '../../../scripts/lib/which.mjs'
import { exportHead, exportLine, parseCsv, pythonOfBeancount, readBeancount } from '../../support/export-lines.ts'

/** hledger reads files by the encoding of the locale, and a bare machine has none. */
const inUtf8 = { ...process.env, LC_ALL: 'C.UTF-8' }

const folder = mkdtempSync(join(tmpdir(), 'tuppence-export-'))
afterAll(() => rmSync(folder, { recursive: true }))

const written = (format: ExportFormat, lines: ExportLine[]) => [...format(lines, exportHead)].join('')

function run(program: string, format: ExportFormat, lines: ExportLine[], ...args: string[]) {
  const file = join(folder, 'ledger')
  writeFileSync(file, written(format, lines))
  const { status, stdout, stderr } = spawnSync(program, args.map((argument) => (argument === 'FILE' ? file : argument)), { encoding: 'utf8', env: inUtf8 })
  return { status, stdout, stderr }
}

const refund = exportLine({ id: 'p1-2', kind: 'refund', moved: -50n, reference: 'RF-1', state: 'partlyRefunded' })
const pending = exportLine({ id: 'p2-0', purchaseId: 'p2', kind: 'pending', moved: 0n, state: 'unknown', receiptNumber: null })

const awkward = [
  'semi;colon', 'a | bar', '"quoted\\"', '; date:2020-99-99', '[2020-99-99]', '* star', '! (x)', '#tag ^link', 'two\nlines', 'חרב אור',
  '=HYPERLINK("x")', '-12.50', 'a, who:nobody', '  double  spaces  ', '\uD83D', "it's", '@ 5 EUR', '= 99 EUR', 'option "title" "x"', '\\',
]
const awkwardLines = awkward.flatMap((name, index) => [
  exportLine({ id: `a${index}-1`, receiptNumber: `R:${index}`, item: name, payee: name, game: name, who: name, reason: name, bundle: { count: 2, unit: name } }),
  exportLine({ id: `a${index}-0`, purchaseId: `a${index}`, receiptNumber: null, kind: 'pending', moved: 0n, item: name, payee: name, who: name }),
])
const currencies = [
  exportLine({ price: { amount: 120n, currency: 'JPY' }, moved: 120n, tax: null }),
  exportLine({ price: { amount: 1250n, currency: 'KWD' }, moved: 1250n, sellerId: 'a:b' }),
  exportLine({ price: { amount: 99_999_999_999_999_999n, currency: 'USD' }, moved: 99_999_999_999_999_999n, sellerId: 'a.b_c' }),
]

describe('hledger', () => {
  it('P9 has a transaction for each line, with the accounts of the ledger; what is open has no postings', () => {
    expect(written(hledger, [exportLine(), refund, pending])).toBe(`; Exported from Tuppence, 2026-11-30T13:00:00.000+01:00
decimal-mark .

commodity 10.00 EUR

account Expenses:pixel-forge

account Assets:card-1

2026-11-23 * (R-1) Pixel Forge | Starlight cape
    ; line:charge
    ; state:succeeded
    ; receipt:R-1
    ; id:p1-1
    ; at:2026-11-23T10:00:01.000+01:00
    ; price:0.99 EUR
    ; tax:0.16 EUR (19 %)
    ; game:Nebula Run
    ; kind:item
    Expenses:pixel-forge  0.99 EUR
    Assets:card-1  -0.99 EUR

2026-11-23 * (R-1) Pixel Forge | Starlight cape
    ; line:refund
    ; state:partlyRefunded
    ; receipt:R-1
    ; reference:RF-1
    ; id:p1-2
    ; at:2026-11-23T10:00:01.000+01:00
    ; price:0.99 EUR
    ; tax:0.16 EUR (19 %)
    ; game:Nebula Run
    ; kind:item
    Expenses:pixel-forge  -0.50 EUR
    Assets:card-1  0.50 EUR

2026-11-23 ! (p2) Pixel Forge | Starlight cape
    ; line:pending
    ; state:unknown
    ; id:p2-0
    ; at:2026-11-23T10:00:01.000+01:00
    ; price:0.99 EUR
    ; tax:0.16 EUR (19 %)
    ; game:Nebula Run
    ; kind:item

`)
  })

  it('what hledger has no way to escape is replaced, so that nothing ends or begins where it should not', () => {
    const [line] = written(hledger, [exportLine({ payee: 'A|B; C', item: 'x; y | z', who: 'a, b:c' })]).match(/^2026.*$/m) ?? []
    expect(line).toBe('2026-11-23 * (R-1) A/B, C | x, y | z')
    expect(written(hledger, [exportLine({ who: 'a, b:c' })])).toContain('; who:a; b:c\n')
  })

  describe.skipIf(which('hledger') === undefined)('read by hledger itself', () => {
    it('balances under its strictest check, whatever the names', () => {
      const lines = [exportLine(), refund, pending, ...awkwardLines, ...currencies]
      expect(run('hledger', hledger, lines, '-f', 'FILE', 'check', '--strict')).toEqual({ status: 0, stdout: '', stderr: '' })
    })

    it('says the same balances; what is open counts nothing', () => {
      const { stdout } = run('hledger', hledger, [exportLine(), refund, pending, ...currencies], '-f', 'FILE', 'balance', '--flat', '--no-total', '-O', 'csv', 'Expenses')
      const balances = Object.fromEntries(parseCsv(stdout.replaceAll('\n', '\r\n')).map(({ account, balance }) => [account, balance]))
      expect(balances).toEqual({
        'Expenses:a.b_c': '999999999999999.99 USD',
        'Expenses:a:b': '1.250 KWD',
        'Expenses:pixel-forge': '0.49 EUR, 120 JPY',
      })
    })

    it('finds all lines of a purchase by its receipt number', () => {
      const { stdout } = run('hledger', hledger, [exportLine(), refund, exportLine({ receiptNumber: 'R-12', purchaseId: 'p3' })], '-f', 'FILE', 'print', '-O', 'csv', 'tag:receipt=^R-1$')
      expect([...stdout.matchAll(/line:(\w+)/g)].map(([, kind]) => kind)).toEqual(['charge', 'charge', 'refund', 'refund'])
    })

    it('takes an export without lines', () => {
      expect(run('hledger', hledger, [], '-f', 'FILE', 'check', '--strict').status).toBe(0)
    })
  })
})

describe('beancount', () => {
  it('P9 opens its accounts, links all lines of a purchase, and says everything else as metadata', () => {
    expect(written(beancount, [exportLine({ payee: 'Pixel "Forge" \\' }), refund, pending])).toBe(`; Exported from Tuppence, 2026-11-30T13:00:00.000+01:00
option "title" "Tuppence"

1970-01-01 commodity EUR

1970-01-01 open Expenses:Seller-pixel-forge

1970-01-01 open Assets:Funding-card-1

2026-11-23 * "Pixel \\"Forge\\" \\\\" "Starlight cape" ^R-1
  line: "charge"
  state: "succeeded"
  receipt: "R-1"
  id: "p1-1"
  at: "2026-11-23T10:00:01.000+01:00"
  price: 0.99 EUR
  tax: 0.16 EUR
  taxrate: 19
  seller: "pixel-forge"
  funding: "card-1"
  game: "Nebula Run"
  kind: "item"
  Expenses:Seller-pixel-forge  0.99 EUR
  Assets:Funding-card-1  -0.99 EUR

2026-11-23 * "Pixel Forge" "Starlight cape" ^R-1
  line: "refund"
  state: "partlyRefunded"
  receipt: "R-1"
  reference: "RF-1"
  id: "p1-2"
  at: "2026-11-23T10:00:01.000+01:00"
  price: 0.99 EUR
  tax: 0.16 EUR
  taxrate: 19
  seller: "pixel-forge"
  funding: "card-1"
  game: "Nebula Run"
  kind: "item"
  Expenses:Seller-pixel-forge  -0.50 EUR
  Assets:Funding-card-1  0.50 EUR

2026-11-23 ! "Pixel Forge" "Starlight cape" ^p2
  line: "pending"
  state: "unknown"
  id: "p2-0"
  at: "2026-11-23T10:00:01.000+01:00"
  price: 0.99 EUR
  tax: 0.16 EUR
  taxrate: 19
  seller: "pixel-forge"
  funding: "card-1"
  game: "Nebula Run"
  kind: "item"

`)
  })

  it('receipt numbers that come close to one another never share a link', () => {
    const numbers = ['R:1', 'R_1', 'R-1', 'R.1', 'R::1', 'R1']
    const links = written(beancount, numbers.map((receiptNumber) => exportLine({ receiptNumber }))).match(/ \^\S+$/gm)
    expect(new Set(links).size).toBe(numbers.length)
  })

  it('ids that come close to one another never share an account', () => {
    const ids = ['a:b', 'a.b', 'a_b', 'a-b', 'a-3a-b', 'ab', 'Ab', 'x-a', 'a-2d-b', '-a', '.a', 'a:', 'a::b']
    const accounts = written(beancount, ids.map((sellerId) => exportLine({ sellerId }))).match(/open Expenses:\S+/g)
    expect(new Set(accounts).size).toBe(ids.length)
  })

  describe.skipIf(pythonOfBeancount() === null)('read by beancount itself', () => {
    const read = (lines: ExportLine[]) => {
      const { status, stdout, stderr } = run(pythonOfBeancount() ?? '', beancount, lines, '-c', readBeancount, 'FILE')
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
      return JSON.parse(stdout) as {
        errors: string[]
        transactions: { payee: string; item: string; who: string; links: string[]; flag: string; postings: [string, string, string][] }[]
      }
    }

    it('is without a fault and has every name as it was', () => {
      const { errors, transactions } = read(awkwardLines)
      expect(errors).toEqual([])
      const names = awkward.flatMap((name) => Array.from({ length: 2 }, () => name.replace('\n', ' ').toWellFormed()))
      expect(transactions.map(({ payee }) => payee).sort()).toEqual(names.sort())
      expect(transactions.filter(({ payee, item, who }) => payee !== item || who !== payee)).toEqual([])
    })

    it('has every posting to the last digit, and none of what is open', () => {
      const { errors, transactions } = read([exportLine(), refund, pending, ...currencies])
      expect(errors).toEqual([])
      expect(transactions.map(({ flag, links, postings }) => [flag, links, postings[0] ?? null])).toEqual(
        expect.arrayContaining([
          ['*', ['R-1'], ['Expenses:Seller-pixel-forge', '0.99', 'EUR']],
          ['*', ['R-1'], ['Expenses:Seller-pixel-forge', '-0.50', 'EUR']],
          ['!', ['p2'], null],
          ['*', ['R-1'], ['Expenses:Seller-pixel-forge', '120', 'JPY']],
          ['*', ['R-1'], ['Expenses:Sellerx-a-3a-b', '1.250', 'KWD']],
          ['*', ['R-1'], ['Expenses:Sellerx-a-2e-b-5f-c', '999999999999999.99', 'USD']],
        ]),
      )
      expect(transactions).toHaveLength(6)
    })
  })
})
