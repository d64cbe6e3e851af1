import { Trans } from '@lingui/react/macro'
import { useEffect, useState } from 'react'
import { useFormat } from '../../../i18n/format-context.ts'
import { Button } from '../../../ui/button.tsx'
import { useFeature } from '../../app/stores.ts'
import type { AskedNotice, BlockedNotice } from './notices.ts'

/** Whether the moment has come, on the page's clock that only runs forward. Says nothing in between: it is no countdown. */
function useHasCome(atMs: number): boolean {
  const [hasCome, setHasCome] = useState(() => performance.now() >= atMs)
  useEffect(() => {
    const timer = setTimeout(() => setHasCome(true), Math.max(0, atMs - performance.now()))
    return () => clearTimeout(timer)
  }, [atMs])
  return hasCome
}

type Askable = BlockedNotice & { readonly askIn: NonNullable<BlockedNotice['askIn']> }

/** The way to a guardian, after a moment to think about it. */
export function AskGuardian({ blocked }: { blocked: Askable }) {
  const ask = useFeature('purchase', (state) => state.ask)
  const isAsking = useFeature('purchase', (state) => state.isAsking)
  const canAsk = useHasCome(blocked.askIn.askableAtMs)
  return (
    <Button isPending={isAsking} isDisabled={!canAsk} onPress={() => void ask(blocked)}>
      <Trans>Ask a guardian</Trans>
    </Button>
  )
}

export function WhenToAsk({ blocked: { askIn } }: { blocked: Askable }) {
  return useHasCome(askIn.askableAtMs)
    ? <Trans>You can ask a guardian to allow it once.</Trans>
    : <Trans>You can ask a guardian in half a minute. Until then there is time to think about it.</Trans>
}

/** That a guardian was asked, for what, and until when that waits. */
export function AskedText({ asked: { kind, item, payee, price, lapsesAt } }: { asked: AskedNotice }) {
  const format = useFormat()
  return (
    <>
      <bdi>{item}</bdi> · <Trans>{format.money(price)} to <bdi>{payee}</bdi></Trans> ·{' '}
      {kind === 'asked'
        ? <Trans>It lapses on {format.moment(lapsesAt)} if nobody answers.</Trans>
        : <Trans>It waits already, and lapses on {format.moment(lapsesAt)} if nobody answers.</Trans>}
    </>
  )
}

/** For a guardian who is in the room. Their yes or no is given in the trusted window. */
export function AnswerNow({ requestId }: { requestId: string }) {
  const answer = useFeature('purchase', (state) => state.answer)
  const isAnswering = useFeature('purchase', (state) => state.answering === requestId)
  return <Button isPending={isAnswering} onPress={() => void answer(requestId)}><Trans>A guardian is here: answer now…</Trans></Button>
}
