import type { Credentials, Match } from '../../ports/credentials.ts'
import type { SecretName, Vault } from '../../ports/vault.ts'
import { type KeptCredentials, readKept, writeKept } from './kept-credentials.ts'
import { newSecondFactor } from './new-second-factor.ts'
import { hashPin, isPinOf } from './pin-hash.ts'
import { keepRecoveryCodes, recoveryIndex, withoutRecoveryCode } from './recovery-codes.ts'
import { totpStep } from './totp.ts'

/**
 * Credentials as one item of the keychain for each member, read anew each time and never kept in memory. Changes are made
 * one at a time, because each writes back the part that it does not change.
 */
export function createVaultCredentials({ vault }: { readonly vault: Vault }): Credentials {
  let last: Promise<unknown> = Promise.resolve()

  const read = async (memberId: string) => readKept(await vault.get(nameOf(memberId)))

  function change(memberId: string, changed: (kept: KeptCredentials) => KeptCredentials): Promise<void> {
    const turn = last.then(async () => {
      const kept = await read(memberId)
      return vault.set(nameOf(memberId), writeKept({ ...kept, ...changed(kept) }))
    })
    last = turn.catch(() => {})
    return turn
  }

  return {
    async has(memberId) {
      const { pin, secondFactor } = await read(memberId)
      return { pin: pin !== undefined, secondFactor: secondFactor !== undefined }
    },
    async setPin(memberId, pin) {
      const hash = await hashPin(pin)
      await change(memberId, () => ({ pin: hash }))
    },
    async setSecondFactor(memberId, { secret, recoveryCodes }) {
      const { salt, hashes } = keepRecoveryCodes(recoveryCodes)
      await change(memberId, () => ({ secondFactor: { secret, salt, recovery: [...hashes] } }))
    },
    async useUpRecoveryCode(memberId, index) {
      if (!(await read(memberId)).secondFactor) return
      await change(memberId, ({ secondFactor }) => secondFactor ? { secondFactor: { ...secondFactor, recovery: withoutRecoveryCode(secondFactor.recovery, index) } } : {})
    },
    async compare(memberId, { pin, code }, nowMs) {
      const kept = await read(memberId)
      if (kept.pin === undefined) return null
      return { pin: await isPinOf(kept.pin, pin), code: matchOf(kept.secondFactor, code, nowMs) }
    },
    newSecondFactor: (accountLabel) => Promise.resolve(newSecondFactor(accountLabel)),
    codeStep: ({ secret }, code, nowMs) => totpStep(secret, code, nowMs),
  }
}

const nameOf = (memberId: string): SecretName => `member-credentials.${memberId}`

/** Six digits are never a recovery code, nor ten characters an authenticator's. */
function matchOf(secondFactor: KeptCredentials['secondFactor'], code: string | undefined, nowMs: number): Match['code'] {
  if (secondFactor === undefined || code === undefined) return null
  const step = totpStep(secondFactor.secret, code, nowMs)
  if (step !== null) return { kind: 'step', step }
  const index = recoveryIndex({ salt: secondFactor.salt, hashes: secondFactor.recovery }, code)
  return index === null ? null : { kind: 'recovery', index }
}
