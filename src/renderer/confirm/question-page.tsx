import { Trans } from '@lingui/react/macro'
import { useState } from 'react'
import type { Question, Reply } from '../../contract/ipc/confirm.ts'
import { assertNever } from '../assert-never.ts'
import { PlainButton } from '../ui/plain-button.tsx'
import { afterReply, isSending, type QuestionState } from './confirm-state.ts'
import { ConsentQuestion } from './consent-question.tsx'
import { Layout } from './layout.tsx'
import { NewPinQuestion } from './new-pin-question.tsx'
import { MomentView, QuestionBrokenView } from './outcome-view.tsx'
import { OperatorQuestion } from './operator-question.tsx'
import { PinQuestion } from './pin-question.tsx'
import type { Ask } from './question-layout.tsx'
import { RecoveryCodesQuestion } from './recovery-codes-question.tsx'
import { SecondFactorQuestion } from './second-factor-question.tsx'
import { StepUpQuestion } from './step-up-question.tsx'
import { useArming } from './use-arming.ts'
import { useEscape } from './use-escape.ts'

const brokenOff = { step: 'brokenOff' } as const satisfies QuestionState

/** One question from its asking until main has another one or closes the window. */
export function QuestionPage({ question }: { question: Question }) {
  const [state, setState] = useState<QuestionState>({ step: 'asking', hint: null })
  const { isArmed, disturb } = useArming()
  const bridge = () => window.confirmation.question
  const close = () => window.close()
  const cancel = () => void bridge().cancel({ questionId: question.questionId }).catch(close)
  useEscape(escapeOf(state, cancel, close))

  const answer = async (reply: Reply) => {
    setState({ step: 'asking', hint: { kind: 'checking' } })
    const next = await bridge()
      .answer(reply)
      .then((result) => afterReply(result, Date.now()))
      .catch(() => brokenOff)
    if (next.step === 'asking') disturb()
    setState(next)
  }
  switch (state.step) {
    case 'accepted':
      return <Layout actions={null}><MomentView /></Layout>
    case 'brokenOff':
      return <Layout actions={<PlainButton data-cancels onClick={close}><Trans>Close</Trans></PlainButton>}><QuestionBrokenView /></Layout>
    case 'asking': {
      const onAnswer = (reply: Reply) => {
        if (!isSending(state)) void answer(reply)
      }
      return <Asked question={question} hint={state.hint} isArmed={isArmed} onHint={(hint) => setState({ step: 'asking', hint })} onAnswer={onAnswer} onCancel={cancel} />
    }
  }
}

/** What Escape does: nothing while an answer is on its way, and after one was accepted. */
function escapeOf(state: QuestionState, cancel: () => void, close: () => void): (() => void) | undefined {
  if (state.step === 'brokenOff') return close
  return state.step === 'accepted' || isSending(state) ? undefined : cancel
}

function Asked({ question, ...ask }: Ask & { question: Question }) {
  switch (question.kind) {
    case 'pin':
      return <PinQuestion question={question} {...ask} />
    case 'operator':
      return <OperatorQuestion question={question} {...ask} />
    case 'consent':
      return <ConsentQuestion question={question} {...ask} />
    case 'newPin':
      return <NewPinQuestion question={question} {...ask} />
    case 'secondFactor':
      return <SecondFactorQuestion question={question} {...ask} />
    case 'stepUp':
      return <StepUpQuestion question={question} {...ask} />
    case 'recoveryCodes':
      return <RecoveryCodesQuestion question={question} {...ask} />
    default:
      return assertNever(question)
  }
}
