import { describe, expect, it } from 'vitest'
import { createHalfSpaceTrees, noMasses } from '../../../../src/domain/risk/half-space-trees.ts'

const trees = createHalfSpaceTrees(2, 5)
/** Points in one corner, a little apart. */
const corner = Array.from({ length: 70 }, (_, turn) => [0.1 + 0.002 * (turn % 10), 0.15 + 0.003 * (turn % 7)])
const filled = corner.reduce((masses, point) => trees.added(masses, point), noMasses)

describe('half-space trees', () => {
  it('say nothing in the first window', () => {
    expect(trees.thinness(trees.added(noMasses, [0.1, 0.1]), [0.9, 0.9])).toBeNull()
  })

  it('tell a crowd from its edge, and that from where nobody has been', () => {
    const [crowd = 0, edge = 0, far] = [[0.11, 0.16], [0.2, 0.22], [0.9, 0.9]].map((point) => trees.thinness(filled, point) ?? Number.NaN)
    expect(crowd).toBeLessThan(-2)
    expect(edge).toBeGreaterThan(crowd)
    expect(far).toBe(0)
  })

  it('forget, with a window or two: the new crowd is the usual one', () => {
    const moved = Array.from({ length: 64 }, (_, turn) => [0.9 - 0.001 * (turn % 9), 0.85]).reduce((masses, point) => trees.added(masses, point), filled)
    expect(trees.thinness(moved, [0.9, 0.85])).toBeLessThan(trees.thinness(moved, [0.11, 0.16]) ?? 0)
  })

  it('are the same for the same seed, and others for another', () => {
    const [same, other] = [createHalfSpaceTrees(2, 5), createHalfSpaceTrees(2, 6)]
    expect(same.thinness(filled, [0.4, 0.2])).toBe(trees.thinness(filled, [0.4, 0.2]))
    expect(corner.reduce((masses, point) => other.added(masses, point), noMasses)).not.toEqual(filled)
  })

  it('keep counts of two windows and no point', () => {
    const counts = filled.reference.length + filled.latest.length
    expect(corner.concat(corner).reduce((masses, point) => trees.added(masses, point), filled).reference).toHaveLength(filled.reference.length)
    expect(counts).toBe(2 * 10 * 127)
  })
})
