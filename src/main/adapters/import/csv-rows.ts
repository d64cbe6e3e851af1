import type { ReadDate } from '../../../domain/imports/date-text.ts'
import type { BadRowReason, CsvMapping } from '../../ports/import-reader.ts'
import type { Columns } from './column-names.ts'
import { movedIn } from './csv-amounts.ts'
import { type CsvSource, payeeOf, withoutGuard } from './csv-profiles.ts'
import type { FoundRow } from './found-rows.ts'
import { steamRow } from './steam-rows.ts'
import { says } from './type-words.ts'

export interface RowContext {
  readonly source: CsvSource
  readonly roles: Columns
  readonly isOwn: boolean
  readonly mapping: CsvMapping
  /** Columns that are methods of payment, with the part of the price that each paid. */
  readonly payments: readonly { readonly column: number; readonly name: string }[]
  readonly homeCurrency: string | null
  readonly readDate: (text: string, order: CsvMapping['dateOrder']) => ReadDate | null
}

/** What a record says, in one or two rows: a purchase that the store shows as refunded has a refund of its own. */
export function rowsOf(cells: readonly string[], n: number, context: RowContext): readonly FoundRow[] | BadRowReason {
  const { source, roles, mapping, isOwn, readDate } = context
  const cell = (column: number | null | undefined) => (column === null || column === undefined ? '' : (cells[column] ?? '').trim())
  const name = (column: number | null | undefined) => (isOwn ? withoutGuard(cell(column)) : cell(column))
  const date = readDate(cell(mapping.date), mapping.dateOrder)
  if (source === 'steam') return steam(cells, n, date, context)
  const [type, status] = [isOwn ? '' : cell(roles.type), isOwn || source === 'csv' ? '' : cell(roles.status)]
  if (says('topUp', type) || says('conversion', type)) return 'notAPurchase'
  if (says('nothing', status)) return 'free'
  // Shops write an amount as it is given in their own way; a plain file has one, that a person has seen.
  const moved = movedIn(cells, { ...mapping, decimal: source === 'csv' ? mapping.decimal : null }, context.homeCurrency)
  if (typeof moved === 'string') return moved
  const payee = name(mapping.payee)
  const isRefund = moved.kind === 'refund' || (mapping.amount.kind === 'signed' && says('refund', type))
  const order = name(mapping.order)
  const row: FoundRow = {
    n,
    kind: isRefund ? 'refund' : 'charge',
    date,
    item: name(mapping.item) || payee || (source === 'csv' ? '' : type),
    game: roles.game === mapping.item ? undefined : name(roles.game),
    payee: payee || payeeOf[source],
    money: moved.money,
    order,
    reference: isRefund ? name(roles.reference) : undefined,
    paidWith: name(roles.paidWith),
    identity: isOwn ? cell(cells.length - 1) : order,
  }
  return !isRefund && says('refund', status) ? [row, { ...row, n: null, kind: 'refund' }] : [row]
}

function steam(cells: readonly string[], n: number, date: ReadDate | null, { roles, mapping, payments, homeCurrency }: RowContext): readonly FoundRow[] | BadRowReason {
  const parts = (column: number | undefined) => (column === undefined ? [] : (cells[column] ?? '').split(/ [|/] |\r?\n/).map((part) => part.trim()).filter((part) => part !== ''))
  const [type = '', ...paid] = parts(roles.type)
  const items = parts(mapping.item)
  const isMarked = items.length > 1 && says('refund', items.at(-1) ?? '')
  const methods = payments.filter(({ column }) => (cells[column] ?? '').trim() !== '').map(({ name }) => name)
  const found = steamRow(
    {
      n,
      date,
      items: isMarked ? items.slice(0, -1) : items,
      within: [],
      type,
      total: mapping.amount.kind === 'signed' ? (cells[mapping.amount.column] ?? '') : '',
      walletChange: cells[roles.walletChange ?? -1] ?? '',
      transaction: undefined,
      paidWith: methods.length > 0 ? methods : paid,
      isRefunded: false,
      isRefund: isMarked,
    },
    homeCurrency,
  )
  return typeof found === 'string' ? found : [found]
}
