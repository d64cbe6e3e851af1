/** Somebody guesses at a child's PIN, and kills the app again and again to get more guesses than they are allowed. */
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { lockOutMs } from '../../src/domain/access.ts'
import type { EventId } from '../../src/domain/brands.ts'
import { createVaultCredentials } from '../../src/main/adapters/credentials/vault-credentials.ts'
import { openEventLog } from '../../src/main/adapters/sqlite/open-event-log.ts'
import type { EventLog } from '../../src/main/ports/event-log.ts'
import { begun } from '../support/control-events.ts'
import { fileVault } from '../support/file-vault.ts'
import { householdBegun } from '../support/household-events.ts'
import { pinOf } from '../support/household-people.ts'
import { type Random, seededRandom } from './random.ts'

const guessPins = fileURLToPath(new URL('../support/children/guess-pins.ts', import.meta.url))
const beganAt = Date.parse('2026-03-02T12:00:00.000Z')

export interface Guessed {
  readonly guesses: number
  readonly lives: number
  readonly kills: number
  /** How often a PIN was compared, and how many tries the log has. */
  readonly comparisons: number
  readonly tries: number
  readonly days: number
  /** What the lock-out did not allow, in words. */
  readonly violations: readonly string[]
}

async function withLog<T>(folder: string, work: (log: EventLog) => T | Promise<T>): Promise<T> {
  const vault = fileVault(join(folder, 'vault.json'))
  const log = await openEventLog({ file: join(folder, 'ledger.sqlite'), vault, clock: { now: () => beganAt }, ids: { eventId: () => randomUUID() as EventId } })
  try {
    return await work(log)
  } finally {
    await log.close()
  }
}

/** A household whose child has a PIN, in log and keychain of the folder. */
export async function beginGuessing(folder: string): Promise<void> {
  await withLog(folder, async (log) => {
    await log.append(() => begun())
    await log.append(() => householdBegun())
  })
  await createVaultCredentials({ vault: fileVault(join(folder, 'vault.json')) }).setPin('child', pinOf('Dot'))
  writeFileSync(join(folder, 'time'), String(beganAt))
}

/** One life: at most so many guesses, killed after so many milliseconds from when it can guess; null for never. Gives what was told. */
export function live(folder: string, seed: number, most: number, killAfterMs: number | null): Promise<{ readonly isKilled: boolean; readonly told: readonly string[] }> {
  const ended = Promise.withResolvers<{ isKilled: boolean; told: string[] }>()
  const child = spawn(process.execPath, [guessPins, folder, String(seed), String(most)], { stdio: ['ignore', 'pipe', 'pipe'] })
  let told = ''
  let complaint = ''
  child.stdout.on('data', (data: Buffer) => {
    const isFirst = told === ''
    told += data.toString()
    if (isFirst && killAfterMs !== null) setTimeout(() => child.kill('SIGKILL'), killAfterMs)
  })
  child.stderr.on('data', (data: Buffer) => void (complaint += data.toString()))
  child.on('close', (code, signal) => {
    if (signal !== 'SIGKILL' && code !== 0) return ended.reject(new Error(complaint))
    ended.resolve({ isKilled: signal === 'SIGKILL', told: told.split('\n').slice(1, -1) })
  })
  return ended.promise
}

export const linesOf = (folder: string, name: string): string[] =>
  existsSync(join(folder, name)) ? readFileSync(join(folder, name), 'utf8').split('\n').filter((line) => line !== '') : []

/** So many guesses, a few in each life. */
export async function guessInLives(folder: string, wanted: { readonly guesses: number; readonly seed: number }): Promise<Guessed> {
  const random = seededRandom(wanted.seed)
  await beginGuessing(folder)
  let [lives, kills] = [0, 0]
  while (linesOf(folder, 'guesses').length < wanted.guesses) {
    const { isKilled } = await live(folder, random.below(2 ** 31), 5, killAfter(random))
    lives += 1
    if (isKilled) kills += 1
  }
  const comparisons = linesOf(folder, 'comparisons').map(readComparison)
  const { tries, violations } = await withLog(folder, async (log) => {
    const verified = await log.verify()
    const tries = [...log.events()].filter(({ type }) => type === 'access.tried').length
    const untraced = tries < comparisons.length ? [`${comparisons.length} comparisons, and only ${tries} tries in the log`] : []
    const broken = verified.kind === 'clean' ? [] : [`the log is ${verified.kind}`]
    return { tries, violations: [...tooEarly(comparisons), ...untraced, ...broken] }
  })
  const days = Math.round((Number(readFileSync(join(folder, 'time'), 'utf8')) - beganAt) / (24 * 60 * 60_000))
  return { guesses: linesOf(folder, 'guesses').length, lives, kills, comparisons: comparisons.length, tries, days, violations }
}

/** A guess takes some tens of milliseconds, most of them for comparing: before, within and after that. */
const killAfter = (random: Random): number => random.below(200)

interface Comparison {
  readonly atMs: number
  readonly isRight: boolean
}

function readComparison(line: string): Comparison {
  const [at, what] = line.split(' ')
  return { atMs: Number(at), isRight: what === 'right' }
}

/** The lock-out asks for at least so much time between two comparisons, whatever else has happened. */
function tooEarly(comparisons: readonly Comparison[]): string[] {
  let failures = 0
  return comparisons.flatMap(({ atMs }, index) => {
    const before = comparisons[index - 1]
    if (!before) return []
    failures = before.isRight ? 0 : failures + 1
    const gapMs = atMs - before.atMs
    return gapMs < lockOutMs(failures) ? [`comparison ${index + 1} came ${gapMs} ms after the one before, and ${failures} failures`] : []
  })
}
