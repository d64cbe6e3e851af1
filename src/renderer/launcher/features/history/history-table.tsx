import { Trans, useLingui } from '@lingui/react/macro'
import CircleCheck from 'lucide-react/icons/circle-check'
import CircleHelp from 'lucide-react/icons/circle-question-mark'
import CircleSlash from 'lucide-react/icons/circle-slash'
import CircleX from 'lucide-react/icons/circle-x'
import Undo from 'lucide-react/icons/undo-2'
import { memo } from 'react'
import type { LineView } from '../../../../contract/ipc/history.ts'
import { useFormat } from '../../../i18n/format-context.ts'
import table from '../../../ui/table.module.css'
import styles from './history-table.module.css'
import { ReceiptNumber } from './receipt-number.tsx'
import { stateWords } from './state-words.ts'

const stateIcons: Record<LineView['state'], typeof CircleCheck> = {
  approved: CircleHelp,
  unknown: CircleHelp,
  succeeded: CircleCheck,
  partlyRefunded: CircleCheck,
  refunded: Undo,
  chargedBack: Undo,
  declined: CircleX,
  voided: CircleSlash,
}

const Row = memo(function Row({ row, isOfMany }: { row: LineView; isOfMany: boolean }) {
  const { t } = useLingui()
  const format = useFormat()
  const Icon = stateIcons[row.state]
  const moved = row.state !== 'declined' && row.state !== 'voided'
  return (
    <tr>
      <td className={`${table.when} ${styles.when}`}><time dateTime={row.at}>{format.dateTime(row.at)}</time></td>
      <th scope="row">
        <bdi>{row.item}</bdi>
        <span className={styles.game}><bdi>{row.game}</bdi></span>
      </th>
      {isOfMany && <td className={styles.person}>{row.who === null ? <span aria-label={t`Nobody’s profile`}>–</span> : <bdi>{row.who}</bdi>}</td>}
      <td><bdi>{row.payee}</bdi></td>
      <td>
        <span className={`${styles.state} ${styles[row.state]}`}>
          <Icon size={16} aria-hidden />
          {t(stateWords[row.state])}
        </span>
      </td>
      <td>{row.receiptNumber === null ? <span aria-label={t`No receipt`}>–</span> : <ReceiptNumber number={row.receiptNumber} />}</td>
      <td className={`${table.amount} ${styles.amount}`}>
        {moved ? format.money(row.price) : <s>{format.money(row.price)}</s>}
      </td>
    </tr>
  )
})

/** `isOfMany`: whether it has to be said who bought. */
export function HistoryTable({ rows, isOfMany }: { rows: readonly LineView[]; isOfMany: boolean }) {
  const { t } = useLingui()
  return (
    <div className={`${table.scroll} ${styles.scroll}`} role="region" aria-label={t`Purchases`} tabIndex={0}>
      <table className={`${table.table} ${styles.table}`}>
        <thead>
          <tr>
            <th scope="col" aria-sort="descending"><Trans>When</Trans></th>
            <th scope="col"><Trans>Item</Trans></th>
            {isOfMany && <th scope="col"><Trans>Who</Trans></th>}
            <th scope="col"><Trans>Seller</Trans></th>
            <th scope="col"><Trans>State</Trans></th>
            <th scope="col"><Trans>Receipt</Trans></th>
            <th scope="col" className={`${table.amount} ${styles.amount}`}><Trans>Amount</Trans></th>
          </tr>
        </thead>
        <tbody>{rows.map((row) => <Row key={row.id} row={row} isOfMany={isOfMany} />)}</tbody>
      </table>
    </div>
  )
}
