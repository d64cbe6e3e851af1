import { useId } from 'react'
import styles from './confirm.module.css'
import { type AskOf, FocusedHeading, QuestionLayout, useFieldFocus } from './question-layout.tsx'
import { StepUpFields } from './step-up-fields.tsx'
import stepUpStyles from './step-up.module.css'
import { paragraphsOf } from './typed.ts'
import { takeStepUp, useStepUp } from './use-step-up.ts'

/** A looser control in main's words, and the second factor of the account. */
export function StepUpQuestion({ question, ...ask }: AskOf<'stepUp'>) {
  const { questionId, ways } = question
  const hintId = useId()
  const stepUp = useStepUp(questionId, ways)
  if (!stepUp) throw new Error('a second factor that can be given in no way')
  useFieldFocus(stepUp.field, ask.hint, false)
  const onTooSoon = () => ask.onHint({ kind: 'tooSoon' })
  const submit = () => {
    const typed = takeStepUp(stepUp)
    if ('kind' in typed) return ask.onHint(typed)
    ask.onAnswer({ kind: 'stepUp', questionId, ...typed })
  }
  const fields = (
    <div className={stepUpStyles.stepUp}>
      <StepUpFields stepUp={stepUp} hint={ask.hint} hintId={hintId} enter={{ isArmed: ask.isArmed, onAnswer: submit, onTooSoon }} />
    </div>
  )
  return (
    <QuestionLayout {...ask} above={fields} about="stepUp" hintId={hintId} cancel={question.cancel} confirm={question.confirm} isOpen={!stepUp.isTyped} onSubmit={submit}>
      <div className={styles.text}>
        <FocusedHeading>{question.title}</FocusedHeading>
        {paragraphsOf(question.message).map((part) => <p key={part} className={styles.lead}>{part}</p>)}
        {paragraphsOf(question.detail).map((part) => <p key={part}>{part}</p>)}
      </div>
    </QuestionLayout>
  )
}
