import type { Store } from '../store/open-store.ts'
import type { FirstFactor } from './second-factor-rule.ts'
import type { Secrets } from './secrets.ts'

/** What each kind remembers. `replaces` is the hash of a session that the new one takes the place of. */
export interface PendingDetails {
  readonly signUp: { readonly email: string; readonly passwordHash: string | null }
  readonly signInCode: { readonly email: string }
  readonly secondFactor: { readonly first: FirstFactor; readonly replaces: string | null }
  readonly phone: { readonly phone: string }
  readonly reset: { readonly email: string }
  readonly passkeyAdd: { readonly challenge: string }
  /** `answers`: the hash of the pending sign-in that the passkey is the second factor of; null where it comes alone. */
  readonly passkeySignIn: { readonly challenge: string; readonly answers: string | null }
}
export type PendingKind = keyof PendingDetails

export interface Pending<K extends PendingKind> {
  readonly hash: string
  readonly subject: string
  /** Null for an address that nobody has an account with. */
  readonly accountId: string | null
  readonly details: PendingDetails[K]
}

export interface PendingStore {
  /** Opens it, and answers the token by which it is known. */
  readonly open: <K extends PendingKind>(kind: K, of: Omit<Pending<K>, 'hash'>) => Promise<string>
  readonly find: <K extends PendingKind>(kind: K, token: string) => Promise<Pending<K> | null>
  readonly findByHash: <K extends PendingKind>(kind: K, hash: string) => Promise<Pending<K> | null>
  /** Ends it; false where somebody else has just done so. */
  readonly end: (hash: string) => Promise<boolean>
  readonly endAll: (kind: PendingKind, accountId: string) => Promise<void>
}

const minute = 60_000
/** Two codes, one after the other, fit in; a reset has to be found in the mail. */
const lifetimesMs: Readonly<Record<PendingKind, number>> = {
  signUp: 15 * minute,
  signInCode: 10 * minute,
  secondFactor: 10 * minute,
  phone: 10 * minute,
  reset: 20 * minute,
  passkeyAdd: 5 * minute,
  passkeySignIn: 5 * minute,
}

export function createPendingStore({ store, now, secrets }: { readonly store: Store; readonly now: () => number; readonly secrets: Secrets }): PendingStore {
  async function findByHash<K extends PendingKind>(kind: K, hash: string): Promise<Pending<K> | null> {
    const row = await store
      .selectFrom('account_pending')
      .selectAll()
      .where('token_hash', '=', hash)
      .where('kind', '=', kind)
      .where('expires_at_ms', '>', BigInt(now()))
      .executeTakeFirst()
    return row ? { hash, subject: row.subject, accountId: row.account_id, details: JSON.parse(row.details) as PendingDetails[K] } : null
  }

  return {
    async open(kind, { subject, accountId, details }) {
      await store.deleteFrom('account_pending').where('expires_at_ms', '<=', BigInt(now())).execute()
      const token = secrets.token()
      const expires = BigInt(now() + lifetimesMs[kind])
      await store
        .insertInto('account_pending')
        .values({ token_hash: secrets.hash(token), kind, subject, account_id: accountId, details: JSON.stringify(details), expires_at_ms: expires })
        .execute()
      return token
    },
    find: (kind, token) => findByHash(kind, secrets.hash(token)),
    findByHash,
    async end(hash) {
      const { numDeletedRows } = await store.deleteFrom('account_pending').where('token_hash', '=', hash).executeTakeFirstOrThrow()
      return numDeletedRows === 1n
    },
    async endAll(kind, accountId) {
      await store.deleteFrom('account_pending').where('kind', '=', kind).where('account_id', '=', accountId).execute()
    },
  }
}
