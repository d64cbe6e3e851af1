import { Trans, useLingui } from '@lingui/react/macro'
import CircleCheck from 'lucide-react/icons/circle-check'
import CircleSlash from 'lucide-react/icons/circle-slash'
import TriangleAlert from 'lucide-react/icons/triangle-alert'
import { useState } from 'react'
import type { Standing } from '../../../../contract/ipc/controls.ts'
import { useFormat } from '../../../i18n/format-context.ts'
import { Button } from '../../../ui/button.tsx'
import { useFeature } from '../../app/stores.ts'
import { useControlWords } from './control-words.ts'
import { LimitEditor } from './limit-editor.tsx'
import { LimitForm } from './limit-form.tsx'
import { keyOf } from './limit-key.ts'
import screen from './limits-screen.module.css'
import { useRegionNames } from './region-names.ts'
import { fullnessOf, StandingBar, type Fullness } from './standing-bar.tsx'
import { StandingTable } from './standing-table.tsx'
import styles from './standings.module.css'
import { ofMember, useWhose } from './whose.ts'

const icons: Record<Fullness, typeof CircleCheck> = { room: CircleCheck, near: TriangleAlert, full: CircleSlash, over: CircleSlash }

/** What is left in words: never only a colour. */
function Left({ standing, currency }: { standing: Standing; currency: string }) {
  const { money } = useControlWords(currency)
  const fullness = fullnessOf(standing)
  const Icon = icons[fullness]
  const over = money((-BigInt(standing.left)).toString())
  return (
    <p className={`${styles.left} ${styles[fullness]}`}>
      {fullness !== 'room' && <Icon size={16} aria-hidden />}
      {fullness === 'over' ? <Trans>{over} over</Trans> : <Trans>{money(standing.left)} left</Trans>}
    </p>
  )
}

function Numbers({ standing, currency }: { standing: Standing; currency: string }) {
  const format = useFormat()
  const { money } = useControlWords(currency)
  const { spent, reserved, resetsAt } = standing
  return (
    <ul className={styles.numbers}>
      <li><i className={styles.spentKey} aria-hidden /><Trans>{money(spent)} spent</Trans></li>
      <li><i className={styles.reservedKey} aria-hidden /><Trans>{money(reserved)} reserved</Trans></li>
      {resetsAt !== null && <li><Trans>resets {format.moment(resetsAt)}</Trans></li>}
    </ul>
  )
}

function LimitRow({ standing, currency }: { standing: Standing; currency: string }) {
  const { t } = useLingui()
  const { limitName, money } = useControlWords(currency)
  const { period, sellerId, amount } = standing
  const { memberId, may } = useWhose()
  const edit = useFeature('limits', (state) => state.edit)
  const isEdited = useFeature(
    'limits',
    ({ editing }) => editing?.kind === 'limit' && keyOf(editing) === keyOf(standing),
  )
  const name = limitName(standing)
  return (
    <li className={styles.limit} aria-label={name}>
      <div className={styles.head}>
        <h3><bdi>{name}</bdi></h3>
        {!isEdited && may !== 'look' && <Button look="quiet" aria-label={t`Change: ${name}`} onPress={() => edit({ kind: 'limit', period, sellerId, ...ofMember(memberId) })}><Trans>Change</Trans></Button>}
      </div>
      {period === 'purchase' ? <p className={styles.left}><Trans>At most {money(amount)} each</Trans></p> : (
        <>
          <div className={styles.amounts}>
            <Left standing={standing} currency={currency} />
            <p className={styles.cap}><Trans>of {money(amount)}</Trans></p>
          </div>
          <StandingBar standing={standing} />
          <Numbers standing={standing} currency={currency} />
          {fullnessOf(standing) === 'over' && <p className={styles.note}><Trans>The limit became stricter after you had spent this. Nothing more can be bought until it resets.</Trans></p>}
        </>
      )}
      {isEdited && <LimitEditor limit={{ period, sellerId, amount }} currency={currency} />}
    </li>
  )
}

/** Every limit and how it stands: to look at, or as a table. */
export function Standings({ standings, currency }: { standings: readonly Standing[]; currency: string }) {
  const { may } = useWhose()
  const { limits } = useRegionNames()
  const [isTable, setIsTable] = useState(false)
  const isAdding = useFeature('limits', ({ editing }) => editing?.kind === 'newLimit')
  const edit = useFeature('limits', (state) => state.edit)
  return (
    <section className={screen.card} aria-label={limits}>
      <div className={screen.head}>
        <h2><Trans>Spending limits</Trans></h2>
        <div className={screen.actions}>
          {standings.length > 0 && (
            <Button look="quiet" onPress={() => setIsTable(!isTable)}>{isTable ? <Trans>Show as bars</Trans> : <Trans>Show as table</Trans>}</Button>
          )}
          {!isAdding && may !== 'look' && <Button onPress={() => edit({ kind: 'newLimit' })}><Trans>Add limit</Trans></Button>}
        </div>
      </div>
      {isAdding && may !== 'look' && <LimitForm currency={currency} onCancel={() => edit(null)} />}
      {standings.length === 0 && <p className={screen.purpose}><Trans>There is no limit at the moment.</Trans></p>}
      {isTable ? <StandingTable standings={standings} currency={currency} /> : (
        <ul className={styles.limits}>
          {standings.map((standing) => <LimitRow key={keyOf(standing)} standing={standing} currency={currency} />)}
        </ul>
      )}
    </section>
  )
}
