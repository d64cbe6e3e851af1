/** The second factor, given anew for exactly one purchase or one change: signed by the gateway, and good for it once. */
import type { CodeMethod } from '../../contract/account.ts'
import { type StepUpClaims, StepUpClaimsSchema } from '../../contract/http/account-messages.ts'
import { jwsTypes } from '../../contract/http/claims.ts'
import { type Environment, instant } from '../environment.ts'
import { readJws, signJws } from '../jws.ts'
import type { SigningKey } from '../keys/signing-key.ts'
import { problem } from '../problems.ts'
import { makeId } from '../shop/numbers.ts'
import type { Store } from '../store/open-store.ts'

const lifetimeMs = 5 * 60_000

/** What a step-up is for: nothing else has the same. */
export interface StepUpSubject {
  readonly accountId: string
  readonly deviceId: string
  /** SHA-256 of what was shown to the person, in base64url. */
  readonly digest: string
}

export function signStepUp(
  { signingKey, now, randomBytes }: Environment & { readonly signingKey: SigningKey },
  { accountId, deviceId, digest }: StepUpSubject,
  method: CodeMethod,
): Promise<string> {
  const claims: StepUpClaims = {
    ...{ stepUpId: makeId('su', randomBytes), accountId, deviceId, digest, method },
    ...{ givenAt: instant(now()), expiresAt: instant(now() + lifetimeMs) },
  }
  return signJws(signingKey, jwsTypes.stepUp, claims)
}

/** Throws `stepUpNeeded` unless it was given for exactly this. Whether it still can be used is decided later, under the lock. */
export async function readStepUp(token: string | undefined, signingKey: SigningKey, subject: StepUpSubject): Promise<StepUpClaims> {
  if (token === undefined) throw problem('stepUpNeeded')
  const claims = await readJws(token, signingKey.publicKey, jwsTypes.stepUp, StepUpClaimsSchema).catch(() => {
    throw problem('stepUpNeeded')
  })
  const { accountId, deviceId, digest } = claims
  if (accountId !== subject.accountId || deviceId !== subject.deviceId || digest !== subject.digest) throw problem('stepUpNeeded')
  return claims
}

/** Uses it up; call it inside the transaction that does what it was given for. Throws `stepUpNeeded` where it is too old or was used. */
export async function redeemStepUp(store: Store, { stepUpId, expiresAt }: StepUpClaims, nowMs: number): Promise<void> {
  const expiresAtMs = Date.parse(expiresAt)
  if (nowMs >= expiresAtMs) throw problem('stepUpNeeded')
  await store.deleteFrom('used_step_ups').where('expires_at_ms', '<=', BigInt(nowMs)).execute()
  const { numInsertedOrUpdatedRows } = await store
    .insertInto('used_step_ups')
    .values({ step_up_id: stepUpId, expires_at_ms: BigInt(expiresAtMs) })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow()
  if (numInsertedOrUpdatedRows !== 1n) throw problem('stepUpNeeded')
}
