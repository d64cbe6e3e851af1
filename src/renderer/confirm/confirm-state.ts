import type { AnswerResult, Challenge } from '../../contract/ipc/confirm.ts'
import type { Outcome } from '../../contract/ipc/outcome.ts'

/** What the window shows. There is one challenge and one answer, so it only ever moves down this list. */
export type ConfirmState =
  | { readonly step: 'nothing' }
  /** `tooSoon`: `Pay` was pressed, but the window had just appeared or moved, so that it did not count. */
  | { readonly step: 'asking'; readonly challenge: Challenge; readonly tooSoon: boolean }
  | { readonly step: 'charging'; readonly challenge: Challenge }
  | { readonly step: 'ended'; readonly challenge: Challenge; readonly outcome: Outcome }
  /** The call to main failed, so that no outcome is known here, not even which purchase it would be of. */
  | { readonly step: 'brokenOff'; readonly challenge: Challenge }

export function initialState(challenge: Challenge | null): ConfirmState {
  return challenge ? { step: 'asking', challenge, tooSoon: false } : { step: 'nothing' }
}

/** After main answered. `tooSoon` approved nothing: the question stands as before. */
export function afterAnswer(challenge: Challenge, answer: AnswerResult): ConfirmState {
  if (answer.kind === 'tooSoon') return { step: 'asking', challenge, tooSoon: true }
  return { step: 'ended', challenge, outcome: answer }
}

/** When the call itself broke off, nobody here knows what became of the money, and so it says. */
export function afterBrokenCall(challenge: Challenge): ConfirmState {
  return { step: 'brokenOff', challenge }
}
