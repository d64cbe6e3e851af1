import { instant } from '../environment.ts'
import type { Store } from '../store/open-store.ts'
import type { AccountPasskeysTable } from '../store/tables.ts'

/** A passkey's public half, as WebAuthn's library takes it. */
export interface Passkey {
  readonly id: string
  readonly accountId: string
  readonly publicKey: Uint8Array<ArrayBuffer>
  readonly counter: number
  readonly transports: string[]
}

export interface PasskeyStore {
  readonly of: (accountId: string) => Promise<readonly Passkey[]>
  readonly find: (passkeyId: string) => Promise<Passkey | null>
  /** False where somebody has it already. */
  readonly add: (passkey: Passkey & { readonly name: string }) => Promise<boolean>
  readonly count: (passkeyId: string, counter: number) => Promise<void>
  readonly remove: (accountId: string, passkeyId: string) => Promise<boolean>
}

export function createPasskeyStore({ store, now }: { readonly store: Store; readonly now: () => number }): PasskeyStore {
  return {
    async of(accountId) {
      return (await store.selectFrom('account_passkeys').selectAll().where('account_id', '=', accountId).execute()).map(toPasskey)
    },
    async find(passkeyId) {
      const row = await store.selectFrom('account_passkeys').selectAll().where('passkey_id', '=', passkeyId).executeTakeFirst()
      return row ? toPasskey(row) : null
    },
    async add({ id, accountId, publicKey, counter, transports, name }) {
      const key = Buffer.from(publicKey).toString('base64url')
      const values = { passkey_id: id, account_id: accountId, public_key: key, counter: BigInt(counter), transports: JSON.stringify(transports), name, added_at: instant(now()) }
      const { numInsertedOrUpdatedRows } = await store
        .insertInto('account_passkeys')
        .values(values)
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirstOrThrow()
      return numInsertedOrUpdatedRows === 1n
    },
    async count(passkeyId, counter) {
      await store.updateTable('account_passkeys').set({ counter: BigInt(counter) }).where('passkey_id', '=', passkeyId).execute()
    },
    async remove(accountId, passkeyId) {
      const { numDeletedRows } = await store.deleteFrom('account_passkeys').where('account_id', '=', accountId).where('passkey_id', '=', passkeyId).executeTakeFirstOrThrow()
      return numDeletedRows === 1n
    },
  }
}

function toPasskey({ passkey_id, account_id, public_key, counter, transports }: AccountPasskeysTable): Passkey {
  return {
    id: passkey_id,
    accountId: account_id,
    publicKey: Uint8Array.from(Buffer.from(public_key, 'base64url')),
    counter: Number(counter),
    transports: JSON.parse(transports) as string[],
  }
}
