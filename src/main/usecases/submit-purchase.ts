/** Sends an approved purchase once, and turns whatever comes back into an event. Also what settling later shares. */
import type { ProblemCode } from '../../contract/http/messages.ts'
import type { Outcome } from '../../contract/ipc/outcome.ts'
import type { PurchaseId } from '../../domain/brands.ts'
import type { EventPayloads, NewEvent } from '../../domain/events.ts'
import { assertPossible } from '../../domain/life-cycle.ts'
import { isReceiptFor } from '../../domain/quote.ts'
import { type EventLog, LogReadOnlyError } from '../ports/event-log.ts'
import { type Gateway, GatewayError, type GatewayProblem, type PurchaseAnswer } from '../ports/gateway.ts'
import type { LedgerAccess } from '../ports/ledger-access.ts'
import type { Device } from '../ports/device.ts'
import { VaultError } from '../ports/vault.ts'
import { asked, refusalFor, refused } from './refusals.ts'

type Approval = EventPayloads['purchase.approved']
export type SubmitPurchase = ReturnType<typeof createSubmitPurchase>

export interface SubmitPurchaseDeps {
  readonly device: Device
  readonly gateway: Gateway
  readonly ledger: LedgerAccess
  readonly onHistoryChanged: () => void
  /** Takes over what the gateway keeps of the controls, as far as that is possible now. Never rejects. */
  readonly syncControls: () => Promise<void>
}

/**
 * Sends once. `isUnderWay` tells whether a purchase is being sent at this moment: then its own answer will tell.
 */
export function createSubmitPurchase(deps: SubmitPurchaseDeps) {
  const underWay = new Set<string>()
  async function submit(purchaseId: PurchaseId): Promise<Outcome> {
    const log = deps.ledger.log()
    if (!log) throw new LogReadOnlyError('closed')
    const approval = log.approval(purchaseId)?.payload
    if (!approval) throw new Error('P1: nothing is sent without its approval in the log')
    assertPossible(log.purchase(purchaseId)?.state ?? 'refused', 'submit')
    const { event, outcome } = await send(deps, approval)
    const recorded = event === null || (await record(log, event))
    if (outcome.kind === 'blocked' || (outcome.kind === 'refused' && outcome.reason === 'profileLocked')) await deps.syncControls()
    return recorded ? outcome : unknown(approval)
  }
  async function submitPurchase(purchaseId: PurchaseId): Promise<Outcome> {
    underWay.add(purchaseId)
    try {
      return await submit(purchaseId)
    } finally {
      underWay.delete(purchaseId)
      deps.onHistoryChanged()
    }
  }
  return Object.assign(submitPurchase, { isUnderWay: (purchaseId: string) => underWay.has(purchaseId) })
}

/** False when the outcome could not be made durable: then it is not known, and is asked for again by key later. */
async function record(log: EventLog, event: NewEvent): Promise<boolean> {
  return log.append(() => event).then(
    () => true,
    () => false,
  )
}

interface Settled {
  readonly event: NewEvent | null
  readonly outcome: Outcome
}

async function send(deps: SubmitPurchaseDeps, approval: Approval): Promise<Settled> {
  const { quote, authorisation, stepUp } = approval
  try {
    // Asked for first: a keychain that fails afterwards must not make a sent request look like one that was not.
    const deviceId = await deps.device.id()
    return settle(approval, await deps.gateway.purchase(approval.key, { quote, authorisation, ...(stepUp !== undefined && { stepUp }) }), deviceId)
  } catch (error) {
    if (error instanceof GatewayError) return settleProblem(approval, error.problem)
    if (error instanceof VaultError) return voided(approval, 'notSent', refused('keychainUnavailable'))
    throw error
  }
}

/** What an answer of the gateway means. An answer that proves nothing leaves the purchase unknown. */
export function settle(approval: Approval, answer: PurchaseAnswer, deviceId: string): Settled {
  const { purchaseId } = approval
  switch (answer.status) {
    case 'declined':
      return {
        event: { type: 'purchase.declined', actor: 'gateway', payload: { purchaseId, reason: answer.reason } },
        outcome: { kind: 'declined', ...bought(approval), reason: answer.reason },
      }
    case 'pending':
      return stillUnknown(approval, 'pending')
    case 'succeeded': {
      const { claims, jws } = answer.receipt
      if (!isReceiptFor(claims, { ...approval, deviceId })) return stillUnknown(approval, 'receiptNotForThis')
      const { receiptNumber, chargedAt } = claims
      return {
        event: {
          type: 'purchase.succeeded',
          actor: 'gateway',
          payload: { purchaseId, receipt: jws, receiptNumber, chargedAt },
        },
        outcome: { kind: 'succeeded', ...bought(approval), receiptNumber, chargedAt },
      }
    }
  }
}

/**
 * Refusals that say that this very request was not carried out and never will be: the reservation can be released. The
 * gateway decides nothing before proof, enrolment, access token and rate have passed. `proofReplayed` is not among them: it says that
 * these very bytes had come in before, and what became of those is only known by the key. Nor are `quoteUsed` and
 * `idempotencyConflict`, which speak of a purchase that was decided.
 */
const finalRefusals = new Set<ProblemCode>([
  'accountNeeded',
  'authorisationInvalid',
  'badRequest',
  'clockSkew',
  'deviceUnknown',
  'excluded',
  'limitReached',
  'memberInvalid',
  'offerUnavailable',
  'priceChanged',
  'proofInvalid',
  'quietHours',
  'quoteExpired',
  'quoteInvalid',
  'scopeMissing',
  'stepUpNeeded',
  'tokenInvalid',
  'tooManyRequests',
])

function settleProblem(approval: Approval, problem: GatewayProblem): Settled {
  if (!problem.sent) return voided(approval, 'notSent', refused(refusalFor(problem)))
  if (problem.kind === 'refused' && finalRefusals.has(problem.code)) {
    return voided(approval, problem.code, blockedAtGateway(approval, problem.code) ?? refused(refusalFor(problem)))
  }
  return stillUnknown(approval, problem.kind)
}

const rulesOfGateway: { readonly [C in ProblemCode]?: 'limit' | 'excluded' | 'quietHours' } = {
  limitReached: 'limit',
  excluded: 'excluded',
  quietHours: 'quietHours',
}

/** P4, P5: the gateway holds all devices to the controls, and knows of what others have spent. */
function blockedAtGateway({ challenge }: Approval, code: ProblemCode): Outcome | null {
  const rule = rulesOfGateway[code]
  return rule ? { kind: 'blocked', ...asked(challenge), block: { kind: 'atGateway', rule } } : null
}

function voided(approval: Approval, reason: string, outcome: Outcome): Settled {
  const event = { type: 'purchase.voided', actor: 'client', payload: { purchaseId: approval.purchaseId, reason } } as const
  return { event, outcome }
}

function stillUnknown(approval: Approval, reason: string): Settled {
  return {
    event: { type: 'purchase.unknown', actor: 'client', payload: { purchaseId: approval.purchaseId, reason } },
    outcome: unknown(approval),
  }
}

function unknown(approval: Approval): Outcome {
  return { kind: 'unknown', ...bought(approval) }
}

function bought({ purchaseId, challenge }: Approval) {
  return { purchaseId, ...asked(challenge) }
}
