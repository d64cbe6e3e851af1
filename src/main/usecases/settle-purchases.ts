/** Finds out what became of purchases whose outcome is not known, by asking for them by key. Never charges. */
import { keyRetentionMs } from '../../contract/http/routes.ts'
import type { EventPayloads, NewEvent } from '../../domain/events.ts'
import { type EventLog, LogReadOnlyError, LogStorageError, type PurchaseRecord } from '../ports/event-log.ts'
import { GatewayError } from '../ports/gateway.ts'
import { VaultError } from '../ports/vault.ts'
import { settle, type SubmitPurchaseDeps } from './submit-purchase.ts'
import type { TrustedNow } from './trusted-now.ts'

type Approval = EventPayloads['purchase.approved']

/**
 * What asking last brought: no usable answer; the gateway is still deciding; it has not seen the request, which may yet
 * arrive until the quote ends; or it has charged but no longer gives out the receipt under this key.
 */
export type AskedInVain = 'noAnswer' | 'beingDecided' | 'mayStillArrive' | 'receiptGone'

/** `at` in milliseconds since the epoch. */
export interface LastAsked {
  readonly at: number
  readonly found: AskedInVain
}

export interface SettlePurchasesDeps extends Omit<SubmitPurchaseDeps, 'syncControls'> {
  /** The purchase that is being submitted at this moment, if any: its own request will tell. */
  readonly isBeingSubmitted: (purchaseId: string) => boolean
  /** Told why one purchase could not be dealt with; it stays open, and the others are dealt with. */
  readonly onUnexpected: (error: unknown) => void
  readonly trustedNow: TrustedNow
}

/** Gives the number of purchases that are still open afterwards. Calls while one runs share its result. */
export function createSettlePurchases(deps: SettlePurchasesDeps) {
  const asked = new Map<string, LastAsked>()
  let running: Promise<{ stillOpen: number }> | null = null
  function settlePurchases(): Promise<{ stillOpen: number }> {
    running ??= settleAll(deps, asked)
      .catch(noneReadable)
      .finally(() => {
        running = null
      })
    return running
  }
  return Object.assign(settlePurchases, {
    /** Null for a purchase that was not asked for since the start. */
    lastAsked: (purchaseId: string) => asked.get(purchaseId) ?? null,
  })
}

async function settleAll(deps: SettlePurchasesDeps, asked: Map<string, LastAsked>): Promise<{ stillOpen: number }> {
  const open = openPurchases(deps)
  for (const { purchaseId } of open) {
    const found = await settleOne(deps, purchaseId)
    if (found === 'settled') asked.delete(purchaseId)
    else asked.set(purchaseId, { at: deps.trustedNow(), found: found === 'noUse' ? 'noAnswer' : found })
    if (found === 'noUse') break
  }
  if (open.length > 0) deps.onHistoryChanged()
  return { stillOpen: openPurchases(deps).length }
}

/** None can be dealt with where the ledger cannot be read; its state says so. */
function noneReadable(error: unknown): { stillOpen: number } {
  if (error instanceof LogStorageError) return { stillOpen: 0 }
  throw error
}

function openPurchases(deps: SettlePurchasesDeps): PurchaseRecord[] {
  if (deps.ledger.state() !== 'ready') return []
  return (deps.ledger.log()?.unsettled() ?? []).filter(({ purchaseId }) => !deps.isBeingSubmitted(purchaseId))
}

/** `noUse`: there is no point in asking for the next one now. */
async function settleOne(deps: SettlePurchasesDeps, purchaseId: PurchaseRecord['purchaseId']): Promise<AskedInVain | 'settled' | 'noUse'> {
  try {
    const log = deps.ledger.log()
    const approval = log?.approval(purchaseId)
    if (!log || !approval) return 'noAnswer'
    const outcome = await ask(deps, approval.payload, Date.parse(approval.at))
    if (typeof outcome === 'string') return outcome
    await record(log, outcome)
    return 'settled'
  } catch (error) {
    if (error instanceof GatewayError) return error.problem.kind === 'refused' ? 'noAnswer' : 'noUse'
    if (error instanceof VaultError || error instanceof LogReadOnlyError || error instanceof LogStorageError) return 'noUse'
    deps.onUnexpected(error)
    return 'noAnswer'
  }
}

type Outcome = Extract<NewEvent, { type: 'purchase.succeeded' | 'purchase.declined' | 'purchase.voided' }>

/** A message of the gateway may have settled it in the meantime. */
async function record(log: EventLog, event: Outcome): Promise<void> {
  const isOpen = () => log.purchase(event.payload.purchaseId)?.settledAt === null
  await log.append(() => (isOpen() ? event : null))
}

/** The event that settles it, or what is still in the way. Rejects with GatewayError or VaultError. */
async function ask(deps: SettlePurchasesDeps, approval: Approval, approvedAtMs: number): Promise<Outcome | AskedInVain> {
  const { purchaseId, key } = approval
  const answer = await deps.gateway.purchaseByKey(key)
  if (answer?.status === 'pending') return 'beingDecided'
  if (answer) {
    const { event } = settle(approval, answer, await deps.device.id())
    return event && event.type !== 'purchase.unknown' ? (event as Outcome) : 'noAnswer'
  }
  if (!(await neverArrived(deps, approval))) return 'mayStillArrive'
  // A gateway may forget old keys: then that it does not know one says nothing, and its list of charges does.
  const isOld = (await deps.gateway.time()) - approvedAtMs >= keyRetentionMs
  if (isOld && (await deps.gateway.chargeList()).some(({ idempotencyKey }) => idempotencyKey === key)) return 'receiptGone'
  return { type: 'purchase.voided', actor: 'client', payload: { purchaseId, reason: 'neverReceived' } }
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
