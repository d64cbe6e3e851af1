import { setImmediate as nextTurn } from 'node:timers/promises'
import { VaultError, type SecretName, type Vault, type VaultProblem } from '../../src/main/ports/vault.ts'

type Operation = 'get' | 'set' | 'remove'

export interface FakeVault extends Vault {
  /** What the keychain holds; tests may look at it and change it behind the application's back. */
  readonly secrets: Map<SecretName, string>
  /** Every operation that was asked for, oldest first, for example `set log-anchor`. */
  readonly calls: string[]
  /** The next `times` operations of the kind fail; without a number, all until `recover`. */
  fail(problem: VaultProblem, options?: { operation?: Operation; name?: SecretName; times?: number }): void
  recover(): void
  /** Writes wait until the returned function is called. */
  holdWrites(): () => void
}

/** The keychain in memory, with faults that a test can script. */
export function createFakeVault(secrets = new Map<SecretName, string>()): FakeVault {
  const calls: string[] = []
  let fault: { problem: VaultProblem; operation?: Operation; name?: SecretName; times: number } | null = null
  let gate: Promise<void> = Promise.resolve()

  async function begin(operation: Operation, name: SecretName): Promise<void> {
    calls.push(`${operation} ${name}`)
    await nextTurn()
    if (operation !== 'get') await gate
    if (!fault || (fault.operation ?? operation) !== operation || (fault.name ?? name) !== name) return
    if (fault.times-- > 0) throw new VaultError(fault.problem)
  }

  return {
    secrets,
    calls,
    fail(problem, options = {}) {
      fault = { times: Infinity, ...options, problem }
    },
    recover() {
      fault = null
    },
    holdWrites() {
      const { promise, resolve } = Promise.withResolvers<void>()
      gate = promise
      return resolve
    },
    async get(name) {
      await begin('get', name)
      return secrets.get(name) ?? null
    },
    async set(name, value) {
      await begin('set', name)
      secrets.set(name, value)
    },
    async remove(name) {
      await begin('remove', name)
      secrets.delete(name)
    },
  }
}
