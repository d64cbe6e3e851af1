/** A ledger and its write-ahead log with bytes changed or cut off: it is found out, or nothing that is read has changed. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openEventLog } from '../../src/main/adapters/sqlite/open-event-log.ts'
import { type EventLog, LogReadOnlyError, LogStorageError } from '../../src/main/ports/event-log.ts'
import type { SecretName } from '../../src/main/ports/vault.ts'
import type { Random } from '../crash/random.ts'
import { begun, limitOf, tightened } from '../support/control-events.ts'
import { approved, cancelled, countingEventIds, declined, succeeded, unknown } from '../support/events.ts'
import { createFakeClock } from '../support/fake-clock.ts'
import { createFakeVault } from '../support/fake-vault.ts'
import { bytesOf } from '../support/files.ts'
import { tempLog } from '../support/temp-log.ts'

export interface ByteFigures {
  cases: number
  /** The file is not opened at all. */
  refused: number
  /** Opened only to be read, and said to be tampered with. */
  tampered: number
  /** What was changed says nothing: everything is read as it was. */
  unchanged: number
  /** Something else was read than what was written, and it passed for clean. */
  accepted: number
  /** The evidence was written over. */
  overwritten: number
  longestMs: number
}

const files = ['ledger.sqlite', 'ledger.sqlite-wal'] as const
type Name = (typeof files)[number]
type Bytes = Readonly<Record<Name, Buffer>>

interface Original {
  readonly bytes: Bytes
  readonly secrets: ReadonlyMap<SecretName, string>
  /** Everything that can be read, as text. */
  readonly contents: string
}

/** As a killed process leaves it behind: half of it in the file, the other half in the write-ahead log. */
async function writeOriginal(): Promise<Original> {
  const temp = tempLog()
  await temp.write(begun(), tightened(limitOf('500')), approved('a'), approved('b'), succeeded('a'), unknown('b'), cancelled('c'), approved('d'), declined('b'))
  const log = await temp.open()
  for (const event of [succeeded('d'), approved('e'), tightened(limitOf('400')), unknown('e'), cancelled('f'), succeeded('e'), approved('g')]) await log.append(() => event)
  await log.anchored()
  const bytes = Object.fromEntries(files.map((name) => [name, readFileSync(join(temp.folder, name))])) as Record<Name, Buffer>
  const contents = contentsOf(log)
  const secrets = new Map(temp.vault.secrets)
  await log.close()
  temp.dispose()
  return { bytes, secrets, contents }
}

function contentsOf(log: EventLog): string {
  const all = [[...log.events()], log.purchases(), log.unsettled(), log.postings(), log.head(), log.usageSince(0), log.controls()]
  return JSON.stringify(all, (_key, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value))
}

/** One of: a bit, a byte, a run of zeros, a page of something else, the end cut off. Always a change. */
function changed(bytes: Bytes, random: Random): { readonly bytes: Bytes; readonly how: string } {
  const name = random.pick(files)
  const copy = Buffer.from(bytes[name])
  const at = random.below(copy.length)
  const how = random.pick(['bit', 'byte', 'zeros', 'page', 'cut'] as const)
  if (how === 'bit') copy[at]! ^= 1 << random.below(8)
  if (how === 'byte') copy[at] = copy[at]! ^ (1 + random.below(255))
  if (how === 'zeros') copy.fill(0, at, Math.min(copy.length, at + 1 + random.below(64)))
  if (how === 'page') copy.copy(copy, at - (at % 4096), random.below(Math.ceil(copy.length / 4096)) * 4096)
  const result = how === 'cut' ? copy.subarray(0, at) : copy
  return { bytes: { ...bytes, [name]: result }, how: `${how} at ${at} of ${name}` }
}

/** `say` is told of every case that must not be. */
export async function breakBytes(cases: number, random: Random, say: (line: string) => void): Promise<ByteFigures> {
  const original = await writeOriginal()
  const figures: ByteFigures = { cases: 0, refused: 0, tampered: 0, unchanged: 0, accepted: 0, overwritten: 0, longestMs: 0 }
  const folder = mkdtempSync(join(tmpdir(), 'tuppence-bytes-'))
  try {
    for (; figures.cases < cases; figures.cases += 1) {
      const { bytes, how } = changed(original.bytes, random)
      const startedAt = performance.now()
      const { verdict, isOverwritten } = await judge(folder, bytes, original)
      figures.longestMs = Math.max(figures.longestMs, Math.round(performance.now() - startedAt))
      figures[verdict] += 1
      if (isOverwritten) figures.overwritten += 1
      if (isOverwritten || verdict === 'accepted') say(`${isOverwritten ? 'overwritten' : verdict}: ${how}`)
    }
    return figures
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

type Verdict = 'refused' | 'tampered' | 'unchanged' | 'accepted'

async function judge(folder: string, bytes: Bytes, original: Original): Promise<{ verdict: Verdict; isOverwritten: boolean }> {
  for (const suffix of ['', '-wal', '-shm']) rmSync(join(folder, `ledger.sqlite${suffix}`), { force: true })
  for (const name of files) writeFileSync(join(folder, name), bytes[name])
  const open = () => {
    const vault = createFakeVault(new Map(original.secrets))
    return openEventLog({ file: join(folder, 'ledger.sqlite'), vault, clock: createFakeClock(), ids: countingEventIds() })
  }
  const isUntouched = () => files.every((name) => bytesOf(join(folder, name)) === bytes[name].toString('base64'))
  try {
    const log = await open()
    const wasReady = log.state().kind === 'ready'
    const verdict = await closing(log, () => verdictOn(log, original.contents))
    return { verdict, isOverwritten: !wasReady && !isUntouched() }
  } catch (error) {
    if (error instanceof LogStorageError) return { verdict: 'refused', isOverwritten: !isUntouched() }
    throw error
  }
}

async function closing<T>(log: EventLog, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } finally {
    await log.close()
  }
}

/** What is tampered with takes no event, and what passes for clean can go on. Rejects with LogStorageError. */
async function verdictOn(log: EventLog, contents: string): Promise<Verdict> {
  const append = () => log.append(() => cancelled('z')).then(() => true, isRefusal)
  const { kind } = await log.verify()
  if (kind !== 'clean') return (await append()) ? 'accepted' : 'tampered'
  if (contentsOf(log) !== contents) return 'accepted'
  if (!(await append())) return 'refused'
  return (await log.verify()).kind === 'clean' ? 'unchanged' : 'accepted'
}

function isRefusal(error: unknown): false {
  if (error instanceof LogReadOnlyError || error instanceof LogStorageError) return false
  throw error
}
