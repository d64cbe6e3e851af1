import type { Challenge, Question } from '../../contract/ipc/confirm.ts'
import type { Appearance } from '../../contract/ipc/status.ts'
import { fromWire, unitPrice } from '../../domain/money.ts'
import type { ShownRisk } from '../../domain/events.ts'
import { harmsTold } from '../../domain/watch-purchase.ts'
import type { Clock } from '../ports/clock.ts'
import { type AskedRequest, type PendingChallenge, type PendingChallengeSlot, thinkingLeftMs } from './pending-challenge.ts'

/** What the confirm window displays: exactly the content that the digest covers, and nothing that a page could change. */
export function createShowChallenge(deps: {
  readonly clock: Pick<Clock, 'monotonicMs'>
  readonly pending: PendingChallengeSlot
  readonly appearance: () => Appearance
  /** What is asked besides purchases. */
  readonly currentQuestion: () => Question | null
}) {
  return function showChallenge(): { challenge: Challenge | null; question: Question | null; appearance: Appearance } {
    const pending = deps.pending.current()
    return { challenge: pending && toView(pending, thinkingLeftMs(pending, deps.clock) > 0), question: deps.currentQuestion(), appearance: deps.appearance() }
  }
}

function toView(pending: PendingChallenge, isReflecting: boolean): Challenge {
  const { content, digest, warnings, purchasesThisHour, buyer, request } = pending
  const { challengeId, payee, item, game, kind, bundle, passDays, price, tax, fundingSource, expiresAt } = content
  const { counted, headroom = [], isNearLimit = false } = content
  return {
    challengeId,
    digest,
    payee,
    item,
    game,
    kind,
    ...(bundle && { bundle, unitPrice: unitPrice(fromWire(price), bundle.count) }),
    ...(passDays !== undefined && { passDays }),
    price,
    tax,
    fundingSource,
    ...(counted && { counted }),
    headroom: [...headroom],
    isNearLimit,
    ...(purchasesThisHour !== null && { purchasesThisHour }),
    ...(buyer && { buyer }),
    ...(request && { request: requestView(request) }),
    ...stepUpView(pending),
    ...riskToldOf(content.risk),
    ...(isReflecting && { isReflecting }),
    ...(content.buyerShows && { buyerShows: content.buyerShows }),
    expiresAt,
    warnings: [...warnings],
  }
}

function requestView({ askedAt, cause, bought, guardians }: AskedRequest): NonNullable<Challenge['request']> {
  return { askedAt, cause, bought: [...bought], guardians: [...guardians] }
}

function stepUpView({ content: { stepUp: wanted }, stepUp }: PendingChallenge): Pick<Challenge, 'stepUp'> {
  if (!wanted || !stepUp) return {}
  return { stepUp: { reasons: [...wanted.reasons], ...(wanted.above && { above: wanted.above }), ways: [...stepUp.ways] } }
}

/** Of the harms that something follows from. What is as usual is not spoken of. */
function riskToldOf(risk: ShownRisk | undefined): Pick<Challenge, 'risk'> {
  if (!risk || risk.band === 'nothing') return {}
  const told = harmsTold(risk)
  return { risk: { bands: risk.bands, reasons: risk.reasons.filter(({ harm }) => told.includes(harm)) } }
}
