import { useEffect, useMemo, useState } from 'react'
import type { HistoryQuestionView } from '../../../../contract/ipc/history.ts'
import { goTo, useHashQuestion } from '../../app/hash-location.ts'
import { useFeature } from '../../app/stores.ts'
import { addressOf, questionAt } from './history-address.ts'

/** `isTyping`: without another step to go back. */
export type ChangeQuestion = (question: HistoryQuestionView, options?: { readonly isTyping?: boolean }) => void

const pathOf = (address: string) => (address === '' ? '/history' : `/history?${address}`)
const change: ChangeQuestion = (question, { isTyping = false } = {}) => goTo(pathOf(addressOf(question)), { replace: isTyping })

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
  const [isFound, setIsFound] = useState(written !== '')
  useEffect(() => void load(), [load])
  useEffect(() => {
    if (isFound || last === null) return
    setIsFound(true)
    if (last !== '' && written === '') goTo(pathOf(addressOf(questionAt(last))), { replace: true })
  }, [isFound, last, written])
  useEffect(() => {
    // Until the last one was put there, nobody asked for everything.
    if (!isFound) return
    void ask(question)
    keep(addressOf(question))
  }, [isFound, question, ask, keep])
  return { question, change }
}
