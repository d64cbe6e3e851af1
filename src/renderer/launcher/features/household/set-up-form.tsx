import { Trans, useLingui } from '@lingui/react/macro'
import Smartphone from 'lucide-react/icons/smartphone'
import UserPlus from 'lucide-react/icons/user-plus'
import { useEffect, useRef, useState, type SyntheticEvent } from 'react'
import { useFormat } from '../../../i18n/format-context.ts'
import { Button } from '../../../ui/button.tsx'
import { SelectField } from '../../../ui/select-field.tsx'
import { useFeature } from '../../app/stores.ts'
import type { Household } from '../limits/limits-store.ts'
import { ZoneSelect } from '../limits/zone-field.tsx'
import { HouseholdTold } from './household-told.tsx'
import styles from './household.module.css'
import { NameField } from './name-field.tsx'
import { membersOf, mostMembers, nameProblems, newDraftMember, type DraftMember, type SetUpDraft } from './set-up-draft.ts'
import { SetUpMember } from './set-up-member.tsx'
import { useCurrencies } from './use-currencies.ts'

interface SetUpFormProps {
  readonly systemZone: string
  /** There where limits are kept already: their calendar and currency stay. */
  readonly kept: NonNullable<Household> | null
  readonly onBack?: () => void
}

interface PeopleProps {
  readonly draft: SetUpDraft
  readonly currency: string
  readonly isTried: boolean
  readonly onChange: (draft: SetUpDraft) => void
}

function People({ draft, currency, isTried, onChange }: PeopleProps) {
  const { t } = useLingui()
  const { guardian, others } = draft
  const [guardianProblem = null, ...problems] = nameProblems(draft)
  const list = useRef<HTMLUListElement>(null)
  const add = () => {
    onChange({ guardian, others: [...others, newDraftMember(others)] })
    // Once the row is there, its name is what is typed next.
    setTimeout(() => list.current?.lastElementChild?.querySelector('input')?.focus())
  }
  const replace = (next: DraftMember) => onChange({ guardian, others: others.map((one) => (one.key === next.key ? next : one)) })
  return (
    <>
      <fieldset className={styles.part}>
        <legend><Trans>Guardian</Trans></legend>
        <p className={styles.meaning}><Trans>An adult who decides for the household and for minors, and answers what they ask for. That is you, most likely.</Trans></p>
        <div className={styles.nameField}>
          <NameField label={t`Your name`} value={guardian} problem={guardianProblem} isTried={isTried} onChange={(name) => onChange({ guardian: name, others })} />
        </div>
      </fieldset>
      <fieldset className={styles.part}>
        <legend><Trans>Everybody else</Trans></legend>
        <ul ref={list} className={styles.members}>
          {others.map((member, index) => (
            <SetUpMember
              key={member.key}
              member={member}
              number={index + 1}
              currency={currency}
              problem={problems[index] ?? null}
              isTried={isTried}
              onChange={replace}
              onRemove={() => onChange({ guardian, others: others.filter(({ key }) => key !== member.key) })}
            />
          ))}
        </ul>
        {others.length + 1 < mostMembers && (
          <div><Button onPress={add}><UserPlus size={16} aria-hidden /><Trans>Add a person</Trans></Button></div>
        )}
      </fieldset>
    </>
  )
}

interface MoneyProps {
  readonly zone: string
  readonly currency: string
  readonly onZone: (zone: string) => void
  readonly onCurrency: (currency: string) => void
}

function Money({ zone, currency, onZone, onCurrency }: MoneyProps) {
  const { t } = useLingui()
  const format = useFormat()
  const currencies = useCurrencies()
  return (
    <fieldset className={styles.part}>
      <legend><Trans>Calendar and currency</Trans></legend>
      <p className={styles.meaning}><Trans>Days begin at midnight there, weeks on Monday. Limits are counted in this currency, which stays.</Trans></p>
      <div className={styles.row}>
        <ZoneSelect zone={zone} onChange={onZone} />
        <SelectField label={t`Currency`} value={currency} choices={currencies.map((code) => ({ value: code, label: format.currencyName(code) }))} onChange={onCurrency} />
      </div>
    </fieldset>
  )
}

/** What comes after the button, so that nobody is surprised by it. */
function WhatComes() {
  return (
    <div className={styles.coming}>
      <Smartphone size={20} aria-hidden />
      <div>
        <p><strong><Trans>This takes about 3 minutes. Have your phone at hand.</Trans></strong></p>
        <p className={styles.meaning}>
          <Trans>A window of Tuppence itself opens next. There everybody chooses a PIN, and you connect an authenticator app, which shows a new code every half minute. It also gives you recovery codes to keep.</Trans>
        </p>
      </div>
    </div>
  )
}

/** All that a household needs, on one page. Nothing typed is lost when it does not come about. */
export function SetUpForm({ systemZone, kept, onBack }: SetUpFormProps) {
  const { t } = useLingui()
  const currencies = useCurrencies()
  const locale = useFeature('app', ({ status }) => status?.appearance.locale ?? 'en')
  const setUp = useFeature('household', (state) => state.setUp)
  const isSettingUp = useFeature('household', (state) => state.task === 'setUp')
  const told = useFeature('household', (state) => (state.told?.task === 'setUp' ? state.told.result : null))
  const [draft, setDraft] = useState<SetUpDraft>(() => ({ guardian: '', others: [newDraftMember([])] }))
  const [chosenZone, setZone] = useState(systemZone)
  const [chosenCurrency, setCurrency] = useState<string | null>(null)
  const [isTried, setIsTried] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => form.current?.querySelector('input')?.focus(), [])
  const { zone, currency } = kept ?? { zone: chosenZone, currency: chosenCurrency ?? currencies[0] ?? 'EUR' }
  const members = membersOf(draft, currency, locale)
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    setIsTried(true)
    if (members) void setUp({ zone, currency, members })
    // Once the fields that are wrong are marked, the first of them has the keyboard.
    else setTimeout(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
  }
  return (
    <form ref={form} className={styles.form} onSubmit={submit} aria-label={t`Set up a household`}>
      <People draft={draft} currency={currency} isTried={isTried} onChange={setDraft} />
      {kept === null && <Money zone={zone} currency={currency} onZone={setZone} onCurrency={setCurrency} />}
      <WhatComes />
      {isTried && !members && <p role="status" className={styles.problem}><Trans>Something is still missing. It is marked above.</Trans></p>}
      <div className={styles.actions}>
        <Button type="submit" isPending={isSettingUp}><Trans>Set up…</Trans></Button>
        {onBack && <Button look="quiet" isDisabled={isSettingUp} onPress={onBack}><Trans>Back</Trans></Button>}
      </div>
      <HouseholdTold result={told} isFailureOnly />
    </form>
  )
}
