import { assertNever } from '../../domain/assert-never.ts'
import type { LedgerState } from '../../contract/ipc/status.ts'
import { type EventLog, LogStorageError, type LogStorageProblem, type Verification } from '../ports/event-log.ts'
import type { Clock } from '../ports/clock.ts'
import type { LastVerification, LedgerAccess } from '../ports/ledger-access.ts'
import type { LedgerRepair, LogRepair, RepairRefusal } from '../ports/ledger-repair.ts'
import { type Vault, VaultError, type VaultProblem } from '../ports/vault.ts'

export interface LedgerAccessOptions {
  /** Opens the log; rejects with LogStorageError or VaultError and leaves what it found as it was. */
  readonly openLog: () => Promise<EventLog>
  /** Works on a log that nobody has open. */
  readonly repair: LogRepair
  readonly vault: Vault
  readonly clock: Pick<Clock, 'now'>
  readonly onChanged: () => void
}

interface Closable {
  /** Closes the log, whether or not it can still be read. */
  close(): Promise<void>
}

const lookups = [
  ...(['head', 'newestAtMs', 'purchase', 'purchases', 'purchasesSince', 'unsettled'] as const),
  ...(['postings', 'approval', 'hasMessage', 'controls', 'usageSince', 'newestOf'] as const),
]

/** Opens the log as far as it can be opened, says why not further, and has it repaired while nobody else uses it. */
export function createLedgerAccess({ openLog, repair, vault, clock, onChanged }: LedgerAccessOptions): LedgerAccess & LedgerRepair & Closable {
  let log: EventLog | null = null
  let storage: LogStorageProblem | null = null
  let vaultProblem: VaultProblem | null = null
  let opening: Promise<void> | null = null
  let verification: LastVerification = { kind: 'notYet' }
  /** What is told while the log is closed for a repair. */
  let heldState: LedgerState | null = null

  async function open(): Promise<void> {
    await log?.close()
    log = null
    storage = null
    vaultProblem = null
    verification = { kind: 'notYet' }
    try {
      log = watched(await openLog())
      const state = log.state()
      if (state.kind === 'vaultUnavailable') vaultProblem = state.problem
    } catch (error) {
      if (error instanceof VaultError) vaultProblem = error.problem
      else if (error instanceof LogStorageError) {
        storage = error.problem
        vaultProblem = await probe(vault)
      } else throw error
    }
    onChanged()
    // What it finds is kept and told; that it could not be done is not a finding.
    log?.verify().catch(() => {})
  }

  function vaultIs(problem: VaultProblem | null): void {
    if (problem === vaultProblem) return
    vaultProblem = problem
    onChanged()
  }

  /** What the keychain does while the log is in use is told to the person, not only what it did at the start. */
  async function watching<T>(act: () => Promise<T>): Promise<T> {
    try {
      const result = await act()
      vaultIs(null)
      return result
    } catch (error) {
      if (error instanceof VaultError) vaultIs(error.problem)
      throw error
    }
  }

  async function noted(opened: EventLog): Promise<Verification> {
    verification = { kind: 'running' }
    onChanged()
    try {
      const found = await opened.verify()
      verification = { kind: 'ended', at: clock.now(), found }
      return found
    } catch (error) {
      verification = { kind: 'notYet' }
      throw error
    } finally {
      onChanged()
    }
  }

  /** The one who asked learns of it by the error, everybody else by the state. */
  function reading<A extends unknown[], R>(read: (...args: A) => R): (...args: A) => R {
    return (...args) => {
      try {
        return read(...args)
      } catch (error) {
        if (error instanceof LogStorageError) {
          storage = error.problem
          onChanged()
        }
        throw error
      }
    }
  }

  function watched(opened: EventLog): EventLog {
    const reads = lookups.map((name) => [name, reading(opened[name] as (...args: unknown[]) => unknown)])
    return {
      ...opened,
      ...(Object.fromEntries(reads) as Pick<EventLog, (typeof lookups)[number]>),
      append: (decide) => watching(() => opened.append(decide)),
      anchored: () => watching(() => opened.anchored()),
      verify: () => noted(opened),
    }
  }

  /** The log is open; whether its keychain answers is asked anew. */
  async function askVault(opened: EventLog): Promise<void> {
    const problem = await probe(vault)
    if (problem) return vaultIs(problem)
    await opened.anchored().catch(() => null)
  }

  const state = () =>
    heldState ?? (storage ? stateOfProblem(storage) : log ? stateOfLog(log) : 'vaultUnavailable')

  /** Callers at once share one attempt: a second one would find the log in use by the first. */
  function openOnce(before: () => Promise<unknown> = () => Promise.resolve()): Promise<void> {
    opening ??= before()
      .then(open)
      .finally(() => {
        opening = null
      })
    return opening
  }

  /** A log that takes events is never closed for a look at it, and nothing is wrong with it. */
  async function closedFor<T>(work: (isDistrusted: boolean) => Promise<T>): Promise<T | { kind: 'refused'; reason: RepairRefusal }> {
    for (let busy = opening; busy; busy = opening) await busy.catch(() => {})
    if (!storage && log?.state().kind === 'ready') return { kind: 'refused', reason: 'notNeeded' }
    const found = log?.state()
    const isDistrusted = found?.kind === 'tampered' && found.finding === 'rolledBack'
    heldState = state()
    const outcome = Promise.withResolvers<T>()
    await openOnce(async () => {
      try {
        await log?.close()
        log = null
        await work(isDistrusted).then(outcome.resolve, outcome.reject)
      } finally {
        heldState = null
      }
    })
    return outcome.promise
  }

  return {
    log: () => (storage ? null : log),
    verification: () => verification,
    vault: () => vaultProblem ?? 'ready',
    state,
    async retry() {
      if (!opening && !storage && log?.state().kind === 'ready') return askVault(log)
      await openOnce()
    },
    close: async () => void (await log?.close()),
    diagnose: () => closedFor(repair.diagnose),
    restore: () => closedFor(repair.restore),
    startNew: () => closedFor(repair.startNew),
  }
}

/** Whether the keychain answers at all, asked with a harmless read. */
async function probe(vault: Vault): Promise<VaultProblem | null> {
  return vault.get('log-anchor').then(
    () => null,
    (error: unknown) => (error instanceof VaultError ? error.problem : 'absent'),
  )
}

function stateOfProblem({ kind }: LogStorageProblem): LedgerState {
  switch (kind) {
    case 'notADatabase':
    case 'foreignDatabase':
    case 'inUse':
      return kind
    case 'newerSchema':
      return 'newerVersion'
    case 'damaged':
    case 'unreadable':
    case 'outOfSpace':
    case 'unsupported':
      return 'unreadable'
    default:
      return assertNever(kind)
  }
}

function stateOfLog(log: EventLog): LedgerState {
  const { kind } = log.state()
  return kind === 'notWritable' ? 'unreadable' : kind
}
