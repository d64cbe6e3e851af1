import { currencyNamed, type MoneyHints, readMoney } from '../../../domain/imports/money-text.ts'
import type { Money } from '../../../domain/money.ts'
import type { BadRowReason, CsvMapping } from '../../ports/import-reader.ts'
import { isFreeWord } from './type-words.ts'

type Amounts = Pick<CsvMapping, 'amount' | 'currency'> & { readonly decimal: CsvMapping['decimal'] | null }

/** What a record moved; the amount is more than nothing. */
export type Moved = { readonly kind: 'charge' | 'refund'; readonly money: Money }

/** Reads what a record moved by its columns. `decimal` null tells each amount from itself. */
export function movedIn(cells: readonly string[], { amount, currency, decimal }: Amounts, homeCurrency: string | null): Moved | BadRowReason {
  const columns = amount.kind === 'signed' ? [amount.column] : [amount.debit, amount.credit]
  const named = 'code' in currency ? currency.code : columns.includes(currency.column) ? null : nameIn(cells[currency.column] ?? '', homeCurrency)
  if (named === '') return 'noCurrency'
  const hints: MoneyHints = { currency: named, homeCurrency, decimal }
  if (amount.kind === 'signed') return signed(cells[amount.column] ?? '', hints, amount.spendingIs === 'negative')
  const [debit, credit] = [sizeOf(cells[amount.debit] ?? '', hints), sizeOf(cells[amount.credit] ?? '', hints)]
  if (typeof debit === 'string') return debit
  if (typeof credit === 'string') return credit
  if (debit && credit && debit.amount > 0n && credit.amount > 0n) return 'noAmount'
  if (debit && debit.amount > 0n) return { kind: 'charge', money: debit }
  if (credit && credit.amount > 0n) return { kind: 'refund', money: credit }
  return 'free'
}

/** A code or a sign, as it stands there where it is neither, and nothing where there is none. */
function nameIn(cell: string, homeCurrency: string | null): string {
  const text = cell.trim()
  return text === '' ? '' : (currencyNamed(text, homeCurrency) ?? text)
}

function signed(cell: string, hints: MoneyHints, spendingIsNegative: boolean): Moved | BadRowReason {
  if (isFreeWord(cell)) return 'free'
  const read = readMoney(cell, hints)
  if (read.kind !== 'money') return read.kind
  const { amount, currency } = read.money
  if (amount === 0n) return 'free'
  const kind = amount < 0n === spendingIsNegative ? 'charge' : 'refund'
  return { kind, money: { amount: amount < 0n ? -amount : amount, currency } }
}

/** Of a column that says by itself which way money went; some banks give it a sign as well. Null for an empty cell. */
function sizeOf(cell: string, hints: MoneyHints): Money | null | BadRowReason {
  if (cell.trim() === '') return null
  const read = readMoney(cell, hints)
  if (read.kind !== 'money') return read.kind
  const { amount, currency } = read.money
  return { amount: amount < 0n ? -amount : amount, currency }
}
