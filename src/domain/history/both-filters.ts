/** Two filters as one. */
import type { HistoryFilter } from './filter.ts'

/** What fits both. */
export function both(one: HistoryFilter, other: HistoryFilter): HistoryFilter {
  return {
    words: [...one.words, ...other.words],
    sellerWords: [...one.sellerWords, ...other.sellerWords],
    from: pick(one.from, other.from, (a, b) => (a > b ? a : b)),
    before: pick(one.before, other.before, (a, b) => (a < b ? a : b)),
    memberIds: common(one.memberIds, other.memberIds),
    sellerIds: common(one.sellerIds, other.sellerIds),
    lineKinds: common(one.lineKinds, other.lineKinds),
    states: common(one.states, other.states),
    offerKinds: common(one.offerKinds, other.offerKinds),
    currencies: common(one.currencies, other.currencies),
    sources: common(one.sources, other.sources),
    amounts: [...one.amounts, ...other.amounts],
    purchaseIds: common(one.purchaseIds, other.purchaseIds),
  }
}

function pick<T>(one: T | null, other: T | null, choose: (a: T, b: T) => T): T | null {
  return one === null || other === null ? (one ?? other) : choose(one, other)
}

function common<T>(one: readonly T[] | null, other: readonly T[] | null): readonly T[] | null {
  return pick(one, other, (a, b) => a.filter((value) => b.includes(value)))
}
