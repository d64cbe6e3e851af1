import type { Disputed, DisputeRefusal, OpenDisputeInput } from '../../contract/ipc/purchase-detail.ts'
import type { PurchaseId } from '../../domain/brands.ts'
import { disputable, disputeIdAfter, disputesOf, mostDisputes, openDisputeOf } from '../../domain/disputes.ts'
import { maySee } from '../../domain/roles.ts'
import type { AskPerson } from '../ports/ask-person.ts'
import type { Gateway, GatewayError, TakenDispute } from '../ports/gateway.ts'
import type { HistoryIndex } from '../ports/history-index.ts'
import type { LedgerAccess } from '../ports/ledger-access.ts'
import { codeOf, writableLog } from './controls-results.ts'
import { disputeQuestion, type DisputeStyle } from './dispute-words.ts'
import { orRefused } from './or-refused.ts'
import { type PurchaseWithEvents, readPurchase } from './purchase-events.ts'
import { type Actor, type Decider, whoDecides } from './who-decides.ts'

export interface OpenDisputeDeps {
  readonly actor: Actor
  readonly appearance: () => DisputeStyle
  readonly askPerson: AskPerson
  readonly gateway: Pick<Gateway, 'dispute'>
  readonly index: Pick<HistoryIndex, 'eventsOf' | 'progress'>
  readonly ledger: LedgerAccess
  readonly onHistoryChanged: () => void
}

/**
 * A person says that something is wrong with a charge. It is sent once they have said yes to just that, and recorded once the gateway has signed
 * that it took it in. Nothing is locked or held back by it. Asking again after an answer that got lost comes to the same dispute.
 */
export function createOpenDispute(deps: OpenDisputeDeps) {
  const underWay = new Set<string>()
  return async function openDispute(said: OpenDisputeInput): Promise<Disputed> {
    if (underWay.has(said.purchaseId)) return refused('busy')
    underWay.add(said.purchaseId)
    try {
      return await orRefused(() => askAndSend(deps, said), reasonOfGateway)
    } finally {
      underWay.delete(said.purchaseId)
    }
  }
}

async function askAndSend(deps: OpenDisputeDeps, said: OpenDisputeInput): Promise<Disputed> {
  const first = await examine(deps, said.purchaseId)
  if (typeof first === 'string') return refused(first)
  const question = disputeQuestion(deps.appearance(), first.record, said)
  if (!(await deps.askPerson(question, first.decider.memberId))) return { kind: 'declined' }
  // Looked at again after the yes, however long that took.
  const now = await examine(deps, said.purchaseId)
  if (typeof now === 'string') return refused(now)
  if (now.decider.memberId !== first.decider.memberId) return refused('locked')
  const taken = await send(deps.gateway, said, disputesOf(now.events).length)
  if (!taken) return refused('gatewayRefused')
  await record(deps, now.decider, taken)
  return { kind: 'opened' }
}

interface Examined extends PurchaseWithEvents {
  readonly decider: Decider
}

/** Own purchases, and for a guardian everybody's. */
async function examine({ actor, index, ledger }: OpenDisputeDeps, purchaseId: string): Promise<Examined | DisputeRefusal> {
  const log = writableLog(ledger)
  const decider = whoDecides(log.controls(), actor)
  if (!decider) return 'locked'
  if (index.progress()) return 'building'
  const found = await readPurchase(log, index, purchaseId)
  if (!found || !maySee(log.controls(), decider.memberId, found.record.memberId)) return 'notFound'
  const can = disputable(found.record)
  if (can !== 'yes') return can
  return openDisputeOf(found.events) ? 'alreadyOpen' : { ...found, decider }
}

/** A ledger that was restored may have forgotten disputes that were decided: the next number is then another one. */
async function send(gateway: OpenDisputeDeps['gateway'], { purchaseId, reason, note }: OpenDisputeInput, known: number): Promise<TakenDispute | null> {
  for (let before = known; before < mostDisputes; before += 1) {
    const disputeId = disputeIdAfter(purchaseId, before)
    try {
      // P10: nothing else.
      return await gateway.dispute({ disputeId, idempotencyKey: purchaseId, reason, ...(note !== undefined && { note }) })
    } catch (error) {
      if (codeOf(error) !== 'disputeClosed') throw error
    }
  }
  return null
}

/** In the words that the gateway has signed, which are those of the first time where this is another try. */
async function record({ ledger, onHistoryChanged }: OpenDisputeDeps, { actor }: Decider, { claims, jws }: TakenDispute): Promise<void> {
  const { idempotencyKey, disputeId, reason, note, openedAt } = claims
  const purchaseId = idempotencyKey as PurchaseId
  const payload = { purchaseId, disputeId, reason, ...(note !== undefined && { note }), openedAt, acknowledgement: jws }
  await writableLog(ledger).append(() => ({ type: 'dispute.opened', actor, payload }))
  onHistoryChanged()
}

const refused = (reason: DisputeRefusal): Disputed => ({ kind: 'refused', reason })

function reasonOfGateway(error: GatewayError): DisputeRefusal {
  switch (codeOf(error)) {
    case null:
      return 'gatewayUnreachable'
    case 'purchaseNotFound':
      return 'notCharged'
    case 'disputeOpen':
      return 'alreadyOpen'
    default:
      return 'gatewayRefused'
  }
}
