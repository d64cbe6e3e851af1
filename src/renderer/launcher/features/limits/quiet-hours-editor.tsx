import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import X from 'lucide-react/icons/x'
import { useState, type SyntheticEvent } from 'react'
import type { Change, QuietHours } from '../../../../contract/controls.ts'
import { useFormat } from '../../../i18n/format-context.ts'
import { Button } from '../../../ui/button.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { useFeature } from '../../app/stores.ts'
import { ChangeReview } from './change-review.tsx'
import styles from './limits-screen.module.css'
import { groupHours, minuteOf, problemOf, timeText, ungroupHours, type QuietRow, type RowProblem } from './quiet-rows.ts'
import { useConsider } from './use-consider.ts'
import { useFormFocus } from './use-form-focus.ts'
import { ofMember, useWhose } from './whose.ts'

const week = [1, 2, 3, 4, 5, 6, 7]

/** The night, which people want most. */
const usualRow: QuietRow = { weekdays: week, fromMinute: 22 * 60, toMinute: 7 * 60 }

const problemWords: Record<RowProblem, MessageDescriptor> = {
  noDay: msg`Choose at least one day in each line, or take the line away.`,
  noTime: msg`Enter when the hours begin and when they end.`,
  sameTime: msg`The hours begin and end at the same time. Change one of them.`,
  tooMany: msg`Those are too many hours. At most four can be set for each day.`,
}

function Days({ weekdays, onChange }: { weekdays: readonly number[]; onChange: (weekdays: readonly number[]) => void }) {
  const { t } = useLingui()
  const format = useFormat()
  const toggle = (weekday: number, isOn: boolean) =>
    onChange(week.filter((one) => (one === weekday ? isOn : weekdays.includes(one))))
  return (
    <fieldset className={styles.days}>
      <legend className="visually-hidden">{t`Days`}</legend>
      {week.map((weekday) => (
        <label key={weekday} className={styles.day}>
          <input
            type="checkbox"
            aria-label={format.weekday(weekday, 'long')}
            checked={weekdays.includes(weekday)}
            onChange={({ target }) => toggle(weekday, target.checked)}
          />
          <span aria-hidden>{format.weekday(weekday, 'short')}</span>
        </label>
      ))}
    </fieldset>
  )
}

interface RowProps {
  readonly row: QuietRow
  readonly number: number
  readonly onChange: (row: QuietRow) => void
  readonly onRemove: () => void
}

function Row({ row, number, onChange, onRemove }: RowProps) {
  const { t } = useLingui()
  const isOvernight = row.toMinute < row.fromMinute
  return (
    <li className={styles.hoursRow} aria-label={t`Line ${number}`}>
      <Days weekdays={row.weekdays} onChange={(weekdays) => onChange({ ...row, weekdays })} />
      <div className={styles.times}>
        <TextField label={t`Begin`} type="time" value={timeText(row.fromMinute)} onChange={(text) => onChange({ ...row, fromMinute: minuteOf(text) })} />
        <TextField
          label={isOvernight ? t`End, on the next day` : t`End`}
          type="time"
          value={timeText(row.toMinute)}
          onChange={(text) => onChange({ ...row, toMinute: minuteOf(text) })}
        />
        <Button look="quiet" aria-label={t`Remove line ${number}`} onPress={onRemove}><X size={18} aria-hidden /></Button>
      </div>
    </li>
  )
}

/** Lines of days and times, put together freely; main says what they would change before anything is asked for. */
export function QuietHoursEditor({ hours }: { hours: readonly QuietHours[] }) {
  const { t } = useLingui()
  const ask = useFeature('limits', (state) => state.ask)
  const edit = useFeature('limits', (state) => state.edit)
  const { memberId } = useWhose()
  const [rows, setRows] = useState<readonly QuietRow[]>(() => (hours.length === 0 ? [usualRow] : groupHours(hours)))
  const problem = problemOf(rows)
  const change: Change | null = problem === null ? { kind: 'quietHours', hours: ungroupHours(rows), ...ofMember(memberId) } : null
  useConsider(change)
  const form = useFormFocus(true)
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (change) void ask(change)
  }
  return (
    <form ref={form} className={styles.form} onSubmit={submit} aria-label={t`Quiet hours`}>
      <ul className={styles.plainList}>
        {rows.map((row, index) => (
          <Row
            // Lines have no name of their own; they keep their place while they are edited.
            key={index}
            row={row}
            number={index + 1}
            onChange={(next) => setRows(rows.map((one, at) => (at === index ? next : one)))}
            onRemove={() => setRows(rows.filter((_, at) => at !== index))}
          />
        ))}
      </ul>
      {rows.length === 0 && <p className={styles.quiet}><Trans>No quiet hours.</Trans></p>}
      {problem !== null && <p className={styles.problem} role="status">{t(problemWords[problem])}</p>}
      <div><Button look="quiet" onPress={() => setRows([...rows, usualRow])}><Trans>Add a line</Trans></Button></div>
      <ChangeReview action={<Trans>Set quiet hours…</Trans>} onCancel={() => edit(null)} />
    </form>
  )
}
