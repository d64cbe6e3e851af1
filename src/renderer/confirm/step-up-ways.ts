/** By which ways the account's second factor can be given here, and what is known of a code that was to be sent. */
import type { CodeWay } from '../../contract/account.ts'
import type { Output } from '../../contract/ipc/channel.ts'
import type { ConfirmContract } from '../../contract/ipc/confirm.ts'

/** What became of asking for a code by e-mail or text message; `wait` since `atMs` for `waitMs`. */
export type Sending =
  | { readonly kind: 'not' | 'sending' | 'sent' | 'sentAgain' | 'unavailable' }
  | { readonly kind: 'wait'; readonly atMs: number; readonly waitMs: number }

type Sent = Output<ConfirmContract, 'stepUp.sendCode'>

/** `atMs` is when the answer came. One that came for a question that is gone says nothing: the window goes as well. */
export function afterSending(before: Sending, sent: Sent, atMs: number): Sending {
  if (sent.kind === 'wait') return { ...sent, atMs }
  if (sent.kind === 'sent') return { kind: before.kind === 'not' ? 'sent' : 'sentAgain' }
  return { kind: sent.kind === 'gone' ? 'unavailable' : sent.kind }
}

/** Where there is nothing but a code by e-mail to choose, it is sent as the window opens: a button more would ask nothing. */
export function isSentAtOnce(ways: readonly CodeWay[]): boolean {
  return ways.length === 1 && ways[0]?.method === 'email'
}

/** On a screen without letters no recovery code can be typed; whoever has nothing else sees it all the same. */
export function waysFor(ways: readonly CodeWay[], isKiosk: boolean): readonly CodeWay[] {
  const byDigits = ways.filter(({ method }) => method !== 'recovery')
  return isKiosk && byDigits.length > 0 ? byDigits : ways
}
