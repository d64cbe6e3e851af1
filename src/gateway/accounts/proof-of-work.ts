/**
 * Proofs of work instead of puzzles (ALTCHA, https://altcha.org): whoever signs up lets their computer count for a moment. altcha-lib
 * signs and checks; it would take a solution any number of times and goes by the system's clock, so the register and the expiry are here.
 */
import { createChallenge, type Payload, randomInt, verifySolution } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2'
import * as v from 'valibot'
import type { Store } from '../store/open-store.ts'
import type { AddressHeat } from './address-heat.ts'
import type { Caller, ProofOfWork } from './identity.ts'
import type { Secrets } from './secrets.ts'

/** `cost` is the iterations of one key (PBKDF2, RFC 8018), `counts` between how many and how many keys are tried. */
export interface WorkSize {
  readonly cost: number
  readonly counts: readonly [number, number]
}

/** At most 900,000 iterations: within a second on a slow phone, and 16 seconds when it is raised as far as it goes. */
const usualSize: WorkSize = { cost: 3_000, counts: [150, 300] }
const lifetimeMs = 20 * 60_000
const payloadLimit = 4_000

export interface ProofsOfWork {
  readonly challenge: (caller: Caller) => Promise<{ readonly challenge: object; readonly difficulty: 'usual' | 'raised' }>
  /**
   * Whether it solves a challenge of this gateway that has not run out and was not used; uses it up. One that was fetched when far less
   * work was asked for from there does not do: nobody lays in a store of cheap ones.
   */
  readonly use: (proof: ProofOfWork | null, caller: Caller) => Promise<boolean>
}

export interface ProofsOfWorkParts {
  readonly store: Store
  readonly now: () => number
  readonly secrets: Secrets
  readonly heat: AddressHeat
  readonly size?: WorkSize | undefined
}

/** What is read of a payload; the library checks the rest. */
const PayloadSchema = v.looseObject({
  challenge: v.looseObject({ parameters: v.looseObject({ cost: v.number(), nonce: v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/)), data: v.looseObject({ expiresAtMs: v.number() }) }), signature: v.string() }),
  solution: v.looseObject({ counter: v.number(), derivedKey: v.string() }),
})

export function createProofsOfWork({ store, now, secrets, heat, size = usualSize }: ProofsOfWorkParts): ProofsOfWork {
  const keys = { hmacSignatureSecret: secrets.derived('work'), hmacKeySignatureSecret: secrets.derived('work key') }

  /** The nonce is signed with the rest: it tells one challenge from another whatever else of a payload is changed. */
  async function isFirstUse(nonce: string, expiresAtMs: number): Promise<boolean> {
    await store.deleteFrom('used_work').where('expires_at_ms', '<', BigInt(now())).execute()
    const { numInsertedOrUpdatedRows } = await store
      .insertInto('used_work')
      .values({ nonce, expires_at_ms: BigInt(expiresAtMs) })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirstOrThrow()
    return numInsertedOrUpdatedRows === 1n
  }

  return {
    async challenge(caller) {
      const factor = await heat.workFactor(caller)
      const [least, most] = size.counts
      const challenge = await createChallenge({
        algorithm: 'PBKDF2/SHA-256',
        cost: size.cost * factor,
        counter: randomInt(most, least),
        data: { expiresAtMs: now() + lifetimeMs },
        deriveKey,
        ...keys,
      })
      return { challenge, difficulty: factor > 1 ? 'raised' : 'usual' }
    },
    async use(proof, caller) {
      const payload = readPayload(proof)
      if (!payload) return false
      const { cost, nonce, data } = payload.challenge.parameters
      if (2 * cost < size.cost * (await heat.workFactor(caller))) return false
      const { verified } = await verifySolution({ ...(payload as unknown as Payload), deriveKey, ...keys })
      return verified && data.expiresAtMs > now() && (await isFirstUse(nonce, data.expiresAtMs))
    },
  }
}

function readPayload(proof: ProofOfWork | null): v.InferOutput<typeof PayloadSchema> | null {
  if (proof === null || proof.length > payloadLimit) return null
  try {
    return v.parse(PayloadSchema, JSON.parse(Buffer.from(proof, 'base64').toString('utf8')))
  } catch {
    return null
  }
}
