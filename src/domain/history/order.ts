/** In which order lines are listed. */
import { decimalOf } from '../export/export-text.ts'
import type { Names } from './filter.ts'
import { amountOf } from './filter.ts'
import { fold } from './fold.ts'
import type { HistoryLine, LineKind } from './line.ts'

export const sortColumns = ['at', 'item', 'who', 'payee', 'state', 'receipt', 'amount'] as const
export type SortColumn = (typeof sortColumns)[number]

export interface HistoryOrder {
  readonly by: SortColumn
  readonly direction: 'ascending' | 'descending'
}

export const newestFirst: HistoryOrder = { by: 'at', direction: 'descending' }

/** What still has to be looked at comes first, what came to nothing last. */
export const kindOrder: readonly LineKind[] = ['pending', 'charge', 'refund', 'chargeback', 'chargebackReversal', 'notCharged']

/**
 * Below nothing where the first comes before the second. Texts are compared folded, by code units; amounts as numbers of major units, then by currency.
 * What is alike by the column goes newest first, and what is of one moment by the order in the log, in either direction.
 */
export function compareLines(one: HistoryLine, other: HistoryLine, { by, direction }: HistoryOrder, names: Names): number {
  const sign = direction === 'ascending' ? 1 : -1
  return sign * compareBy[by](one, other, names) || order(other.at, one.at) || other.seq - one.seq || order(one.id, other.id)
}

const order = <T extends string | number | bigint>(one: T, other: T): number => (one < other ? -1 : one > other ? 1 : 0)

const whoOf = ({ memberId }: HistoryLine, names: Names) => fold(memberId === null ? '' : (names[memberId] ?? ''))

const compareBy: Record<SortColumn, (one: HistoryLine, other: HistoryLine, names: Names) => number> = {
  at: (one, other) => order(one.at, other.at),
  item: (one, other) => order(fold(one.item), fold(other.item)),
  who: (one, other, names) => order(whoOf(one, names), whoOf(other, names)),
  payee: (one, other) => order(fold(one.payee), fold(other.payee)),
  state: (one, other) => order(kindOrder.indexOf(one.kind), kindOrder.indexOf(other.kind)) || order(one.state, other.state),
  receipt: (one, other) => order(one.receiptNumber ?? '', other.receiptNumber ?? ''),
  amount: (one, other) => compareAmounts(one, other),
}

/** Both as whole numbers of the smaller minor unit. */
function compareAmounts(one: HistoryLine, other: HistoryLine): number {
  const scaled = (line: HistoryLine) => {
    const { amount, currency } = amountOf(line)
    const [whole = '', fraction = ''] = decimalOf(amount, currency).split('.')
    return BigInt(whole + fraction.padEnd(4, '0'))
  }
  return order(scaled(one), scaled(other)) || order(one.price.currency, other.price.currency)
}
