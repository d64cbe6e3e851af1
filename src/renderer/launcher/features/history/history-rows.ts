import type { LineView } from '../../../../contract/ipc/history.ts'
import { matchesText } from '../../text-match.ts'

/** Whether the outcome of this purchase is not known yet. */
export function isOpen({ state }: LineView): boolean {
  return state === 'approved' || state === 'unknown'
}

/** The rows that contain every word of the text, newest first. `describe` gives what the person sees besides. */
export function listRows(
  rows: readonly LineView[],
  text: string,
  describe: (row: LineView) => readonly string[],
): readonly LineView[] {
  const fits = (row: LineView) =>
    matchesText(text, [row.item, row.game ?? '', row.payee, row.receiptNumber ?? '', row.who ?? '', ...describe(row)])
  // Describing thousands of rows takes a while: only where there is something to compare with.
  const found = text.trim() === '' ? [...rows] : rows.filter(fits)
  return found.sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0))
}
