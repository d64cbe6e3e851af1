/** Devices that are signed in: their tokens, what those are good for, and how it ends. Functions that take a store run in its transaction. */
import { type Scope, scopes, type SignedInDevice } from '../../contract/account.ts'
import type { Tokens } from '../../contract/http/account-messages.ts'
import { type Environment, instant } from '../environment.ts'
import { makeId } from '../shop/numbers.ts'
import { inTransaction, type Store } from '../store/open-store.ts'
import type { DeviceSessionsTable } from '../store/tables.ts'
import { exchanged, type Rotation, used } from './rotation.ts'
import { hashOf, makeToken } from './secret-token.ts'

const dayMs = 24 * 60 * 60_000
const accessLifetimeMs = 5 * 60_000
const idleLifetimeMs = 30 * dayMs
const wholeLifetimeMs = 180 * dayMs
/** A kiosk signs out when a turn ends. Where it could not say so, the gateway ends it by itself. */
const kioskLifetimeMs = dayMs / 2
/** So that not each request writes when the device was last used. */
const lastUsedStepMs = 60_000

export type DeviceSession = DeviceSessionsTable

export interface NewSession {
  readonly accountId: string
  readonly deviceId: string
  readonly deviceName: string
  readonly isKiosk: boolean
  readonly scope: string
}

export type Exchange =
  | { readonly kind: 'exchanged'; readonly tokens: Tokens }
  /** Not known, too old, or of another device's key. */
  | { readonly kind: 'invalid' }
  /** A token that was superseded: the whole session has ended. */
  | { readonly kind: 'reused'; readonly accountId: string }

type Parts = Environment & { readonly store: Store }

/** Signs the device in, in the place of whoever was signed in there. */
export async function beginSession(parts: Parts, { accountId, deviceId, deviceName, isKiosk, scope }: NewSession): Promise<Tokens> {
  const { store, now, randomBytes } = parts
  const nowMs = BigInt(now())
  await store.deleteFrom('device_sessions').where('device_id', '=', deviceId).execute()
  await forgetEnded(store, nowMs)
  const session: DeviceSession = {
    ...{ session_id: makeId('s', randomBytes), account_id: accountId, device_id: deviceId, device_name: deviceName, scope },
    is_kiosk: isKiosk ? 1n : 0n,
    ...{ signed_in_at_ms: nowMs, last_used_at_ms: nowMs, current: 1n, confirmed: 0n },
  }
  await store.insertInto('device_sessions').values(session).execute()
  return giveTokens(parts, session)
}

/** What has run out is good for nothing, and nobody's business any more. */
async function forgetEnded(store: Store, nowMs: bigint): Promise<void> {
  await store.deleteFrom('device_tokens').where('expires_at_ms', '<=', nowMs).execute()
  await store
    .deleteFrom('device_sessions')
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('device_tokens').select('token_hash').whereRef('device_tokens.session_id', '=', 'device_sessions.session_id'))),
    )
    .execute()
}

function endsAtMs({ signed_in_at_ms, is_kiosk }: DeviceSession): number {
  return Number(signed_in_at_ms) + (is_kiosk === 1n ? kioskLifetimeMs : wholeLifetimeMs)
}

/** Tokens of the session's current generation. */
async function giveTokens({ store, now, randomBytes }: Parts, session: DeviceSession): Promise<Tokens> {
  const [access, refresh] = [makeToken(randomBytes), makeToken(randomBytes)]
  const expiresAtMs = (lifetimeMs: number) => Math.min(now() + lifetimeMs, endsAtMs(session))
  const accessEndsAtMs = expiresAtMs(accessLifetimeMs)
  const row = { session_id: session.session_id, generation: session.current }
  await store
    .insertInto('device_tokens')
    .values([
      { ...row, kind: 'access', token_hash: hashOf(access), expires_at_ms: BigInt(accessEndsAtMs) },
      { ...row, kind: 'refresh', token_hash: hashOf(refresh), expires_at_ms: BigInt(expiresAtMs(idleLifetimeMs)) },
    ])
    .execute()
  const expiresIn = Math.max(1, Math.floor((accessEndsAtMs - now()) / 1000))
  return { access_token: access, token_type: 'DPoP', expires_in: expiresIn, refresh_token: refresh, scope: session.scope }
}

type Kind = 'access' | 'refresh'
type Held = DeviceSession & { readonly generation: bigint; readonly expires_at_ms: bigint }

/** The session that a token is of, if it was given to the key of that device. */
async function sessionOf(store: Store, token: string, kind: Kind | undefined, deviceId: string): Promise<Held | undefined> {
  const row = await store
    .selectFrom('device_tokens')
    .innerJoin('device_sessions', 'device_sessions.session_id', 'device_tokens.session_id')
    .selectAll('device_sessions')
    .select(['device_tokens.generation', 'device_tokens.expires_at_ms', 'device_tokens.kind'])
    .where('token_hash', '=', hashOf(token))
    .executeTakeFirst()
  // A token without its key is worth nothing, not even for signing out.
  if (!row || row.device_id !== deviceId) return undefined
  return kind === undefined || row.kind === kind ? row : undefined
}

