/** What signed-in devices ask for when they buy, honest or not, one step at a time. */
import type { AuthorisationClaims, QuoteClaims } from '../../src/contract/http/claims.ts'
import type { PurchaseRequest } from '../../src/contract/http/messages.ts'
import type { SignedInDevice } from './signing-in.ts'
import { authenticatorCode } from './fake-identity.ts'
import { type Answer, claimsOf, type GatewayClient } from './gateway-client.ts'

export type AccountPurchases = ReturnType<typeof accountPurchases>

export function accountPurchases(client: GatewayClient) {
  async function quote(by: SignedInDevice, offerId: string): Promise<string> {
    const { body } = await by.send('/v1/quotes', { method: 'POST', body: { offerId } })
    if (typeof body['quote'] !== 'string') throw new Error(`no quote: ${JSON.stringify(body)}`)
    return body['quote']
  }

  const terms = (jws: string) => claimsOf(jws) as QuoteClaims
  const digestOf = (authorisation: string) => (claimsOf(authorisation) as AuthorisationClaims).challengeDigest

  /** The signed second factor for what has this digest; throws where it is not given. */
  async function stepUp(by: SignedInDevice, digest: string): Promise<string> {
    const { body } = await by.send('/v1/account/step-ups', { method: 'POST', body: { digest, method: 'totp', code: authenticatorCode } })
    if (typeof body['stepUp'] !== 'string') throw new Error(`no second factor: ${JSON.stringify(body)}`)
    return body['stepUp']
  }

  function send(by: SignedInDevice, body: PurchaseRequest): Promise<Answer> {
    const { idempotencyKey } = claimsOf(body.authorisation) as AuthorisationClaims
    return by.send('/v1/purchases', { method: 'POST', body, headers: { 'idempotency-key': idempotencyKey } })
  }

  /** Quote and authorisation, ready to be sent where no second factor is wanted. */
  async function approved(by: SignedInDevice, offerId: string, change: Partial<AuthorisationClaims> = {}) {
    const quoteJws = await quote(by, offerId)
    return { quote: quoteJws, authorisation: await client.authorise(by.device, quoteJws, change) }
  }

  /** As an honest client does it: with the second factor where the quote wants it. */
  async function buy(by: SignedInDevice, offerId: string): Promise<Answer> {
    const request = await approved(by, offerId)
    const wanted = terms(request.quote).stepUp !== undefined
    return send(by, { ...request, ...(wanted && { stepUp: await stepUp(by, digestOf(request.authorisation)) }) })
  }

  return { quote, terms, digestOf, stepUp, send, approved, buy }
}
