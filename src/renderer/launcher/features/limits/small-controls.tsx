import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useState, type SyntheticEvent } from 'react'
import type { Change } from '../../../../contract/controls.ts'
import { useFormat } from '../../../i18n/format-context.ts'
import { Button } from '../../../ui/button.tsx'
import { SelectField } from '../../../ui/select-field.tsx'
import { useFeature } from '../../app/stores.ts'
import { ChangeReview } from './change-review.tsx'
import styles from './limits-screen.module.css'
import { useConsider } from './use-consider.ts'
import { useFormFocus } from './use-form-focus.ts'
import { useWhose } from './whose.ts'
import { ZoneSelect } from './zone-field.tsx'

const usualCounts = [2, 3, 5, 10, 20]

/** A word in the confirm window to people who buy often; never a wall. */
export function ReminderSection({ remindAfter }: { remindAfter: number | null }) {
  const { t } = useLingui()
  const { may } = useWhose()
  const setReminder = useFeature('limits', (state) => state.setReminder)
  const isBusy = useFeature('limits', (state) => state.task === 'reminder')
  const counts = [...new Set([...usualCounts, ...(remindAfter === null ? [] : [remindAfter])])].sort((one, other) => one - other)
  const choices = [
    { value: 'never', label: t`Never` },
    ...counts.map((count) => ({ value: String(count), label: t`After ${count} purchases` })),
  ]
  return (
    <section className={styles.card} aria-labelledby="reminder">
      <h2 id="reminder"><Trans>Reminder</Trans></h2>
      <p className={styles.purpose}>
        {remindAfter === null
          ? <Trans>The confirm window does not count your purchases.</Trans>
          : <Plural value={remindAfter} one="After # purchase within an hour the confirm window counts them for you. It stops nothing." other="After # purchases within an hour the confirm window counts them for you. It stops nothing." />}
      </p>
      {may === 'all' && <div className={styles.choices} aria-busy={isBusy}>
        <SelectField
          label={t`Remind me`}
          value={remindAfter === null ? 'never' : String(remindAfter)}
          choices={choices}
          onChange={(chosen) => void setReminder(chosen === 'never' ? null : Number(chosen))}
        />
      </div>}
    </section>
  )
}

function ZoneEditor({ zone: now }: { zone: string }) {
  const { t } = useLingui()
  const ask = useFeature('limits', (state) => state.ask)
  const edit = useFeature('limits', (state) => state.edit)
  const [zone, setZone] = useState(now)
  const change: Change | null = zone === now ? null : { kind: 'zone', zone }
  useConsider(change)
  const form = useFormFocus(true)
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (change) void ask(change)
  }
  return (
    <form ref={form} className={styles.form} onSubmit={submit} aria-label={t`Calendar`}>
      <div className={styles.choices}><ZoneSelect zone={zone} onChange={setZone} /></div>
      <ChangeReview action={<Trans>Set time zone…</Trans>} onCancel={() => edit(null)} />
    </form>
  )
}

/** Whose midnight counts, and in what is counted. */
export function CalendarSection({ zone, currency }: { zone: string; currency: string }) {
  const format = useFormat()
  const { may } = useWhose()
  const isEdited = useFeature('limits', ({ editing }) => editing?.kind === 'zone')
  const edit = useFeature('limits', (state) => state.edit)
  return (
    <section className={styles.card} aria-labelledby="calendar">
      <div className={styles.head}>
        <h2 id="calendar"><Trans>Calendar and currency</Trans></h2>
        {!isEdited && may === 'all' && <Button look="quiet" onPress={() => edit({ kind: 'zone' })}><Trans>Change time zone</Trans></Button>}
      </div>
      <p className={styles.purpose}>
        <Trans>
          Days begin at midnight in {zone}, weeks on Monday, months on the first. Limits are counted in {format.currencyName(currency)};
          a price in another currency counts as what it comes to, rounded up.
        </Trans>
      </p>
      {isEdited && <ZoneEditor zone={zone} />}
    </section>
  )
}
