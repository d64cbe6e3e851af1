/** Compares the ledger with everything that the gateway says it charged, and gets back what a restored ledger forgot. */
import type { PurchaseId } from '../../domain/brands.ts'
import type { NewEvent } from '../../domain/events.ts'
import { type ChargeLine, compare, type Comparison } from '../../domain/reconciliation.ts'
import { type EventLog, LogReadOnlyError, LogStorageError } from '../ports/event-log.ts'
import { type Gateway, GatewayError, type GatewayProblem } from '../ports/gateway.ts'
import type { LedgerAccess } from '../ports/ledger-access.ts'
import { mayHaveForgotten } from './receive-messages.ts'
import type { TrustedNow } from './trusted-now.ts'

/** How often the comparison is made without being asked for. */
const reconcileEveryMs = 24 * 60 * 60_000

export interface ReconcileDeps {
  readonly gateway: Pick<Gateway, 'chargeList' | 'purchaseByKey'>
  readonly ledger: LedgerAccess
  readonly onHistoryChanged: () => void
  readonly trustedNow: TrustedNow
}

export type Reconciled =
  | ({ readonly kind: 'compared' } & Comparison)
  | { readonly kind: 'gatewayProblem'; readonly problem: GatewayProblem }
  | { readonly kind: 'ledgerUnavailable' | 'keychainUnavailable' }

/** The result is an event of the log, so it can be looked up later. Rejects with VaultError. */
export function createReconcileLedger(deps: ReconcileDeps) {
  return async function reconcileLedger(): Promise<Reconciled> {
    const log = deps.ledger.state() === 'ready' ? deps.ledger.log() : null
    if (!log) return { kind: 'ledgerUnavailable' }
    try {
      const charges = await deps.gateway.chargeList()
      if (await recover(deps, log, charges)) deps.onHistoryChanged()
      const { matched, differences } = compare(log.purchases(), charges)
      await log.append(() => ({ type: 'ledger.reconciled', actor: 'client', payload: { matched, differences } }))
      return { kind: 'compared', matched, differences }
    } catch (error) {
      if (error instanceof GatewayError) return { kind: 'gatewayProblem', problem: error.problem }
      if (error instanceof LogReadOnlyError || error instanceof LogStorageError) return { kind: 'ledgerUnavailable' }
      throw error
    }
  }
}

/** Whether a day has passed since the ledger was compared last. */
export function isReconciliationDue(log: EventLog, nowMs: number): boolean {
  const last = log.newestOf('ledger.reconciled')
  return last === null || nowMs - Date.parse(last.at) >= reconcileEveryMs
}

/**
 * Only where this log is known to have forgotten purchases: anywhere else, a charge without an approval is what has to
 * be told to the person, and not to be tidied away (P1).
 */
async function recover(deps: ReconcileDeps, log: EventLog, charges: readonly ChargeLine[]): Promise<boolean> {
  if (!mayHaveForgotten(log)) return false
  let isChanged = false
  for (const { idempotencyKey } of charges) {
    if (log.purchase(idempotencyKey as PurchaseId)) continue
    const answer = await deps.gateway.purchaseByKey(idempotencyKey)
    if (answer?.status !== 'succeeded' || answer.receipt.claims.idempotencyKey !== idempotencyKey) continue
    const event = recoveredOf(answer.receipt)
    await log.append(() => (log.purchase(idempotencyKey as PurchaseId) ? null : event))
    isChanged = true
  }
  return isChanged
}

type Receipt = Extract<Awaited<ReturnType<Gateway['purchaseByKey']>>, { status: 'succeeded' }>['receipt']

function recoveredOf({ claims, jws }: Receipt): NewEvent {
  const { idempotencyKey, receiptNumber, chargedAt, offerId, sellerId, payee, item, price, counted, fundingSource, memberId } = claims
  const payload = {
    ...{ receiptNumber, chargedAt, offerId, sellerId, payee, item, price },
    purchaseId: idempotencyKey as PurchaseId,
    receipt: jws,
    fundingSourceId: fundingSource.id,
    ...(counted && { counted }),
    ...(memberId !== undefined && { memberId }),
  }
  return { type: 'purchase.recovered', actor: 'gateway', payload }
}
