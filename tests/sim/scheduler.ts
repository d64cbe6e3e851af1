/**
 * Decides what happens next. Everything that takes time in the simulated world waits here until it is picked; between two
 * picks all promises settle. The same seed gives the same world, step by step.
 */
import type { Random } from '../crash/random.ts'

export interface Scheduler {
  readonly random: Random
  /** True with a chance of one in so many, and never once faults have stopped. */
  strikes(oneIn: number): boolean
  /** Puts something on the list of what may happen. `life` is the process that it dies with; null outlives them all. */
  later(what: string, life: number | null, act: () => void): void
  /** A promise that resolves when its turn comes. */
  turn(what: string, life: number): Promise<void>
  /** Lets one thing happen; false when nothing waits. */
  step(): Promise<boolean>
  /** Drops what dies with the process; `onDropped` is told the names. */
  kill(life: number): string[]
  stopFaults(): void
  waiting(): number
  readonly trace: string[]
}

interface Item {
  readonly what: string
  readonly life: number | null
  readonly act: () => void
}

const settled = () => new Promise<void>((resolve) => void setImmediate(resolve))

export function createScheduler(random: Random, isTraced: boolean): Scheduler {
  let items: Item[] = []
  let faults = true
  const trace: string[] = []
  const dead = new Set<number>()
  /** What reaches a process that is no more comes to nothing. */
  function later(what: string, life: number | null, act: () => void): void {
    if (life === null || !dead.has(life)) items.push({ what, life, act })
  }
  return {
    random,
    trace,
    later,
    strikes: (oneIn) => faults && random.below(oneIn) === 0,
    turn: (what, life) => new Promise((resolve) => later(what, life, resolve)),
    async step() {
      // Whatever was set off just now may be about to put something on the list.
      if (items.length === 0) await settled()
      const index = items.length === 0 ? -1 : random.below(items.length)
      const [item] = index < 0 ? [] : items.splice(index, 1)
      if (!item) return false
      if (isTraced) trace.push(item.what)
      item.act()
      await settled()
      return true
    },
    kill(life) {
      dead.add(life)
      const dying = items.filter((item) => item.life === life)
      items = items.filter((item) => item.life !== life)
      return dying.map(({ what }) => what)
    },
    stopFaults: () => void (faults = false),
    waiting: () => items.length,
  }
}
