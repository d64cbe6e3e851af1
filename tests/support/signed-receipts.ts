/** Receipts that a gateway has really signed, with keys that are made anew. */
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { calculateJwkThumbprint } from 'jose'
import type { ReceiptClaims } from '../../src/contract/http/claims.ts'
import { receiptFile } from '../../src/domain/receipt-file.ts'

export const receiptClaims: ReceiptClaims = {
  receiptNumber: 'T-2026-7F3K9Q2M',
  idempotencyKey: '0198a0f2-1111-7000-8000-000000000001',
  quoteId: 'q_01',
  deviceId: 'D'.repeat(43),
  offerId: 'offer-1',
  sellerId: 'seller-1',
  payee: 'Pixel Forge',
  item: 'Starlight cape — スター',
  bundle: { count: 80, unit: 'gems' },
  price: { amount: '99', currency: 'EUR' },
  tax: { amount: '16', rateBasisPoints: 1900 },
  fundingSource: { id: 'card-1', label: 'Visa •••• 4242' },
  memberId: 'teen',
  challengeDigest: 'c'.repeat(43),
  chargedAt: '2026-11-23T09:00:01.000Z',
}

export interface Signer {
  readonly kid: string
  readonly x: string
  readonly privateKey: KeyObject
}

export async function newSigner(): Promise<Signer> {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const { x = '' } = publicKey.export({ format: 'jwk' })
  return { kid: await calculateJwkThumbprint({ kty: 'OKP', crv: 'Ed25519', x }), x, privateKey }
}

/** A compact JWS of anything, under any header. */
export function signedBy({ privateKey, kid }: Signer, payload: string, header: object = { alg: 'EdDSA', typ: 'tuppence-receipt+jws', kid }): string {
  const text = [JSON.stringify(header), payload].map((part) => Buffer.from(part).toString('base64url')).join('.')
  return `${text}.${sign(null, Buffer.from(text), privateKey).toString('base64url')}`
}

/** The file of a receipt. */
export function signedReceiptFile(signer: Signer, claims: ReceiptClaims = receiptClaims): string {
  return receiptFile({ claims, jws: signedBy(signer, JSON.stringify(claims)), key: signer })
}
