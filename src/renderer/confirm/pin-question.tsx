import { Trans } from '@lingui/react/macro'
import { useId } from 'react'
import styles from './confirm.module.css'
import { takeGiven, useCredentials } from './credentials.ts'
import { type AskOf, fieldState, QuestionLayout, useFieldFocus } from './question-layout.tsx'
import { PinField } from './secret-field.tsx'

/** Opens a profile. */
export function PinQuestion({ question, ...ask }: AskOf<'pin'>) {
  const [hintId, headingId] = [useId(), useId()]
  const credentials = useCredentials([question.who])
  const { pin } = credentials
  useFieldFocus(pin, ask.hint, true)
  const onTooSoon = () => ask.onHint({ kind: 'tooSoon' })
  const submit = () => {
    const given = takeGiven(credentials, false)
    if ('kind' in given) return ask.onHint(given)
    ask.onAnswer({ kind: 'pin', questionId: question.questionId, pin: given.pin })
  }
  return (
    <QuestionLayout {...ask} about="pin" hintId={hintId} confirm={<Trans>Open</Trans>} onSubmit={submit}>
      <div className={styles.message}>
        <h1 id={headingId} className={styles.bigName}><bdi>{question.who.name}</bdi></h1>
        <PinField
          ref={pin}
          label={<Trans>PIN</Trans>}
          {...fieldState(ask.hint, headingId, hintId)}
          enter={{ isArmed: ask.isArmed, onAnswer: submit, onTooSoon }}
        />
      </div>
    </QuestionLayout>
  )
}
