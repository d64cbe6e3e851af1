/** One seed: faults for a while, then none, and what must have come of it. */
import { doSomething, sayYesToWhatWaits, tend } from './actions.ts'
import type { Coverage } from './coverage.ts'
import { checkAcknowledged, checkAgreement, checkCharges, checkRefusals, checkRollback } from './laws.ts'
import { checkControls, checkLimits } from './limit-laws.ts'
import { createWorld, type Sabotage, Violation, type World } from './world.ts'

export interface Run {
  readonly violation: string | null
  readonly coverage: Coverage['counts']
  readonly purchases: number
  readonly charges: number
  readonly trace: readonly string[]
}

const stepsWithFaults = 90
/** How many rounds of looking after the ledger are enough once nothing fails any more. */
const roundsToSettle = 8
const roundOfSecondYes = 3
const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs

export async function simulate(seed: number, options: { readonly isTraced?: boolean; readonly sabotage?: Sabotage } = {}): Promise<Run> {
  const world = createWorld(seed, options)
  let violation: string | null = null
  try {
    await withFaults(world)
    await calmDown(world)
    checkAgreement(world)
    checkControls(world)
    checkRollback(world)
  } catch (error) {
    if (!(error instanceof Violation)) throw error
    violation = error.message
  }
  countOutcomes(world)
  const purchases = world.disk.events.filter(({ type }) => type === 'purchase.approved').length
  return { violation, coverage: world.coverage.counts, purchases, charges: world.gateway.shop.charges.length, trace: world.scheduler.trace }
}

async function withFaults(world: World): Promise<void> {
  const { random } = world.scheduler
  const seen = { events: 0, charges: 0 }
  for (let step = 0; step < stepsWithFaults; step += 1) {
    if (!world.client() && random.below(3) === 0) startSoon(world)
    if (random.below(3) === 0) doSomething(world)
    await world.scheduler.step()
    world.assertSound()
    if (isNews(world, seen)) checkMoney(world)
    if (step % 10 === 0) checkAcknowledged(world)
  }
}

function checkMoney(world: World): void {
  checkCharges(world)
  checkRefusals(world)
  checkLimits(world)
}

/** Whether anything was written or charged since the last look. */
function isNews({ disk, gateway }: World, seen: { events: number; charges: number }): boolean {
  const [events, charges] = [disk.events.length, gateway.shop.charges.length]
  const isNew = events !== seen.events || charges !== seen.charges
  Object.assign(seen, { events, charges })
  return isNew
}

let starting = new WeakSet<World>()

function startSoon(world: World): void {
  if (starting.has(world)) return
  starting.add(world)
  void world.start().finally(() => starting.delete(world))
}

/** Nothing fails from here on; everything that is on its way arrives, and the app is given time. */
async function calmDown(world: World): Promise<void> {
  world.scheduler.stopFaults()
  world.keychain.lock(null)
  world.crash()
  starting = new WeakSet()
  startSoon(world)
  await drain(world)
  for (let round = 0; round < roundsToSettle; round += 1) {
    world.clock.advance(round === roundOfSecondYes ? dayMs : 11 * minuteMs)
    world.clock.wake()
    if (round === roundOfSecondYes) sayYesToWhatWaits(world)
    tend(world)
    await drain(world)
  }
  world.assertSound()
  checkMoney(world)
  checkAcknowledged(world)
  if ((world.client()?.busy ?? 1) > 0) world.violated('something never ended')
}

async function drain(world: World): Promise<void> {
  for (let step = 0; step < 10_000; step += 1) if (!(await world.scheduler.step())) return
  world.violated('it never comes to rest')
}

function countOutcomes({ disk, coverage, gateway }: World): void {
  for (const [index, event] of disk.events.entries()) {
    if (event.type === 'controls.tightened') coverage.count('limit tightened')
    if (event.type === 'controls.looseningAsked') coverage.count('limit asked to be looser')
    if (event.type === 'controls.looseningConfirmed') coverage.count('limit loosened')
    if (event.type === 'exclusion.begun') coverage.count('exclusion begun')
    if (event.type === 'exclusion.begun' && event.payload.memberId !== undefined) coverage.count('member excluded')
    if (event.type === 'household.begun') coverage.count('household begun')
    if (event.type === 'controls.tightened' && event.payload.change.kind === 'member') coverage.count('member came or went')
    if (event.type === 'request.ended' && event.payload.end === 'lapsed') coverage.count('request lapsed')
    if (event.type === 'purchase.approved' && event.payload.challenge.memberId !== undefined) coverage.count('bought by a member')
    if (event.type === 'purchase.approved' && event.payload.approvedBy !== undefined) coverage.count('guardian said yes')
    if (event.type === 'exclusion.returnAsked') coverage.count('exclusion returned from')
    if (event.type === 'purchase.voided') coverage.count('voided')
    if (event.type === 'purchase.refunded') coverage.count('refund')
    if (event.type === 'purchase.chargedBack') coverage.count('chargeback')
    if (event.type === 'purchase.chargebackReversed') coverage.count('chargeback reversed')
    if (event.type !== 'purchase.succeeded') continue
    const { purchaseId } = event.payload
    const wasLost = disk.events.slice(0, index).some((one) => one.type === 'purchase.unknown' && one.payload.purchaseId === purchaseId)
    if (wasLost) coverage.count(gateway.askedFor.has(purchaseId) ? 'success learnt by asking for the key' : 'success learnt from a message')
  }
}
