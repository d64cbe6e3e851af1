/** Step 1 and 2 of a purchase: a verified quote within the limits, then the question in the confirm window. Nothing here can charge. */
import type { Outcome } from '../../contract/ipc/outcome.ts'
import type { Device } from '../ports/device.ts'
import { type EventLog, LogStorageError } from '../ports/event-log.ts'
import { type Gateway, GatewayError } from '../ports/gateway.ts'
import type { LedgerAccess } from '../ports/ledger-access.ts'
import { type AskInWindowDeps, askInWindow } from './ask-in-window.ts'
import type { AskingPause } from './asking-pause.ts'
import { type AskableQuote, fetchAskableQuote } from './fetch-askable-quote.ts'
import { blockBehind, mayBeLifted, pauseBefore } from './guardian-exception.ts'
import { blockBeforeQuote, blocked, countedOf, judgePurchase, momentOf } from './judge-purchase.ts'
import { noteCapMet } from './note-cap-met.ts'
import { refusalFor, refusalForLedger, refused } from './refusals.ts'
import { type Actor, whoDecides } from './who-decides.ts'

export interface RequestPurchaseDeps extends AskInWindowDeps {
  readonly actor: Actor
  readonly askingPause: AskingPause
  readonly device: Device
  readonly gateway: Gateway
  readonly ledger: LedgerAccess
  /** Another number for each sign-in, after it, and for each turn in front of a kiosk; without it everybody is the same. */
  readonly sitting?: () => number
}

/** What is wanted, and who wants it, fixed at the moment of asking. */
interface Order {
  readonly offerId: string
  readonly memberId: string | null
  /** Why whoever wanted it is not to be asked any more; null where they are. */
  readonly whyNotAsk: () => 'profileLocked' | 'expired' | null
}

/** Resolves when the attempt has ended, however it did; expected failures are outcomes, never rejections. */
export function createRequestPurchase(deps: RequestPurchaseDeps) {
  return async function requestPurchase({ offerId }: { readonly offerId: string }): Promise<Outcome> {
    if (!deps.pending.reserve()) return refused('purchaseInProgress')
    try {
      deps.confirmWindow.close()
      const notReady = refusalForLedger(deps.ledger)
      const log = deps.ledger.log()
      if (notReady || !log) return refused(notReady ?? 'ledgerUnavailable')
      const buyer = whoDecides(log.controls(), deps.actor)
      if (!buyer) return refused('profileLocked')
      deps.onProgress({ offerId, step: 'quoting' })
      const sitting = deps.sitting?.()
      const whyNotAsk = () => {
        if (whoDecides(log.controls(), deps.actor)?.memberId !== buyer.memberId) return 'profileLocked'
        return deps.sitting?.() === sitting ? null : 'expired'
      }
      const order = { offerId, memberId: buyer.memberId, whyNotAsk }
      const inTheWay = await blockedOrRefused(deps, log, order)
      if (inTheWay) return inTheWay
      const quote = await fetchAskableQuote(deps, offerId)
      if (typeof quote === 'string') return refused(quote)
      deps.pending.quoted()
      return await ask(deps, order, quote)
    } catch (error) {
      if (error instanceof LogStorageError) return refused('ledgerUnavailable')
      throw error
    } finally {
      deps.pending.release()
      deps.onProgress({ offerId, step: 'done' })
    }
  }
}

/** What needs no quote to be known: an exclusion or quiet hours may stand in the way. */
async function blockedOrRefused(deps: RequestPurchaseDeps, log: EventLog, order: Order): Promise<Outcome | null> {
  try {
    return await blockBeforeQuote(deps, log, order)
  } catch (error) {
    if (error instanceof GatewayError) return refused(refusalFor(error.problem))
    throw error
  }
}

async function ask(deps: RequestPurchaseDeps, { offerId, memberId, whyNotAsk }: Order, quote: AskableQuote): Promise<Outcome> {
  const log = deps.ledger.log()
  if (!log) return refused('ledgerUnavailable')
  // P10: the price may have taken a while, and by now somebody else may sit there.
  const reason = whyNotAsk()
  if (reason) return refused(reason)
  const moment = momentOf(deps, log)
  const verdict = judgePurchase(log, quote.claims, { memberId }, moment)
  if (!verdict) return refused('expired')
  if (verdict.kind === 'allowed') return askInWindow(deps, { log, quote, verdict, atMs: moment.ms, memberId, request: null })
  const { block } = verdict
  if (block.kind === 'limit') await noteCapMet(log, memberId, moment.ms)
  const wanted = { memberId, sellerId: quote.claims.sellerId, counted: countedOf(quote.claims) }
  // A minor is told of what no guardian could lift: that is what it comes to.
  const behind = mayBeLifted(log.controls(), block, memberId) ? blockBehind(log, wanted, moment) : null
  const told = blocked(log, quote.claims, { memberId }, behind ?? block)
  if (told.kind === 'refused' || memberId === null || behind || !mayBeLifted(log.controls(), block, memberId)) return told
  return { ...told, askIn: { offerId, pauseMs: deps.askingPause.told(memberId, offerId, pauseBefore(block)) } }
}
