import type { HistoryFilter, Names } from '../../domain/history/filter.ts'
import type { HistoryLine } from '../../domain/history/line.ts'
import type { HistoryOrder } from '../../domain/history/order.ts'
import type { CurrencyTotal, HistorySummary } from '../../domain/history/summary.ts'
import type { ImportSource } from '../../domain/imports.ts'

export interface HistoryQuestion {
  readonly filter: HistoryFilter
  readonly order: HistoryOrder
  /** Whose purchases the one who asks may see; null for everybody's. Always from src/domain/roles.ts, never from a page. */
  readonly seen: HistoryFilter['memberIds']
  readonly names: Names
  /** The IANA time zone by whose calendar days and months are. */
  readonly zone: string
}

/** By what lines are put together. `item` is an item of a seller, `unit` the unit of a bundle. */
export type HistoryDimension = 'day' | 'month' | 'seller' | 'item' | 'kind' | 'member' | 'source' | 'unit'

/** Lines of one currency that are alike in what was asked for. Null where a line has none of that: no kind, no member, no unit. */
export interface HistoryGroup extends CurrencyTotal {
  /** `2026-10-03`, `2026-10`, an id, or a name; of an item and a seller the id of the seller and the names are in `item` and `payee`. */
  readonly by: Readonly<Partial<Record<HistoryDimension, string | null>>>
  /** The newest name of the seller, where it was asked for by seller or item. */
  readonly payee: string | null
  /** How many units the bundles among the charges hold. */
  readonly units: number
}

export interface HistoryFacets {
  /** By name. */
  readonly sellers: readonly { readonly sellerId: string; readonly payee: string }[]
  readonly memberIds: readonly (string | null)[]
  readonly currencies: readonly string[]
  readonly sources: readonly HistoryLine['source'][]
  /** When the first and the last line are, RFC 3339 in UTC; null without any. */
  readonly first: string | null
  readonly last: string | null
}

export interface KnownImport {
  readonly importId: string
  readonly source: ImportSource
  readonly fileName: string
  /** When it was imported. */
  readonly at: string
  readonly memberId: string | null
  readonly counts: boolean
  readonly rows: number
  /** Less than `parts` where it was cut short. */
  readonly partsThere: number
  readonly parts: number
  readonly undoneAt: string | null
}

/**
 * Finds and adds up lines of the history, over any number of them and off the main process's event loop. It is made from the log, can be made
 * anew at any time, and answers with everything that the log holds when it is asked. Calls reject with LogStorageError where the log cannot be
 * read.
 */
export interface HistoryIndex {
  /** How far it has come where it is being made; null when it is there. */
  progress(): { readonly done: number; readonly total: number } | null
  page(question: HistoryQuestion, window: { readonly offset: number; readonly limit: number }): Promise<HistoryLine[]>
  summary(question: HistoryQuestion): Promise<HistorySummary>
  /** In no order. */
  groups(question: HistoryQuestion, by: readonly HistoryDimension[]): Promise<HistoryGroup[]>
  facets(seen: HistoryQuestion['seen']): Promise<HistoryFacets>
  /** The numbers of all events about a purchase, in order. */
  eventsOf(purchaseId: string): Promise<number[]>
  /** Newest first, with those undone. */
  imports(): Promise<KnownImport[]>
  /** Which of these rows (`ImportedRow.key`) are in an import that was not undone, for somebody among `seen` (P10). */
  knownKeys(source: ImportSource, keys: readonly string[], seen: HistoryQuestion['seen']): Promise<string[]>
  close(): Promise<void>
}
