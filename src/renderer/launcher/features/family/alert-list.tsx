import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import Eye from 'lucide-react/icons/eye'
import Hourglass from 'lucide-react/icons/hourglass'
import KeyRound from 'lucide-react/icons/key-round'
import TriangleAlert from 'lucide-react/icons/triangle-alert'
import CircleSlash from 'lucide-react/icons/circle-slash'
import { useDeferredValue, useState } from 'react'
import type { Alert } from '../../../../contract/ipc/household.ts'
import { useFormat } from '../../../i18n/format-context.ts'
import { Button } from '../../../ui/button.tsx'
import { SearchField } from '../../../ui/search-field.tsx'
import table from '../../../ui/table.module.css'
import { matchesText } from '../../text-match.ts'
import card from '../limits/limits-screen.module.css'
import styles from './family-screen.module.css'

const words: Record<Alert['what'], MessageDescriptor> = {
  nearLimit: msg`Four fifths of a limit are used`,
  atLimit: msg`A limit is used up`,
  wrongPins: msg`Several wrong PINs in a row`,
  looserAsked: msg`Something looser was asked for, and waits`,
  looksWrong: msg`A purchase looks wrong: see Monitoring`,
}
const icons: Record<Alert['what'], typeof TriangleAlert> = { nearLimit: TriangleAlert, atLimit: CircleSlash, wrongPins: KeyRound, looserAsked: Hourglass, looksWrong: Eye }

/** Alerts that are put on the page at once. */
const pageSize = 8

/** What a guardian should know of, newest first. */
export function AlertList({ alerts }: { alerts: readonly Alert[] }) {
  const { t } = useLingui()
  const format = useFormat()
  const [text, setText] = useState('')
  const [shownCount, setShownCount] = useState(pageSize)
  const deferredText = useDeferredValue(text)
  const lines = alerts.map(({ at, who, what }) => ({ at, what, who: who ?? t`Household`, said: t(words[what]), when: format.moment(at) }))
  const found = lines.filter(({ who, said, when }) => matchesText(deferredText, [who, said, when]))
  return (
    <section className={card.card} aria-labelledby="alerts">
      <h2 id="alerts"><Trans>Alerts</Trans></h2>
      {alerts.length === 0 ? <p className={styles.quiet}><Trans>Nothing to tell.</Trans></p> : (
        <div className={table.toolbar}>
          <SearchField label={t`Search the alerts`} value={text} onChange={setText} />
          <p aria-live="polite"><Plural value={found.length} one="# alert" other="# alerts" /></p>
        </div>
      )}
      <ul className={card.plainList}>
        {found.slice(0, shownCount).map(({ at, what, who, said, when }, index) => {
          const Icon = icons[what]
          return (
            <li key={`${at} ${index}`} className={styles.alert}>
              <Icon size={16} aria-hidden />
              <p className={styles.words}><bdi className={styles.who}>{who}</bdi> · {said}</p>
              <time className={styles.quiet} dateTime={at}>{when}</time>
            </li>
          )
        })}
      </ul>
      {found.length > shownCount && <div><Button onPress={() => setShownCount(shownCount + pageSize)}><Trans>Show more alerts</Trans></Button></div>}
    </section>
  )
}
