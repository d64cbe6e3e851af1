/** The row that a key leads to from another one; null for keys that lead nowhere. `inSight`: how many rows are in sight. */
export function rowByKey(key: string, row: number, rows: number, inSight: number): number | null {
  const page = Math.max(1, inSight - 1)
  const wanted = { ArrowDown: row + 1, ArrowUp: row - 1, PageDown: row + page, PageUp: row - page, Home: 0, End: rows - 1 }[key]
  return wanted === undefined ? null : Math.min(Math.max(wanted, 0), Math.max(0, rows - 1))
}
