import { inTransaction, type Store } from '../store/open-store.ts'
import type { AccountSettingsTable } from '../store/tables.ts'
import type { Account } from './identity.ts'
import type { Language } from './letters.ts'

type Settings = Omit<AccountSettingsTable, 'account_id'>

/** What an account is, without how it is signed in to. */
export interface AccountRecords {
  readonly account: (accountId: string) => Promise<Account | null>
  readonly settings: (accountId: string) => Promise<Settings | null>
  /** Gives a new account its settings, and with them `more`: before that there is no such account to anybody. */
  readonly begin: (accountId: string, language: Language, more: (transaction: Store) => Promise<void>) => Promise<void>
  readonly set: (accountId: string, changes: Partial<Settings>) => Promise<void>
  /** Raises the newest time step that was used; false where this one or a later one was. */
  readonly useStep: (accountId: string, step: number) => Promise<boolean>
}

const usualStepUpCents = 2_000n

export function createAccountRecords({ store }: { readonly store: Store }): AccountRecords {
  const settings = async (accountId: string) => (await store.selectFrom('account_settings').selectAll().where('account_id', '=', accountId).executeTakeFirst()) ?? null

  return {
    async account(accountId) {
      const row = await store.selectFrom('accounts').selectAll().where('id', '=', accountId).executeTakeFirst()
      const chosen = await settings(accountId)
      if (!row || !chosen) return null
      const password = await store.selectFrom('account_passwords').select('id').where('user_id', '=', accountId).executeTakeFirst()
      const recoveryCodes = await store.selectFrom('account_recovery_codes').select('code_mac').where('account_id', '=', accountId).execute()
      const passkeys = await store.selectFrom('account_passkeys').selectAll().where('account_id', '=', accountId).orderBy('added_at').execute()
      return {
        accountId,
        email: row.email,
        displayName: row.name === '' ? null : row.name,
        createdAt: row.created_at,
        hasPassword: password !== undefined,
        secondFactors: secondFactors(chosen, passkeys.length),
        phone: chosen.phone,
        recoveryCodesLeft: recoveryCodes.length,
        passkeys: passkeys.map(({ passkey_id, name, added_at }) => ({ passkeyId: passkey_id, name, addedAt: added_at })),
        stepUpAboveCents: chosen.step_up_above_cents,
      }
    },
    settings,
    async begin(accountId, language, more) {
      const values = { account_id: accountId, language, totp_newest_step: 0n, step_up_above_cents: usualStepUpCents }
      await inTransaction(store, async (transaction) => {
        await transaction.insertInto('account_settings').values(values).execute()
        await more(transaction)
      })
    },
    async set(accountId, changes) {
      await store.updateTable('account_settings').set(changes).where('account_id', '=', accountId).execute()
    },
    async useStep(accountId, step) {
      const { numUpdatedRows } = await store
        .updateTable('account_settings')
        .set({ totp_newest_step: BigInt(step) })
        .where('account_id', '=', accountId)
        .where('totp_newest_step', '<', BigInt(step))
        .executeTakeFirstOrThrow()
      return numUpdatedRows === 1n
    },
  }
}

function secondFactors({ totp_secret, phone }: Settings, passkeys: number): Account['secondFactors'] {
  return [...(totp_secret === null ? [] : ['totp' as const]), ...(phone === null ? [] : ['sms' as const]), ...(passkeys === 0 ? [] : ['passkey' as const])]
}
