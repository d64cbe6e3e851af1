import type { Store } from '../store/open-store.ts'
import { inTransaction } from '../store/open-store.ts'
import { type Failures, forgottenAfterMs, lockOutMs, longestSendWaitMs, remembered, waitMs } from './lock-out.ts'

/** What is sent, rather than guessed. */
const sends = ['sentFirst', 'sentEmail', 'sentText'] as const
export type SendMethod = (typeof sends)[number]

/**
 * What is tried, each with failures of its own: knowing the password makes up for no wrong code, and whoever knows nothing but an address
 * (`sentFirst`) stands in nobody's way who has shown one factor already (`email`, `sentEmail`). `firstCode` counts by the one sign-in or
 * sign-up that waits for it, so that nobody who begins another one keeps its owner out: a code has five tries, and an address gets few codes.
 */
export type TryMethod = 'password' | 'firstCode' | 'totp' | 'sms' | 'email' | 'recovery' | SendMethod

/** `waitMs` above 0: not to be judged. `locksForMs`: how long the next one has to wait if this one is wrong. */
export interface Try {
  readonly waitMs: number
  readonly locksForMs: number
}

export interface Tries {
  /** Counts a try as failed, before it is judged; one that has to wait does not count. */
  readonly begin: (subject: string, method: TryMethod) => Promise<Try>
  /** It was right: the failures in a row of this method end. */
  readonly succeed: (subject: string, method: TryMethod) => Promise<void>
  /** Failures that still count, of all methods but what was sent. */
  readonly failures: (subject: string) => Promise<number>
  readonly forget: (subject: string) => Promise<void>
}

const isSend = (method: string) => sends.some((send) => send === method)

/** Kept in the store, so that a restart saves nobody a wait. */
export function createTries({ store, now }: { readonly store: Store; readonly now: () => number }): Tries {
  return {
    async begin(subject, method) {
      await store.deleteFrom('account_tries').where('last_at_ms', '<', BigInt(now() - forgottenAfterMs)).execute()
      return inTransaction(store, (transaction) => countTry(transaction, subject, method, now()))
    },
    async succeed(subject, method) {
      await store.deleteFrom('account_tries').where('subject', '=', subject).where('method', '=', method).execute()
    },
    async failures(subject) {
      const rows = await store.selectFrom('account_tries').selectAll().where('subject', '=', subject).execute()
      return rows
        .filter(({ method }) => !isSend(method))
        .reduce((sum, row) => sum + remembered({ failures: Number(row.failures), lastAtMs: Number(row.last_at_ms) }, now()).failures, 0)
    },
    async forget(subject) {
      await store.deleteFrom('account_tries').where('subject', '=', subject).execute()
    },
  }
}

async function countTry(store: Store, subject: string, method: TryMethod, nowMs: number): Promise<Try> {
  const before = await readFailures(store, subject, method, nowMs)
  const longestMs = isSend(method) ? longestSendWaitMs : undefined
  const wait = waitMs(before, nowMs, longestMs)
  if (wait > 0) return { waitMs: wait, locksForMs: 0 }
  const failures = before.failures + 1
  await store
    .insertInto('account_tries')
    .values({ subject, method, failures: BigInt(failures), last_at_ms: BigInt(nowMs) })
    .onConflict((conflict) => conflict.columns(['subject', 'method']).doUpdateSet({ failures: BigInt(failures), last_at_ms: BigInt(nowMs) }))
    .execute()
  return { waitMs: 0, locksForMs: lockOutMs(failures, longestMs) }
}

async function readFailures(store: Store, subject: string, method: TryMethod, nowMs: number): Promise<Failures> {
  const row = await store.selectFrom('account_tries').selectAll().where('subject', '=', subject).where('method', '=', method).executeTakeFirst()
  return row ? remembered({ failures: Number(row.failures), lastAtMs: Number(row.last_at_ms) }, nowMs) : { failures: 0, lastAtMs: nowMs }
}
