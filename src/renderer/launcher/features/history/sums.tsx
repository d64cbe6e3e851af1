import { Trans } from '@lingui/react/macro'
import type { CurrencyTotalView } from '../../../../contract/ipc/history.ts'
import { useFormat } from '../../../i18n/format-context.ts'
import styles from './sums.module.css'

type Side = 'debit' | 'credit' | 'pending'

/** What the currencies come to on one side; empty where there is nothing. */
export function useSums(totals: readonly CurrencyTotalView[]): (side: Side) => string {
  const format = useFormat()
  return (side) => {
    const some = totals.filter((total) => total[side].amount !== '0')
    return format.list(some.map((total) => format.money(total[side])))
  }
}

/** What was spent, what came back, and what is being checked: never one taken off the other. */
export function Sums({ totals }: { totals: readonly CurrencyTotalView[] }) {
  const sums = useSums(totals)
  const [debit, credit, pending] = [sums('debit'), sums('credit'), sums('pending')]
  return (
    <span className={styles.sums}>
      {debit !== '' && <span title={debit}><span className={styles.word}><Trans>Spent</Trans></span> <strong>{debit}</strong></span>}
      {credit !== '' && <span className={styles.credit} title={credit}><span className={styles.word}><Trans>Came back</Trans></span> <strong>{credit}</strong></span>}
      {pending !== '' && <span className={styles.pending} title={pending}><span className={styles.word}><Trans>Being checked</Trans></span> <strong>{pending}</strong></span>}
    </span>
  )
}
