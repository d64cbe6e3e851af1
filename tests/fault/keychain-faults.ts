/** The keychain refuses, dawdles or stays silent at each single operation; it is wiped, replaced, locked and taken away. */
import { closeSync, openSync, readSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type FaultFigures, noFigures, note } from './figures.ts'
import { type Act, createFaultWorld, type FaultWorld } from './world.ts'

/** In the order of `keychain-hook.cjs`, from 1. */
const ways = ['locked', 'denied', 'absent', 'slow', 'silent', 'did it and said it had not'] as const
export type Way = (typeof ways)[number]

export const keychainWays: readonly Way[] = ways

export interface KeychainFaultOptions {
  /** The keychain's. */
  readonly env: Readonly<Record<string, string | undefined>>
  readonly ways: readonly Way[]
  readonly acts: readonly Act[]
  readonly say: (line: string) => void
}

const hook = fileURLToPath(new URL('./keychain-hook.cjs', import.meta.url))

/** Later than any operation is. */
const noOperation = 2 ** 30

export async function failTheKeychain({ env, ways: wanted, acts, say }: KeychainFaultOptions): Promise<FaultFigures> {
  const figures = noFigures()
  let control = -1
  const world = await createFaultWorld({
    env,
    preload: hook,
    appEnv(_, root) {
      const file = join(root, 'keychain')
      if (control < 0) control = openSync(file, 'w+')
      arm(control, 0, 1, false)
      return { FAULT_KEYCHAIN: file }
    },
  })
  try {
    for (const act of acts) {
      for (const way of wanted) {
        for (const isLasting of [false, true]) {
          const failAt = (nth: number) => failOnce(world, () => control, { act, way, nth, isLasting }, figures, say)
          const operations = await failAt(noOperation)
          for (let nth = 1; nth <= operations; nth += 1) await failAt(nth)
          say(`keychain ${way}${isLasting ? ' from then on' : ''} while ${act}: ${operations} cases`)
        }
      }
    }
    return figures
  } finally {
    await world.dispose()
    if (control >= 0) closeSync(control)
  }
}

interface KeychainFault {
  readonly act: Act
  readonly way: Way
  readonly nth: number
  readonly isLasting: boolean
}

/** How many operations there were. */
async function failOnce(world: FaultWorld, control: () => number, fault: KeychainFault, figures: FaultFigures, say: (line: string) => void): Promise<number> {
  const { act, way, nth, isLasting } = fault
  await world.prepare(act)
  arm(control(), ways.indexOf(way) + 1, nth, isLasting)
  const failed = await world.run(act)
  const operations = disarm(control())
  const found = [...failed.violations, ...(await world.recover(isLasting))]
  note(figures, `${act}: ${failed.told}`, { ...failed, violations: found }, operations >= nth)
  for (const { kind, what } of found) say(`${kind}: ${what} (keychain ${way}${isLasting ? ' from then on' : ''}, operation ${nth} of ${operations} while ${act})`)
  return operations
}

function arm(control: number, how: number, nth: number, isLasting: boolean): void {
  writeSync(control, Int32Array.of(how, nth - 1, isLasting ? 1 : 0, 0), 0, 16, 0)
}

function disarm(control: number): number {
  const found = new Int32Array(4)
  readSync(control, found, 0, found.byteLength, 0)
  arm(control, 0, 1, false)
  return found[3] ?? 0
}
