/** Takes in what the gateway tells of its own accord: late receipts, refunds, chargebacks, how a dispute ended. Each counts once. */
import { type GatewayMessage, judgeMessage, placeOf, type Verdict } from '../../domain/gateway-message.ts'
import type { PurchaseId } from '../../domain/brands.ts'
import type { Device } from '../ports/device.ts'
import type { EventLog } from '../ports/event-log.ts'
import type { Gateway } from '../ports/gateway.ts'
import type { LedgerAccess } from '../ports/ledger-access.ts'

export interface ReceiveMessagesDeps {
  readonly device: Device
  readonly gateway: Gateway
  readonly ledger: LedgerAccess
  /** The purchase that is being submitted at this moment, if any: its own request will tell. */
  readonly isBeingSubmitted: (purchaseId: string) => boolean
  readonly onHistoryChanged: () => void
}

/**
 * A message is acknowledged once what it says is durable, and comes again until then; so one that was lost on the way, or
 * that had to wait for another, is not lost. Rejects with what the gateway, the keychain or the log reject with.
 */
export function createReceiveMessages(deps: ReceiveMessagesDeps) {
  return async function receiveMessages(): Promise<void> {
    let waiting: readonly GatewayMessage[]
    do {
      waiting = await deps.gateway.messages()
    } while (waiting.length > 0 && (await takeIn(deps, waiting)))
  }
}

/** False when none of them could be dealt with, so that asking for more would bring the same ones. */
async function takeIn(deps: ReceiveMessagesDeps, messages: readonly GatewayMessage[]): Promise<boolean> {
  const log = deps.ledger.state() === 'ready' ? deps.ledger.log() : null
  if (!log) return false
  const deviceId = await deps.device.id()
  const done: string[] = []
  // In the gateway's order, so that none waits for one that is in the same delivery.
  const inOrder = messages.toSorted((one, other) => placeOf(one) - placeOf(other))
  for (const message of inOrder) {
    if (deps.isBeingSubmitted(message.content.idempotencyKey)) continue
    if (await count(log, message, deviceId)) done.push(message.message.id)
  }
  if (done.length === 0) return false
  deps.onHistoryChanged()
  await deps.gateway.acknowledge(done)
  return true
}

/** Judged inside the transaction, so that what the judgement rests on cannot change before it is written. */
async function count(log: EventLog, message: GatewayMessage, deviceId: string): Promise<boolean> {
  let verdict: Verdict = { kind: 'notYet' }
  await log.append(() => {
    const purchaseId = message.content.idempotencyKey as PurchaseId
    verdict = judgeMessage(message, {
      isCounted: log.hasMessage(message.message.id),
      record: log.purchase(purchaseId),
      approval: log.approval(purchaseId)?.payload ?? null,
      deviceId,
      mayHaveForgotten: mayHaveForgotten(log),
    })
    return verdict.kind === 'record' ? verdict.event : null
  })
  return verdict.kind !== 'notYet'
}

/** A log that was restored or begun anew lacks purchases that its person approved. */
export function mayHaveForgotten(log: EventLog): boolean {
  return log.newestOf('log.restored') !== null || log.newestOf('log.restarted') !== null
}
