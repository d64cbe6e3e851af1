import type { Challenge, Question } from '../../contract/ipc/confirm.ts'
import type { Appearance } from '../../contract/ipc/status.ts'
import { fromWire, unitPrice } from '../../domain/money.ts'
import type { AskedRequest, PendingChallenge, PendingChallengeSlot } from './pending-challenge.ts'

/** What the confirm window displays: exactly the content that the digest covers, and nothing that a page could change. */
export function createShowChallenge(deps: {
  readonly pending: PendingChallengeSlot
  readonly appearance: () => Appearance
  /** What is asked besides purchases. */
  readonly currentQuestion: () => Question | null
}) {
  return function showChallenge(): { challenge: Challenge | null; question: Question | null; appearance: Appearance } {
    const pending = deps.pending.current()
    return { challenge: pending && toView(pending), question: deps.currentQuestion(), appearance: deps.appearance() }
  }
}

function toView(pending: PendingChallenge): Challenge {
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
