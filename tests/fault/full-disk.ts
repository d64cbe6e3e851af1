/** A real disk that is full: a small file system in memory with room for so many pages, and then none. Linux, as root. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type FaultFigures, noFigures, note } from './figures.ts'
import { type Act, createFaultWorld, type FaultWorld } from './world.ts'

const pageBytes = 4096

/** Whether this process may mount something. */
export function mayMount(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false
  const folder = mkdtempSync(join(tmpdir(), 'tuppence-mount-'))
  try {
    mountSmall(folder)()
    return true
  } catch {
    return false
  } finally {
    rmdirSync(folder)
  }
}

export interface FullDiskOptions {
  /** The keychain's. */
  readonly env: Readonly<Record<string, string | undefined>>
  readonly acts: readonly Act[]
  /** Every so many pages of room; 1 is every number of pages. */
  readonly stride: number
  readonly say: (line: string) => void
}

/** With room for no page, one, two … until the room suffices. */
export async function fillTheDisk({ env, acts, stride, say }: FullDiskOptions): Promise<FaultFigures> {
  const figures = noFigures()
  const world = await createFaultWorld({ env, mountOn: mountSmall })
  try {
    for (const act of acts) {
      let pages = 0
      while (await tryWith(world, act, pages, figures, say)) pages += stride
      say(`disk full while ${act}: too small up to ${pages} pages`)
    }
    return figures
  } finally {
    await world.dispose()
  }
}

async function tryWith(world: FaultWorld, act: Act, pages: number, figures: FaultFigures, say: (line: string) => void): Promise<boolean> {
  await world.prepare(act)
  const room = leaveRoomFor(world.dataDir, pages)
  const failed = await world.run(act)
  // What failed may have cleaned up after itself.
  const isTooSmall = room.isFull() || !/ready|succeeded|done/.test(failed.told)
  room.free()
  // Every other time the power fails before anybody has made room.
  const found = [...failed.violations, ...(await world.recover(pages % 2 === 0))]
  note(figures, `${act}: ${failed.told}`, { ...failed, violations: found }, isTooSmall)
  for (const { kind, what } of found) say(`${kind}: ${what} (room for ${pages} pages while ${act})`)
  return isTooSmall
}

/** Large enough for a ledger and its backup. */
function mountSmall(folder: string): () => void {
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=48m,mode=700', 'tuppence-fault', folder], { stdio: 'pipe' })
  return () => void execFileSync('umount', [folder])
}

function leaveRoomFor(folder: string, pages: number) {
  const file = join(folder, 'something-large')
  const left = () => statfsSync(folder).bavail
  writeFileSync(file, Buffer.alloc((left() - pages) * pageBytes))
  return { isFull: () => left() === 0, free: () => rmSync(file) }
}
