/** Events with what a gateway has really signed, by a key that is made anew. */
import { generateKeyPairSync, sign } from 'node:crypto'
import { CompactSign, calculateJwkThumbprint } from 'jose'
import { jwsTypes, type JwsType, type ReceiptClaims } from '../../src/contract/http/claims.ts'
import type { EventPayloads, NewEvent, SignedMessage } from '../../src/domain/events.ts'
import type { LogHead } from '../../src/main/ports/event-log.ts'
import { approved, refunded } from './events.ts'

export async function createSigningGateway() {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const { x = '' } = publicKey.export({ format: 'jwk' })
  const kid = await calculateJwkThumbprint({ kty: 'OKP', crv: 'Ed25519', x })
  const signJws = (typ: JwsType, claims: object) =>
    new CompactSign(Buffer.from(JSON.stringify(claims))).setProtectedHeader({ alg: 'EdDSA', typ, kid }).sign(privateKey)

  function signMessage(id: string, body: string): SignedMessage {
    const timestamp = 1_795_000_000
    return { id, timestamp, body, signature: `v1a,${sign(null, Buffer.from(`${id}.${timestamp}.${body}`), privateKey).toString('base64')}` }
  }

  return {
    signingKey: { kid, x },
    /** The success of the purchase that `approved(id)` approves. */
    async succeeded(id: string, change: Partial<ReceiptClaims> = {}): Promise<NewEvent> {
      const { challenge, challengeDigest, purchaseId } = approved(id).payload as EventPayloads['purchase.approved']
      const { quoteId, offerId, sellerId, payee, item, price, tax, fundingSource } = challenge
      const claims: ReceiptClaims = {
        ...{ quoteId, offerId, sellerId, payee, item, price, tax, fundingSource, challengeDigest },
        ...{ receiptNumber: `R-${id}`, idempotencyKey: id, deviceId: 'D'.repeat(43), chargedAt: '2026-11-23T09:00:01.000Z' },
        ...change,
      }
      const receipt = await signJws(jwsTypes.receipt, claims)
      return { type: 'purchase.succeeded', actor: 'gateway', payload: { purchaseId, receipt, receiptNumber: `R-${id}`, chargedAt: claims.chargedAt } }
    },
    refunded(id: string): NewEvent {
      const event = refunded(id)
      const message = signMessage(`refund-1-of-${id}`, '{"type":"purchase.refunded"}')
      return { ...event, payload: { ...event.payload, message } } as NewEvent
    },
    async countersigned(logId: string, { seq, mac }: LogHead): Promise<NewEvent> {
      const signedAt = '2026-11-24T09:00:00.000Z'
      const claims = { deviceId: 'D'.repeat(43), logId, seq, mac, at: signedAt, previous: null }
      const countersignature = await signJws(jwsTypes.logHead, claims)
      return { type: 'log.countersigned', actor: 'gateway', payload: { seq, mac, signedAt, countersignature } }
    },
  }
}
export type SigningGateway = Awaited<ReturnType<typeof createSigningGateway>>
