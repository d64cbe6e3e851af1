/** Puts a log back, or begins a new one beside what is left of it. See replacement.ts for how a kill is survived. */
import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { genesisMac } from '../../../domain/chain.ts'
import type { NewEvent } from '../../../domain/events.ts'
import { LogStorageError, type LogHead } from '../../ports/event-log.ts'
import type { LogRepair, RepairRefusal, Restorable, RestartOutcome, RestoreOutcome } from '../../ports/ledger-repair.ts'
import { VaultError } from '../../ports/vault.ts'
import { appendFirst, buildLog, firstEvent } from './create-log.ts'
import { diagnoseLog, withSources } from './diagnose-log.ts'
import { claimLog } from './instance-lock.ts'
import { keepAnchor, newKey, readSecrets, type LogSecrets } from './log-secrets.ts'
import type { OpenEventLogOptions } from './open-event-log.ts'
import { finishReplacement, replacementOf, setAsideName } from './replacement.ts'
import { toHead, toLogEvent, type StoredEvent } from './rows.ts'
import { asStorageError } from './storage-error.ts'
import { unbrokenChain } from './unbroken-chain.ts'

interface Refused {
  readonly kind: 'refused'
  readonly reason: RepairRefusal
}

const refused = (reason: RepairRefusal): Refused => ({ kind: 'refused', reason })

/** The log must not be open in this process; in another one it makes each call refused with `inUse`. */
export function logRepair(options: OpenEventLogOptions): LogRepair {
  const given = { ...options, file: resolve(options.file) }
  const atWork = <T>(work: (secrets: LogSecrets) => Promise<T>) => withClaim(given, work)
  return {
    diagnose: (isDistrusted) => atWork((secrets) => diagnoseLog(given.file, secrets, isDistrusted)),
    restore: (isDistrusted) => atWork((secrets) => restore(given, secrets, isDistrusted)),
    startNew: () => atWork((secrets) => startNew(given, secrets)),
  }
}

/** The same, each time after those who read the log have let go of its file. */
export function afterLettingGo(repair: LogRepair, letGo: () => Promise<void>): LogRepair {
  return {
    diagnose: (isDistrusted) => letGo().then(() => repair.diagnose(isDistrusted)),
    restore: (isDistrusted) => letGo().then(() => repair.restore(isDistrusted)),
    startNew: () => letGo().then(() => repair.startNew()),
  }
}

async function withClaim<T>(
  { file, vault }: OpenEventLogOptions,
  work: (secrets: LogSecrets) => Promise<T>,
): Promise<T | Refused> {
  try {
    const { isWritable, unlock } = claimLog(file)
    try {
      if (!isWritable) return refused('notPermitted')
      const secrets = await readSecrets(vault)
      finishReplacement(file, secrets)
      return await work(secrets)
    } finally {
      unlock()
    }
  } catch (error) {
    return refused(reasonOf(asStorageError(error)))
  }
}

function reasonOf(error: unknown): RepairRefusal {
  if (error instanceof VaultError) return 'vaultUnavailable'
  if (!(error instanceof LogStorageError)) throw error
  const { kind } = error.problem
  return kind === 'inUse' || kind === 'outOfSpace' ? kind : 'diskFailed'
}

async function restore(
  options: OpenEventLogOptions,
  secrets: LogSecrets,
  isDistrusted: boolean,
): Promise<RestoreOutcome> {
  const { file, vault } = options
  const { key } = secrets
  const found = await diagnoseLog(file, secrets, isDistrusted)
  if (found.kind === 'refused') return found
  if (found.kind === 'restartable' || !key) return refused('nothingToRestore')
  const head = await withSources(file, (sources) => rebuild(options, secrets, found, unbrokenChain(sources, key)), key)
  const setAside = existsSync(file) ? setAsideName(head) : null
  // From here on the new log is the log, whatever happens.
  await keepAnchor(vault, toHead(head))
  finishReplacement(file, await readSecrets(vault))
  return { kind: 'restored', head: found.head, lostEvents: found.lostEvents, setAside }
}

/** Writes the events into a new log and what happened after them. Gives its newest event. */
function rebuild(
  { file, clock, ids }: OpenEventLogOptions,
  { key, anchor }: LogSecrets,
  { head, lostEvents }: Restorable,
  events: AsyncIterable<StoredEvent>,
): Promise<StoredEvent> {
  if (!key) throw new TypeError('events cannot be put back without their key')
  return buildLog(replacementOf(file), key, async (append) => {
    let newest: StoredEvent | null = null
    for await (const event of events) {
      const { seq, id, at } = event
      newest = append(toLogEvent(event), { seq, previousMac: newest?.mac ?? genesisMac, id, at })
    }
    if (!newest || toHead(newest).mac !== head.mac) throw new LogStorageError({ kind: 'damaged' })
    return append(restoredEvent(head, lostEvents === 0 ? null : anchor, lostEvents), placeAfter(newest, { clock, ids }))
  })
}

function restoredEvent(backup: LogHead, lost: LogHead | null, lostEvents: number | null): NewEvent {
  return { type: 'log.restored', actor: 'person', payload: { backup, lost, lostEvents } }
}

function placeAfter(newest: StoredEvent, { clock, ids }: Pick<OpenEventLogOptions, 'clock' | 'ids'>) {
  const at = new Date(Math.max(clock.now(), Date.parse(newest.at))).toISOString()
  return { seq: newest.seq + 1, previousMac: newest.mac, id: ids.eventId(), at }
}

async function startNew(options: OpenEventLogOptions, secrets: LogSecrets): Promise<RestartOutcome> {
  const { file, vault } = options
  const found = await diagnoseLog(file, secrets, false)
  if (found.kind === 'refused') return found
  if (found.kind === 'restorable') return refused('restorable')
  const { damage } = found
  const isThere = existsSync(file)
  const sha256 = isThere ? await sha256Of(file) : null
  const { hmac, keep } = newKey(vault)
  const head = await buildLog(replacementOf(file), hmac, (append) => {
    const first = appendFirst(append, firstEvent(options))
    const place = placeAfter(first, options)
    const payload = { reason: damage, setAside: isThere ? setAsideName(place) : null, sha256 }
    return append({ type: 'log.restarted', actor: 'person', payload }, place)
  })
  // The key comes last: until it is there nothing of the new log counts, and the old one is as unusable as it was.
  await keepAnchor(vault, toHead(head))
  await keep()
  finishReplacement(file, await readSecrets(vault))
  return { kind: 'restarted', damage, setAside: isThere ? setAsideName(head) : null }
}

/** SHA-256 (FIPS 180-4) in hexadecimal, or null for a file that cannot be read. */
async function sha256Of(file: string): Promise<string | null> {
  const hash = createHash('sha256')
  try {
    await pipeline(createReadStream(file), hash)
    return hash.digest('hex')
  } catch {
    return null
  }
}
