import type { AnswerResult, Challenge, DenyResult, NotMeResult, ReplyResult } from '../../contract/ipc/confirm.ts'
import type { Outcome } from '../../contract/ipc/outcome.ts'

/** PIN or code, or the account's second factor, were wrong at `atMs`, or it was too early for another try. The next one counts after `waitMs` more. */
interface WrongHint {
  readonly kind: 'wrong' | 'wait' | 'stepUpWrong' | 'stepUpWait'
  readonly atMs: number
  readonly waitMs: number
}

/** Why a press of an answer did not count. */
export type Hint =
  | WrongHint
  | {
      readonly kind:
        /** The window had just appeared or moved. */
        | 'tooSoon'
        /** The time to think is not over. */
        | 'reflecting'
        /** The further question, which a purchase near a limit asks, is not answered. */
        | 'limitNotKnown'
        | 'pinMissing'
        | 'codeMissing'
        /** No code of the account's second factor is typed. */
        | 'stepUpCodeMissing'
        /** Nobody can tell whether it is right. */
        | 'stepUpUnavailable'
        | 'pinsDiffer'
        | 'reasonMissing'
        | 'cardNumber'
        /** The recovery codes are not said to be written down. */
        | 'codesNotNoted'
        /** A PIN that others try first. */
        | 'tooEasy'
        /** Nobody can tell whether it is right. */
        | 'unavailable'
        /** Not a reason yet: the answer is on its way. */
        | 'checking'
    }

/** What the window shows of a challenge. There is one answer, so that it only ever moves down this list, and back from `denying`. */
export type ConfirmState =
  | { readonly step: 'asking'; readonly challenge: Challenge; readonly hint: Hint | null }
  /** A guardian says why not. */
  | { readonly step: 'denying'; readonly challenge: Challenge; readonly hint: Hint | null }
  | { readonly step: 'charging'; readonly challenge: Challenge }
  | { readonly step: 'ended'; readonly challenge: Challenge; readonly outcome: Outcome }
  /** The call to main failed, so that no outcome is known here, not even which purchase it would be of. */
  | { readonly step: 'brokenOff'; readonly challenge: Challenge }
  /** A guardian has said no, could no longer say it, or nobody here knows whether it arrived. */
  | { readonly step: 'saidNo'; readonly challenge: Challenge; readonly came: 'denied' | 'gone' | 'brokenOff' }

export function initialState(challenge: Challenge): ConfirmState {
  return { step: 'asking', challenge, hint: null }
}

/** After main answered. `tooSoon` and whatever was wrong approved nothing: the question stands as before. */
export function afterAnswer(challenge: Challenge, answer: AnswerResult, nowMs: number): ConfirmState {
  switch (answer.kind) {
    case 'tooSoon':
      return { step: 'asking', challenge, hint: { kind: 'tooSoon' } }
    case 'reflecting':
      return { step: 'asking', challenge, hint: { kind: 'reflecting' } }
    case 'wrong':
    case 'wait':
    case 'stepUpWrong':
    case 'stepUpWait':
      return { step: 'asking', challenge, hint: { kind: answer.kind, waitMs: answer.waitMs, atMs: nowMs } }
    case 'stepUpUnavailable':
      return { step: 'asking', challenge, hint: { kind: 'stepUpUnavailable' } }
    default:
      return { step: 'ended', challenge, outcome: answer }
  }
}

/** When the call itself broke off, nobody here knows what became of the money, and so it says. */
export function afterBrokenCall(challenge: Challenge): ConfirmState {
  return { step: 'brokenOff', challenge }
}

/** What came of the word that it was somebody else. */
export function afterNotMe(challenge: Challenge, answer: NotMeResult): ConfirmState {
  if (answer.kind === 'tooSoon') return { step: 'asking', challenge, hint: { kind: 'tooSoon' } }
  return answer.kind === 'gone' ? { step: 'saidNo', challenge, came: 'gone' } : { step: 'ended', challenge, outcome: answer }
}

export function afterDenial(challenge: Challenge, answer: DenyResult, nowMs: number): ConfirmState {
  switch (answer.kind) {
    case 'denied':
    case 'gone':
      return { step: 'saidNo', challenge, came: answer.kind }
    case 'tooSoon':
      return { step: 'denying', challenge, hint: { kind: 'tooSoon' } }
    default:
      return { step: 'denying', challenge, hint: { ...answer, atMs: nowMs } }
  }
}

/** Whether an answer is on its way, so that no other may be given, and none taken back. */
export function isSending(state: ConfirmState | QuestionState): boolean {
  return state.step === 'charging' || ('hint' in state && state.hint?.kind === 'checking')
}

/** What the window shows of a question besides a purchase. */
export type QuestionState =
  | { readonly step: 'asking'; readonly hint: Hint | null }
  /** Main closes the window now, or has another question. */
  | { readonly step: 'accepted' }
  | { readonly step: 'brokenOff' }

/** `unavailable`, `tooEasy` and the like changed nothing: the question stands as before. */
export function afterReply(result: ReplyResult, nowMs: number): QuestionState {
  switch (result.kind) {
    case 'accepted':
      return { step: 'accepted' }
    case 'wrong':
    case 'wait':
      return { step: 'asking', hint: { ...result, atMs: nowMs } }
    default:
      return { step: 'asking', hint: { kind: result.kind } }
  }
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
