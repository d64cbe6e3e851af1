import type { Store } from '../store/open-store.ts'
import type { Secrets } from './secrets.ts'

const minute = 60_000
const [idleMs, longestMs, freshMs] = [30 * minute, 12 * 60 * minute, 10 * minute] as const

export interface KnownSession {
  readonly hash: string
  readonly accountId: string
  readonly isFresh: boolean
}

/** Who is signed in on the pages. Sessions are known by their hash; every sign-in makes a new one. */
export interface PageSessions {
  readonly start: (accountId: string) => Promise<string>
  readonly find: (session: string) => Promise<KnownSession | null>
  readonly end: (hash: string) => Promise<void>
  /** All of the account but the one with the hash `except`. */
  readonly endAll: (accountId: string, except?: string) => Promise<void>
}

export function createPageSessions({ store, now, secrets }: { readonly store: Store; readonly now: () => number; readonly secrets: Secrets }): PageSessions {
  return {
    async start(accountId) {
      await store.deleteFrom('page_sessions').where('started_at_ms', '<', BigInt(now() - longestMs)).execute()
      const session = secrets.token()
      await store
        .insertInto('page_sessions')
        .values({ token_hash: secrets.hash(session), account_id: accountId, started_at_ms: BigInt(now()), used_at_ms: BigInt(now()) })
        .execute()
      return session
    },
    async find(session) {
      const row = await store
        .updateTable('page_sessions')
        .set({ used_at_ms: BigInt(now()) })
        .where('token_hash', '=', secrets.hash(session))
        .where('started_at_ms', '>', BigInt(now() - longestMs))
        .where('used_at_ms', '>', BigInt(now() - idleMs))
        .returningAll()
        .executeTakeFirst()
      return row ? { hash: row.token_hash, accountId: row.account_id, isFresh: now() - Number(row.started_at_ms) < freshMs } : null
    },
    async end(hash) {
      await store.deleteFrom('page_sessions').where('token_hash', '=', hash).execute()
    },
    async endAll(accountId, except = '') {
      await store.deleteFrom('page_sessions').where('account_id', '=', accountId).where('token_hash', '!=', except).execute()
    },
  }
}
