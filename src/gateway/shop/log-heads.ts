/** Countersigns where the head of a device's log is, and remembers it: a log that falls behind was put back. */
import type * as v from 'valibot'
import { jwsTypes, type LogHeadClaims } from '../../contract/http/claims.ts'
import type { LogHeadRequestSchema } from '../../contract/http/messages.ts'
import { type Environment, instant } from '../environment.ts'
import { signJws } from '../jws.ts'
import type { SigningKey } from '../keys/signing-key.ts'
import { problem } from '../problems.ts'
import { inTransaction, type Store } from '../store/open-store.ts'

type Parts = Pick<Environment, 'now'> & { readonly store: Store; readonly signingKey: SigningKey }
type Head = v.InferOutput<typeof LogHeadRequestSchema>

/** Makes the function that signs a head. It throws `logRolledBack` for one that is behind the newest, or is another one. */
export function createLogHeads(parts: Parts) {
  return (deviceId: string, head: Head): Promise<string> =>
    inTransaction(parts.store, (store) => countersign({ ...parts, store }, deviceId, head))
}

async function countersign({ store, signingKey, now }: Parts, deviceId: string, head: Head): Promise<string> {
  const { logId, seq, mac, afterRestore } = head
  const newest = await newestHead(store, deviceId, logId)
  const isBehind = newest !== null && (seq < newest.seq || (seq === newest.seq && mac !== newest.mac))
  if (isBehind && !afterRestore) throw problem('logRolledBack')
  const at = instant(now())
  // The same head again is signed again, and is no news.
  if (newest?.seq !== seq || newest.mac !== mac) {
    const row = { device_id: deviceId, log_id: logId, head_seq: BigInt(seq), mac, signed_at: at }
    await store.insertInto('log_heads').values({ ...row, after_restore: afterRestore ? 1n : 0n }).execute()
  }
  const claims: LogHeadClaims = { deviceId, logId, seq, mac, at, previous: newest }
  return signJws(signingKey, jwsTypes.logHead, claims)
}

async function newestHead(store: Store, deviceId: string, logId: string): Promise<LogHeadClaims['previous']> {
  const row = await store
    .selectFrom('log_heads')
    .select(['head_seq', 'mac'])
    .where('device_id', '=', deviceId)
    .where('log_id', '=', logId)
    .orderBy('seq', 'desc')
    .executeTakeFirst()
  return row ? { seq: Number(row.head_seq), mac: row.mac } : null
}
