/** The disk and the table of open files fail at each single call, once and lastingly, whatever the app does. */
import { join } from 'node:path'
import { type CallKind, type DiskError, type Failure, failingCalls } from './failing-calls.ts'
import { type FaultFigures, noFigures, note } from './figures.ts'
import { type Act, createFaultWorld } from './world.ts'

export interface DiskFault {
  readonly name: string
  readonly calls: readonly CallKind[]
  readonly error: DiskError
  readonly isLasting: boolean
}

export const diskFaults: readonly DiskFault[] = [
  { name: 'disk full from then on', calls: ['writes'], error: 'ENOSPC', isLasting: true },
  { name: 'disk full once', calls: ['writes'], error: 'ENOSPC', isLasting: false },
  { name: 'writing fails from then on', calls: ['writes', 'syncs', 'names'], error: 'EIO', isLasting: true },
  { name: 'writing fails once', calls: ['writes'], error: 'EIO', isLasting: false },
  { name: 'syncing fails once', calls: ['syncs'], error: 'EIO', isLasting: false },
  { name: 'reading fails from then on', calls: ['reads'], error: 'EIO', isLasting: true },
  { name: 'reading fails once', calls: ['reads'], error: 'EIO', isLasting: false },
  { name: 'too many open files from then on', calls: ['opens', 'sockets'], error: 'EMFILE', isLasting: true },
  { name: 'too many open files once', calls: ['opens', 'sockets'], error: 'EMFILE', isLasting: false },
  { name: 'read-only from then on', calls: ['writes', 'names'], error: 'EROFS', isLasting: true },
]

/** Later than any call is. */
const noCall = 2 ** 30

export interface DiskFaultOptions {
  /** The keychain's. */
  readonly env: Readonly<Record<string, string | undefined>>
  readonly faults: readonly DiskFault[]
  readonly acts: readonly Act[]
  /** Every so many calls one that fails; 1 is all of them. */
  readonly stride: number
  readonly say: (line: string) => void
}

export async function failEveryCall({ env, faults, acts, stride, say }: DiskFaultOptions): Promise<FaultFigures> {
  const figures = noFigures()
  for (const fault of faults) {
    for (const act of acts) {
      const cases = await failEveryCallOf(env, fault, act, stride, figures, say)
      say(`${fault.name} while ${act}: ${cases} cases`)
    }
  }
  return figures
}

/** A lasting fault ends with the power: what was not on the disk then is not there afterwards. */
async function failEveryCallOf(
  env: DiskFaultOptions['env'],
  fault: DiskFault,
  act: Act,
  stride: number,
  figures: FaultFigures,
  say: (line: string) => void,
): Promise<number> {
  let failing: ReturnType<typeof failingCalls> | null = null
  const world = await createFaultWorld({
    env,
    appEnv(_, root) {
      failing ??= failingCalls(join(root, 'data-'), join(root, 'control'))
      return failing.env
    },
  })
  async function failAt(nth: number): Promise<number> {
    await world.prepare(act)
    const failure: Failure = { ...fault, nth }
    failing!.arm(failure)
    const failed = await world.run(act)
    const calls = failing!.disarm()
    const found = [...failed.violations, ...(await world.recover(fault.isLasting))]
    note(figures, `${act}: ${failed.told}`, { ...failed, violations: found }, calls >= nth)
    for (const { kind, what } of found) say(`${kind}: ${what} (${fault.name}, call ${nth} of ${calls} while ${act})`)
    return calls
  }
  try {
    // A ledger that grows is read more and more often: how many calls there are to fail is counted once.
    const calls = await failAt(noCall)
    let cases = 0
    for (let nth = 1; nth <= calls; nth += stride) if ((await failAt(nth)) >= nth) cases += 1
    return cases
  } finally {
    await world.dispose()
    ;(failing as ReturnType<typeof failingCalls> | null)?.dispose()
  }
}
