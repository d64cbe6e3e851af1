/** A keychain that outlives crashes, and that at times refuses, or says that it failed although it has carried it out. */
import { type SecretName, type Vault, VaultError, type VaultProblem } from '../../src/main/ports/vault.ts'
import type { Coverage } from './coverage.ts'
import type { Scheduler } from './scheduler.ts'

export interface SimKeychain {
  readonly secrets: Map<SecretName, string>
  /** As one process has it. */
  vaultFor(life: number): Vault
  /** Refuses everything until it is mended; null mends it. */
  lock(problem: VaultProblem | null): void
}

export function createSimKeychain(scheduler: Scheduler, coverage: Coverage): SimKeychain {
  const secrets = new Map<SecretName, string>()
  let problem: VaultProblem | null = null

  function assertUsable(): void {
    if (problem) throw new VaultError(problem)
    if (!scheduler.strikes(60)) return
    coverage.count('keychain refused')
    throw new VaultError('timedOut')
  }

  return {
    secrets,
    lock: (next) => void (problem = next),
    vaultFor: (life) => ({
      async get(name) {
        await scheduler.turn(`keychain get ${name}`, life)
        assertUsable()
        return secrets.get(name) ?? null
      },
      async set(name, value) {
        await scheduler.turn(`keychain set ${name}`, life)
        assertUsable()
        secrets.set(name, value)
        if (!scheduler.strikes(80)) return
        coverage.count('keychain wrote and said it had not')
        throw new VaultError('timedOut')
      },
      async remove(name) {
        await scheduler.turn(`keychain remove ${name}`, life)
        assertUsable()
        secrets.delete(name)
      },
    }),
  }
}