/** New tokens for a refresh token (RFC 6749 §6). */
export function exchangeRefreshToken(parts: Parts, token: string, deviceId: string): Promise<Exchange> {
  return inTransaction(parts.store, async (store) => {
    const held = await sessionOf(store, token, 'refresh', deviceId)
    if (!held) return { kind: 'invalid' }
    const { session_id: sessionId, account_id: accountId } = held
    if (parts.now() >= Number(held.expires_at_ms)) return { kind: 'invalid' }
    const next = exchanged(held, held.generation)
    if (next === 'reused') {
      await store.deleteFrom('device_sessions').where('session_id', '=', sessionId).execute()
      return { kind: 'reused', accountId }
    }
    await rotate(store, sessionId, next, BigInt(parts.now()))
    return { kind: 'exchanged', tokens: await giveTokens({ ...parts, store }, { ...held, ...next }) }
  })
}

/** Access tokens that were given out after the confirmed generation never arrived, and are good no more. */
async function rotate(store: Store, sessionId: string, { current, confirmed }: Rotation, nowMs: bigint): Promise<void> {
  const ofSession = store.deleteFrom('device_tokens').where('session_id', '=', sessionId)
  await ofSession.where('kind', '=', 'access').where('generation', '>', confirmed).execute()
  await ofSession.where('expires_at_ms', '<=', nowMs).execute()
  await store
    .updateTable('device_sessions')
    .set({ current, confirmed, last_used_at_ms: nowMs })
    .where('session_id', '=', sessionId)
    .execute()
}

/** The session in whose name the device may ask with this access token now; notes that it was used. */
export function admitAccessToken({ store, now }: Parts, token: string, deviceId: string): Promise<DeviceSession | undefined> {
  return inTransaction(store, async (transaction) => {
    const held = await sessionOf(transaction, token, 'access', deviceId)
    const nowMs = BigInt(now())
    if (!held || nowMs >= held.expires_at_ms) return undefined
    const { confirmed } = used(held, held.generation)
    if (confirmed === held.confirmed && nowMs - held.last_used_at_ms < lastUsedStepMs) return held
    await transaction
      .updateTable('device_sessions')
      .set({ confirmed, last_used_at_ms: nowMs })
      .where('session_id', '=', held.session_id)
      .execute()
    return held
  })
}

/** Ends the session of a token of either kind (RFC 7009 §2.1). Gives whose it was; undefined where there was none. */
export function revokeToken({ store }: Parts, token: string, deviceId: string): Promise<string | undefined> {
  return inTransaction(store, async (transaction) => {
    const held = await sessionOf(transaction, token, undefined, deviceId)
    if (!held) return undefined
    await transaction.deleteFrom('device_sessions').where('session_id', '=', held.session_id).execute()
    return held.account_id
  })
}

/** Whether there was such a session of that account. */
export async function endSession(store: Store, accountId: string, sessionId: string): Promise<boolean> {
  const { numDeletedRows } = await store
    .deleteFrom('device_sessions')
    .where('account_id', '=', accountId)
    .where('session_id', '=', sessionId)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

export async function endAllSessions(store: Store, accountId: string): Promise<void> {
  await store.deleteFrom('device_sessions').where('account_id', '=', accountId).execute()
  // Nor may a device come in by a yes that was given before.
  await store.deleteFrom('device_grants').where('account_id', '=', accountId).execute()
}

/** Most recently used first; those whose last token has run out are signed in no more. */
export async function signedInDevices({ store, now }: Parts, accountId: string, thisSessionId?: string): Promise<SignedInDevice[]> {
  const rows = await store
    .selectFrom('device_sessions')
    .selectAll()
    .where('account_id', '=', accountId)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('device_tokens')
          .select('token_hash')
          .whereRef('device_tokens.session_id', '=', 'device_sessions.session_id')
          .where('kind', '=', 'refresh')
          .where('expires_at_ms', '>', BigInt(now())),
      ),
    )
    .orderBy('last_used_at_ms', 'desc')
    .orderBy('signed_in_at_ms', 'desc')
    .execute()
  return rows.map((row) => ({
    ...{ sessionId: row.session_id, name: row.device_name, isThis: row.session_id === thisSessionId },
    signedInAt: instant(Number(row.signed_in_at_ms)),
    lastUsedAt: instant(Number(row.last_used_at_ms)),
  }))
}

/** The scopes in a text that this gateway has written. */
export function scopesIn(scope: string): Scope[] {
  const named = scope.split(' ')
  return scopes.filter((known) => named.includes(known))
}
