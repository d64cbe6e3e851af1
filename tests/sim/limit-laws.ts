/** What holds of limits and exclusion, looked up in every purchase anew and not in the sums that the client keeps. */
import { spanOf } from '../../src/domain/calendar.ts'
import { canonicalJson } from '../../src/domain/canonical.ts'
import { exclusionOf } from '../../src/domain/control-parts.ts'
import { type Controls, type Limit, nextControls, noControls, type SharedControls } from '../../src/domain/controls.ts'
import type { EventPayloads, RequestedPurchase } from '../../src/domain/events.ts'
import { exclusionState } from '../../src/domain/exclusion.ts'
import { isSpending, nextRecord, type PurchaseRecord, purchaseOf } from '../../src/domain/ledger.ts'
import type { World } from './world.ts'

/** What the events of a world come to, as far as they were looked at. */
interface Seen {
  upTo: number
  controls: Controls
  readonly records: Map<string, PurchaseRecord>
  /** What waits for a guardian's yes. */
  readonly wanted: Map<string, RequestedPurchase>
}

const seenOf = new WeakMap<World, Seen>()

/** P4, P5: at each approval, what was charged or reserved in the span of a limit is within its cap, and nobody is excluded. */
export function checkLimits(world: World): void {
  const seen = seenOf.get(world) ?? { upTo: 0, controls: noControls, records: new Map(), wanted: new Map() }
  seenOf.set(world, seen)
  for (const event of world.disk.events.slice(seen.upTo)) {
    const id = purchaseOf(event)
    const record = nextRecord((id !== null && seen.records.get(id)) || null, event)
    if (record) seen.records.set(record.purchaseId, record)
    if (event.type === 'request.made') seen.wanted.set(event.payload.requestId, event.payload)
    if (event.type === 'request.ended') seen.wanted.delete(event.payload.requestId)
    if (event.type === 'purchase.approved' && record) {
      checkAgreement(world, seen, event.payload)
      checkApproval(world, seen.controls, record, [...seen.records.values()], event.payload.approvedBy)
    }
    seen.controls = nextControls(seen.controls, event)
    seen.upTo = event.seq
  }
}

/** P8: what a minor asked for, once, within a day, and by a guardian who is somebody else. */
function checkAgreement(world: World, { wanted, controls }: Seen, { challenge, approvedBy, purchaseId }: EventPayloads['purchase.approved']): void {
  const { requestId, memberId } = challenge
  const role = (id: string | undefined) => controls.members?.find((one) => one.memberId === id)?.role ?? 'removed'
  if (controls.members && role(memberId) === 'removed') world.violated(`P8 ${purchaseId} was bought by nobody of the household`)
  if (approvedBy === undefined && requestId === undefined) return
  const request = wanted.get(requestId ?? '')
  if (!request || request.memberId !== memberId) return world.violated(`P8 ${purchaseId} is nothing that waits for a yes`)
  wanted.delete(request.requestId)
  const isSame = request.offerId === challenge.offerId && request.price.amount === challenge.price.amount && request.price.currency === challenge.price.currency
  if (!isSame) world.violated(`P8 ${purchaseId} is something else than was asked for`)
  if (role(approvedBy) !== 'guardian' || approvedBy === memberId) world.violated(`P8 ${purchaseId} was agreed to by ${approvedBy}`)
}

function checkApproval(world: World, controls: Controls, made: PurchaseRecord, all: readonly PurchaseRecord[], approvedBy: string | undefined): void {
  const { household, limits, exclusion } = controls
  const atMs = Date.parse(made.countedAt)
  const isExcluded = [exclusion, exclusionOf(controls, made.memberId)].some((one) => exclusionState(one, atMs).kind !== 'none')
  if (isExcluded) world.violated(`P5 ${made.purchaseId} was approved during an exclusion`)
  if (!household) return
  // What was bought in other currencies before there was a household counts in none of its limits.
  const counting = all.filter(({ counted }) => counted.currency === household.currency)
  for (const limit of limits) {
    if (limit.sellerId !== null && limit.sellerId !== made.sellerId) continue
    if (limit.memberId !== undefined && limit.memberId !== made.memberId) continue
    const used = limit.period === 'purchase' ? made.counted.amount : usedWith(counting, limit, atMs, household.zone)
    const isOver = used > BigInt(limit.amount)
    const isException = limit.memberId !== undefined && approvedBy !== undefined
    if (isOver && isException) world.coverage.count('exception from a limit of a member')
    if (isOver && !isException) world.violated(`P4 ${made.purchaseId} makes ${used} of a limit of ${limit.amount} for each ${limit.period}`)
  }
}

function usedWith(all: readonly PurchaseRecord[], limit: Limit, atMs: number, zone: string): bigint {
  const { startMs, endMs } = spanOf(limit.period === 'purchase' ? 'day' : limit.period, atMs, zone)
  return all
    .filter((one) => limit.memberId === undefined || one.memberId === limit.memberId)
    .filter((one) => isSpending(one) && (limit.sellerId === null || one.sellerId === limit.sellerId))
    .filter(({ countedAt }) => Date.parse(countedAt) >= startMs && Date.parse(countedAt) < endMs)
    .reduce((sum, { counted }) => sum + counted.amount, 0n)
}

/** After the faults: client and gateway keep the same, but for a second yes that has to be said once more. */
export function checkControls(world: World): void {
  const own = world.disk.events.reduce(nextControls, noControls)
  const { controls } = world.gateway.shop.controls.state().claims
  const endsOf = ({ exclusion, exclusions = [] }: SharedControls) => [exclusion?.until, ...exclusions.map(({ memberId, until }) => `${memberId} ${until}`)].join()
  if (endsOf(own) !== endsOf(controls)) world.violated('P5 client and gateway know of different exclusions')
  if (own.pending.length > 0) return
  if (canonicalJson(own.limits) !== canonicalJson(controls.limits)) world.violated('P4 client and gateway keep different limits')
  const rolesOf = ({ members = [] }: SharedControls) => members.map(({ memberId, role }) => `${memberId} ${role}`).sort().join()
  if (rolesOf(own) !== rolesOf(controls)) world.violated('P5 client and gateway know of different members')
}
