import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useFormat } from '../../../i18n/format-context.ts'
import type { Found } from './history-store.ts'
import styles from './totals-bar.module.css'

const sides = ['debit', 'credit', 'pending'] as const

/** What all that was found comes to, each currency by itself, and money that came back never taken off what was spent. */
export function TotalsBar({ summary }: { summary: Found['summary'] }) {
  const { t } = useLingui()
  const format = useFormat()
  const words = { debit: t`Spent`, credit: t`Came back`, pending: t`Being checked` }
  return (
    <section className={styles.bar} aria-label={t`Totals`} aria-busy={summary === null}>
      <p className={styles.count} role="status">
        {summary ? <Plural value={summary.lines} one="# line" other="# lines" /> : <Trans>Being added up…</Trans>}
      </p>
      <ul className={styles.currencies}>
        {summary?.totals.map((total) => (
          <li key={total.debit.currency} className={styles.currency}>
            {sides.filter((side) => side === 'debit' || total[side].amount !== '0').map((side) => (
              <span key={side} className={styles[side]}><span className={styles.word}>{words[side]}</span> <strong>{format.money(total[side])}</strong></span>
            ))}
          </li>
        ))}
      </ul>
    </section>
  )
}
