/** What holds at every moment, and what holds once faults have stopped and everything was given time. */
import { isDeepStrictEqual } from 'node:util'
import { net } from '../../src/domain/ledger.ts'
import { compare } from '../../src/domain/reconciliation.ts'
import { projectionOf, stateOf } from './sim-log.ts'
import { approvalsOf, type World } from './world.ts'

/** P1, P2: never more charges than approvals, and each charge exactly what was approved. */
export function checkCharges(world: World): void {
  const approvals = new Map(approvalsOf(world.disk).map((approval) => [approval.key as string, approval]))
  const charged = new Set<string>()
  for (const charge of world.gateway.shop.charges) {
    const approval = approvals.get(charge.idempotencyKey)
    if (!approval) world.violated(`P1 ${charge.idempotencyKey} was charged without an approval`)
    if (charged.has(charge.idempotencyKey)) world.violated(`P2 ${charge.idempotencyKey} was charged twice`)
    charged.add(charge.idempotencyKey)
    const { payee, item, price, sellerId } = approval.challenge
    const isAsApproved = charge.payee === payee && charge.item === item && charge.sellerId === sellerId
    const isSameMoney = charge.amount === price.amount && charge.currency === price.currency
    if (!isAsApproved || !isSameMoney) world.violated(`P1 ${charge.idempotencyKey} was charged otherwise than approved`)
  }
}

/** P2: whatever the ledger says was not charged was not, and is not charged later. */
export function checkRefusals(world: World): void {
  const charged = new Set(world.gateway.shop.charges.map(({ idempotencyKey }) => idempotencyKey))
  for (const event of world.disk.events) {
    if (event.type !== 'purchase.declined' && event.type !== 'purchase.voided') continue
    if (charged.has(event.payload.purchaseId)) world.violated(`P2 ${event.payload.purchaseId} was charged, and the ledger said that it was not`)
  }
}

/** P3: every event that the client was told is durable is where it was, as it was. */
export function checkAcknowledged(world: World): void {
  for (const event of world.acknowledged) {
    if (!isDeepStrictEqual(world.disk.events[event.seq - 1], event)) world.violated(`P3 acknowledged event ${event.seq} is lost or changed`)
  }
}

/** After the faults: the ledger, the gateway and the sums say the same. */
export function checkAgreement(world: World): void {
  const { records, postings } = projectionOf(world.disk.events)
  const open = [...records.values()].filter(({ settledAt }) => settledAt === null)
  if (open.length > 0) world.violated(`${open.length} purchases are stuck`)
  const { matched, differences } = compare([...records.values()], world.gateway.shop.mail.chargeList())
  if (differences.length > 0) world.violated(`ledger and gateway differ: ${JSON.stringify(differences)}`)
  if (matched !== world.gateway.shop.charges.length) world.violated('a charge is not in the ledger')
  const sums = new Map<string, bigint>()
  const add = (name: string, amount: bigint) => sums.set(name, (sums.get(name) ?? 0n) + amount)
  for (const { account, amount } of postings) if (account.startsWith('Expenses:')) add(`${account} ${amount.currency}`, amount.amount)
  for (const record of records.values()) add(`Expenses:${record.sellerId} ${record.price.currency}`, -net(record))
  if ([...sums.values()].some((sum) => sum !== 0n)) world.violated('the postings are not what the purchases come to')
  const balance = postings.reduce((sum, { amount }) => sum + amount.amount, 0n)
  if (balance !== 0n) world.violated('the postings do not sum to zero')
}

/** P3: a disk that is put back to how it was before is noticed by the anchor. */
export function checkRollback(world: World): void {
  const { events } = world.disk
  const keep = world.scheduler.random.below(Math.max(1, events.length - 1))
  const anchor = JSON.parse(world.keychain.secrets.get('log-anchor') ?? 'null') as { seq: number; mac: string } | null
  if (!anchor || keep >= anchor.seq) return
  if (stateOf(events.slice(0, keep), anchor).kind !== 'tampered') world.violated(`P3 a disk with ${keep} of ${events.length} events was taken for the newest`)
  world.coverage.count('older disk put back and noticed')
}
