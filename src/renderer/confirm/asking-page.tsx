import { Trans } from '@lingui/react/macro'
import { useEffect, useId } from 'react'
import type { Challenge } from '../../contract/ipc/confirm.ts'
import { useFormat } from '../i18n/format-context.ts'
import { PlainButton } from '../ui/plain-button.tsx'
import { AnswerButton } from './answer-button.tsx'
import { ChallengeView, Warnings } from './challenge-view.tsx'
import { nearLimit, type Hint } from './confirm-state.ts'
import { CredentialFields } from './credential-fields.tsx'
import { takeGiven, type Credentials, type Given } from './credentials.ts'
import { isAboutTyped, PressHint } from './hint.tsx'
import { Layout } from './layout.tsx'
import { LimitQuestion, Reminder } from './limits-view.tsx'
import { RequestView } from './request-view.tsx'

interface AskingPageProps {
  readonly challenge: Challenge
  readonly hint: Hint | null
  readonly isArmed: boolean
  readonly credentials: Credentials
  readonly knowsLimit: boolean
  readonly onKnowsLimit: (isKnown: boolean) => void
  readonly onHint: (hint: Hint) => void
  /** `guardian` is null where nobody has asked one. */
  readonly onPay: (guardian: Given | null) => void
  readonly onDeny: () => void
  readonly onCancel: () => void
}

/** What would be paid, and the buttons that answer. */
export function AskingPage(props: AskingPageProps) {
  const { challenge, hint, credentials, onHint, onPay } = props
  const [limitId, hintId] = [useId(), useId()]
  const openQuestion = nearLimit(challenge) && !props.knowsLimit ? limitId : undefined
  const takesFocus = hint === null || !isAboutTyped(hint)
  useEffect(() => {
    if (!takesFocus) credentials.pin.current?.focus()
  }, [takesFocus, credentials.pin])
  const pay = () => {
    if (openQuestion !== undefined) return onHint({ kind: 'limitNotKnown' })
    if (!challenge.request) return onPay(null)
    const given = takeGiven(credentials, true)
    if ('kind' in given) onHint(given)
    else onPay(given)
  }
  return (
    <Layout
      above={<Above {...props} limitId={limitId} hintId={hintId} />}
      hint={<PressHint id={hintId} hint={hint} about="payment" />}
      actions={<Actions {...props} openQuestion={openQuestion} onAnswer={pay} />}
    >
      {challenge.request ? <RequestView challenge={challenge} request={challenge.request} takesFocus={takesFocus} /> : <ChallengeView challenge={challenge} />}
    </Layout>
  )
}

/** What stands right above the buttons, where it cannot be scrolled out of sight. */
function Above({ challenge, hint, credentials, knowsLimit, onKnowsLimit, limitId, hintId }: AskingPageProps & { limitId: string; hintId: string }) {
  const near = nearLimit(challenge)
  return (
    <>
      <Warnings challenge={challenge} />
      <Reminder challenge={challenge} />
      {near && (
        <LimitQuestion
          id={limitId}
          near={near}
          challenge={challenge}
          isKnown={knowsLimit}
          isWanted={hint?.kind === 'limitNotKnown'}
          onChange={onKnowsLimit}
        />
      )}
      {challenge.request && <CredentialFields credentials={credentials} wantsCode hint={hint} hintId={hintId} />}
    </>
  )
}

interface ActionsProps extends AskingPageProps {
  /** The id of a question that has to be answered before `Pay` counts. */
  readonly openQuestion: string | undefined
  readonly onAnswer: () => void
}

function Actions({ challenge, isArmed, openQuestion, onAnswer, onHint, onDeny, onCancel }: ActionsProps) {
  const price = useFormat().money(challenge.price)
  return (
    <>
      <PlainButton data-cancels onClick={onCancel}><Trans>Cancel</Trans></PlainButton>
      {challenge.request && <PlainButton onClick={onDeny}><Trans>No…</Trans></PlainButton>}
      <AnswerButton
        look="pay"
        isArmed={isArmed}
        isOpen={openQuestion !== undefined}
        describedBy={openQuestion}
        onAnswer={onAnswer}
        onTooSoon={() => onHint({ kind: 'tooSoon' })}
      >
        <Trans>Pay {price}</Trans>
      </AnswerButton>
    </>
  )
}
