import { routes } from '../../contract/http/routes.ts'
import type { PurchaseRequest } from '../../contract/http/messages.ts'
import type { Sent } from '../../contract/ipc/posture.ts'
import type { LogEvent } from '../../domain/events.ts'

/** The names of the headers of a purchase; `tests/contract/gateway-client/requests.test.ts` holds that there are no others. */
export const purchaseHeaders = ['accept', 'connection', 'content-length', 'content-type', 'dpop', 'host', 'idempotency-key'] as const

/** What was sent for the purchase, laid out for reading. */
export function sentFor({ at, payload }: Extract<LogEvent, { type: 'purchase.approved' }>): Sent {
  const { purchaseId, quote, authorisation, stepUp } = payload
  const body: PurchaseRequest = { quote, authorisation, ...(stepUp !== undefined && { stepUp }) }
  return {
    purchaseId,
    at,
    request: `${routes.purchase.method} ${routes.purchase.path}`,
    headers: headersOf(payload.challenge.fundingSource.id),
    body: JSON.stringify(body, null, 2),
    authorisation: claimsIn(authorisation),
    quote: claimsIn(quote),
  }
}

/** One that an account pays carried its access token besides, which is not kept. The gateway's wallets of accounts are called so. */
function headersOf(fundingSourceId: string): string[] {
  return fundingSourceId.startsWith('wallet-') ? ['accept', 'authorization', ...purchaseHeaders.slice(1)] : [...purchaseHeaders]
}

/** The payload of a compact JWS (RFC 7515 §7.1), as it was written down; only to be read, nothing is decided by it. */
function claimsIn(jws: string): string {
  try {
    return JSON.stringify(JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString('utf8')), null, 2)
  } catch {
    return ''
  }
}
