import { Trans, useLingui } from '@lingui/react/macro'
import type { LedgerCare } from '../../../../contract/ipc/ledger.ts'
import { useFormat } from '../../../i18n/format-context.ts'
import table from '../../../ui/table.module.css'
import styles from './ledger-screen.module.css'
import { differenceWords } from './ledger-words.ts'

type Difference = NonNullable<LedgerCare['reconciliation']>['differences'][number]

/** Every line on which ledger and gateway do not agree. */
export function DifferenceTable({ differences }: { differences: readonly Difference[] }) {
  const { t } = useLingui()
  const format = useFormat()
  const amount = (money: Difference['here']) => (money ? format.money(money) : <span aria-label={t`Nothing`}>–</span>)
  return (
    <div className={table.scroll} role="region" aria-label={t`Differences`} tabIndex={0}>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col"><Trans>Difference</Trans></th>
            <th scope="col"><Trans>Receipt</Trans></th>
            <th scope="col" className={table.amount}><Trans>Ledger</Trans></th>
            <th scope="col" className={table.amount}><Trans>Gateway</Trans></th>
          </tr>
        </thead>
        <tbody>
          {differences.map(({ kind, purchaseId, receiptNumber, here, there }) => (
            <tr key={`${kind} ${purchaseId}`}>
              <th scope="row">{t(differenceWords[kind])}</th>
              <td className={styles.receipt}>{receiptNumber ?? '–'}</td>
              <td className={table.amount}>{amount(here)}</td>
              <td className={table.amount}>{amount(there)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
