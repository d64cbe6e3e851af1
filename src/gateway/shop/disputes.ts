/** What people say is wrong with a charge: taken in once, decided once. Nothing is held back or closed to anybody by it. */
import type { DisputeOutcome } from '../../contract/dispute.ts'
import { type DisputeClaims, jwsTypes } from '../../contract/http/claims.ts'
import type { DisputeRequest } from '../../contract/http/messages.ts'
import { type Environment, instant } from '../environment.ts'
import { signJws } from '../jws.ts'
import type { SigningKey } from '../keys/signing-key.ts'
import { problem } from '../problems.ts'
import { inTransaction, type Store } from '../store/open-store.ts'
import type { DisputesTable } from '../store/tables.ts'
import { writeMessage } from './messages.ts'
import { refundRest } from './money-back.ts'

export interface Disputes {
  /**
   * Gives the signed acknowledgement; the same id again gives the same one, whatever else is said with it. Throws `purchaseNotFound` for a
   * charge that the device did not make, `disputeOpen` while another one about it waits, `disputeClosed` where this one was decided.
   */
  readonly open: (deviceId: string, said: DisputeRequest) => Promise<string>
  /** Decides the one that is open, gives back what is left where that is the outcome, and tells the device. Throws `disputeUnknown`. */
  readonly decide: (idempotencyKey: string, outcome: DisputeOutcome) => Promise<string>
}

type Parts = Environment & { readonly store: Store; readonly signingKey: SigningKey }

export function createDisputes(parts: Parts): Disputes {
  return {
    open: (deviceId, said) => inTransaction(parts.store, (store) => open({ ...parts, store }, deviceId, said)),
    decide: (idempotencyKey, outcome) => inTransaction(parts.store, (store) => decide({ ...parts, store }, idempotencyKey, outcome)),
  }
}

async function open(parts: Parts, deviceId: string, { disputeId, idempotencyKey, reason, note }: DisputeRequest): Promise<string> {
  const { store } = parts
  await assertCharged(store, deviceId, idempotencyKey)
  const all = await store.selectFrom('disputes').selectAll().where('device_id', '=', deviceId).where('idempotency_key', '=', idempotencyKey).execute()
  const same = all.find(({ dispute_id }) => dispute_id === disputeId)
  if (same?.outcome) throw problem('disputeClosed')
  if (same) return acknowledge(parts, same)
  if (all.some(({ outcome }) => outcome === null)) throw problem('disputeOpen')
  const about = { device_id: deviceId, idempotency_key: idempotencyKey, dispute_id: disputeId }
  const row = { ...about, reason, note: note ?? null, opened_at: instant(parts.now()), outcome: null, closed_at: null }
  await store.insertInto('disputes').values(row).execute()
  return acknowledge(parts, row)
}

async function assertCharged(store: Store, deviceId: string, key: string): Promise<void> {
  const charge = await store.selectFrom('charges').select('seq').where('device_id', '=', deviceId).where('idempotency_key', '=', key).executeTakeFirst()
  if (!charge) throw problem('purchaseNotFound')
}

function acknowledge({ signingKey }: Parts, row: DisputesTable): Promise<string> {
  const claims: DisputeClaims = {
    deviceId: row.device_id,
    disputeId: row.dispute_id,
    idempotencyKey: row.idempotency_key,
    reason: row.reason,
    ...(row.note !== null && { note: row.note }),
    openedAt: row.opened_at,
  }
  return signJws(signingKey, jwsTypes.dispute, claims)
}

async function decide(parts: Parts, key: string, outcome: DisputeOutcome): Promise<string> {
  const { store } = parts
  const dispute = await store.selectFrom('disputes').selectAll().where('idempotency_key', '=', key).where('outcome', 'is', null).executeTakeFirst()
  if (!dispute) throw problem('disputeUnknown')
  const { device_id, dispute_id } = dispute
  const closedAt = instant(parts.now())
  if (outcome === 'refunded') await refundRest(parts, key)
  await store
    .updateTable('disputes')
    .set({ outcome, closed_at: closedAt })
    .where('device_id', '=', device_id)
    .where('idempotency_key', '=', key)
    .where('dispute_id', '=', dispute_id)
    .execute()
  return writeMessage(parts, device_id, { type: 'dispute.closed', idempotencyKey: key, disputeId: dispute_id, outcome, closedAt })
}
