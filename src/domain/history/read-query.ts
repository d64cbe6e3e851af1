/** What a person means by what they type into the search field of the history. */
import { everyLine, type HistoryFilter } from './filter.ts'
import { wordsOf } from './fold.ts'

export interface ReadQuery {
  readonly filter: HistoryFilter
  readonly reading: readonly { readonly text: string; readonly means: { readonly kind: 'word' } }[]
}

export function readQuery(text: string): ReadQuery {
  const words = wordsOf(text)
  return { filter: { ...everyLine, words }, reading: words.map((word) => ({ text: word, means: { kind: 'word' } })) }
}
