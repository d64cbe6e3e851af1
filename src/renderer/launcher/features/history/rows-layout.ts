/**
 * Where each row of the table is. Lines and the headings of their months have heights of their own, which never change, so that a million
 * rows need no more memory than their months. All heights in CSS pixels.
 */
import type { HistorySummaryView } from '../../../../contract/ipc/history.ts'

export type MonthView = Extract<HistorySummaryView, { kind: 'ok' }>['months'][number]

export type RowAt = { readonly kind: 'month'; readonly month: MonthView } | { readonly kind: 'line'; readonly line: number }

export interface Heights {
  readonly line: number
  readonly month: number
}

export interface RowsLayout {
  readonly rows: number
  readonly height: number
  readonly at: (row: number) => RowAt
  readonly top: (row: number) => number
  readonly rowOfLine: (line: number) => number
  /** The row of the month's heading; null where it has none. */
  readonly rowOfMonth: (month: string) => number | null
  /** The row at that height, or the nearest. */
  readonly rowAt: (y: number) => number
}

/** `months` in the order in which they are shown; none where lines are not grouped. */
export function layRows(lines: number, months: readonly MonthView[], heights: Heights): RowsLayout {
  // The first line of each month.
  const firsts: number[] = []
  let before = 0
  for (const month of months) {
    firsts.push(before)
    before += month.lines
  }
  const rows = lines + months.length
  const monthRow = (index: number) => (firsts[index] ?? 0) + index
  /** How many months' headings are above the row, or are it. */
  const headingsUpTo = (row: number) => countWhile(months.length, (index) => monthRow(index) <= row)
  const top = (row: number) => {
    const above = countWhile(months.length, (index) => monthRow(index) < row)
    return above * heights.month + (row - above) * heights.line
  }
  return {
    rows,
    height: lines * heights.line + months.length * heights.month,
    at(row) {
      const headings = headingsUpTo(row)
      const month = months[headings - 1]
      return month && monthRow(headings - 1) === row ? { kind: 'month', month } : { kind: 'line', line: row - headings }
    },
    top,
    rowOfLine: (line) => line + countWhile(months.length, (index) => (firsts[index] ?? 0) <= line),
    rowOfMonth(wanted) {
      const index = months.findIndex(({ month }) => month === wanted)
      return index < 0 ? null : monthRow(index)
    },
    rowAt: (y) => Math.max(0, countWhile(rows, (row) => top(row) <= y) - 1),
  }
}

/** How many of the first numbers hold, where those that do come before those that do not. */
function countWhile(count: number, holds: (index: number) => boolean): number {
  let [low, high] = [0, count]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (holds(middle)) low = middle + 1
    else high = middle
  }
  return low
}
