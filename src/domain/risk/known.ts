/** What somebody has met before, sellers for instance, in bounded memory: the least familiar is forgotten first. */
import { rounded } from './numbers.ts'

/** `weight` grows by each time and fades with all others. */
export type Known = readonly [key: string, weight: number, firstMs: number]

/** Longer names are cut: they come from a stranger and are kept. Half a character would be no JSON in its canonical form. */
export const shortName = (name: string): string => name.slice(0, longestName).toWellFormed()

const longestName = 64

/** How much of each weight stays when another one is met. */
const kept = 0.99

export function familiar(all: readonly Known[], name: string): Known | undefined {
  const key = shortName(name)
  return all.find(([known]) => known === key)
}

/** `share` is how much of this time to learn, 0 to 1. */
export function met(all: readonly Known[], name: string, atMs: number, share: number, most: number): readonly Known[] {
  if (share <= 0) return all
  const key = shortName(name)
  const factor = 1 - (1 - kept) * share
  const after: Known[] = []
  let own: Known = [key, rounded(share), atMs]
  for (const known of all) {
    if (known[0] === key) own = [key, rounded(known[1] + share), known[2]]
    else after.push([known[0], rounded(known[1] * factor), known[2]])
  }
  if (after.length >= most) after.splice(leastOf(after), 1)
  after.push(own)
  return after
}

function leastOf(all: readonly Known[]): number {
  let least = 0
  for (let index = 1; index < all.length; index += 1) if ((all[index]?.[1] ?? 0) < (all[least]?.[1] ?? 0)) least = index
  return least
}
