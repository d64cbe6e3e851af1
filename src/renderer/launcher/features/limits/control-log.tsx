import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useDeferredValue, useState } from 'react'
import type { ControlEvent } from '../../../../contract/ipc/controls.ts'
import { useFormat } from '../../../i18n/format-context.ts'
import { Button } from '../../../ui/button.tsx'
import { SearchField } from '../../../ui/search-field.tsx'
import table from '../../../ui/table.module.css'
import { matchesText } from '../../text-match.ts'
import { useControlWords } from './control-words.ts'
import styles from './limits-screen.module.css'

/** Lines that are put on the page at once. */
const pageSize = 50

interface ControlLogProps {
  readonly events: readonly ControlEvent[]
  readonly currency: string
  /** Whether it has to be said whom a change is about. */
  readonly hasMembers?: boolean
}

/** Every change of a control, newest first. */
export function ControlLog({ events, currency, hasMembers = false }: ControlLogProps) {
  const { t } = useLingui()
  const format = useFormat()
  const { eventText } = useControlWords(currency)
  const [text, setText] = useState('')
  const [shownCount, setShownCount] = useState(pageSize)
  const deferredText = useDeferredValue(text)
  const lines = events.map((event) => ({ at: event.at, when: format.dateTime(event.at), ...eventText(event, hasMembers) }))
  const found = lines.filter(({ when, who, what, about, detail }) => matchesText(deferredText, [when, who, what, detail, hasMembers ? about : '']))
  if (events.length === 0) return null
  return (
    <section className={styles.card} aria-labelledby="control-log">
      <h2 id="control-log"><Trans>What was changed</Trans></h2>
      <div className={table.toolbar}>
        <SearchField label={t`Search the changes`} value={text} onChange={setText} />
        <p aria-live="polite"><Plural value={found.length} one="# change" other="# changes" /></p>
      </div>
      <div className={table.scroll} role="region" aria-label={t`Changes`} tabIndex={0}>
        <table className={table.table}>
          <thead>
            <tr>
              <th scope="col" aria-sort="descending"><Trans>When</Trans></th>
              <th scope="col"><Trans>Who</Trans></th>
              <th scope="col"><Trans>What happened</Trans></th>
              {hasMembers && <th scope="col"><Trans>For whom</Trans></th>}
              <th scope="col"><Trans>Control</Trans></th>
            </tr>
          </thead>
          <tbody>
            {found.slice(0, shownCount).map(({ at, when, who, what, about, detail }, index) => (
              <tr key={`${at} ${index}`}>
                <td className={table.when}><time dateTime={at}>{when}</time></td>
                <td className={styles.person}><bdi>{who}</bdi></td>
                <th scope="row">{what}</th>
                {hasMembers && <td className={styles.person}><bdi>{about}</bdi></td>}
                <td className={styles.detail}><bdi>{detail}</bdi></td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {found.length === 0 && <p className={styles.quiet}><Trans>No change fits your search.</Trans></p>}
      {found.length > shownCount && (
        <div><Button onPress={() => setShownCount(shownCount + pageSize)}><Trans>Show more changes</Trans></Button></div>
      )}
    </section>
  )
}
