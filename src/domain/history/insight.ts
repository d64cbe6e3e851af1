/**
 * What a period's purchases come to, beside the period before. Spending is gross: what came back is a sum of its own. All amounts are minor
 * units of one currency; other currencies have an insight of their own, since nothing here makes up a rate of exchange.
 */
import type { CurrencyTotal } from './summary.ts'

export interface Sums {
  readonly debit: bigint
  readonly credit: bigint
  readonly pending: bigint
  readonly lines: number
}

/** A part of the period's spending, such as that at one seller; `before` is its spending in the period before. */
export interface Share<K> extends Sums {
  readonly key: K
  readonly before: bigint
}

export interface Bucket {
  /** A day or a month. */
  readonly key: string
  readonly debit: bigint
  readonly credit: bigint
}

const none: Sums = { debit: 0n, credit: 0n, pending: 0n, lines: 0 }

export function sumOf(totals: Iterable<CurrencyTotal>): Sums {
  let sum = none
  for (const { debit, credit, pending, lines } of totals) {
    sum = { debit: sum.debit + debit, credit: sum.credit + credit, pending: sum.pending + pending, lines: sum.lines + lines }
  }
  return sum
}

/**
 * The parts by how much was spent on each, most first, and then by what they are called. Whatever was there in the period before only is
 * there too, so that what somebody stopped buying is seen.
 */
export function sharesOf<G extends CurrencyTotal, K>(now: readonly G[], before: readonly G[], keyOf: (group: G) => K): Share<K>[] {
  const textOf = (group: G) => JSON.stringify(keyOf(group))
  const [later, earlier] = [Map.groupBy(now, textOf), Map.groupBy(before, textOf)]
  const keys = new Map([...before, ...now].map((group) => [textOf(group), keyOf(group)]))
  const shares = [...keys].map(([text, key]) => {
    return { text, key, ...sumOf(later.get(text) ?? []), before: sumOf(earlier.get(text) ?? []).debit }
  })
  const sorted = shares.sort((one, other) => order(other.debit, one.debit) || order(other.before, one.before) || order(one.text, other.text))
  return sorted.map(({ text: _, ...share }) => share)
}

/** One for each key, in the order of the keys. */
export function bucketsFrom<G extends CurrencyTotal>(groups: readonly G[], keys: readonly string[], keyOf: (group: G) => string | null): Bucket[] {
  const byKey = Map.groupBy(groups, keyOf)
  return keys.map((key) => {
    const { debit, credit } = sumOf(byKey.get(key) ?? [])
    return { key, debit, credit }
  })
}

/** The currency to begin with: the household's where something was bought in it, else that of most lines. Null without any. */
export function mainCurrency(totals: readonly CurrencyTotal[], household: string | null): string | null {
  if (totals.some(({ currency }) => currency === household)) return household
  const most = totals.toSorted((one, other) => other.lines - one.lines || order(one.currency, other.currency))[0]
  return most?.currency ?? null
}

const order = <T extends bigint | string>(one: T, other: T): number => (one < other ? -1 : one > other ? 1 : 0)
