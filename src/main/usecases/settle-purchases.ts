/** Finds out what became of purchases whose outcome is not known, by asking for them by key. Never charges. */
import type { EventPayloads } from '../../domain/events.ts'
import { LogReadOnlyError, LogStorageError, type PurchaseRecord } from '../ports/event-log.ts'
import { GatewayError } from '../ports/gateway.ts'
import { VaultError } from '../ports/vault.ts'
import { settle, type SubmitPurchaseDeps } from './submit-purchase.ts'

type Approval = EventPayloads['purchase.approved']

export interface SettlePurchasesDeps extends SubmitPurchaseDeps {
  /** The purchase that is being submitted at this moment, if any: its own request will tell. */
  readonly isBeingSubmitted: (purchaseId: string) => boolean
  /** Told why one purchase could not be dealt with; it stays open, and the others are dealt with. */
  readonly onUnexpected: (error: unknown) => void
}

/** Gives the number of purchases that are still open afterwards. Calls while one runs share its result. */
export function createSettlePurchases(deps: SettlePurchasesDeps) {
  let running: Promise<{ stillOpen: number }> | null = null
  return function settlePurchases(): Promise<{ stillOpen: number }> {
    running ??= settleAll(deps).finally(() => {
      running = null
    })
    return running
  }
}

async function settleAll(deps: SettlePurchasesDeps): Promise<{ stillOpen: number }> {
  const open = openPurchases(deps)
  for (const purchase of open) {
    const reachable = await settleOne(deps, purchase)
    if (!reachable) break
  }
  if (open.length > 0) deps.onHistoryChanged()
  return { stillOpen: openPurchases(deps).length }
}

function openPurchases(deps: SettlePurchasesDeps): PurchaseRecord[] {
  if (deps.ledger.state() !== 'ready') return []
  return (deps.ledger.log()?.unsettled() ?? []).filter(({ purchaseId }) => !deps.isBeingSubmitted(purchaseId))
}

/** False when there is no point in asking for the next one now. */
async function settleOne(deps: SettlePurchasesDeps, purchase: PurchaseRecord): Promise<boolean> {
  try {
    const log = deps.ledger.log()
    const approval = log?.approval(purchase.purchaseId)?.payload
    if (!log || !approval) return true
    const isOpen = () => log.unsettled().some(({ purchaseId }) => purchaseId === purchase.purchaseId)
    const answer = await deps.gateway.purchaseByKey(approval.key)
    if (answer) {
      const { event } = settle(approval, answer, await deps.device.id())
      if (event && event.type !== 'purchase.unknown') await log.append(() => (isOpen() ? event : null))
    } else if (await neverArrived(deps, approval)) {
      const payload = { purchaseId: purchase.purchaseId, reason: 'neverReceived' }
      const event = { type: 'purchase.voided', actor: 'client', payload } as const
      await log.append(() => (isOpen() ? event : null))
    }
    return true
  } catch (error) {
    if (error instanceof GatewayError) return error.problem.kind === 'refused'
    if (error instanceof VaultError || error instanceof LogReadOnlyError || error instanceof LogStorageError) return false
    deps.onUnexpected(error)
    return true
  }
}

/**
 * Whether a request that the gateway had not seen is now ruled out for good: it refuses a quote that has run out, by its
 * own clock, which it signs. It is asked once more after that moment, because the request may have arrived in between.
 */
async function neverArrived(deps: SettlePurchasesDeps, { key, challenge, quote }: Approval): Promise<boolean> {
  const { quoteId, expiresAt } = deps.gateway.readQuote(quote)
  if (quoteId !== challenge.quoteId) return false
  if ((await deps.gateway.time()) <= Date.parse(expiresAt)) return false
  return (await deps.gateway.purchaseByKey(key)) === null
}
