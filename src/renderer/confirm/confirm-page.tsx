import { Trans } from '@lingui/react/macro'
import { useEffect, useState } from 'react'
import type { Output } from '../../contract/ipc/channel.ts'
import type { ConfirmContract } from '../../contract/ipc/confirm.ts'
import { PlainButton } from '../ui/plain-button.tsx'
import { useIsKiosk } from '../ui/kiosk-context.ts'
import { ChallengePage } from './challenge-page.tsx'
import { KioskTurn, NumberPad, PadKeys } from './kiosk-parts.tsx'
import { Layout } from './layout.tsx'
import { BrokenView, NothingView } from './outcome-view.tsx'
import { QuestionPage } from './question-page.tsx'
import { useEscape } from './use-escape.ts'

type Opened = Output<ConfirmContract, 'challenge.get'>

const close = () => window.close()

/** Shown when the question itself could not be had. */
export function BrokenPage() {
  useEscape(close)
  return <Layout actions={<PlainButton data-cancels onClick={close}><Trans>Close</Trans></PlainButton>}><BrokenView /></Layout>
}

/** When the window was opened, or reloaded, with nothing to ask. */
function NothingPage() {
  useEscape(close)
  return <Layout actions={<PlainButton data-cancels onClick={close}><Trans>Close</Trans></PlainButton>}><NothingView /></Layout>
}

/** What main wants to be answered now: at first what the window was opened for, then whatever takes its place. */
function useOpened(first: Opened): Opened | null {
  const [opened, setOpened] = useState<Opened | null>(first)
  useEffect(() => {
    let newest = 0
    return window.confirmation.question.onChanged(() => {
      const mine = ++newest
      const show = (next: Opened | null) => mine === newest && setOpened(next)
      window.confirmation.challenge.get().then(show, () => show(null))
    })
  }, [])
  return opened
}

/** Each challenge and each question begins afresh: nothing of the one lingers in the next. */
export function ConfirmPage({ first }: { first: Opened }) {
  const opened = useOpened(first)
  const isKiosk = useIsKiosk()
  if (!opened) return <BrokenPage />
  const { challenge } = opened
  const isTyped = challenge ? challenge.request !== undefined || challenge.stepUp !== undefined : opened.question !== null && opened.question.kind !== 'recoveryCodes'
  return (
    <>
      {isKiosk && <KioskTurn />}
      {isKiosk && <PadKeys />}
      <OpenedPage {...opened} />
      {isKiosk && isTyped && <NumberPad />}
    </>
  )
}

function OpenedPage({ challenge, question }: Opened) {
  if (challenge) return <ChallengePage key={challenge.challengeId} challenge={challenge} />
  return question ? <QuestionPage key={question.questionId} question={question} /> : <NothingPage />
}
