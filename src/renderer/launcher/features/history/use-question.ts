import { useEffect, useEffectEvent, useMemo, useRef } from 'react'
import type { HistoryQuestionView } from '../../../../contract/ipc/history.ts'
import { goTo, isAt, useHashQuestion } from '../../app/hash-location.ts'
import { useFeature } from '../../app/stores.ts'
import { addressOf, questionAt } from './history-address.ts'

/** `isTyping`: without another step to go back. */
export type ChangeQuestion = (question: HistoryQuestionView, options?: { readonly isTyping?: boolean }) => void

export const historyPath = (address: string) => (address === '' ? '/history' : `/history?${address}`)
const change: ChangeQuestion = (question, { isTyping = false } = {}) => goTo(historyPath(addressOf(question)), { replace: isTyping })

/**
 * The question that the address asks, and how to ask another. Where the screen is opened with none, the one that was looked at last is put
 * there: it is found again on the way back from another screen, and after a restart.
 */
export function useQuestion(): { readonly question: HistoryQuestionView; readonly change: ChangeQuestion } {
  const written = useHashQuestion()
  const question = useMemo(() => questionAt(written), [written])
  const ask = useFeature('history', (state) => state.ask)
  const last = useFeature('views', (state) => state.last)
  const keep = useFeature('views', (state) => state.keep)
  const load = useFeature('views', (state) => state.load)
  const isOpening = useRef(true)
  const asked = useRef<HistoryQuestionView | null>(null)
  useEffect(() => void load(), [load])
  const isKnown = written !== '' || last !== null
  const answer = useEffectEvent((wanted: HistoryQuestionView) => {
    // Whoever comes next begins elsewhere: what was looked for before them is not theirs.
    if (!isAt('/history', written)) return
    const wasOpening = isOpening.current
    isOpening.current = false
    if (wasOpening && written === '' && last !== null && last !== '') return goTo(historyPath(addressOf(questionAt(last))), { replace: true })
    if (asked.current === wanted) return
    asked.current = wanted
    keep(addressOf(wanted))
    void ask(wanted)
  })
  useEffect(() => {
    if (isKnown) answer(question)
  }, [isKnown, question])
  return { question, change }
}
