import { Trans } from '@lingui/react/macro'
import { useEffect, useId } from 'react'
import type { Challenge } from '../../contract/ipc/confirm.ts'
import { useFormat } from '../i18n/format-context.ts'
import { PlainButton } from '../ui/plain-button.tsx'
import { AnswerButton } from './answer-button.tsx'
import { ChallengeView, Warnings } from './challenge-view.tsx'
import { nearLimit, type Hint } from './confirm-state.ts'
import { CredentialFields } from './credential-fields.tsx'
import { takeGiven, type Credentials, type InputRef } from './credentials.ts'
import { isAboutStepUp, isAboutTyped, PressHint } from './hint.tsx'
import { Layout } from './layout.tsx'
import { LimitQuestion, Reminder } from './limits-view.tsx'
import { RiskNote } from './risk-note.tsx'
import { RequestView } from './request-view.tsx'
import { PurchaseStepUp } from './step-up-fields.tsx'
import { type StepUpInput, takeStepUp, type Yes } from './use-step-up.ts'

interface AskingPageProps {
  readonly challenge: Challenge
  readonly hint: Hint | null
  readonly isArmed: boolean
  readonly credentials: Credentials
  readonly knowsLimit: boolean
  readonly onKnowsLimit: (isKnown: boolean) => void
  readonly onHint: (hint: Hint) => void
  /** Null where no second factor is asked for. */
  readonly stepUp: StepUpInput | null
  /** The person is still to think. */
  readonly isReflecting: boolean
  readonly onPay: (yes: Yes) => void
  readonly onNotMe: () => void
  readonly onDeny: () => void
  readonly onCancel: () => void
}

/** What would be paid, and the buttons that answer. */
export function AskingPage(props: AskingPageProps) {
  const { challenge, hint, onHint, onPay } = props
  const [limitId, hintId] = [useId(), useId()]
  const openQuestion = nearLimit(challenge) && !props.knowsLimit ? limitId : undefined
  const wrong = wrongField(props)
  useEffect(() => wrong?.current?.focus(), [wrong])
  const pay = () => {
    if (props.isReflecting) return onHint({ kind: 'reflecting' })
    if (openQuestion !== undefined) return onHint({ kind: 'limitNotKnown' })
    const yes = takeYes(props)
    if ('kind' in yes) onHint(yes)
    else onPay(yes)
  }
  return (
    <Layout
      above={<Above {...props} limitId={limitId} hintId={hintId} />}
      hint={<PressHint id={hintId} hint={hint} about="payment" />}
      actions={<Actions {...props} openQuestion={openQuestion} onAnswer={pay} />}
    >
      {challenge.request ? <RequestView challenge={challenge} request={challenge.request} takesFocus={wrong === null} /> : <ChallengeView challenge={challenge} takesFocus={wrong === null} />}
    </Layout>
  )
}

/** The field that has the focus because what was typed there is wrong, or could not be looked at. */
function wrongField({ hint, credentials, stepUp }: AskingPageProps): InputRef | null {
  if (hint === null) return null
  if (isAboutTyped(hint)) return credentials.pin
  return stepUp && (isAboutStepUp(hint) || hint.kind === 'stepUpUnavailable') ? stepUp.field : null
}

/** What was typed for a yes; or what of it is missing, and then the fields keep the rest. */
function takeYes({ challenge, credentials, stepUp }: AskingPageProps): Yes | Hint {
  const wantsCode = stepUp !== null && !stepUp.isGiven
  // Looked at before the others, which are emptied when they are taken.
  if (wantsCode && !stepUp.isTyped) {
    stepUp.field.current?.focus()
    return { kind: 'stepUpCodeMissing' }
  }
  const shows = challenge.request ? 'pinAndCode' : challenge.buyerShows
  const given = shows ? takeGiven(credentials, shows === 'pinAndCode') : null
  if (given && 'kind' in given) return given
  const typed = wantsCode ? takeStepUp(stepUp) : null
  if (typed && 'kind' in typed) return typed
  return { guardian: challenge.request ? given : null, buyer: challenge.request ? null : given, typed }
}

/** What stands right above the buttons, where it cannot be scrolled out of sight. */
function Above({ challenge, hint, credentials, stepUp, knowsLimit, onKnowsLimit, isReflecting, onNotMe, limitId, hintId }: AskingPageProps & { limitId: string; hintId: string }) {
  const near = nearLimit(challenge)
  return (
    <>
      <RiskNote challenge={challenge} isReflecting={isReflecting} onNotMe={onNotMe} />
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
      {credentials.people.length > 0 && <CredentialFields credentials={credentials} wantsCode={challenge.buyerShows !== 'pin'} hint={hint} hintId={hintId} />}
      {stepUp && <PurchaseStepUp challenge={challenge} stepUp={stepUp} hint={hint} hintId={hintId} />}
    </>
  )
}

interface ActionsProps extends AskingPageProps {
  /** The id of a question that has to be answered before `Pay` counts. */
  readonly openQuestion: string | undefined
  readonly onAnswer: () => void
}

function Actions({ challenge, stepUp, isArmed, isReflecting, openQuestion, onAnswer, onHint, onDeny, onCancel }: ActionsProps) {
  const price = useFormat().money(challenge.price)
  return (
    <>
      <PlainButton data-cancels onClick={onCancel}><Trans>Cancel</Trans></PlainButton>
      {challenge.request && <PlainButton onClick={onDeny}><Trans>No…</Trans></PlainButton>}
      <AnswerButton
        look="pay"
        isArmed={isArmed}
        isOpen={isReflecting || openQuestion !== undefined || (stepUp !== null && !stepUp.isGiven && !stepUp.isTyped)}
        describedBy={openQuestion}
        onAnswer={onAnswer}
        onTooSoon={() => onHint({ kind: 'tooSoon' })}
      >
        <Trans>Pay {price}</Trans>
      </AnswerButton>
    </>
  )
}
