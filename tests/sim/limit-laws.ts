/** What holds of limits and exclusion, looked up in every purchase anew and not in the sums that the client keeps. */
import { spanOf } from '../../src/domain/calendar.ts'
import { canonicalJson } from '../../src/domain/canonical.ts'
import { type Controls, type Limit, nextControls, noControls } from '../../src/domain/controls.ts'
import { exclusionState } from '../../src/domain/exclusion.ts'
import { isSpending, nextRecord, type PurchaseRecord, purchaseOf } from '../../src/domain/ledger.ts'
import type { World } from './world.ts'

/** What the events of a world come to, as far as they were looked at. */
interface Seen {
  upTo: number
  controls: Controls
  readonly records: Map<string, PurchaseRecord>
}

const seenOf = new WeakMap<World, Seen>()

/** P4, P5: at each approval, what was charged or reserved in the span of a limit is within its cap, and nobody is excluded. */
export function checkLimits(world: World): void {
  const seen = seenOf.get(world) ?? { upTo: 0, controls: noControls, records: new Map() }
  seenOf.set(world, seen)
  for (const event of world.disk.events.slice(seen.upTo)) {
    const id = purchaseOf(event)
    const record = nextRecord((id !== null && seen.records.get(id)) || null, event)
    if (record) seen.records.set(record.purchaseId, record)
    if (event.type === 'purchase.approved' && record) checkApproval(world, seen.controls, record, [...seen.records.values()])
    seen.controls = nextControls(seen.controls, event)
    seen.upTo = event.seq
  }
}

function checkApproval(world: World, { household, limits, exclusion }: Controls, made: PurchaseRecord, all: readonly PurchaseRecord[]): void {
  const atMs = Date.parse(made.countedAt)
  if (exclusionState(exclusion, atMs).kind !== 'none') world.violated(`P5 ${made.purchaseId} was approved during an exclusion`)
  if (!household) return
  // What was bought in other currencies before there was a household counts in none of its limits.
  const counting = all.filter(({ counted }) => counted.currency === household.currency)
  for (const limit of limits) {
    if (limit.sellerId !== null && limit.sellerId !== made.sellerId) continue
    const used = limit.period === 'purchase' ? made.counted.amount : usedWith(counting, limit, atMs, household.zone)
    if (used > BigInt(limit.amount)) world.violated(`P4 ${made.purchaseId} makes ${used} of a limit of ${limit.amount} for each ${limit.period}`)
  }
}

function usedWith(all: readonly PurchaseRecord[], limit: Limit, atMs: number, zone: string): bigint {
  const { startMs, endMs } = spanOf(limit.period === 'purchase' ? 'day' : limit.period, atMs, zone)
  return all
    .filter((one) => isSpending(one) && (limit.sellerId === null || one.sellerId === limit.sellerId))
    .filter(({ countedAt }) => Date.parse(countedAt) >= startMs && Date.parse(countedAt) < endMs)
    .reduce((sum, { counted }) => sum + counted.amount, 0n)
}

/** After the faults: client and gateway keep the same, but for a second yes that has to be said once more. */
export function checkControls(world: World): void {
  const own = world.disk.events.reduce(nextControls, noControls)
  const { controls } = world.gateway.shop.controls.state().claims
  if (own.exclusion?.until !== controls.exclusion?.until) world.violated('P5 client and gateway know of different exclusions')
  if (own.pending.length > 0) return
  if (canonicalJson(own.limits) !== canonicalJson(controls.limits)) world.violated('P4 client and gateway keep different limits')
}
