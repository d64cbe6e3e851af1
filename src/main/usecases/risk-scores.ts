/** How purchases and attempts were judged, and what people said about them, as the log has it, newest first. */
import type { ChallengeContent, LogEvent, ShownRisk } from '../../domain/events.ts'
import type { EventLog } from '../ports/event-log.ts'
import { createLogDigest } from './log-digest.ts'

const mostListed = 1000

export interface ScoredPurchase extends Pick<ChallengeContent, 'item' | 'payee' | 'price'> {
  readonly purchaseId: string
  readonly at: string
  readonly memberId: string | null
  readonly risk: ShownRisk
  /** By the id of who said it. */
  readonly answer: { readonly answer: 'me' | 'notMe'; readonly at: string; readonly by: string } | null
}

export type RiskScores = (log: EventLog) => readonly ScoredPurchase[]

/** Reads the end of a log once, and then only what was added. */
export function createRiskScores(): RiskScores {
  return createLogDigest<ScoredPurchase>({ most: mostListed, concerns: isScored, begin: () => next })
}

function isScored({ type, payload }: LogEvent): boolean {
  return (type === 'purchase.approved' && payload.challenge.risk !== undefined) || (type === 'purchase.cancelled' && payload.attempt !== undefined)
}

function next(picked: readonly ScoredPurchase[], event: LogEvent): readonly ScoredPurchase[] {
  switch (event.type) {
    case 'purchase.approved':
      return withScore(picked, event, event.payload.challenge)
    case 'purchase.cancelled':
      return withScore(picked, event, event.payload.attempt)
    case 'risk.answered': {
      const { purchaseId, answer } = event.payload
      return picked.map((one) => (one.purchaseId === purchaseId ? { ...one, answer: { answer, at: event.at, by: event.actor } } : one))
    }
    default:
      return picked
  }
}

type Attempt = Pick<ChallengeContent, 'item' | 'payee' | 'price' | 'memberId' | 'risk'> | undefined

function withScore(picked: readonly ScoredPurchase[], { at, payload: { purchaseId } }: Extract<LogEvent, { type: 'purchase.approved' | 'purchase.cancelled' }>, attempt: Attempt): readonly ScoredPurchase[] {
  if (!attempt?.risk) return picked
  const { item, payee, price, memberId = null, risk } = attempt
  return [{ purchaseId, at, memberId, item, payee, price, risk, answer: null }, ...picked]
}
