import Check from 'lucide-react/icons/check'
import ChevronDown from 'lucide-react/icons/chevron-down'
import { useId } from 'react'
import { Button } from 'react-aria-components/Button'
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox'
import { Popover } from 'react-aria-components/Popover'
import { Select, SelectValue } from 'react-aria-components/Select'
import type { Choice } from './choice.ts'
import styles from './field.module.css'
import panel from './panel.module.css'

interface SelectFieldProps<V extends string> {
  readonly label: string
  readonly value: V
  readonly choices: readonly Choice<V>[]
  readonly onChange: (value: V) => void
}

/** One of many, opened when needed. The label stands inside, so that the control wraps and shrinks as one. */
export function SelectField<V extends string>({ label, value, choices, onChange }: SelectFieldProps<V>) {
  const id = useId()
  const choose = (chosen: unknown) => {
    const choice = choices.find((one) => one.value === chosen)
    if (choice) onChange(choice.value)
  }
  return (
    <Select className={styles.selectField ?? ''} aria-label={label} value={value} onChange={choose}>
      {/* Named in the order that is seen: label, then value. */}
      <Button className={styles.select ?? ''} aria-labelledby={id}>
        <span id={id} className={styles.selectText}>
          <span className={styles.selectLabel}>{label}</span>{' '}
          <SelectValue className={styles.selectValue ?? ''}>{({ selectedText }) => <bdi>{selectedText}</bdi>}</SelectValue>
        </span>
        <ChevronDown size={16} aria-hidden />
      </Button>
      <Popover className={`${panel.panel} ${styles.list}`} offset={4} placement="bottom end">
        <ListBox className={styles.options ?? ''}>
          {choices.map((choice) => (
            <ListBoxItem key={choice.value} id={choice.value} textValue={choice.label} className={styles.option ?? ''}>
              {({ isSelected }) => (
                <>
                  <bdi>{choice.label}</bdi>
                  {isSelected && <Check size={16} aria-hidden />}
                </>
              )}
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </Select>
  )
}
