import { Trans } from '@lingui/react/macro'
import { useState } from 'react'
import type { Challenge } from '../../contract/ipc/confirm.ts'
import { PlainButton } from '../ui/plain-button.tsx'
import { AskingPage } from './asking-page.tsx'
import { afterAnswer, afterBrokenCall, afterDenial, afterNotMe, initialState, isSending, type ConfirmState, type Hint } from './confirm-state.ts'
import { useCredentials } from './credentials.ts'
import { DenyPage, type Denial } from './deny-page.tsx'
import { Layout } from './layout.tsx'
import { BrokenOffView, ChargingView, OutcomeView, SaidNoView } from './outcome-view.tsx'
import { useArming } from './use-arming.ts'
import { useEscape } from './use-escape.ts'
import { useReflecting } from './use-reflecting.ts'
import { useStepUp, type Yes } from './use-step-up.ts'

const bridge = () => window.confirmation.challenge

/** One challenge from the question to its end. */
export function ChallengePage({ challenge }: { challenge: Challenge }) {
  const [state, setState] = useState<ConfirmState>(() => initialState(challenge))
  const [knowsLimit, setKnowsLimit] = useState(false)
  const credentials = useCredentials(challenge.request?.guardians ?? (challenge.buyerShows && challenge.buyer ? [challenge.buyer] : []))
  const isReflecting = useReflecting(challenge)
  const { isArmed, disturb } = useArming()
  const { challengeId, digest } = challenge
  const stepUp = useStepUp(challengeId, challenge.stepUp?.ways ?? null)
  const close = () => void bridge().cancel({ challengeId })
  const back = () => setState({ step: 'asking', challenge, hint: null })
  useEscape(isSending(state) ? undefined : state.step === 'denying' ? back : close)

  const settle = (next: ConfirmState) => {
    if ('hint' in next) disturb()
    setState(next)
  }
  const notMe = async () => {
    const answered = bridge().notMe({ challengeId })
    settle(await answered.then((answer) => afterNotMe(challenge, answer)).catch(() => afterBrokenCall(challenge)))
  }
  const pay = async ({ guardian, buyer, typed }: Yes) => {
    setState({ step: 'charging', challenge })
    const said = { ...(knowsLimit && { knowsLimit }), ...(guardian && { guardian }), ...(buyer && { buyer }), ...(typed && { stepUp: typed }) }
    const answered = bridge().approve({ challengeId, digest, ...said })
    const next = await answered.then((answer) => {
      if ('stepUpGiven' in answer) stepUp?.give()
      return afterAnswer(challenge, answer, Date.now())
    }).catch(() => afterBrokenCall(challenge))
    settle(next)
  }
  const deny = async (denial: Denial) => {
    setState({ step: 'denying', challenge, hint: { kind: 'checking' } })
    const answered = bridge().deny({ challengeId, ...denial })
    settle(await answered.then((answer) => afterDenial(challenge, answer, Date.now())).catch(() => ({ step: 'saidNo', challenge, came: 'brokenOff' }) as const))
  }
  const shared = { challenge, isArmed, credentials }
  switch (state.step) {
    case 'asking':
      return (
        <AskingPage
          {...shared}
          hint={state.hint}
          knowsLimit={knowsLimit}
          onKnowsLimit={(isKnown) => {
            setKnowsLimit(isKnown)
            back()
          }}
          onHint={(hint: Hint) => setState({ ...state, hint })}
          stepUp={stepUp}
          isReflecting={isReflecting}
          onPay={(yes) => void pay(yes)}
          onNotMe={() => void notMe()}
          onDeny={() => setState({ step: 'denying', challenge, hint: null })}
          onCancel={close}
        />
      )
    case 'denying':
      return <DenyPage {...shared} hint={state.hint} onHint={(hint) => setState({ ...state, hint })} onDeny={(denial) => void deny(denial)} onBack={back} />
    case 'charging':
      return <Layout actions={null}><ChargingView challenge={challenge} /></Layout>
    default:
      return <EndPage state={state} onClose={close} />
  }
}

type End = Extract<ConfirmState, { step: 'ended' | 'brokenOff' | 'saidNo' }>

function EndPage({ state, onClose }: { state: End; onClose: () => void }) {
  return <Layout actions={<PlainButton data-cancels onClick={onClose}><Trans>Close</Trans></PlainButton>}><EndView state={state} /></Layout>
}

function EndView({ state }: { state: End }) {
  switch (state.step) {
    case 'ended':
      return <OutcomeView outcome={state.outcome} challenge={state.challenge} />
    case 'brokenOff':
      return <BrokenOffView challenge={state.challenge} />
    default:
      return <SaidNoView challenge={state.challenge} came={state.came} />
  }
}
