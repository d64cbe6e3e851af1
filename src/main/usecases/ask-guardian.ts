/** A minor asks a guardian for one purchase that their own limit or quiet hours do not let through. */
import type { AskedResult, HouseholdRefusal } from '../../contract/ipc/household.ts'
import type { RequestedPurchase } from '../../domain/events.ts'
import { isWaiting, mostWaiting, requestLapsesAt, sameWaiting } from '../../domain/requests.ts'
import { isMinor, roleOf } from '../../domain/roles.ts'
import type { Device } from '../ports/device.ts'
import type { EventLog } from '../ports/event-log.ts'
import type { Gateway, SignedQuote } from '../ports/gateway.ts'
import type { Ids } from '../ports/ids.ts'
import type { LedgerAccess } from '../ports/ledger-access.ts'
import type { AskingPause } from './asking-pause.ts'
import { writableLog } from './controls-results.ts'
import { fetchQuote } from './fetch-quote.ts'
import { causeOf, isLiftable, pauseBefore } from './guardian-exception.ts'
import { refusalOfQuote } from './household-results.ts'
import { countedOf, judgePurchase, momentOf } from './judge-purchase.ts'
import { reasonOfFailure } from './or-refused.ts'
import type { TrustedNow } from './trusted-now.ts'
import { type Actor, whoDecides } from './who-decides.ts'

export interface AskGuardianDeps {
  readonly actor: Actor
  readonly askingPause: AskingPause
  readonly device: Pick<Device, 'id'>
  readonly gateway: Pick<Gateway, 'now' | 'quote'>
  readonly ids: Pick<Ids, 'requestId'>
  readonly ledger: LedgerAccess
  readonly onFamilyChanged: () => void
  readonly quoteNow: TrustedNow
}

const refused = (reason: HouseholdRefusal): AskedResult => ({ kind: 'refused', reason })

export function createAskGuardian(deps: AskGuardianDeps) {
  return ({ offerId }: { readonly offerId: string }): Promise<AskedResult> =>
    askGuardian(offerId).catch((error: unknown) => refused(reasonOfFailure(error)))

  async function askGuardian(offerId: string): Promise<AskedResult> {
    const controls = writableLog(deps.ledger).controls()
    const decider = whoDecides(controls, deps.actor)
    if (!decider) return refused('locked')
    const { memberId } = decider
    if (memberId === null || !isMinor(roleOf(controls, memberId) ?? 'removed')) return refused('notAllowed')
    const quote = await fetchQuote(deps, offerId)
    if (typeof quote === 'string') return refused(refusalOfQuote(quote))
    return recordRequest(writableLog(deps.ledger), memberId, quote)
  }

  /** Everything is decided in the transaction, so that what is asked twice at once waits once. */
  async function recordRequest(log: EventLog, memberId: string, { claims }: SignedQuote): Promise<AskedResult> {
    const found: { result: AskedResult | null } = { result: null }
    const event = await log.append(() => {
      const decided = decide(log, memberId, claims)
      if ('kind' in decided) found.result = decided
      return 'kind' in decided ? null : { type: 'request.made', actor: memberId, payload: decided }
    })
    if (found.result) return found.result
    if (event?.type !== 'request.made') throw new Error('a request is made or is not')
    deps.askingPause.end(memberId, claims.offerId)
    deps.onFamilyChanged()
    const { requestId, price } = event.payload
    return { kind: 'asked', requestId, price, lapsesAt: requestLapsesAt(event.payload) }
  }

  function decide(log: EventLog, memberId: string, claims: SignedQuote['claims']): RequestedPurchase | AskedResult {
    const moment = momentOf(deps, log)
    const verdict = judgePurchase(log, claims, { memberId }, moment)
    if (verdict?.kind === 'allowed') return refused('notNeeded')
    const counted = countedOf(claims)
    const { offerId, sellerId, payee, item, game, price } = claims
    if (!verdict || !isLiftable(log, verdict.block, { memberId, sellerId, counted }, moment)) return refused('notLiftable')
    const nowMs = deps.quoteNow()
    const { requests } = log.family()
    const same = sameWaiting(requests, memberId, claims, nowMs)
    if (same) return { kind: 'already', requestId: same.requestId, price: same.price, lapsesAt: requestLapsesAt(same) }
    if (requests.filter((request) => request.memberId === memberId && isWaiting(request, nowMs)).length >= mostWaiting) return refused('tooMany')
    if (deps.askingPause.leftMs(memberId, offerId, pauseBefore(verdict.block)) > 0) return refused('tooSoon')
    return {
      ...{ requestId: deps.ids.requestId(), memberId, offerId, sellerId, payee, item, game, price },
      counted: { amount: counted.amount.toString(), currency: counted.currency },
      cause: causeOf(verdict.block),
      askedAt: new Date(nowMs).toISOString(),
    }
  }
}
