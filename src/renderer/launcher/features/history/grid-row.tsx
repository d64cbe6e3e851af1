import { Plural, useLingui } from '@lingui/react/macro'
import type { KeyboardEvent, MouseEvent } from 'react'
import type { LineView } from '../../../../contract/ipc/history.ts'
import { useFormat } from '../../../i18n/format-context.ts'
import styles from './history-grid.module.css'
import { LineCells } from './line-row.tsx'
import type { MonthView, RowAt } from './rows-layout.ts'
import { Sums } from './sums.tsx'

interface GridRowProps {
  readonly row: number
  readonly at: RowAt
  /** Null for a heading, and while the line is being fetched. */
  readonly line: LineView | null
  readonly isOfMany: boolean
  /** How far from the top of the rows' element, in CSS pixels. */
  readonly top: number
  readonly isActive: boolean
  readonly onOpen: (row: number) => void
  readonly onKey: (event: KeyboardEvent, row: number) => void
  readonly onReach: (row: number, id: string | null) => void
}

export function GridRow({ row, at, line, isOfMany, top, isActive, onOpen, onKey, onReach }: GridRowProps) {
  const click = (event: MouseEvent) => {
    // A link opened the way links are, or words selected, is not a press of the row.
    if (event.ctrlKey || event.shiftKey || String(getSelection()) !== '') return
    event.preventDefault()
    onOpen(row)
  }
  const press = (event: KeyboardEvent) => {
    // Not of a button in the row.
    if (event.target === event.currentTarget) onKey(event, row)
  }
  const isMonth = at.kind === 'month'
  return (
    <div
      role="row"
      // The heading of the columns is the first.
      aria-rowindex={row + 2}
      aria-busy={!isMonth && line === null ? true : undefined}
      data-row={row}
      data-line={line?.id}
      className={isMonth ? styles.month : styles.line}
      style={{ transform: `translateY(${top}px)` }}
      tabIndex={isActive ? 0 : -1}
      onClick={line ? click : undefined}
      onKeyDown={press}
      onFocus={() => onReach(row, line?.id ?? null)}
    >
      {isMonth ? <MonthCell month={at.month} /> : line ? <LineCells {...{ line, isOfMany, isActive }} /> : <NotThereYet />}
    </div>
  )
}

function MonthCell({ month: { month, lines, totals } }: { month: MonthView }) {
  const format = useFormat()
  return (
    <span role="rowheader" aria-colspan={7} className={styles.monthCell}>
      <strong>{format.month(month)}</strong>
      <span className={styles.monthCount}><Plural value={lines} one="# line" other="# lines" /></span>
      <span className={styles.monthSums}><Sums totals={totals} /></span>
    </span>
  )
}

function NotThereYet() {
  const { t } = useLingui()
  return <span role="gridcell" className={styles.blank} aria-label={t`Is being fetched`} />
}
