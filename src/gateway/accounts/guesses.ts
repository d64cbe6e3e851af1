import type { AccountEvents } from './account-events.ts'
import type { AddressHeat } from './address-heat.ts'
import type { Caller, Refused, SecurityEventKind } from './identity.ts'
import type { Tries, TryMethod } from './tries.ts'

/** Somebody's try at something secret. */
export interface Guess {
  /** By what it counts: the account's address; of `firstCode`, the one sign-in or sign-up that waits for the code. */
  readonly subject: string
  /** Null for an address that nobody has an account with: it is judged, counted and answered all the same. */
  readonly accountId: string | null
  readonly method: TryMethod
  /** What goes into the account's list when it is wrong; null where whoever asks writes it there. */
  readonly failed: SecurityEventKind | null
}

/** Null where it is right. Whatever is not right answers in the same words, and is told to the account after the answer. */
export type Judge = (guess: Guess, caller: Caller, isRight: () => Promise<boolean>) => Promise<Refused | null>

export function createJudge({ tries, heat, events }: { readonly tries: Tries; readonly heat: AddressHeat; readonly events: AccountEvents }): Judge {
  return async ({ subject, accountId, method, failed }, caller, isRight) => {
    const { waitMs, locksForMs } = await tries.begin(subject, method)
    if (waitMs > 0) return { kind: 'wait', waitMs }
    if (await isRight()) {
      await tries.succeed(subject, method)
      return null
    }
    await heat.fail(caller)
    // Where only what waits for the code is locked, the account still takes all that is right.
    const event = locksForMs > 0 && method !== 'firstCode' ? 'lockedOut' : failed
    if (accountId !== null && event !== null) events.recordLater(accountId, event, caller)
    return { kind: 'wrong' }
  }
}
