import { useLingui } from '@lingui/react/macro'
import Check from 'lucide-react/icons/check'
import ChevronDown from 'lucide-react/icons/chevron-down'
import { useId } from 'react'
import { Autocomplete } from 'react-aria-components/Autocomplete'
import { Button } from 'react-aria-components/Button'
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox'
import { Popover } from 'react-aria-components/Popover'
import { Select } from 'react-aria-components/Select'
import type { Choice } from './choice.ts'
import styles from './field.module.css'
import panel from './panel.module.css'
import { SearchField } from './search-field.tsx'

interface MultiSelectProps<V extends string> {
  readonly label: string
  /** Said where nothing is chosen. */
  readonly none: string
  readonly values: readonly V[]
  readonly choices: readonly Choice<V>[]
  readonly onChange: (values: readonly V[]) => void
}

/** From so many choices on there is a field to search them. */
const manyChoices = 9

/** Any number of many, opened when needed. Looks as `SelectField` does. */
export function MultiSelect<V extends string>({ label, none, values, choices, onChange }: MultiSelectProps<V>) {
  const { t } = useLingui()
  const id = useId()
  const chosen = choices.filter(({ value }) => values.includes(value))
  const [first] = chosen
  const words = chosen.length === 0 ? none : chosen.length === 1 && first ? first.label : String(chosen.length)
  const choose = (keys: unknown) => {
    const chosenKeys = new Set(keys as Iterable<unknown>)
    onChange(choices.map(({ value }) => value).filter((value) => chosenKeys.has(value)))
  }
  const list = (
    <ListBox className={styles.options ?? ''} items={choices} renderEmptyState={() => <p className={styles.noOption}>{t`Nothing of that name`}</p>}>
      {({ value, label: name }) => (
        <ListBoxItem id={value} textValue={name} className={styles.option ?? ''}>
          {({ isSelected }) => (
            <>
              <bdi>{name}</bdi>
              {isSelected && <Check size={16} aria-hidden />}
            </>
          )}
        </ListBoxItem>
      )}
    </ListBox>
  )
  return (
    <Select className={styles.selectField ?? ''} selectionMode="multiple" aria-label={label} value={[...values]} onChange={choose}>
      <Button className={styles.select ?? ''} aria-labelledby={id}>
        <span id={id} className={styles.selectText}>
          <span className={styles.selectLabel}>{label}</span>{' '}
          <span className={styles.selectValue}><bdi>{words}</bdi></span>
        </span>
        <ChevronDown size={16} aria-hidden />
      </Button>
      <Popover className={`${panel.panel} ${styles.list}`} offset={4} placement="bottom start">
        {choices.length < manyChoices ? list : (
          <Autocomplete filter={contains}>
            <div className={styles.searched}>
              <SearchField label={t`Search: ${label}`} inputRef={takeKeyboard} />
              {list}
            </div>
          </Autocomplete>
        )}
      </Popover>
    </Select>
  )
}

/** Who opens a long list most often types next. */
const takeKeyboard = (input: HTMLInputElement | null) => input?.focus()

const plain = (text: string) => text.normalize('NFKD').replace(/\p{Diacritic}/gu, '').toLowerCase()
const contains = (text: string, wanted: string) => plain(text).includes(plain(wanted))
