import { isWaiting } from '../../domain/requests.ts'
import type { LedgerAccess } from '../ports/ledger-access.ts'
import { writableLog } from './controls-results.ts'
import type { TrustedNow } from './trusted-now.ts'

export interface LapseRequestsDeps {
  readonly ledger: LedgerAccess
  readonly onFamilyChanged: () => void
  readonly quoteNow: TrustedNow
}

/** What nobody has answered in a day comes to nothing, and the log says so. Rejects as keychain and log do. */
export function createLapseRequests(deps: LapseRequestsDeps) {
  return async function lapseRequests(): Promise<void> {
    const log = writableLog(deps.ledger)
    const isOver = (requestId: string) =>
      log.family().requests.some((request) => request.requestId === requestId && request.ended === null && !isWaiting(request, deps.quoteNow()))
    const over = log.family().requests.map(({ requestId }) => requestId).filter(isOver)
    for (const requestId of over) {
      const payload = { requestId, end: 'lapsed', by: null } as const
      await log.append(() => (isOver(requestId) ? { type: 'request.ended', actor: 'client', payload } : null))
    }
    if (over.length > 0) deps.onFamilyChanged()
  }
}
