/** Checks that a purchase request is covered by a quote of this gateway and by the device's signature over it. */
import { createPublicKey } from 'node:crypto'
import {
  type AuthorisationClaims,
  AuthorisationClaimsSchema,
  jwsTypes,
  type QuoteClaims,
  QuoteClaimsSchema,
} from '../../contract/http/claims.ts'
import type { PurchaseRequest } from '../../contract/http/messages.ts'
import type { Device } from '../devices.ts'
import { readJws } from '../jws.ts'
import type { SigningKey } from '../keys/signing-key.ts'
import { problem } from '../problems.ts'

export interface CoveredPurchase {
  readonly quote: QuoteClaims
  readonly authorisation: AuthorisationClaims
}

/**
 * Throws `quoteInvalid` or `authorisationInvalid`. Whether the quote is still good is decided later, under the lock.
 * The nonce, the challenge's digest and the time of approval are the device's own account: signed, and not judged here.
 */
export async function verifyPurchase(
  request: PurchaseRequest,
  device: Device,
  idempotencyKey: string,
  signingKey: SigningKey,
): Promise<CoveredPurchase> {
  const quote = await readQuote(request.quote, device, signingKey)
  const authorisation = await readAuthorisation(request.authorisation, device)
  const isCovered =
    authorisation.deviceId === device.deviceId &&
    authorisation.idempotencyKey === idempotencyKey &&
    authorisation.quoteId === quote.quoteId &&
    authorisation.sellerId === quote.sellerId &&
    authorisation.payee === quote.payee &&
    authorisation.amount === quote.price.amount &&
    authorisation.currency === quote.price.currency
  if (!isCovered) throw problem('authorisationInvalid')
  return { quote, authorisation }
}

async function readQuote(token: string, device: Device, signingKey: SigningKey): Promise<QuoteClaims> {
  const quote = await readJws(token, signingKey.publicKey, jwsTypes.quote, QuoteClaimsSchema).catch(() => undefined)
  if (quote?.deviceId !== device.deviceId) throw problem('quoteInvalid')
  return quote
}

async function readAuthorisation(token: string, device: Device): Promise<AuthorisationClaims> {
  const key = createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x: device.publicKey } })
  return readJws(token, key, jwsTypes.authorisation, AuthorisationClaimsSchema).catch(() => {
    throw problem('authorisationInvalid')
  })
}
