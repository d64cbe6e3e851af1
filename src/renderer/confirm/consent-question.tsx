import { useId } from 'react'
import styles from './confirm.module.css'
import { CredentialFields } from './credential-fields.tsx'
import { takeGiven, useCredentials } from './credentials.ts'
import { type AskOf, FocusedHeading, QuestionLayout, useFieldFocus } from './question-layout.tsx'
import { paragraphsOf } from './typed.ts'

/** A decision in main's words, and the PIN of whoever takes it. */
export function ConsentQuestion({ question, ...ask }: AskOf<'consent'>) {
  const { questionId, who, wantsCode } = question
  const hintId = useId()
  const credentials = useCredentials([who])
  useFieldFocus(credentials.pin, ask.hint, false)
  const onTooSoon = () => ask.onHint({ kind: 'tooSoon' })
  const submit = () => {
    const given = takeGiven(credentials, wantsCode)
    if ('kind' in given) return ask.onHint(given)
    const { pin, code } = given
    ask.onAnswer({ kind: 'consent', questionId, pin, ...(code !== undefined && { code }) })
  }
  const fields = (
    <CredentialFields credentials={credentials} wantsCode={wantsCode} hint={ask.hint} hintId={hintId} enter={{ isArmed: ask.isArmed, onAnswer: submit, onTooSoon }} />
  )
  return (
    <QuestionLayout
      {...ask}
      above={fields}
      about={wantsCode ? 'pinAndCode' : 'pin'}
      hintId={hintId}
      cancel={question.cancel}
      confirm={question.confirm}
      onSubmit={submit}
    >
      <div className={styles.text}>
        <FocusedHeading>{question.title}</FocusedHeading>
        {paragraphsOf(question.message).map((part) => <p key={part} className={styles.lead}>{part}</p>)}
        {paragraphsOf(question.detail).map((part) => <p key={part}>{part}</p>)}
      </div>
    </QuestionLayout>
  )
}
