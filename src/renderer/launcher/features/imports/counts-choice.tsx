import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useId } from 'react'
import type { ImportEffectView } from '../../../../contract/ipc/imports.ts'
import { useFormat } from '../../../i18n/format-context.ts'
import { useFeature } from '../../app/stores.ts'
import { periodWords } from '../../../words/limit-words.tsx'
import styles from './imports.module.css'
import type { Looking } from './imports-store.ts'

/** Whether the charges count towards limits, and what that means now. */
export function CountsChoice({ stage: { preview, memberId, counts } }: { stage: Looking }) {
  const id = useId()
  const decide = useFeature('imports', (state) => state.decide)
  const { counting, people } = preview
  const person = people.find((one) => one.memberId === memberId)
  return (
    <div className={styles.part}>
      <div className={styles.check}>
        <input id={id} type="checkbox" checked={counts} aria-describedby={`${id}-about`} onChange={({ target }) => decide({ counts: target.checked })} />
        <label htmlFor={id}><Trans>Count it towards limits</Trans></label>
      </div>
      <div id={`${id}-about`} className={`${styles.part} ${styles.about}`} aria-live="polite">
        {counts ? <Effects currency={counting.currency} effects={person?.effects ?? []} /> : <NotCounted />}
        {counts && counting.otherCurrencies > 0 && counting.currency !== null && (
          <p className={styles.quiet}>
            <Plural
              value={counting.otherCurrencies}
              one={`# charge in another currency than ${counting.currency} does not count: Tuppence makes up no rate of exchange.`}
              other={`# charges in other currencies than ${counting.currency} do not count: Tuppence makes up no rate of exchange.`}
            />
          </p>
        )}
        {counts && person !== undefined && person.countedBefore > 0 && (
          <p className={styles.quiet}>
            <Plural value={person.countedBefore} one="# charge counts already, since an import with it was undone. It does not count twice." other="# charges count already, since an import with them was undone. They do not count twice." />
          </p>
        )}
        {counts && (
          <p className={styles.quiet}>
            <Trans>Each charge counts at the time when it was made, and refunds give no room. What has counted stays counted until its day, week or month is over, also if you undo the import.</Trans>
          </p>
        )}
      </div>
    </div>
  )
}

function NotCounted() {
  return <p className={styles.quiet}><Trans>It is only shown in your history. Your limits stay as they are.</Trans></p>
}

function Effects({ currency, effects }: { currency: string | null; effects: readonly ImportEffectView[] }) {
  if (currency === null) return <p className={styles.quiet}><Trans>You have no limits yet. Limits that you set later count it as well.</Trans></p>
  if (effects.length === 0) return <p className={styles.quiet}><Trans>Nothing of it is in a day, week or month that a limit counts now.</Trans></p>
  return (
    <ul className={styles.effects}>
      {effects.map((effect) => <li key={`${effect.period} ${effect.seller ?? ''} ${effect.own}`}><Effect effect={effect} currency={currency} /></li>)}
    </ul>
  )
}

function Effect({ effect, currency }: { effect: ImportEffectView; currency: string }) {
  const { t } = useLingui()
  const format = useFormat()
  const money = (amount: bigint | string) => format.money({ amount: amount.toString(), currency })
  const { period, seller, left, cap } = effect
  const [uses, limit, after] = [money(effect.uses), money(cap), BigInt(left) - BigInt(effect.uses)]
  const which = t(periodWords[period])
  return (
    <>
      <Trans><strong>{which}</strong>: uses up {uses} of {limit}</Trans>
      {seller !== null && <>{' '}<Trans>at <bdi>{seller}</bdi></Trans></>}
      {', '}
      {after > 0n ? <LeftAfter left={money(after)} /> : <Trans>and nothing is left</Trans>}
    </>
  )
}

function LeftAfter({ left }: { left: string }) {
  return <Trans>and {left} is left</Trans>
}
