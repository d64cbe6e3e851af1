import { setImmediate as nextTurn } from 'node:timers/promises'
import { newSecondFactor } from '../../src/main/adapters/credentials/new-second-factor.ts'
import { readRecoveryCode } from '../../src/main/adapters/credentials/recovery-codes.ts'
import { totpStep } from '../../src/main/adapters/credentials/totp.ts'
import type { Credentials, Match, NewSecondFactor } from '../../src/main/ports/credentials.ts'
import { VaultError, type VaultProblem } from '../../src/main/ports/vault.ts'

export interface FakeCredentials extends Credentials {
  /** Every operation fails until `recover`. */
  fail(problem: VaultProblem): void
  recover(): void
}

/** Credentials in memory. Nothing is hashed, so that a comparison takes no time; codes are real. */
export function createFakeCredentials(): FakeCredentials {
  const pins = new Map<string, string>()
  const secondFactors = new Map<string, NewSecondFactor>()
  let problem: VaultProblem | null = null

  async function reach(): Promise<void> {
    await nextTurn()
    if (problem !== null) throw new VaultError(problem)
  }

  return {
    fail(next) {
      problem = next
    },
    recover() {
      problem = null
    },
    async has(memberId) {
      await reach()
      return { pin: pins.has(memberId), secondFactor: secondFactors.has(memberId) }
    },
    async setPin(memberId, pin) {
      await reach()
      pins.set(memberId, pin)
    },
    async setSecondFactor(memberId, secondFactor) {
      await reach()
      secondFactors.set(memberId, secondFactor)
    },
    async useUpRecoveryCode(memberId, index) {
      await reach()
      const kept = secondFactors.get(memberId)
      if (kept) secondFactors.set(memberId, { ...kept, recoveryCodes: kept.recoveryCodes.map((code, at) => (at === index ? '' : code)) })
    },
    async compare(memberId, { pin, code }, nowMs) {
      await reach()
      const kept = pins.get(memberId)
      return kept === undefined ? null : { pin: pin === kept, code: matchOf(secondFactors.get(memberId), code, nowMs) }
    },
    newSecondFactor: (accountLabel) => Promise.resolve(newSecondFactor(accountLabel)),
    codeStep: ({ secret }, code, nowMs) => totpStep(secret, code, nowMs),
  }
}

function matchOf(secondFactor: NewSecondFactor | undefined, code: string | undefined, nowMs: number): Match['code'] {
  if (secondFactor === undefined || code === undefined) return null
  const step = totpStep(secondFactor.secret, code, nowMs)
  if (step !== null) return { kind: 'step', step }
  const typed = readRecoveryCode(code)
  const index = secondFactor.recoveryCodes.findIndex((recoveryCode) => readRecoveryCode(recoveryCode) === typed)
  return index === -1 || typed === null ? null : { kind: 'recovery', index }
}
