import { Trans, useLingui } from '@lingui/react/macro'
import type { LimitEffect } from '../../../../contract/ipc/purchase-detail.ts'
import { useFormat } from '../../../i18n/format-context.ts'
import { periodWords } from '../../../words/limit-words.tsx'
import { LeftLine } from '../../../words/purchase-facts.tsx'
import styles from './purchase-detail.module.css'

/** What it counts as, and what was left of which limit. */
export function LimitsCard({ limits, who }: { limits: LimitEffect; who: string | null }) {
  const format = useFormat()
  const { counted, countedAt, isCounting, headroom, isNearLimit, warnings } = limits
  return (
    <section className={styles.card} aria-labelledby="purchase-limits">
      <h2 id="purchase-limits"><Trans>Effect on limits</Trans></h2>
      <dl className={styles.facts}>
        <div>
          <dt><Trans>Counts as</Trans></dt>
          <dd>{isCounting ? format.money(counted) : <Trans>nothing, because it was not charged</Trans>}</dd>
        </div>
        {isCounting && <div><dt><Trans>Counted</Trans></dt><dd><time dateTime={countedAt}>{format.dateTime(countedAt)}</time></dd></div>}
        {headroom.length > 0 && (
          <div>
            <dt><Trans>Left after it</Trans></dt>
            <dd>
              <ul>
                {headroom.map((one) => (
                  <li key={`${one.period} ${one.sellerId ?? ''} ${one.memberId ?? ''}`}>
                    <LeftLine headroom={one} currency={counted.currency} buyer={who === null ? undefined : { name: who }} />
                    {' '}<span className={styles.quiet}><Trans>of {format.money({ amount: one.cap, currency: counted.currency })}</Trans></span>
                  </li>
                ))}
              </ul>
            </dd>
          </div>
        )}
      </dl>
      {isNearLimit && <p className={styles.quiet}><Trans>The window asked besides whether it is known that a limit comes near its end. The answer was yes.</Trans></p>}
      {warnings.length > 0 && (
        <ul className={styles.notes}>
          {warnings.map((warning) => <li key={`${warning.period} ${warning.sellerId ?? ''} ${warning.memberId ?? ''}`}><Warning warning={warning} /></li>)}
        </ul>
      )}
    </section>
  )
}

function Warning({ warning: { period, percent } }: { warning: LimitEffect['warnings'][number] }) {
  const { t } = useLingui()
  const name = t(periodWords[period])
  return percent === 100 ? <Trans>With it the limit “{name}” was used up.</Trans> : <Trans>With it 80 % of the limit “{name}” were used.</Trans>
}
