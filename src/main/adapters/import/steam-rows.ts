/**
 * What a line of Steam's account history is, the same from the saved page and from its copies in CSV. Steam has no word for it that is the
 * same in every language, so structure comes first: what was refunded is marked, and only what fills the wallet makes it grow.
 */
import type { ReadDate } from '../../../domain/imports/date-text.ts'
import { readMoney } from '../../../domain/imports/money-text.ts'
import type { BadRowReason } from '../../ports/import-reader.ts'
import type { FoundRow } from './found-rows.ts'
import { namesTogether, oneLine } from './names.ts'
import { isFreeWord, says } from './type-words.ts'

export interface SteamLine {
  readonly n: number
  readonly date: ReadDate | null
  readonly items: readonly string[]
  /** What was bought within the game that `items` then names. */
  readonly within: readonly string[]
  readonly type: string
  readonly total: string
  readonly walletChange: string
  readonly transaction: string | undefined
  readonly paidWith: readonly string[]
  /** A purchase that is shown as refunded. */
  readonly isRefunded: boolean
  /** A line that is shown as the refund itself. */
  readonly isRefund: boolean
}

export const steamPayee = 'Steam'

export function steamRow(line: SteamLine, homeCurrency: string | null): FoundRow | BadRowReason {
  const isRefund = line.isRefund || (!line.isRefunded && says('refund', line.type))
  if (!isRefund && isOfWallet(line)) return 'notAPurchase'
  if (isFreeWord(line.total)) return 'free'
  const total = readMoney(line.total, { homeCurrency })
  if (total.kind !== 'money') return total.kind
  const { amount, currency } = total.money
  return {
    n: line.n,
    kind: isRefund ? 'refund' : 'charge',
    date: line.date,
    ...named(line),
    payee: steamPayee,
    money: { amount: amount < 0n ? -amount : amount, currency },
    order: line.transaction,
    paidWith: namesTogether(line.paidWith),
    isRefunded: line.isRefunded,
  }
}

/** Filling it, selling on the market, and changing its currency. What is then bought from the wallet is a line of its own. */
function isOfWallet({ type, items, total, walletChange }: SteamLine): boolean {
  const grows = /^[^\d]{0,8}\+/.test(walletChange)
  return grows || total.trim() === '' || says('conversion', type) || says('topUp', type) || items.some((item) => says('topUp', item))
}

function named({ items, within, type }: SteamLine): Pick<FoundRow, 'item' | 'game' | 'commonName'> {
  const what = namesTogether(items.map(oneLine))
  // Beside a gift stands for whom it was.
  if (within.length === 0 || says('gift', type)) return { item: what }
  // Copies of the page have both in one cell.
  return { item: namesTogether(within.map(oneLine)), game: what, commonName: [...items, ...within].join() }
}
