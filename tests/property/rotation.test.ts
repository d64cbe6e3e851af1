/** Refresh tokens over any course of exchanges, lost answers and uses: who is honest stays in, and who has an old one is found out. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exchanged, type Rotation, used } from '../../src/gateway/oauth/rotation.ts'

/** What happens to an honest client, one after the other, as it never has two exchanges under way. */
const Step = fc.constantFrom('exchange', 'exchangeLost', 'crashBeforeStoring', 'use', 'useOld')
type Step = 'exchange' | 'exchangeLost' | 'crashBeforeStoring' | 'use' | 'useOld'

interface World {
  /** What the gateway keeps; null once it has ended the sign-in. */
  readonly gateway: Rotation | null
  /** The generation that the client holds, and has used before everything that it holds no more. */
  readonly held: bigint
  /** Access tokens that the client was given and holds, in the memory of the process. */
  readonly access: readonly bigint[]
  /** Generations whose refresh token was superseded by one that was used. */
  readonly superseded: readonly bigint[]
}

const start: World = { gateway: { current: 1n, confirmed: 0n }, held: 1n, access: [1n], superseded: [] }

function step(world: World, what: Step): World {
  const { gateway, held, access } = world
  if (!gateway) return world
  switch (what) {
    case 'use':
      return noted({ ...world, gateway: used(gateway, held) })
    case 'useOld':
      return noted({ ...world, gateway: used(gateway, access[0] ?? held) })
    case 'exchange':
    case 'exchangeLost':
    case 'crashBeforeStoring': {
      const next = exchanged(gateway, held)
      if (next === 'reused') return { ...world, gateway: null }
      const arrived = what === 'exchange'
      return noted({ ...world, gateway: next, held: arrived ? next.current : held, access: arrived ? [held, next.current] : what === 'crashBeforeStoring' ? [] : access })
    }
  }
}

/** All that came before what is known to have arrived. */
function noted(world: World): World {
  const { confirmed } = world.gateway ?? { confirmed: 0n }
  return { ...world, superseded: Array.from({ length: Math.max(0, Number(confirmed) - 1) }, (_, at) => BigInt(at + 1)) }
}

const Course = fc.array(Step, { maxLength: 60 })

describe('refresh tokens', () => {
  it('never lock out a client that stores what it gets before it uses it, whatever gets lost', () => {
    fc.assert(
      fc.property(Course, (course) => {
        const { gateway, held } = course.reduce(step, start)
        expect(gateway).not.toBeNull()
        expect(gateway && exchanged(gateway, held)).not.toBe('reused')
      }),
    )
  })

  it('that were superseded by one that was used end the sign-in, whenever they come', () => {
    fc.assert(
      fc.property(Course, fc.nat(), (course, which) => {
        const { gateway, superseded } = course.reduce(step, start)
        fc.pre(superseded.length > 0 && gateway !== null)
        expect(gateway && exchanged(gateway, superseded[which % superseded.length] ?? 0n)).toBe('reused')
      }),
    )
  })

  it('of a copy and of its owner cannot both go on: whoever comes second ends it', () => {
    fc.assert(
      fc.property(Course, Course, (before, between) => {
        const { gateway, held } = before.reduce(step, start)
        if (!gateway) throw new Error('locked out')
        // Both hold the same refresh token; one exchanges it and uses what came of it, then whatever else it likes.
        const first = exchanged(gateway, held)
        if (first === 'reused') throw new Error('locked out')
        const owner = between.reduce(step, { ...start, gateway: used(first, first.current), held: first.current, access: [first.current] })
        expect(owner.gateway && exchanged(owner.gateway, held)).toBe('reused')
      }),
    )
  })
})
