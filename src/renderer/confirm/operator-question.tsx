import { Trans } from '@lingui/react/macro'
import { useId } from 'react'
import styles from './confirm.module.css'
import { takeGiven, useCredentials } from './credentials.ts'
import { type AskOf, fieldState, QuestionLayout, useFieldFocus } from './question-layout.tsx'
import { PinField } from './secret-field.tsx'

/** Ends kiosk mode. */
export function OperatorQuestion({ question, ...ask }: AskOf<'operator'>) {
  const [hintId, headingId] = [useId(), useId()]
  const credentials = useCredentials([])
  const { pin } = credentials
  useFieldFocus(pin, ask.hint, true)
  const submit = () => {
    const given = takeGiven(credentials, false)
    if ('kind' in given) return ask.onHint(given)
    ask.onAnswer({ kind: 'operator', questionId: question.questionId, pin: given.pin })
  }
  return (
    <QuestionLayout {...ask} about="pin" hintId={hintId} cancel={<Trans>Stay</Trans>} confirm={<Trans>Leave</Trans>} onSubmit={submit}>
      <div className={styles.message}>
        <h1 id={headingId} className={styles.bigName}><Trans>Leave kiosk mode</Trans></h1>
        <p className={styles.detail}><Trans>Only the operator of this kiosk can.</Trans></p>
        <PinField
          ref={pin}
          label={<Trans>PIN of the operator</Trans>}
          {...fieldState(ask.hint, headingId, hintId)}
          enter={{ isArmed: ask.isArmed, onAnswer: submit, onTooSoon: () => ask.onHint({ kind: 'tooSoon' }) }}
        />
      </div>
    </QuestionLayout>
  )
}
