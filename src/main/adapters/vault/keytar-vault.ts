/**
 * The OS keychain through keytar: Secret Service on Linux, Keychain on macOS, Credential Manager on Windows. Values are
 * never logged and never part of an error.
 */
import { createHash } from 'node:crypto'
import { realpathSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { VaultError, type SecretName, type Vault } from '../../ports/vault.ts'
import { vaultProblemOf } from './vault-problem.ts'

/** The part of keytar that is used. */
export interface Keychain {
  getPassword(service: string, account: string): Promise<string | null>
  setPassword(service: string, account: string, value: string): Promise<void>
  deletePassword(service: string, account: string): Promise<boolean>
}

export interface KeytarVaultOptions {
  /** Keeps the secrets of one data folder apart from those of another; see `vaultScope`. */
  readonly scope: string
  /** Milliseconds that one operation may take, waiting for its turn included. The port allows 5,000 at most, all told. */
  readonly timeoutMs?: number
  readonly load?: () => Promise<Keychain>
}

const service = 'Tuppence'

/** Written where a read found nothing, to tell an empty keychain from a locked one. Holds no secret. */
const probeAccount = 'probe'

/**
 * Sixteen hexadecimal digits that stand for a data folder, the same for every way of writing its path. Each folder has
 * its own keys, so a ledger that vanished from its folder is noticed and two folders never share a chain.
 */
export function vaultScope(dataFolder: string): string {
  return createHash('sha256').update(realPath(resolve(dataFolder))).digest('hex').slice(0, 16)
}

/** The real path, also of a folder that is yet to be made. */
function realPath(path: string): string {
  try {
    return realpathSync.native(path)
  } catch (error) {
    const parent = dirname(path)
    if (parent === path) throw error
    return join(realPath(parent), basename(path))
  }
}

/**
 * Loads keytar at the first use, because a computer without its library (libsecret on Linux) must still be able to show
 * the history. Operations run one at a time: a write that timed out can therefore never land after a later one.
 */
export function keytarVault({ scope, timeoutMs = 4_000, load = loadKeytar }: KeytarVaultOptions): Vault {
  let keychain: Promise<Keychain> | null = null
  let last: Promise<unknown> = Promise.resolve()

  async function loaded(): Promise<Keychain> {
    keychain ??= load()
    try {
      return await keychain
    } catch (cause) {
      keychain = null
      throw new VaultError('absent', { cause })
    }
  }

  function inTurn<T>(operation: (keychain: Keychain) => Promise<T>): Promise<T> {
    const limit = AbortSignal.timeout(timeoutMs)
    const turn = last.then(async () => {
      if (limit.aborted) throw new VaultError('timedOut')
      return operation(await loaded())
    })
    last = turn.catch(() => {})
    return withLimit(turn, limit)
  }

  const account = (name: string) => `${name}@${scope}`

  return {
    get: (name: SecretName) =>
      inTurn(async (keychain) => {
        const value = await attempt(() => keychain.getPassword(service, account(name)))
        if (value === null) await attempt(() => keychain.setPassword(service, account(probeAccount), 'unlocked'))
        return value
      }),
    set: (name: SecretName, value: string) =>
      inTurn((keychain) => attempt(() => keychain.setPassword(service, account(name), value), value)),
    remove: (name: SecretName) =>
      inTurn(async (keychain) => {
        const wasThere = await attempt(() => keychain.deletePassword(service, account(name)))
        // A locked keychain finds nothing either: then this says so.
        if (!wasThere) await attempt(() => keychain.setPassword(service, account(probeAccount), 'unlocked'))
      }),
  }
}

async function loadKeytar(): Promise<Keychain> {
  const module: { default: Keychain } = await import('keytar')
  return module.default
}

async function attempt<T>(operation: () => Promise<T>, secret?: string): Promise<T> {
  try {
    return await operation()
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    const cause = new Error(secret ? message.replaceAll(secret, '…') : message)
    throw new VaultError(vaultProblemOf(message), { cause })
  }
}

function withLimit<T>(work: Promise<T>, limit: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(new VaultError('timedOut'))
    limit.addEventListener('abort', giveUp, { once: true })
    work.then(resolve, reject).finally(() => limit.removeEventListener('abort', giveUp))
  })
}
