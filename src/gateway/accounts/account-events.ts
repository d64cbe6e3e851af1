import { instant } from '../environment.ts'
import type { Delivery } from '../outbox/delivery.ts'
import type { Store } from '../store/open-store.ts'
import type { Caller, SecurityEvent, SecurityEventKind } from './identity.ts'
import { eventLetter } from './letters.ts'

export interface AccountEvents {
  readonly list: (accountId: string) => Promise<readonly SecurityEvent[]>
  /** Writes it into the account's list, and mails it after the answer. Nothing for an account that has gone. */
  readonly record: (accountId: string, kind: SecurityEventKind, caller: Caller) => Promise<void>
  /** Writes it into the list alone: another mail says it already. */
  readonly note: (accountId: string, kind: SecurityEventKind, caller: Caller) => Promise<void>
  /** As `record`, after the answer: where the time to answer must not tell that there is an account. */
  readonly recordLater: (accountId: string, kind: SecurityEventKind, caller: Caller) => void
}

export interface AccountEventsParts {
  readonly store: Store
  readonly now: () => number
  readonly delivery: Delivery
  readonly publicOrigin: () => string
}

/** What a request says of itself is kept as far as it can be of use. */
const userAgentLimit = 200

export function createAccountEvents({ store, now, delivery, publicOrigin }: AccountEventsParts): AccountEvents {
  async function write(accountId: string, kind: SecurityEventKind, atMs: number, caller: Caller): Promise<void> {
    const values = { account_id: accountId, at: instant(atMs), kind, ip: caller.ip, user_agent: caller.userAgent.slice(0, userAgentLimit) }
    await store.insertInto('account_events').values(values).execute()
  }

  async function record(accountId: string, kind: SecurityEventKind, caller: Caller, atMs = now()): Promise<void> {
    const account = await store
      .selectFrom('accounts')
      .innerJoin('account_settings', 'account_settings.account_id', 'accounts.id')
      .select(['email', 'language'])
      .where('id', '=', accountId)
      .executeTakeFirst()
    if (!account) return
    await write(accountId, kind, atMs, caller)
    const letter = eventLetter(account.email, kind, account.language, { atMs, caller, origin: publicOrigin() })
    delivery.mail(letter, () => whileThere(accountId, () => write(accountId, 'messageNotSent', now(), caller)))
  }

  async function whileThere(accountId: string, work: () => Promise<void>): Promise<void> {
    const row = await store.selectFrom('accounts').select('id').where('id', '=', accountId).executeTakeFirst()
    if (row) await work()
  }

  return {
    async list(accountId) {
      const rows = await store.selectFrom('account_events').selectAll().where('account_id', '=', accountId).orderBy('seq', 'desc').execute()
      return rows.map(({ at, kind, ip, user_agent }) => ({ at, kind: kind as SecurityEventKind, ip, userAgent: user_agent }))
    },
    record,
    note: (accountId, kind, caller) => whileThere(accountId, () => write(accountId, kind, now(), caller)),
    recordLater(accountId, kind, caller) {
      const atMs = now()
      delivery.later(() => record(accountId, kind, caller, atMs))
    },
  }
}
