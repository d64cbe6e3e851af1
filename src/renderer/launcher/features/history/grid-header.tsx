import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import ArrowDown from 'lucide-react/icons/arrow-down'
import ArrowUp from 'lucide-react/icons/arrow-up'
import type { HistoryOrderView } from '../../../../contract/ipc/history.ts'
import styles from './history-grid.module.css'

const columns: readonly { readonly by: HistoryOrderView['by']; readonly name: MessageDescriptor }[] = [
  { by: 'at', name: msg`When` },
  { by: 'item', name: msg`Item` },
  { by: 'who', name: msg`Who` },
  { by: 'payee', name: msg`Seller` },
  { by: 'state', name: msg`State` },
  { by: 'receipt', name: msg`Receipt` },
  { by: 'amount', name: msg`Amount` },
]

interface GridHeaderProps {
  readonly order: HistoryOrderView
  readonly isOfMany: boolean
  readonly onSort: (by: HistoryOrderView['by']) => void
}

/** The columns' names, each of which sorts. */
export function GridHeader({ order, isOfMany, onSort }: GridHeaderProps) {
  const { t } = useLingui()
  return (
    <div role="row" aria-rowindex={1} className={styles.headings}>
      {columns.filter(({ by }) => by !== 'who' || isOfMany).map(({ by, name }) => {
        const direction = order.by === by ? order.direction : 'none'
        const Arrow = direction === 'ascending' ? ArrowUp : ArrowDown
        return (
          <span key={by} role="columnheader" aria-sort={direction} className={by === 'amount' ? styles.amountHeading : undefined}>
            <button type="button" className={styles.sort} onClick={() => onSort(by)}>
              <span>{t(name)}</span>
              <Arrow className={styles.arrow} size={14} aria-hidden />
            </button>
          </span>
        )
      })}
    </div>
  )
}
