/** What can be done to a charge afterwards: each is one row, one message and one transaction, and never takes too much. */
import type { MessageBody } from '../../contract/http/messages.ts'
import { type Environment, instant } from '../environment.ts'
import { problem } from '../problems.ts'
import { inTransaction, type Store } from '../store/open-store.ts'
import type { ChargesTable, MoneyBackTable } from '../store/tables.ts'
import { writeMessage } from './messages.ts'
import { makeId } from './numbers.ts'

type Charge = Pick<ChargesTable, 'device_id' | 'idempotency_key' | 'amount_minor_units' | 'currency'>

/** A charge with all that came back of it so far; amounts in minor units. */
interface Standing {
  readonly charge: Charge
  readonly sequence: bigint
  readonly refunded: bigint
  /** The chargeback that stands, if any. */
  readonly chargeback: Pick<MoneyBackTable, 'id' | 'amount_minor_units'> | null
}

export interface MoneyBack {
  /** Gives back `amount` in minor units, or all that is left. Throws `purchaseNotFound` and `refundTooLarge`. */
  readonly refund: (idempotencyKey: string, amount?: bigint) => Promise<string>
  /** Takes back all that is left. Throws `purchaseNotFound`, `refundTooLarge` and `chargebackStands`. */
  readonly chargeBack: (idempotencyKey: string) => Promise<string>
  /** Throws `purchaseNotFound`, and `chargebackStands` where there is none to undo. */
  readonly reverseChargeback: (idempotencyKey: string) => Promise<string>
}

type Parts = Environment & { readonly store: Store }

export function createMoneyBack(parts: Parts): MoneyBack {
  const change = (key: string, decide: (standing: Standing) => Change) =>
    inTransaction(parts.store, (store) => record({ ...parts, store }, key, decide))
  return {
    refund: (key, amount) =>
      change(key, (standing) => ({ kind: 'refund', amount: affordable(standing, amount ?? leftOf(standing)) })),
    chargeBack: (key) =>
      change(key, (standing) => {
        if (standing.chargeback) throw problem('chargebackStands')
        return { kind: 'chargeback', amount: affordable(standing, leftOf(standing)) }
      }),
    reverseChargeback: (key) =>
      change(key, ({ chargeback }) => {
        if (!chargeback) throw problem('chargebackStands')
        return { kind: 'reversal', amount: chargeback.amount_minor_units, id: chargeback.id }
      }),
  }
}

/** Gives back all that is left of a charge, if anything is; inside the transaction that decides so. */
export async function refundRest(parts: Parts, idempotencyKey: string): Promise<void> {
  const left = leftOf(await standingOf(parts.store, idempotencyKey))
  if (left > 0n) await record(parts, idempotencyKey, () => ({ kind: 'refund', amount: left }))
}

interface Change {
  readonly kind: MoneyBackTable['kind']
  readonly amount: bigint
  /** That of the chargeback which is undone; anything else gets a new one. */
  readonly id?: string
}

function leftOf({ charge, refunded, chargeback }: Standing): bigint {
  return charge.amount_minor_units - refunded - (chargeback?.amount_minor_units ?? 0n)
}

function affordable(standing: Standing, amount: bigint): bigint {
  if (amount <= 0n || amount > leftOf(standing)) throw problem('refundTooLarge')
  return amount
}

async function record(parts: Parts, key: string, decide: (standing: Standing) => Change): Promise<string> {
  const standing = await standingOf(parts.store, key)
  const { kind, amount, id = makeId(kind, parts.randomBytes) } = decide(standing)
  const { device_id, idempotency_key } = standing.charge
  const sequence = standing.sequence + 1n
  const at = instant(parts.now())
  const row = { device_id, idempotency_key, sequence, kind, id, amount_minor_units: amount, at }
  await parts.store.insertInto('money_back').values(row).execute()
  return writeMessage(parts, device_id, bodyOf(row, standing.charge.currency))
}

function bodyOf({ kind, id, idempotency_key, sequence, amount_minor_units, at }: MoneyBackTable, currency: string): MessageBody {
  const about = { idempotencyKey: idempotency_key, sequence: Number(sequence) }
  const amount = { amount: amount_minor_units.toString(), currency }
  switch (kind) {
    case 'refund':
      return { type: 'purchase.refunded', ...about, refundId: id, amount, refundedAt: at }
    case 'chargeback':
      return { type: 'purchase.chargedBack', ...about, chargebackId: id, amount, chargedBackAt: at }
    case 'reversal':
      return { type: 'purchase.chargebackReversed', ...about, chargebackId: id, reversedAt: at }
  }
}

async function standingOf(store: Store, key: string): Promise<Standing> {
  const charge = await store.selectFrom('charges').selectAll().where('idempotency_key', '=', key).executeTakeFirst()
  if (!charge) throw problem('purchaseNotFound')
  const rows = await store
    .selectFrom('money_back')
    .selectAll()
    .where('device_id', '=', charge.device_id)
    .where('idempotency_key', '=', key)
    .orderBy('sequence')
    .execute()
  return { charge, ...summary(rows) }
}

/** What a charge's later rows, in order, come to. */
export function summary(rows: readonly MoneyBackTable[]): Omit<Standing, 'charge'> {
  const refunded = rows.reduce((sum, { kind, amount_minor_units: amount }) => (kind === 'refund' ? sum + amount : sum), 0n)
  const dispute = rows.findLast(({ kind }) => kind !== 'refund')
  return { sequence: rows.at(-1)?.sequence ?? 1n, refunded, chargeback: dispute?.kind === 'chargeback' ? dispute : null }
}
