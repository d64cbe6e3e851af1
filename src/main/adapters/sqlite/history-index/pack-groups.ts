/** Groups on their way from thread to thread: what is copied column by column takes a fifth of the time of as many objects. */
import type { HistoryDimension, HistoryGroup } from '../../../ports/history-index.ts'

type Rest = Omit<HistoryGroup, 'by'>

export interface PackedGroups {
  readonly by: readonly (readonly [HistoryDimension, readonly (string | null)[]])[]
  readonly rest: { readonly [K in keyof Rest]: readonly Rest[K][] }
}

export function packGroups(groups: readonly HistoryGroup[], by: readonly HistoryDimension[]): PackedGroups {
  return {
    by: by.map((dimension) => [dimension, groups.map((group) => group.by[dimension] ?? null)]),
    rest: {
      payee: groups.map(({ payee }) => payee),
      units: groups.map(({ units }) => units),
      currency: groups.map(({ currency }) => currency),
      debit: groups.map(({ debit }) => debit),
      credit: groups.map(({ credit }) => credit),
      pending: groups.map(({ pending }) => pending),
      lines: groups.map(({ lines }) => lines),
    },
  }
}

export function unpackGroups({ by, rest }: PackedGroups): HistoryGroup[] {
  const { payee, units, debit, credit, pending, lines } = rest
  return rest.currency.map((currency, at) => {
    const values: Partial<Record<HistoryDimension, string | null>> = {}
    for (const [dimension, column] of by) values[dimension] = column[at] ?? null
    const sums = { debit: debit[at] ?? 0n, credit: credit[at] ?? 0n, pending: pending[at] ?? 0n }
    return { by: values, payee: payee[at] ?? null, units: units[at] ?? 0, currency, ...sums, lines: lines[at] ?? 0 }
  })
}
