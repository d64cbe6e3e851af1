import type { AccountEvents } from './account-events.ts'
import type { AddressHeat } from './address-heat.ts'
import type { Caller, Refused, SecurityEventKind } from './identity.ts'
import type { Tries, TryMethod } from './tries.ts'

/** Somebody's try at something secret. */
export interface Guess {
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
    const event = locksForMs > 0 ? 'lockedOut' : failed
    if (accountId !== null && event !== null) events.recordLater(accountId, event, caller)
    return { kind: 'wrong' }
  }
}
