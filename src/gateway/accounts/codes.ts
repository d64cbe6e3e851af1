import type { Store } from '../store/open-store.ts'
import { inTransaction } from '../store/open-store.ts'
import type { Secrets } from './secrets.ts'

export const codeLifetimeMs = 300_000
const triesOfACode = 5n

/** Codes of six digits: five minutes, five tries, once, each for one purpose. */
export interface Codes {
  /** A new code; one that was there for this purpose is good no more. */
  readonly make: (subject: string, purpose: string) => Promise<string>
  /** Uses the code up where it is right, and one of its tries where it is not. */
  readonly check: (subject: string, purpose: string, code: string) => Promise<boolean>
}

export function createCodes({ store, now, secrets }: { readonly store: Store; readonly now: () => number; readonly secrets: Secrets }): Codes {
  const macOf = (subject: string, purpose: string, code: string) => secrets.mac('code', subject, purpose, code)
  return {
    async make(subject, purpose) {
      await store.deleteFrom('account_codes').where('expires_at_ms', '<=', BigInt(now())).execute()
      const code = secrets.sixDigits()
      const values = { code_mac: macOf(subject, purpose, code), tries_left: triesOfACode, expires_at_ms: BigInt(now() + codeLifetimeMs) }
      await store
        .insertInto('account_codes')
        .values({ subject, purpose, ...values })
        .onConflict((conflict) => conflict.columns(['subject', 'purpose']).doUpdateSet(values))
        .execute()
      return code
    },
    check: (subject, purpose, code) =>
      inTransaction(store, async (transaction) => {
        const kept = await transaction.selectFrom('account_codes').selectAll().where('subject', '=', subject).where('purpose', '=', purpose).executeTakeFirst()
        if (!kept || kept.expires_at_ms <= BigInt(now()) || kept.tries_left === 0n) return false
        // Of keyed hashes, so that the time to compare them tells nothing.
        const isRight = kept.code_mac === macOf(subject, purpose, code)
        const triesLeft = isRight ? 0n : kept.tries_left - 1n
        await transaction.updateTable('account_codes').set({ tries_left: triesLeft }).where('subject', '=', subject).where('purpose', '=', purpose).execute()
        return isRight
      }),
  }
}
