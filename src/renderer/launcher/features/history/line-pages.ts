/** The lines that were fetched, in pages. Few are kept, so that memory does not grow with what there is to scroll through. */
import type { LineView } from '../../../../contract/ipc/history.ts'

export type Pages = ReadonlyMap<number, readonly LineView[]>

/** Numbers of lines, both included. */
export interface LineRange {
  readonly first: number
  readonly last: number
}

/** More than fit on the tallest screen, on both sides of it. */
const mostPages = 8
/** No screen shows more at once. */
const mostWanted = 4

/** The pages that these lines are on. */
export function pagesFor({ first, last }: LineRange, size: number): readonly number[] {
  const from = Math.floor(Math.max(0, first) / size)
  const count = Math.min(mostWanted, Math.floor(Math.max(first, last) / size) - from + 1)
  return Array.from({ length: count }, (_, index) => from + index)
}

/** With that page, and without those furthest from what is looked at where there are too many. */
export function withPage(pages: Pages, page: number, lines: readonly LineView[], wanted: LineRange, size: number): Pages {
  const middle = (wanted.first + wanted.last) / 2 / size - 0.5
  const nearest = [...pages, [page, lines] as const].sort(([one], [other]) => Math.abs(one - middle) - Math.abs(other - middle))
  return new Map(nearest.slice(0, mostPages))
}

export function lineAt(pages: Pages, line: number, size: number): LineView | null {
  return pages.get(Math.floor(line / size))?.[line % size] ?? null
}

/** The number of the line with that id, of those that are there. */
export function lineOfId(pages: Pages, id: string, size: number): number | null {
  for (const [page, lines] of pages) {
    const index = lines.findIndex((line) => line.id === id)
    if (index >= 0) return page * size + index
  }
  return null
}
