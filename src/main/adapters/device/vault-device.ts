import { CompactSign, calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose'
import * as v from 'valibot'
import { jwsTypes } from '../../../contract/http/claims.ts'
import { Bytes32Schema } from '../../../contract/text.ts'
import type { Device } from '../../ports/device.ts'
import { type Vault, VaultError } from '../../ports/vault.ts'

const PrivateJwkSchema = v.strictObject({
  kty: v.literal('OKP'),
  crv: v.literal('Ed25519'),
  x: Bytes32Schema,
  d: Bytes32Schema,
})
type PrivateJwk = v.InferOutput<typeof PrivateJwkSchema>

interface LoadedKey {
  readonly id: string
  readonly publicJwk: JWK & { readonly x: string }
  readonly key: Awaited<ReturnType<typeof importJWK>>
}

export interface VaultDeviceOptions {
  readonly vault: Vault
  /** False where purchases were already signed with a key: then a missing key is never replaced by a new one (P6). */
  readonly mayCreateKey: () => boolean
}

/**
 * The device key as an Ed25519 JWK (RFC 8037) in the vault. Read on first use and kept in this process's memory; a
 * failed read is tried again at the next use.
 */
export function createVaultDevice({ vault, mayCreateKey }: VaultDeviceOptions): Device {
  let loading: Promise<LoadedKey> | null = null
  const loaded = () => {
    loading ??= load(vault, mayCreateKey).catch((error: unknown) => {
      loading = null
      throw error
    })
    return loading
  }
  return {
    id: async () => (await loaded()).id,
    async authorise(claims) {
      const { key, id } = await loaded()
      return sign(key, { typ: jwsTypes.authorisation, kid: id }, claims)
    },
    async attest(posture) {
      const { key, id, publicJwk } = await loaded()
      return { jws: await signText(key, { typ: jwsTypes.posture, kid: id }, posture), key: { kid: id, x: publicJwk.x } }
    },
    async prove(claims) {
      const { key, publicJwk } = await loaded()
      return sign(key, { typ: jwsTypes.proof, jwk: publicJwk }, claims)
    },
  }
}

function sign(key: LoadedKey['key'], header: { typ: string; kid?: string; jwk?: JWK }, claims: object): Promise<string> {
  return signText(key, header, JSON.stringify(claims))
}

function signText(key: LoadedKey['key'], header: { typ: string; kid?: string; jwk?: JWK }, text: string): Promise<string> {
  return new CompactSign(new TextEncoder().encode(text)).setProtectedHeader({ alg: 'EdDSA', ...header }).sign(key)
}

async function load(vault: Vault, mayCreateKey: () => boolean): Promise<LoadedKey> {
  const stored = await vault.get('device-signing-key')
  const jwk = stored === null ? await create(vault, mayCreateKey) : parse(stored)
  const publicJwk = { kty: jwk.kty, crv: jwk.crv, x: jwk.x }
  return { id: await calculateJwkThumbprint(publicJwk), publicJwk, key: await importKey(jwk) }
}

function parse(stored: string): PrivateJwk {
  try {
    return v.parse(PrivateJwkSchema, JSON.parse(stored))
  } catch {
    // The cause is left out on purpose: a parser's message may quote the key.
    throw new VaultError('locked')
  }
}

/** A private half that does not belong to the public one is found only here. The cause is left out as above. */
function importKey(jwk: PrivateJwk): Promise<LoadedKey['key']> {
  return importJWK(jwk, 'EdDSA').catch(() => {
    throw new VaultError('locked')
  })
}

async function create(vault: Vault, mayCreateKey: () => boolean): Promise<PrivateJwk> {
  if (!mayCreateKey()) throw new VaultError('locked')
  const { privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true })
  const { kty, crv, x, d } = await exportJWK(privateKey)
  const jwk = v.parse(PrivateJwkSchema, { kty, crv, x, d })
  await vault.set('device-signing-key', JSON.stringify(jwk))
  return jwk
}
