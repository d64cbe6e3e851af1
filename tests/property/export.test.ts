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
import { arbitraryFullHistory } from '../support/arbitrary-history.ts'
import { exportedFrom, exportHead, minorOf, parseCsv, pythonOfBeancount, readBeancount, spentIn, sumsOf } from '../support/export-lines.ts'

/** hledger reads files by the encoding of the locale, and a bare machine has none. */
const inUtf8 = { ...process.env, LC_ALL: 'C.UTF-8' }

const written = (format: ExportFormatName, lines: ReturnType<typeof exportedFrom>['lines']) => [...exportFormats[format].write(lines, exportHead)].join('')

const expensesOf = (postings: readonly Posting[]) => postings.filter(({ account }) => account.startsWith('Expenses:'))

it.each(['csv', 'jsonl', 'hledger', 'beancount', 'ofx'] as const)('P9 the sums of %s, read back, are those of the postings', (format) => {
  fc.assert(
    fc.property(arbitraryFullHistory, (history) => {
      const { lines, postings } = exportedFrom(history)
      const posted = sumsOf(expensesOf(postings).map(({ amount: { amount, currency } }) => [currency, amount] as const))
      expect(spentIn[format](written(format, lines))).toEqual(posted)
    }),
  )
})

it('every line has an id of its own', () => {
  fc.assert(
    fc.property(arbitraryFullHistory, (history) => {
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
  const histories = () => fc.sample(arbitraryFullHistory, { numRuns: 50, seed: 5 }).filter((history) => exportedFrom(history).postings.length > 4).slice(0, 5)

  function ask(program: string, format: ExportFormatName, lines: ReturnType<typeof exportedFrom>['lines'], args: (file: string) => string[]): string {
    const file = join(folder, `ledger.${format}`)
    writeFileSync(file, written(format, lines))
    const { status, stdout, stderr } = spawnSync(program, args(file), { encoding: 'utf8', env: inUtf8 })
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    return stdout
  }

  it.skipIf(which('hledger') === undefined)('P9 hledger says the same balance of every account', () => {
    for (const history of histories()) {
      const { lines, postings } = exportedFrom(history)
      const stdout = ask('hledger', 'hledger', lines, (file) => ['-f', file, 'balance', '--flat', '--no-total', '-O', 'csv'])
      const balances = parseCsv(stdout.replaceAll('\n', '\r\n')).flatMap(({ account = '', balance = '' }) =>
        balance.split(', ').map((one) => {
          const [amount = '', currency = ''] = one.split(' ')
          return [`${account} ${currency}`, amount === '0' ? 0n : minorOf(amount, currency)] as const
        }),
      )
      expect(sumsOf(balances)).toEqual(sumsOf(postings.map(({ account, amount }) => [`${account} ${amount.currency}`, amount.amount] as const)))
    }
    expect(histories()).toHaveLength(5)
  })

  it.skipIf(pythonOfBeancount() === null)('P9 beancount says the same balance of every seller', () => {
    for (const history of histories()) {
      const { lines, postings } = exportedFrom(history)
      const read = JSON.parse(ask(pythonOfBeancount() ?? '', 'beancount', lines, (file) => ['-c', readBeancount, file])) as {
        errors: string[]
        transactions: { seller: string; postings: [account: string, number: string, currency: string][] }[]
      }
      expect(read.errors).toEqual([])
      const spent = read.transactions.flatMap(({ seller, postings: [expenses] }) =>
        expenses ? [[`Expenses:${seller} ${expenses[2]}`, minorOf(expenses[1], expenses[2])] as const] : [],
      )
      expect(sumsOf(spent)).toEqual(sumsOf(expensesOf(postings).map(({ account, amount }) => [`${account} ${amount.currency}`, amount.amount] as const)))
    }
    expect(histories()).toHaveLength(5)
  })
})
