/** What lines of the history come to. Money that comes back is a sum of its own, never taken off what was spent. */
import type { HistoryLine } from './line.ts'

export interface CurrencyTotal {
  readonly currency: string
  /** Charges and reversed chargebacks, in minor units. */
  readonly debit: bigint
  /** Refunds and chargebacks, in minor units; not below nothing. */
  readonly credit: bigint
  /** What is not known yet to have been charged, in minor units. */
  readonly pending: bigint
  readonly lines: number
}

export interface MonthTotal {
  /** `2026-10`, by the calendar of the household. */
  readonly month: string
  readonly lines: number
  readonly totals: readonly CurrencyTotal[]
}

export interface HistorySummary {
  readonly lines: number
  /** By the code of the currency. */
  readonly totals: readonly CurrencyTotal[]
  /** Newest first. Only months with lines. */
  readonly months: readonly MonthTotal[]
}

/** `monthOf` gives the calendar month of an instant. */
export function summarise(lines: Iterable<HistoryLine>, monthOf: (at: string) => string): HistorySummary {
  const all = totals()
  const months = new Map<string, ReturnType<typeof totals>>()
  for (const line of lines) {
    const month = monthOf(line.at)
    const ofMonth = months.get(month) ?? totals()
    months.set(month, ofMonth)
    all.add(line)
    ofMonth.add(line)
  }
  const newestFirst = [...months].sort(([one], [other]) => (one < other ? 1 : -1))
  return { ...all.get(), months: newestFirst.map(([month, sums]) => ({ month, ...sums.get() })) }
}

const nothing = { debit: 0n, credit: 0n, pending: 0n, lines: 0 }

function totals() {
  const sums = new Map<string, CurrencyTotal>()
  let count = 0
  return {
    add({ kind, moved, price }: HistoryLine) {
      const { currency } = price
      const before = sums.get(currency) ?? { currency, ...nothing }
      count += 1
      sums.set(currency, {
        currency,
        debit: before.debit + (moved > 0n ? moved : 0n),
        credit: before.credit + (moved < 0n ? -moved : 0n),
        pending: before.pending + (kind === 'pending' ? price.amount : 0n),
        lines: before.lines + 1,
      })
    },
    get: () => ({ lines: count, totals: [...sums.values()].sort((one, other) => (one.currency < other.currency ? -1 : 1)) }),
  }
}
