import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { which } from '../../scripts/lib/which.mjs'
import { exportFormats, type ExportFormatName } from '../../src/domain/export/formats.ts'
import { decimalOf } from '../../src/domain/export/export-text.ts'
import type { Posting } from '../../src/domain/ledger.ts'
import { toDecimal } from '../../src/domain/money.ts'
import { arbitraryHistory } from '../support/arbitrary-history.ts'
import { exportedFrom, exportHead, minorOf, parseCsv, spentIn, sumsOf } from '../support/export-lines.ts'

const written = (format: ExportFormatName, lines: ReturnType<typeof exportedFrom>['lines']) => [...exportFormats[format].write(lines, exportHead)].join('')

const expensesOf = (postings: readonly Posting[]) => postings.filter(({ account }) => account.startsWith('Expenses:'))

it.each(['csv', 'jsonl', 'hledger', 'beancount', 'ofx'] as const)('P9 the sums of %s, read back, are those of the postings', (format) => {
  fc.assert(
    fc.property(arbitraryHistory, (history) => {
      const { lines, postings } = exportedFrom(history)
      const posted = sumsOf(expensesOf(postings).map(({ amount: { amount, currency } }) => [currency, amount] as const))
      expect(spentIn[format](written(format, lines))).toEqual(posted)
    }),
  )
})

it('every line has an id of its own', () => {
  fc.assert(
    fc.property(arbitraryHistory, (history) => {
      const ids = exportedFrom(history).lines.map(({ id }) => id)
      expect(new Set(ids).size).toBe(ids.length)
    }),
  )
})

it('amounts are written as everywhere else', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.constantFrom('EUR', 'JPY', 'KWD', 'CLF'), (amount, currency) => {
      expect(decimalOf(amount, currency)).toBe(toDecimal({ amount, currency }))
    }),
  )
})

describe('what other programs read', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tuppence-export-'))
  afterAll(() => rmSync(folder, { recursive: true }))

  /** Few, since a program is started for each; none without postings. */
  const histories = () => fc.sample(arbitraryHistory, { numRuns: 50, seed: 5 }).filter((history) => exportedFrom(history).postings.length > 4).slice(0, 5)

  function ask(program: string, format: ExportFormatName, lines: ReturnType<typeof exportedFrom>['lines'], args: (file: string) => string[]) {
    const file = join(folder, `ledger.${format}`)
    writeFileSync(file, written(format, lines))
    const { status, stdout, stderr } = spawnSync(program, args(file), { encoding: 'utf8' })
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    return parseCsv(stdout.replaceAll(/\r?\n/g, '\r\n'))
  }

  it.skipIf(which('hledger') === undefined)('P9 hledger says the same balance of every account', () => {
    for (const history of histories()) {
      const { lines, postings } = exportedFrom(history)
      const rows = ask('hledger', 'hledger', lines, (file) => ['-f', file, 'balance', '--flat', '--no-total', '-O', 'csv'])
      const balances = rows.flatMap(({ account = '', balance = '' }) =>
        balance.split(', ').map((one) => {
          const [amount = '', currency = ''] = one.split(' ')
          return [`${account} ${currency}`, amount === '0' ? 0n : minorOf(amount, currency)] as const
        }),
      )
      expect(sumsOf(balances)).toEqual(sumsOf(postings.map(({ account, amount }) => [`${account} ${amount.currency}`, amount.amount] as const)))
    }
    expect(histories()).toHaveLength(5)
  })

  it.skipIf(which('bean-query') === undefined)('P9 beancount says the same balance of every seller', () => {
    for (const history of histories()) {
      const { lines, postings } = exportedFrom(history)
      const query = 'SELECT entry_meta("seller") AS seller, currency, sum(number) AS total WHERE account ~ "Expenses" GROUP BY seller, currency'
      const rows = ask('bean-query', 'beancount', lines, (file) => ['-f', 'csv', file, query])
      const totals = rows.map(({ seller = '', currency = '', total = '' }) => {
        const [whole = '', fraction = ''] = total.trim().split('.')
        const digits = decimalOf(0n, currency.trim()).split('.')[1]?.length ?? 0
        return [`Expenses:${seller.trim()} ${currency.trim()}`, BigInt(whole + fraction.padEnd(digits, '0').slice(0, digits))] as const
      })
      expect(sumsOf(totals)).toEqual(sumsOf(expensesOf(postings).map(({ account, amount }) => [`${account} ${amount.currency}`, amount.amount] as const)))
    }
    expect(histories()).toHaveLength(5)
  })
})
