import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useDeferredValue, useState } from 'react'
import { Link } from 'wouter'
import type { MonitoringView, Scored } from '../../../../contract/ipc/monitoring.ts'
import { useFormat } from '../../../i18n/format-context.ts'
import { Button } from '../../../ui/button.tsx'
import { SearchField } from '../../../ui/search-field.tsx'
import { Segments } from '../../../ui/segments.tsx'
import { SelectField } from '../../../ui/select-field.tsx'
import table from '../../../ui/table.module.css'
import { RiskReasons } from '../../../words/risk-words.tsx'
import { useFeature } from '../../app/stores.ts'
import { useMemberNames } from '../household/use-member-names.ts'
import card from '../limits/limits-screen.module.css'
import { BandMark } from './band-mark.tsx'
import { everything, findScored, type ScoredFilter } from './find-scored.ts'
import styles from './monitoring-screen.module.css'

type View = Extract<MonitoringView, { kind: 'ok' }>

/** Purchases that are put on the page at once. */
const pageSize = 20

/** What was said about it, or the two answers. */
function Answer({ one }: { one: Scored }) {
  const { t } = useLingui()
  const format = useFormat()
  const answer = useFeature('monitoring', (state) => state.answer)
  const task = useFeature('monitoring', (state) => state.task)
  const { purchaseId, item, mayAnswer } = one
  const said = one.answer
  return (
    <div className={styles.answer}>
      {said && (
        <p className={styles.quiet}>
          {said.answer === 'me' ? <Trans>It was said: this was me.</Trans> : <Trans>It was said: this was not me.</Trans>}{' '}
          {said.by !== null && <><bdi>{said.by}</bdi>, </>}<time dateTime={said.at}>{format.moment(said.at)}</time>
        </p>
      )}
      <div className={card.actions}>
        {mayAnswer.includes('me') && (
          <Button aria-label={t`This was me: ${item}`} isDisabled={task !== null} onPress={() => void answer(purchaseId, 'me')}><Trans>This was me</Trans></Button>
        )}
        {mayAnswer.includes('notMe') && (
          <Button look="quiet" aria-label={t`This was not me: ${item}`} isPending={task === purchaseId} isDisabled={task !== null} onPress={() => void answer(purchaseId, 'notMe')}>
            <Trans>This was not me…</Trans>
          </Button>
        )}
      </div>
    </div>
  )
}

function Row({ one, view }: { one: Scored; view: View }) {
  const format = useFormat()
  const { nameOf } = useMemberNames()
  const { purchaseId, at, item, payee, price, state, memberId, band } = one
  const isYours = memberId === view.of
  return (
    <li className={styles.row} id={`scored-${purchaseId}`}>
      <div className={styles.what}>
        <p className={styles.item}>
          {state === 'cancelled' ? <bdi>{item}</bdi> : <Link href={`/history/purchase/${purchaseId}`}><bdi>{item}</bdi></Link>}{' '}
          <span className={styles.price}>{format.money(price)}</span>
        </p>
        <p className={styles.quiet}>
          <bdi>{payee}</bdi> · <time dateTime={at}>{format.dateTime(at)}</time>
          {memberId !== null && !isYours && <> · <bdi>{nameOf(memberId)}</bdi></>}
          {state === 'cancelled' && <> · <Trans>not bought</Trans></>}
        </p>
        <BandMark band={band} isAlone={view.of === null} />
        <RiskReasons risk={one} isYours={isYours} className={styles.reasons} />
      </div>
      {(one.answer !== null || (band !== 'nothing' && one.mayAnswer.length > 0)) && <Answer one={one} />}
    </li>
  )
}

function useWordsOf(): (one: Scored) => readonly string[] {
  const format = useFormat()
  const { nameOf } = useMemberNames()
  return ({ item, payee, price, at, memberId }) => [item, payee, format.money(price), format.dateTime(at), memberId === null ? '' : nameOf(memberId)]
}

function Filters({ filter, view, count, onChange }: { filter: ScoredFilter; view: View; count: number; onChange: (filter: ScoredFilter) => void }) {
  const { t } = useLingui()
  const which = [
    { value: 'all', label: t`All` },
    { value: 'noticed', label: t`Something noticed` },
    { value: 'unanswered', label: t`Not answered` },
  ] as const
  return (
    <div className={table.toolbar}>
      <SearchField label={t`Search these purchases`} value={filter.text} onChange={(text) => onChange({ ...filter, text })} />
      <Segments label={t`Which purchases`} value={filter.which} choices={which} onChange={(chosen) => onChange({ ...filter, which: chosen })} />
      {view.people.length > 1 && (
        <SelectField
          label={t`Bought by`}
          value={filter.memberId ?? 'everybody'}
          choices={[{ value: 'everybody', label: t`Everybody` }, ...view.people.map(({ memberId, name }) => ({ value: memberId, label: name }))]}
          onChange={(chosen) => onChange({ ...filter, memberId: chosen === 'everybody' ? null : chosen })}
        />
      )}
      <p aria-live="polite"><Plural value={count} one="# purchase" other="# purchases" /></p>
    </div>
  )
}

/** Every purchase that was judged, newest first: what was shown, why, and what was said about it. */
export function ScoredList({ view }: { view: View }) {
  const { t } = useLingui()
  const [filter, setFilter] = useState(everything)
  const [shownCount, setShownCount] = useState(pageSize)
  const wordsOf = useWordsOf()
  const found = findScored(view.scored, useDeferredValue(filter), wordsOf)
  return (
    <section className={card.card} aria-labelledby="scored">
      <h2 id="scored"><Trans>Purchases and what was noticed</Trans></h2>
      <Filters filter={filter} view={view} count={found.length} onChange={setFilter} />
      {found.length === 0 && <p className={styles.quiet}><Trans>No purchase is like that.</Trans></p>}
      <ul className={styles.rows} aria-label={t`Judged purchases`}>
        {found.slice(0, shownCount).map((one) => <Row key={one.purchaseId} one={one} view={view} />)}
      </ul>
      {found.length > shownCount && <div><Button onPress={() => setShownCount(shownCount + pageSize)}><Trans>Show more purchases</Trans></Button></div>}
    </section>
  )
}
