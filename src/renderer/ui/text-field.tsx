import { useId, type ReactNode } from 'react'
import field from './field.module.css'
import styles from './text-field.module.css'

interface TextFieldProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  /** Below the field: what was understood. */
  readonly note?: ReactNode
  /** Below the field instead of the note: what is wrong, and what to do. */
  readonly error?: ReactNode
  readonly inputMode?: 'decimal' | 'text'
  readonly type?: 'text' | 'time' | 'date'
  readonly maxLength?: number
}

/** One line to type into, with its label above and what there is to say about it below. */
export function TextField({ label, value, onChange, note, error, inputMode = 'text', type = 'text', maxLength }: TextFieldProps) {
  const id = useId()
  const isWrong = error !== undefined && error !== null
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className={field.input}
        type={type}
        inputMode={inputMode}
        autoComplete="off"
        spellCheck={false}
        value={value}
        maxLength={maxLength}
        aria-invalid={isWrong}
        aria-describedby={`${id}-about`}
        onChange={({ target }) => onChange(target.value)}
      />
      <p id={`${id}-about`} className={isWrong ? styles.error : styles.note} aria-live="polite">{isWrong ? error : note}</p>
    </div>
  )
}
