/** As much of the Navigation API of HTML as is needed: where the page has been. */
export interface Visited {
  entries(): readonly { readonly url: string | null }[]
  readonly currentEntry: { readonly index: number } | null
}

interface ListBefore {
  /** The address of the list, with its filter, that was looked at last. */
  readonly hash: string
  /** Whether one step back leads there. */
  readonly isPrevious: boolean
}

const plainList = '#/history'
const listPattern = /^#\/history(\?|$)/

export function listBefore(visited: Visited): ListBefore {
  const here = visited.currentEntry?.index ?? 0
  const before = visited.entries().slice(0, here).map(({ url }) => (url === null ? '' : new URL(url).hash))
  const hash = before.findLast((one) => listPattern.test(one)) ?? plainList
  return { hash, isPrevious: before.at(-1) === hash }
}
