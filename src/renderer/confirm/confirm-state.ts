import type { AnswerResult, Challenge } from '../../contract/ipc/confirm.ts'
import type { Outcome } from '../../contract/ipc/outcome.ts'

/**
 * Why a press of `Pay` did not count. `tooSoon`: the window had just appeared or moved. `limitNotKnown`: the further question,
 * which a purchase near a limit asks, is not answered.
 */
export type Hint = 'tooSoon' | 'limitNotKnown'

/** What the window shows. There is one challenge and one answer, so it only ever moves down this list. */
export type ConfirmState =
  | { readonly step: 'nothing' }
  | { readonly step: 'asking'; readonly challenge: Challenge; readonly hint: Hint | null }
  | { readonly step: 'charging'; readonly challenge: Challenge }
  | { readonly step: 'ended'; readonly challenge: Challenge; readonly outcome: Outcome }
  /** The call to main failed, so that no outcome is known here, not even which purchase it would be of. */
  | { readonly step: 'brokenOff'; readonly challenge: Challenge }

export function initialState(challenge: Challenge | null): ConfirmState {
  return challenge ? { step: 'asking', challenge, hint: null } : { step: 'nothing' }
}

/** After main answered. `tooSoon` approved nothing: the question stands as before. */
export function afterAnswer(challenge: Challenge, answer: AnswerResult): ConfirmState {
  if (answer.kind === 'tooSoon') return { step: 'asking', challenge, hint: 'tooSoon' }
  return { step: 'ended', challenge, outcome: answer }
}

/** When the call itself broke off, nobody here knows what became of the money, and so it says. */
export function afterBrokenCall(challenge: Challenge): ConfirmState {
  return { step: 'brokenOff', challenge }
}

/** From how much of a limit on a purchase is near it, in per cent; main decides by the same. */
const nearPercent = 80n

export type Headroom = Challenge['headroom'][number]

/** The limit that the further question names: the one with the least left of those that come near their end. */
export function nearLimit({ headroom, isNearLimit }: Challenge): Headroom | null {
  if (!isNearLimit) return null
  const isNear = ({ cap, left }: Headroom) => (BigInt(cap) - BigInt(left)) * 100n >= BigInt(cap) * nearPercent
  return headroom.find(isNear) ?? headroom[0] ?? null
}
