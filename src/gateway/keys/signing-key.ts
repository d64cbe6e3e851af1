/**
 * The key with which the gateway signs quotes, receipts and time. It belongs to this server, like its TLS key, and is
 * kept in a file because a server has no person whose keychain could hold it; a person's credentials never come here.
 */
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { join } from 'node:path'
import { calculateJwkThumbprint } from 'jose'
import { readKeyFile, writeKeyFile } from './key-file.ts'

/** The public half as clients learn it: the Ed25519 point in base64url (RFC 8037) and its thumbprint (RFC 7638). */
export interface PublicSigningKey {
  readonly kid: string
  readonly x: string
}

export interface SigningKey extends PublicSigningKey {
  readonly privateKey: KeyObject
  readonly publicKey: KeyObject
}

/** Reads the signing key of the folder, making it on first use. */
export async function loadSigningKey(dataDir: string): Promise<SigningKey> {
  const path = join(dataDir, 'gateway-signing-key.pem')
  const privateKey = createPrivateKey(readKeyFile(path) ?? createKeyFile(path))
  const publicKey = createPublicKey(privateKey)
  const { x } = publicKey.export({ format: 'jwk' })
  if (privateKey.asymmetricKeyType !== 'ed25519' || !x) throw new Error(`${path} holds no Ed25519 key`)
  return { kid: await calculateJwkThumbprint({ kty: 'OKP', crv: 'Ed25519', x }), x, privateKey, publicKey }
}

function createKeyFile(path: string): string {
  const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  writeKeyFile(path, pem)
  return pem
}
