import { RadioButton, RadioField, RadioGroup } from 'react-aria-components/RadioGroup'
import type { Choice } from './choice.ts'
import styles from './field.module.css'

interface SegmentsProps<V extends string> {
  readonly label: string
  readonly value: V
  readonly choices: readonly Choice<V>[]
  readonly onChange: (value: V) => void
}

/** One of a few, all in sight: a group of radio buttons. */
export function Segments<V extends string>({ label, value, choices, onChange }: SegmentsProps<V>) {
  const choose = (chosen: string) => {
    const choice = choices.find((one) => one.value === chosen)
    if (choice) onChange(choice.value)
  }
  return (
    <RadioGroup className={styles.segments ?? ''} aria-label={label} value={value} onChange={choose} orientation="horizontal">
      {choices.map((choice) => (
        <RadioField key={choice.value} className={styles.segmentField ?? ''} value={choice.value}>
          <RadioButton className={styles.segment ?? ''}>{choice.label}</RadioButton>
        </RadioField>
      ))}
    </RadioGroup>
  )
}
