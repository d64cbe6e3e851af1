/** Devices that ask to be signed in: the code that they show, the person's answer, and what they learn of it (RFC 8628). */
import { type Environment, instant } from '../environment.ts'
import { inTransaction, type Store } from '../store/open-store.ts'
import type { DeviceGrantsTable } from '../store/tables.ts'
import { hashOf, makeToken } from './secret-token.ts'
import { makeUserCode } from './user-code.ts'

const lifetimeMs = 10 * 60_000
export const firstIntervalSeconds = 5
/** RFC 8628 §3.5: so many seconds more after a poll that came too soon. */
const slowerBySeconds = 5

export type DeviceGrant = DeviceGrantsTable

export interface AskingDevice {
  readonly deviceId: string
  readonly deviceName: string
  readonly isKiosk: boolean
  readonly scope: string
  readonly ip: string
}

type Parts = Environment & { readonly store: Store }

/** What a device asks with, and what the person sees. In the place of whatever that device asked before. */
export async function beginGrant(parts: Parts, { deviceId, deviceName, isKiosk, scope, ip }: AskingDevice) {
  const { now, randomBytes } = parts
  const [deviceCode, userCode] = [makeToken(randomBytes), makeUserCode(randomBytes)]
  const grant: DeviceGrant = {
    ...{ device_code_hash: hashOf(deviceCode), user_code: userCode, device_id: deviceId, device_name: deviceName, scope, ip },
    ...{ is_kiosk: isKiosk ? 1n : 0n, asked_at: instant(now()), expires_at_ms: BigInt(now() + lifetimeMs) },
    ...{ interval_s: BigInt(firstIntervalSeconds), polled_at_ms: null, state: 'waiting', account_id: null },
  }
  await inTransaction(parts.store, async (store) => {
    await store.deleteFrom('device_grants').where('device_id', '=', deviceId).execute()
    await store.deleteFrom('device_grants').where('expires_at_ms', '<=', BigInt(now() - lifetimeMs)).execute()
    await store.insertInto('device_grants').values(grant).execute()
  })
  return { deviceCode, userCode, expiresInSeconds: lifetimeMs / 1000, intervalSeconds: firstIntervalSeconds }
}

/** The one with this code that can still be answered. */
export async function waitingGrant({ store, now }: Parts, userCode: string): Promise<DeviceGrant | undefined> {
  return store
    .selectFrom('device_grants')
    .selectAll()
    .where('user_code', '=', userCode)
    .where('state', '=', 'waiting')
    .where('expires_at_ms', '>', BigInt(now()))
    .executeTakeFirst()
}

/** Writes the person's answer; false where there is nothing to answer any more. There is one answer. */
export async function answerGrant({ store, now }: Parts, userCode: string, state: 'approved' | 'denied', accountId: string): Promise<boolean> {
  const { numUpdatedRows } = await store
    .updateTable('device_grants')
    .set({ state, account_id: accountId })
    .where('user_code', '=', userCode)
    .where('state', '=', 'waiting')
    .where('expires_at_ms', '>', BigInt(now()))
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export type Poll =
  | { readonly kind: 'authorization_pending' | 'slow_down' | 'expired_token' | 'access_denied' | 'invalid_grant' }
  /** Said once: the code is used up by it. */
  | { readonly kind: 'approved'; readonly grant: DeviceGrant & { readonly account_id: string } }

/** What the device that holds the code learns; call it inside the transaction that signs it in. */
export async function pollGrant({ store, now }: Parts, deviceCode: string, deviceId: string): Promise<Poll> {
  const hash = hashOf(deviceCode)
  const grant = await store.selectFrom('device_grants').selectAll().where('device_code_hash', '=', hash).executeTakeFirst()
  // The code alone is worth nothing: it is bound to the key that asked.
  if (!grant || grant.device_id !== deviceId) return { kind: 'invalid_grant' }
  if (now() >= Number(grant.expires_at_ms)) return { kind: 'expired_token' }
  if (grant.account_id !== null) {
    await store.deleteFrom('device_grants').where('device_code_hash', '=', hash).execute()
    return grant.state === 'approved' ? { kind: 'approved', grant: { ...grant, account_id: grant.account_id } } : { kind: 'access_denied' }
  }
  const tooSoon = grant.polled_at_ms !== null && now() < Number(grant.polled_at_ms + grant.interval_s * 1000n)
  await store
    .updateTable('device_grants')
    .set({ polled_at_ms: BigInt(now()), interval_s: grant.interval_s + (tooSoon ? BigInt(slowerBySeconds) : 0n) })
    .where('device_code_hash', '=', hash)
    .execute()
  return { kind: tooSoon ? 'slow_down' : 'authorization_pending' }
}
