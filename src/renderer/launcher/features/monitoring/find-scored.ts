import type { Scored } from '../../../../contract/ipc/monitoring.ts'
import { matchesText } from '../../text-match.ts'

/** Which of the judged purchases are looked at. */
export interface ScoredFilter {
  readonly text: string
  readonly which: 'all' | 'noticed' | 'unanswered'
  /** Null for everybody. */
  readonly memberId: string | null
}

export const everything: ScoredFilter = { text: '', which: 'all', memberId: null }

const isNoticed = ({ band }: Scored) => band !== 'nothing'

const fits: Readonly<Record<ScoredFilter['which'], (one: Scored) => boolean>> = {
  all: () => true,
  noticed: isNoticed,
  unanswered: (one) => isNoticed(one) && one.answer === null && one.mayAnswer.length > 0,
}

/** Those that fit, in their order. `wordsOf` are all words that a line shows, so that what can be read can be searched. */
export function findScored(scored: readonly Scored[], { text, which, memberId }: ScoredFilter, wordsOf: (one: Scored) => readonly string[]): readonly Scored[] {
  return scored.filter((one) => (memberId === null || one.memberId === memberId) && fits[which](one) && matchesText(text, wordsOf(one)))
}
