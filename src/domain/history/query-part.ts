/** What a part of a query can be taken for. */
import type { AmountCondition, HistoryFilter, OfferKind } from './filter.ts'
import type { LineKind, LineSource } from './line.ts'
import type { RecordedState } from '../life-cycle.ts'

/** What has to be known of the one who asks. */
export interface QueryContext {
  /** Of the page. Decides what `1.234` is; words are understood in all languages at once. */
  readonly language: 'en' | 'de'
  /** The calendar day in the zone: `2026-11-25`. */
  readonly todayDay: string
  /** IANA. */
  readonly zone: string
  /** Those whose purchases they may see. Nobody else is found by name. */
  readonly members: readonly { readonly memberId: string; readonly name: string }[]
  /** What `$` is where that is a dollar; null without a household. */
  readonly homeCurrency: string | null
}

export type Misunderstanding =
  | 'noAmount'
  | 'noPeriod'
  | 'noSuchMember'
  | 'noSuchKind'
  | 'noSuchState'
  | 'noSuchSource'
  | 'noSuchCurrency'
  | 'nothingAfterColon'
  | 'noWord'
  | 'tooMany'

export type Meaning =
  | { readonly kind: 'word' | 'seller' }
  | { readonly kind: 'member'; readonly names: string[] }
  | ({ readonly kind: 'amount' } & AmountCondition)
  /** Both included. */
  | { readonly kind: 'amounts'; readonly least: string; readonly most: string; readonly currency: string | null }
  | { readonly kind: 'period'; readonly from: string; readonly to: string }
  | { readonly kind: 'lines'; readonly lines: LineKind[] }
  | { readonly kind: 'states'; readonly states: RecordedState[] }
  | { readonly kind: 'kinds'; readonly kinds: OfferKind[] }
  | { readonly kind: 'sources'; readonly sources: LineSource[] }
  | { readonly kind: 'currency'; readonly currency: string }
  | { readonly kind: 'notUnderstood'; readonly because: Misunderstanding }

export interface QueryPart {
  readonly means: Meaning
  /** What it asks for; nothing where it was not understood. */
  readonly asks: Partial<HistoryFilter>
}

export function notUnderstood(because: Misunderstanding): QueryPart {
  return { means: { kind: 'notUnderstood', because }, asks: {} }
}
