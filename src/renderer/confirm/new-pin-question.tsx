import { Trans } from '@lingui/react/macro'
import { useId, useRef } from 'react'
import styles from './confirm.module.css'
import { empty } from './credentials.ts'
import { type AskOf, fieldState, QuestionLayout, useFieldFocus } from './question-layout.tsx'
import { PinField } from './secret-field.tsx'
import { isPin } from './typed.ts'

/** Two times the same, so that nobody locks themselves out by a slip. */
export function NewPinQuestion({ question: { questionId, name, isOwn, role }, ...ask }: AskOf<'newPin'>) {
  const [hintId, headingId, ruleId] = [useId(), useId(), useId()]
  const [first, again] = [useRef<HTMLInputElement>(null), useRef<HTMLInputElement>(null)]
  useFieldFocus(first, ask.hint, true)
  const onTooSoon = () => ask.onHint({ kind: 'tooSoon' })
  const submit = () => {
    const [pin, repeated] = [first.current?.value ?? '', again.current?.value ?? '']
    if (!isPin(pin)) {
      first.current?.focus()
      return ask.onHint({ kind: 'pinMissing' })
    }
    empty(first, again)
    if (pin === repeated) ask.onAnswer({ kind: 'newPin', questionId, pin })
    else ask.onHint({ kind: 'pinsDiffer' })
  }
  const toSecond = () => again.current?.focus()
  const state = (...ids: readonly string[]) => fieldState(ask.hint, ...ids, hintId)
  return (
    <QuestionLayout {...ask} about="pin" hintId={hintId} confirm={<Trans>Save PIN</Trans>} onSubmit={submit}>
      <div className={styles.text}>
        <h1 id={headingId} className={styles.name}>
          {isOwn ? <Trans><bdi>{name}</bdi>, choose your PIN</Trans> : <Trans>A PIN for <bdi>{name}</bdi></Trans>}
        </h1>
        {role !== undefined && <p>{role}</p>}
        {!isOwn && <p><Trans>Let <bdi>{name}</bdi> type it, and look away: nobody else should know it.</Trans></p>}
        <PinField ref={first} label={<Trans>New PIN</Trans>} {...state(headingId, ruleId)} enter={{ isArmed: ask.isArmed, onAnswer: toSecond, onTooSoon }} />
        <PinField ref={again} label={<Trans>New PIN again</Trans>} {...state()} enter={{ isArmed: ask.isArmed, onAnswer: submit, onTooSoon }} />
        <p id={ruleId} className={styles.detail}>
          <Trans>4 to 12 digits. Not the same over and over, and not counting up or down: such PINs are tried first.</Trans>
        </p>
      </div>
    </QuestionLayout>
  )
}
