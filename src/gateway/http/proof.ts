/** Proof of possession of the device key for one request: DPoP, RFC 9449 §4.2 and §4.3. */
import type { FastifyRequest } from 'fastify'
import { calculateJwkThumbprint, decodeProtectedHeader, importJWK } from 'jose'
import * as v from 'valibot'
import { jwsTypes, type ProofClaims, ProofClaimsSchema } from '../../contract/http/claims.ts'
import { Bytes32Schema } from '../../contract/text.ts'
import type { Device } from '../devices.ts'
import { readJws } from '../jws.ts'
import { problem } from '../problems.ts'
import type { Store } from '../store/open-store.ts'

const toleranceMs = 5 * 60 * 1000

/** Strict, so that a private key sent by mistake is refused rather than looked past. */
const HeaderSchema = v.strictObject({
  typ: v.literal(jwsTypes.proof),
  alg: v.literal('EdDSA'),
  jwk: v.strictObject({ kty: v.literal('OKP'), crv: v.literal('Ed25519'), x: Bytes32Schema }),
})

export interface Proof {
  readonly device: Device
  readonly jti: string
  /** The hash of the access token that the proof speaks of, if it does. Whether it is that of the request's is for whoever reads tokens. */
  readonly ath: string | undefined
  /** When the proof will be too old to be taken, in milliseconds since the epoch. */
  readonly expiresAtMs: number
}

/** Reads and checks the request's proof; throws `proofInvalid` or `clockSkew`. Replay is for the register to find. */
export type ProofReader = (request: FastifyRequest) => Promise<Proof>

export interface ProofReaderParts {
  readonly now: () => number
  /** The addresses by which clients may call this gateway; never taken from the request's own Host header. */
  readonly origins: () => readonly string[]
}

export function createProofReader({ now, origins }: ProofReaderParts): ProofReader {
  return async (request) => {
    const { device, claims } = await openProof(request.headers['dpop'])
    if (claims.htm !== request.method || !isSameTarget(claims.htu, request.url, origins())) throw proofInvalid()
    const issuedAtMs = claims.iat * 1000
    if (Math.abs(now() - issuedAtMs) > toleranceMs) throw problem('clockSkew', { headers: challenge })
    return { device, jti: claims.jti, ath: claims.ath, expiresAtMs: issuedAtMs + toleranceMs }
  }
}

const challenge = { 'www-authenticate': 'DPoP algs="EdDSA"' }
const proofInvalid = () => problem('proofInvalid', { headers: challenge })

async function openProof(token: unknown): Promise<{ device: Device; claims: ProofClaims }> {
  if (typeof token !== 'string') throw proofInvalid()
  try {
    const { jwk } = v.parse(HeaderSchema, decodeProtectedHeader(token))
    const key = await importJWK(jwk, 'EdDSA')
    if (key instanceof Uint8Array) throw new TypeError('not a public key')
    const claims = await readJws(token, key, jwsTypes.proof, ProofClaimsSchema)
    return { device: { deviceId: await calculateJwkThumbprint(jwk), publicKey: jwk.x }, claims }
  } catch {
    throw proofInvalid()
  }
}

/** RFC 9449 §4.3: the target URI without query and fragment. */
function isSameTarget(htu: string, requestTarget: string, origins: readonly string[]): boolean {
  const claimed = new URL(htu)
  if (claimed.search !== '' || claimed.hash !== '' || claimed.username !== '' || claimed.password !== '') return false
  return origins.some((origin) => {
    const actual = new URL(requestTarget, origin)
    return actual.origin === claimed.origin && actual.pathname === claimed.pathname
  })
}

export interface ProofRegister {
  /** Remembers the proof until it has expired, across restarts; throws `proofReplayed` when it was used before. */
  readonly use: (deviceId: string, jti: string, expiresAtMs: number) => Promise<void>
}

export function createProofRegister({ store, now }: { store: Store; now: () => number }): ProofRegister {
  return {
    async use(deviceId, jti, expiresAtMs) {
      await store.deleteFrom('proofs').where('expires_at_ms', '<', BigInt(now())).execute()
      const { numInsertedOrUpdatedRows } = await store
        .insertInto('proofs')
        .values({ device_id: deviceId, jti, expires_at_ms: BigInt(expiresAtMs) })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirstOrThrow()
      if (numInsertedOrUpdatedRows !== 1n) throw problem('proofReplayed', { headers: challenge })
    },
  }
}
