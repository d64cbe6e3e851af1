import type { Store } from '../store/open-store.ts'
import { inTransaction } from '../store/open-store.ts'
import type { Secrets } from './secrets.ts'

/** For when every other second factor is lost: ten codes of 50 random bits, each good once. Only keyed hashes of them are kept. */
export interface RecoveryCodes {
  /** New ones in the place of those that are left. */
  readonly make: (accountId: string) => Promise<readonly string[]>
  /** New ones where none are left; else none. */
  readonly ensure: (accountId: string) => Promise<readonly string[]>
  readonly use: (accountId: string, code: string) => Promise<boolean>
  readonly drop: (accountId: string) => Promise<void>
}

const [howMany, letters] = [10, 10] as const

export function createRecoveryCodes({ store, secrets }: { readonly store: Store; readonly secrets: Secrets }): RecoveryCodes {
  const macOf = (accountId: string, code: string) => secrets.mac('recovery', accountId, code)

  async function make(accountId: string): Promise<readonly string[]> {
    const codes = Array.from({ length: howMany }, () => secrets.letters(letters))
    await inTransaction(store, async (transaction) => {
      await transaction.deleteFrom('account_recovery_codes').where('account_id', '=', accountId).execute()
      await transaction.insertInto('account_recovery_codes').values(codes.map((code) => ({ account_id: accountId, code_mac: macOf(accountId, code) }))).execute()
    })
    return codes.map((code) => `${code.slice(0, 5)}-${code.slice(5)}`)
  }

  return {
    make,
    async ensure(accountId) {
      const left = await store.selectFrom('account_recovery_codes').select('code_mac').where('account_id', '=', accountId).executeTakeFirst()
      return left ? [] : make(accountId)
    },
    async use(accountId, code) {
      const typed = code.toLowerCase().replace('-', '').replaceAll('o', '0').replaceAll(/[il]/g, '1')
      const { numDeletedRows } = await store
        .deleteFrom('account_recovery_codes')
        .where('account_id', '=', accountId)
        .where('code_mac', '=', macOf(accountId, typed))
        .executeTakeFirstOrThrow()
      return numDeletedRows === 1n
    },
    async drop(accountId) {
      await store.deleteFrom('account_recovery_codes').where('account_id', '=', accountId).execute()
    },
  }
}
