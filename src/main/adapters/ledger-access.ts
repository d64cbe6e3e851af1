import { assertNever } from '../../domain/assert-never.ts'
import type { LedgerState } from '../../contract/ipc/status.ts'
import { type EventLog, LogStorageError, type LogStorageProblem } from '../ports/event-log.ts'
import type { LedgerAccess } from '../ports/ledger-access.ts'
import { type Vault, VaultError, type VaultProblem } from '../ports/vault.ts'

export interface LedgerAccessOptions {
  /** Opens the log; rejects with LogStorageError or VaultError and leaves what it found as it was. */
  readonly openLog: () => Promise<EventLog>
  readonly vault: Vault
  readonly onChanged: () => void
}

/** Opens the log as far as it can be opened, and says why not further. */
export function createLedgerAccess({ openLog, vault, onChanged }: LedgerAccessOptions): LedgerAccess {
  let log: EventLog | null = null
  let storage: LogStorageProblem | null = null
  let vaultProblem: VaultProblem | null = null
  let opening: Promise<void> | null = null

  async function open(): Promise<void> {
    await log?.close()
    log = null
    storage = null
    vaultProblem = null
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
    void log?.verify().then(onChanged, onChanged)
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

  function watched(opened: EventLog): EventLog {
    return {
      ...opened,
      append: (decide) => watching(() => opened.append(decide)),
      anchored: () => watching(() => opened.anchored()),
    }
  }

  /** The log is open; whether its keychain answers is asked anew. */
  async function askVault(opened: EventLog): Promise<void> {
    const problem = await probe(vault)
    if (problem) return vaultIs(problem)
    await opened.anchored().catch(() => null)
  }

  return {
    log: () => log,
    vault: () => vaultProblem ?? 'ready',
    state: () => (storage ? stateOfProblem(storage) : log ? stateOfLog(log) : 'vaultUnavailable'),
    async retry() {
      // Callers at once share one attempt: a second one would find the log in use by the first.
      if (!opening && log?.state().kind === 'ready') return askVault(log)
      opening ??= open().finally(() => {
        opening = null
      })
      await opening
    },
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
