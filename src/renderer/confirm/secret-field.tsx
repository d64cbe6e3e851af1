import { Trans } from '@lingui/react/macro'
import { useEffect, useId, type InputEventHandler, type KeyboardEvent, type ReactNode } from 'react'
import field from '../ui/field.module.css'
import { judgePress } from './arming.ts'
import styles from './confirm.module.css'
import type { InputRef } from './credentials.ts'
import { digitsOf } from './typed.ts'


export interface Enter {
  readonly isArmed: boolean
  readonly onAnswer: () => void
  readonly onTooSoon: () => void
}

interface SecretFieldProps {
  readonly ref: InputRef
  readonly label: ReactNode
  /** Below the field, always there. */
  readonly note?: ReactNode
  readonly isWrong: boolean
  readonly isReadOnly: boolean
  /** What says what is wrong with it. */
  readonly describedBy: string
  /** Enter answers there, by the same rules as a press of the button. */
  readonly enter?: Enter | undefined
}

/** A field empties when it goes away, so that nothing typed outlives what it was typed for. */
function useEmptyAtEnd(ref: InputRef) {
  useEffect(() => {
    const input = ref.current
    return () => {
      if (input) input.value = ''
    }
  }, [ref])
}

interface InputProps extends SecretFieldProps {
  readonly type: 'password' | 'text'
  readonly inputMode: 'numeric' | 'text'
  readonly autoComplete: 'off' | 'one-time-code'
  readonly maxLength: number
  readonly onInput?: InputEventHandler<HTMLInputElement>
}

/** A key that was held down before, perhaps since the game, is no answer. */
function onEnter(event: KeyboardEvent, enter: Enter | undefined): void {
  if (event.key !== 'Enter') return
  event.preventDefault()
  if (event.repeat || !enter) return
  const verdict = judgePress({ isTrusted: event.isTrusted, isArmed: enter.isArmed, beganUnarmed: false })
  if (verdict === 'tooSoon') enter.onTooSoon()
  if (verdict === 'counts') enter.onAnswer()
}

/** What is typed stays in the field alone, never in React's state, and is read once. */
function SecretInput({ ref, label, note, isWrong, isReadOnly, describedBy, enter, ...input }: InputProps) {
  const id = useId()
  useEmptyAtEnd(ref)
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      <input
        {...input}
        id={id}
        ref={ref}
        className={field.input}
        onKeyDown={(event) => onEnter(event, enter)}
        autoCapitalize="off"
        spellCheck={false}
        readOnly={isReadOnly}
        aria-invalid={isWrong}
        aria-describedby={note ? `${id}-note ${describedBy}` : describedBy}
      />
      {note && <p id={`${id}-note`} className={styles.detail}>{note}</p>}
    </div>
  )
}

const keepDigits: InputEventHandler<HTMLInputElement> = ({ currentTarget }) => {
  const digits = digitsOf(currentTarget.value)
  if (digits !== currentTarget.value) currentTarget.value = digits
}

export function PinField(props: SecretFieldProps) {
  return <SecretInput {...props} type="password" inputMode="numeric" autoComplete="off" maxLength={12} onInput={keepDigits} />
}

/** For six digits of an authenticator, or a recovery code. */
export function CodeField(props: Omit<SecretFieldProps, 'label'>) {
  return (
    <SecretInput
      {...props}
      label={<Trans>Code</Trans>}
      type="text"
      inputMode="text"
      autoComplete="one-time-code"
      maxLength={20}
    />
  )
}

interface AccountCodeFieldProps extends SecretFieldProps {
  readonly isRecovery: boolean
  /** What is in the field has changed. */
  readonly onTyped: () => void
}

/** For the account's second factor. */
export function AccountCodeField({ isRecovery, onTyped, ...props }: AccountCodeFieldProps) {
  return <SecretInput {...props} type="text" inputMode={isRecovery ? 'text' : 'numeric'} autoComplete="one-time-code" maxLength={isRecovery ? 12 : 7} onInput={onTyped} />
}

/** For six digits of an authenticator alone. */
export function StepCodeField(props: SecretFieldProps) {
  return <SecretInput {...props} type="text" inputMode="numeric" autoComplete="one-time-code" maxLength={7} />
}

