import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import type { HistoryMenus } from '../../../../contract/ipc/history.ts'
import { MultiSelect } from '../../../ui/multi-select.tsx'
import { SelectField } from '../../../ui/select-field.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { decimalIn } from './decimal-in.ts'
import { chosenIn, useMenuChoices, withChosen } from './filter-choices.ts'
import styles from './filter-panel.module.css'
import type { Facets } from './history-store.ts'
import { isDay } from './history-address.ts'
import { periodOf, type Preset, presetOf } from './periods.ts'

interface FilterPanelProps {
  readonly id: string
  readonly menus: HistoryMenus
  readonly facets: Facets | null
  readonly isOfMany: boolean
  readonly onChange: (menus: HistoryMenus, options?: { readonly isTyping: boolean }) => void
}

/** One menu for each thing that lines differ in. What is chosen holds at once. */
export function FilterPanel({ id, menus, facets, isOfMany, onChange }: FilterPanelProps) {
  const { t } = useLingui()
  const lists = useMenuChoices(facets, isOfMany)
  return (
    <section id={id} className={styles.panel} aria-label={t`Filters`}>
      <PeriodMenu menus={menus} today={facets?.today ?? null} onChange={onChange} />
      {lists.filter(({ menu, choices }) => choices.length > 1 || menus[menu] !== null).map((list) => (
        <MultiSelect
          key={list.menu}
          label={list.label}
          none={t`Any`}
          values={chosenIn(menus, list)}
          choices={list.choices}
          onChange={(chosen) => onChange(withChosen(menus, list, chosen))}
        />
      ))}
      <Amounts menus={menus} onChange={onChange} />
    </section>
  )
}

type PartProps = Pick<FilterPanelProps, 'menus' | 'onChange'>

function PeriodMenu({ menus, today, onChange }: PartProps & { today: string | null }) {
  const { t } = useLingui()
  const [isCustom, setIsCustom] = useState(false)
  if (today === null) return null
  const preset = isCustom ? 'custom' : presetOf(menus, today)
  const choices: readonly { value: Preset; label: string }[] = [
    { value: 'all', label: t`Any time` },
    { value: 'thisMonth', label: t`This month` },
    { value: 'lastMonth', label: t`Last month` },
    { value: 'thisYear', label: t`This year` },
    { value: 'custom', label: t`Days of your choice` },
  ]
  const choose = (chosen: Preset) => {
    setIsCustom(chosen === 'custom')
    if (chosen !== 'custom') onChange({ ...menus, ...periodOf(chosen, today) })
  }
  const day = (name: 'from' | 'to') => (value: string) => {
    if (value === '' || isDay(value)) onChange({ ...menus, [name]: value === '' ? null : value }, { isTyping: true })
  }
  return (
    <>
      <SelectField label={t`Period`} value={preset} choices={choices} onChange={choose} />
      {preset === 'custom' && (
        <div className={styles.pair}>
          <TextField label={t`From`} type="date" value={menus.from ?? ''} onChange={day('from')} />
          <TextField label={t`Up to`} type="date" value={menus.to ?? ''} onChange={day('to')} />
        </div>
      )}
    </>
  )
}

function Amounts({ menus, onChange }: PartProps) {
  const { t } = useLingui()
  return (
    <div className={styles.pair}>
      <AmountField label={t`Amount from`} value={menus.least} onChange={(least) => onChange({ ...menus, least }, { isTyping: true })} />
      <AmountField label={t`Amount up to`} value={menus.most} onChange={(most) => onChange({ ...menus, most }, { isTyping: true })} />
    </div>
  )
}

/** An amount of any currency in major units, with a point or a comma. Holds as soon as it is one. */
function AmountField({ label, value, onChange }: { label: string; value: string | null; onChange: (value: string | null) => void }) {
  const [typed, setTyped] = useState(value ?? '')
  const read = decimalIn(typed)
  // It was changed elsewhere: by going back, or by taking the filter away.
  const shown = read === undefined || read === value ? typed : (value ?? '')
  const type = (text: string) => {
    setTyped(text)
    const decimal = decimalIn(text)
    if (decimal !== undefined) onChange(decimal)
  }
  return (
    <TextField
      label={label}
      inputMode="decimal"
      maxLength={20}
      value={shown}
      onChange={type}
      error={read === undefined && shown === typed ? <Trans>No amount, such as 4.99</Trans> : null}
    />
  )
}
