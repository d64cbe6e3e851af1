import { Trans } from '@lingui/react/macro'
import { useEffect, useId, useRef, useState, type ReactNode } from 'react'
import type { Challenge } from '../../contract/ipc/confirm.ts'
import { useFormat } from '../i18n/format-context.ts'
import { PlainButton } from '../ui/plain-button.tsx'
import { ChallengeView, PressHint, Warnings } from './challenge-view.tsx'
import { afterAnswer, afterBrokenCall, type Hint, initialState, nearLimit } from './confirm-state.ts'
import styles from './confirm.module.css'
import { LimitQuestion, Reminder } from './limits-view.tsx'
import { BrokenOffView, BrokenView, ChargingView, NothingView, OutcomeView } from './outcome-view.tsx'
import { PayButton } from './pay-button.tsx'
import { useArming } from './use-arming.ts'

interface LayoutProps {
  readonly children: ReactNode
  /** Between the content and the buttons. */
  readonly above?: ReactNode
  /** Stays with the buttons, wherever they are. */
  readonly hint?: ReactNode
  readonly actions: ReactNode
}

function Layout({ children, above, hint, actions }: LayoutProps) {
  return (
    <>
      <main className={styles.main}>{children}</main>
      {actions && (
        <footer className={styles.foot}>
          {above}
          <div className={styles.answer}>
            {hint}
            <div className={styles.actions}>{actions}</div>
          </div>
        </footer>
      )}
    </>
  )
}

/** Escape counts when it went down and up here: half of it never belongs to the window before or after this one. */
function useEscape(onEscape: (() => void) | undefined) {
  const isDown = useRef(false)
  useEffect(() => {
    const onKeyDown = ({ key, repeat }: KeyboardEvent) => {
      if (key === 'Escape' && !repeat) isDown.current = true
    }
    const onKeyUp = ({ key }: KeyboardEvent) => {
      if (key !== 'Escape') return
      if (isDown.current) onEscape?.()
      isDown.current = false
    }
    const forget = () => {
      isDown.current = false
    }
    window.addEventListener('keydown', onKeyDown)
    window.addEventListener('keyup', onKeyUp)
    window.addEventListener('blur', forget)
    return () => {
      window.removeEventListener('keydown', onKeyDown)
      window.removeEventListener('keyup', onKeyUp)
      window.removeEventListener('blur', forget)
    }
  }, [onEscape])
}

/** Shown when the question itself could not be had. */
export function BrokenPage() {
  const close = () => window.close()
  useEscape(close)
  return <Layout actions={<PlainButton onClick={close}><Trans>Close</Trans></PlainButton>}><BrokenView /></Layout>
}

interface QuestionProps {
  readonly challenge: Challenge
  readonly hint: Hint | null
  readonly isArmed: boolean
  readonly knowsLimit: boolean
  readonly onKnowsLimit: (isKnown: boolean) => void
  readonly onHint: (hint: Hint) => void
  readonly onPay: () => void
  readonly onCancel: () => void
}

/** What would be paid, and the buttons that answer. */
function Question({ challenge, hint, isArmed, knowsLimit, onKnowsLimit, onHint, onPay, onCancel }: QuestionProps) {
  const format = useFormat()
  const limitId = useId()
  const near = nearLimit(challenge)
  const price = format.money(challenge.price)
  const above = (
    <>
      <Warnings warnings={challenge.warnings} />
      <Reminder challenge={challenge} />
      {near && (
        <LimitQuestion
          id={limitId}
          near={near}
          currency={challenge.counted?.currency ?? challenge.price.currency}
          isKnown={knowsLimit}
          isWanted={hint === 'limitNotKnown'}
          onChange={onKnowsLimit}
        />
      )}
    </>
  )
  const actions = (
    <>
      <PlainButton onClick={onCancel}><Trans>Cancel</Trans></PlainButton>
      <PayButton isArmed={isArmed} openQuestion={near && !knowsLimit ? limitId : null} onPay={onPay} onHint={onHint}>
        <Trans>Pay {price}</Trans>
      </PayButton>
    </>
  )
  return <Layout above={above} hint={<PressHint hint={hint} />} actions={actions}><ChallengeView challenge={challenge} /></Layout>
}

/** `challenge` is null when the window was opened, or reloaded, with nothing to ask. */
export function ConfirmPage({ challenge }: { challenge: Challenge | null }) {
  const [state, setState] = useState(() => initialState(challenge))
  const [knowsLimit, setKnowsLimit] = useState(false)
  const { isArmed, disturb } = useArming()
  const close = () => {
    if (challenge) void window.confirmation.challenge.cancel({ challengeId: challenge.challengeId })
    else window.close()
  }
  useEscape(state.step === 'charging' ? undefined : close)

  const pay = async (asked: Challenge) => {
    setState({ step: 'charging', challenge: asked })
    const { challengeId, digest } = asked
    const next = await window.confirmation.challenge
      .approve({ challengeId, digest, ...(knowsLimit && { knowsLimit }) })
      .then((answer) => afterAnswer(asked, answer))
      .catch(() => afterBrokenCall(asked))
    if (next.step === 'asking') disturb()
    setState(next)
  }

  const closeButton = <PlainButton onClick={close}><Trans>Close</Trans></PlainButton>
  switch (state.step) {
    case 'nothing':
      return <Layout actions={closeButton}><NothingView /></Layout>
    case 'charging':
      return <Layout actions={null}><ChargingView challenge={state.challenge} /></Layout>
    case 'ended':
      return <Layout actions={closeButton}><OutcomeView outcome={state.outcome} challenge={state.challenge} /></Layout>
    case 'brokenOff':
      return <Layout actions={closeButton}><BrokenOffView challenge={state.challenge} /></Layout>
    case 'asking':
      return (
        <Question
          challenge={state.challenge}
          hint={state.hint}
          isArmed={isArmed}
          knowsLimit={knowsLimit}
          onKnowsLimit={(isKnown) => {
            setKnowsLimit(isKnown)
            setState({ ...state, hint: null })
          }}
          onHint={(hint) => setState({ ...state, hint })}
          onPay={() => void pay(state.challenge)}
          onCancel={close}
        />
      )
  }
}
