/** What the gateway tells of its own accord: written with what it tells, delivered until the device says it has it. */
import { sign } from 'node:crypto'
import type * as v from 'valibot'
import type { MessageBody, MessagesResponseSchema, SignedMessageSchema } from '../../contract/http/messages.ts'
import { type Environment, instant } from '../environment.ts'
import type { SigningKey } from '../keys/signing-key.ts'
import type { Store } from '../store/open-store.ts'
import { makeId } from './numbers.ts'

export type SignedMessage = v.InferOutput<typeof SignedMessageSchema>

const pageLength = 100

/** Writes the message; call it inside the transaction that does what it tells. Gives its id. */
export async function writeMessage(
  { store, now, randomBytes }: Environment & { readonly store: Store },
  deviceId: string,
  body: MessageBody,
): Promise<string> {
  const id = makeId('msg', randomBytes)
  const sentAt = BigInt(Math.floor(now() / 1000))
  await store
    .insertInto('messages')
    .values({ id, device_id: deviceId, sent_at_s: sentAt, body: JSON.stringify(body), acknowledged_at: null })
    .execute()
  return id
}

export interface Messages {
  /** The oldest that the device has not acknowledged; `all` gives also those that it has, as a faulty gateway would. */
  readonly list: (deviceId: string, all?: boolean) => Promise<v.InferOutput<typeof MessagesResponseSchema>>
  /** Ids that are not the device's own, or not new, change nothing. */
  readonly acknowledge: (deviceId: string, ids: readonly string[]) => Promise<void>
}

export function createMessages({ store, signingKey, now }: Pick<Environment, 'now'> & { readonly store: Store; readonly signingKey: SigningKey }): Messages {
  return {
    async list(deviceId, all = false) {
      const waiting = store.selectFrom('messages').selectAll().where('device_id', '=', deviceId)
      const wanted = all ? waiting : waiting.where('acknowledged_at', 'is', null)
      const rows = await wanted.orderBy('seq').limit(pageLength + 1).execute()
      const messages = rows.slice(0, pageLength).map(({ id, sent_at_s, body }) => signed(signingKey, id, Number(sent_at_s), body))
      return { messages, hasMore: rows.length > pageLength }
    },
    async acknowledge(deviceId, ids) {
      await store
        .updateTable('messages')
        .set({ acknowledged_at: instant(now()) })
        .where('device_id', '=', deviceId)
        .where('id', 'in', [...ids])
        .where('acknowledged_at', 'is', null)
        .execute()
    },
  }
}

/** Standard Webhooks, asymmetric: Ed25519 (RFC 8032) over `id.timestamp.body`. */
function signed({ privateKey }: SigningKey, id: string, timestamp: number, body: string): SignedMessage {
  const signature = sign(null, Buffer.from(`${id}.${timestamp}.${body}`), privateKey)
  return { id, timestamp, body, signature: `v1a,${signature.toString('base64')}` }
}
