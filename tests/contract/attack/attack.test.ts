/** A short slice of `npm run attack`. */
import { describe, expect, it, vi } from 'vitest'
import { families } from '../../attack/families.ts'
import { seededRandom } from '../../crash/random.ts'

vi.mock('electron', () => import('../../support/fake-electron.ts'))

describe('P1 P2 P7 of so many attacks none gets through, and none makes main stumble', () => {
  it.each([
    ['ipc', 2_000],
    ['tokens', 2_000],
    ['text', 400],
    ['timing', 600],
    ['arguments', 5_000],
    ['gateway', 80],
    ['accounts', 80],
    ['certificates', 13],
  ] as const)('%s: %d', async (name, count) => {
    const { attack } = await families[name]!()
    const { attempts, accepted, crashes, wrong, told } = await attack(count, seededRandom(6))
    expect(wrong).toEqual([])
    expect([accepted, crashes]).toEqual([0, 0])
    expect(attempts).toBeGreaterThanOrEqual(count)
    // What may be said is not refused: otherwise refusing everything would be enough.
    expect(Object.keys(told).filter((what) => what.startsWith('refused although'))).toEqual([])
  })
})
