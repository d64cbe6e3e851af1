import { Trans } from '@lingui/react/macro'
import type { QuietHours } from '../../../../contract/controls.ts'
import { Button } from '../../../ui/button.tsx'
import { useFeature } from '../../app/stores.ts'
import { useControlWords } from './control-words.ts'
import styles from './limits-screen.module.css'
import { QuietHoursEditor } from './quiet-hours-editor.tsx'
import { groupHours } from './quiet-rows.ts'
import { useRegionNames } from './region-names.ts'
import { useWhose } from './whose.ts'

/** Times in which nothing is bought: which there are, and the way to change them. */
export function QuietHoursSection({ hours, currency }: { hours: readonly QuietHours[]; currency: string }) {
  const { days, hoursText } = useControlWords(currency)
  const isEdited = useFeature('limits', ({ editing }) => editing?.kind === 'quietHours')
  const edit = useFeature('limits', (state) => state.edit)
  const rows = groupHours(hours)
  const { may } = useWhose()
  const { quietHours } = useRegionNames()
  return (
    <section className={styles.card} aria-label={quietHours}>
      <div className={styles.head}>
        <h2><Trans>Quiet hours</Trans></h2>
        {!isEdited && may !== 'look' && <Button onPress={() => edit({ kind: 'quietHours' })}>{rows.length === 0 ? <Trans>Add quiet hours</Trans> : <Trans>Change quiet hours</Trans>}</Button>}
      </div>
      <p className={styles.purpose}>
        {rows.length === 0 ? <Trans>Nothing can be bought in quiet hours. There are none at the moment.</Trans> : <Trans>Nothing can be bought in these hours.</Trans>}
      </p>
      {isEdited ? <QuietHoursEditor hours={hours} /> : (
        <ul className={styles.plainList}>
          {rows.map((row) => (
            <li key={`${row.weekdays.join()} ${row.fromMinute} ${row.toMinute}`} className={styles.hoursLine}>
              <span>{days(row.weekdays)}</span>
              <strong>{hoursText(row.fromMinute, row.toMinute)}</strong>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
