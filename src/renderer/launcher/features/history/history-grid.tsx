import { useLingui } from '@lingui/react/macro'
import { type CSSProperties, useMemo, useRef } from 'react'
import type { HistoryOrderView } from '../../../../contract/ipc/history.ts'
import { GridBody } from './grid-body.tsx'
import { GridHeader } from './grid-header.tsx'
import { addressOf } from './history-address.ts'
import styles from './history-grid.module.css'
import { type Found, pageSize } from './history-store.ts'
import { layRows, type MonthView } from './rows-layout.ts'
import { useInnerSize } from './use-scroll-place.ts'

/** Below this a line's cells stand in rows of their own. CSS pixels. */
const narrowest = { one: 800, many: 900 }
const heights = { wide: { line: 56, month: 44, monthOfMany: 64 }, narrow: { line: 100, month: 64, monthOfMany: 108 } }
/** So many currencies fit beside each other in a month's heading; sums of more have a row each. */
const fewCurrencies = 2

interface HistoryGridProps {
  readonly found: Found
  /** Whether it has to be said who bought. */
  readonly isOfMany: boolean
  readonly onSort: (by: HistoryOrderView['by']) => void
}

const noMonths: readonly MonthView[] = []

/** Months stand in the order of their lines, and only where lines are in the order of time. */
function monthsShown({ question: { order }, summary }: Found): readonly MonthView[] {
  if (order.by !== 'at' || !summary) return noMonths
  return order.direction === 'descending' ? summary.months : summary.months.toReversed()
}

/** How many lines there are, or as many as are known to be there while they are being counted. */
function countOf({ summary, pages }: Found): number {
  return summary?.lines ?? Math.max(0, ...[...pages].map(([page, lines]) => (lines.length === 0 ? 0 : page * pageSize + lines.length)))
}

export function HistoryGrid({ found, isOfMany, onSort }: HistoryGridProps) {
  const { t } = useLingui()
  const head = useRef<HTMLDivElement>(null)
  const { width, height: headHeight } = useInnerSize(head)
  const look = width > 0 && width < (isOfMany ? narrowest.many : narrowest.one) ? 'narrow' : 'wide'
  const months = monthsShown(found)
  const count = countOf(found)
  const isTall = (found.summary?.totals.length ?? 0) > fewCurrencies
  const fixed = useMemo(() => ({ line: heights[look].line, month: isTall ? heights[look].monthOfMany : heights[look].month }), [look, isTall])
  const layout = useMemo(() => layRows(count, months, fixed), [count, months, fixed])
  const address = addressOf(found.question)
  const size = { '--head': `${headHeight}px`, '--rows': `${layout.height}px`, '--line': `${fixed.line}px`, '--month': `${fixed.month}px` }
  return (
    <div
      role="grid"
      aria-label={t`Purchases`}
      aria-rowcount={layout.rows + 1}
      className={`${styles.grid} ${styles[look]} ${isOfMany ? styles.many : ''}`}
      style={size as CSSProperties}
    >
      <div ref={head} role="rowgroup" className={styles.head}><GridHeader order={found.question.order} isOfMany={isOfMany} onSort={onSort} /></div>
      <GridBody key={address} {...{ address, found, isOfMany, layout, heights: fixed }} />
    </div>
  )
}
