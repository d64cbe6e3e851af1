/**
 * Streaming half-space trees: how crowded the place is in which a point lies. Source: S. C. Tan, K. M. Ting, T. F. Liu, "Fast Anomaly Detection
 * for Streaming Data", IJCAI 2011, algorithms 1 to 3. The trees are made from a seed and hold no data; what is learned are counts ("mass") of each
 * node in the window before and in the one that is being filled.
 */
import { ln } from './numbers.ts'

const trees = 10
const depth = 6
/** Points in a window, ψ in the paper. Fewer than there, since people buy seldom. */
const windowSize = 32
const nodesPerTree = 2 ** (depth + 1) - 1
const innerPerTree = 2 ** depth - 1
/** A node with so few points is not looked into further, SizeLimit in the paper (0.1 ψ). */
const sizeLimit = 0.1 * windowSize

export interface Masses {
  /** Of the window before; empty in the first. */
  readonly reference: readonly number[]
  readonly latest: readonly number[]
  /** How many points the latest window holds. */
  readonly filled: number
}

export const noMasses: Masses = { reference: [], latest: [], filled: 0 }

export interface HalfSpaceTrees {
  /** 0 where nobody has been, below it where it is more crowded: the logarithm of the density, turned round. Null in the first window. */
  thinness(masses: Masses, point: readonly number[]): number | null
  added(masses: Masses, point: readonly number[]): Masses
}

/** Of points with so many coordinates, each from 0 to 1. */
export function createHalfSpaceTrees(dimensions: number, seed: number): HalfSpaceTrees {
  const { splitOn, splitAt } = plant(dimensions, seed)
  const next = (tree: number, node: number, point: readonly number[]) => {
    const inner = tree * innerPerTree + node
    return 2 * node + ((point[splitOn[inner] ?? 0] ?? 0) < (splitAt[inner] ?? 0) ? 1 : 2)
  }
  return {
    thinness({ reference }, point) {
      if (reference.length === 0) return null
      let sum = 0
      for (let tree = 0; tree < trees; tree += 1) {
        let [node, level] = [0, 0]
        const mass = () => reference[tree * nodesPerTree + node] ?? 0
        for (; level < depth && mass() > sizeLimit; level += 1) node = next(tree, node, point)
        // Mass times 2^level is how many points there would be if it were as crowded everywhere.
        sum += ln(1 + (mass() * 2 ** level) / windowSize)
      }
      return 0 - sum / trees
    },
    added({ reference, latest, filled }, point) {
      const counts = latest.length === 0 ? Array.from({ length: trees * nodesPerTree }, () => 0) : latest.slice()
      for (let tree = 0; tree < trees; tree += 1) {
        const first = tree * nodesPerTree
        for (let [level, node] = [0, 0]; level <= depth; level += 1) {
          counts[first + node] = (counts[first + node] ?? 0) + 1
          if (level < depth) node = next(tree, node, point)
        }
      }
      return filled + 1 === windowSize ? { reference: counts, latest: [], filled: 0 } : { reference, latest: counts, filled: filled + 1 }
    },
  }
}

/** Each tree cuts a work space of its own, which is wider than the data and off its middle, in halves along coordinates drawn at random. */
function plant(dimensions: number, seed: number) {
  const random = seeded(seed)
  const [splitOn, splitAt]: [number[], number[]] = [[], []]
  for (let tree = 0; tree < trees; tree += 1) {
    const space = Array.from({ length: dimensions }, () => {
      const middle = random()
      const reach = 2 * Math.max(middle, 1 - middle)
      return [Math.max(-0.5, middle - reach), Math.min(1.5, middle + reach)] as const
    })
    const spaces = [space]
    for (let node = 0; node < innerPerTree; node += 1) {
      const here = spaces[node] ?? space
      const on = Math.floor(random() * dimensions)
      const [low, high] = here[on] ?? [0, 1]
      const at = (low + high) / 2
      splitOn.push(on)
      splitAt.push(at)
      spaces.push(here.with(on, [low, at]), here.with(on, [at, high]))
    }
  }
  return { splitOn, splitAt }
}

/** Numbers from 0 up to 1, the same for the same seed. Source: mulberry32, T. Ettinger, public domain. */
function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
