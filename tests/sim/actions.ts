/** What a person, a gateway's operator and a computer do, at any moment. */
import type { Change } from '../../src/domain/controls.ts'
import { inBerlin } from '../support/control-events.ts'
import { bundleOffer, itemOffer, passOffer } from '../support/fake-offers.ts'
import { answerRequest, askGuardian, beginHousehold, changeMember, guardianFor, guardianSitsDown, sitDown } from './household-actions.ts'
import type { Client, World } from './world.ts'

/** Sets something off without waiting for it: what comes of it is up to the scheduler. */
function setOff(client: Client, work: Promise<unknown>): void {
  client.busy += 1
  const ended = () => void (client.busy -= 1)
  work.then(ended, ended)
}

function request(world: World): void {
  const client = world.client()
  if (!client) return
  if (client.profile.open === null) sitDown(world)
  const { id } = world.scheduler.random.pick([itemOffer, bundleOffer, passOffer])
  const counted = client.use.requestPurchase({ offerId: id }).then((outcome) => {
    if (outcome.kind !== 'blocked') return
    world.coverage.count(outcome.block.kind === 'excluded' ? 'purchase blocked by an exclusion' : 'purchase blocked by a limit')
  })
  setOff(client, counted)
}

function answer(world: World): void {
  const client = world.client()
  const asked = client?.use.pending.current()
  if (!client || !asked) return
  const { challengeId } = asked.content
  if (world.scheduler.random.below(6) === 0) {
    world.coverage.count('purchase cancelled')
    return setOff(client, client.use.cancelChallenge({ challengeId }))
  }
  world.clock.advance(500)
  world.coverage.count('purchase approved')
  const knows = asked.content.isNearLimit ? ({ knowsLimit: true } as const) : {}
  const guardian = asked.request && guardianFor(world, asked.request.guardians)
  setOff(client, client.use.approveChallenge({ challengeId, digest: asked.digest, ...knows, ...(guardian && { guardian }) }))
}

export function tend(world: World): void {
  const client = world.client()
  if (client) setOff(client, client.care.tend())
}

function moneyBack(world: World): void {
  const { shop } = world.gateway
  const { random } = world.scheduler
  if (shop.charges.length === 0) return
  const key = random.pick(shop.charges).idempotencyKey
  const deeds = [
    () => shop.mail.refund(key, BigInt(1 + random.below(40))),
    () => shop.mail.refund(key),
    () => shop.mail.chargeBack(key),
    () => shop.mail.reverseChargeback(key),
  ]
  try {
    random.pick(deeds)()
  } catch (error) {
    // An operator may ask for what is not possible; nothing happens then.
    if (!(error instanceof RangeError)) throw error
  }
}

const minuteMs = 60_000
const hourMs = 60 * minuteMs

function passTime(world: World): void {
  world.clock.advance(world.scheduler.random.pick([1_000, minuteMs, 3 * minuteMs, 11 * minuteMs, 25 * hourMs]))
  world.clock.wake()
}

function jump(world: World): void {
  const ms = world.scheduler.random.pick([-400, -3, 2, 400]) * 24 * 60 * minuteMs
  world.coverage.count(ms < 0 ? 'clock jumped back' : 'clock jumped forward')
  world.clock.set(world.clock.now() + ms)
}

function lockKeychain(world: World): void {
  world.coverage.count('keychain locked for a while')
  world.keychain.lock('locked')
  world.scheduler.later('keychain is unlocked', null, () => world.keychain.lock(null))
}

function restartGateway(world: World): void {
  world.coverage.count('gateway restarted')
  world.gateway.restart()
}

/** Once there are members: of the household or of one of them. A guardian decides, or whoever's limit it is. */
function whose({ scheduler }: World, client: Client): { readonly memberId?: string } {
  const members = client.log.controls().members ?? []
  if (members.length === 0) return {}
  const memberId = scheduler.random.pick([null, ...members.map((one) => one.memberId)])
  guardianSitsDown(client)
  if (memberId === 'adult') client.profile.open = memberId
  return memberId === null ? {} : { memberId }
}

/** Tighter or looser than before, at every seller or at one. */
function changeLimit(world: World): void {
  const client = world.client()
  if (!client) return
  const { random } = world.scheduler
  const key = { period: random.pick(['purchase', 'day', 'week'] as const), sellerId: random.pick([null, 'nebelfuchs']), ...whose(world, client) }
  const change: Change = { kind: 'limit', ...key, amount: random.pick(['300', '1500', '2600', '4000', null]) }
  world.clock.advance(client.controls.previewChange({ change }).pauseMs)
  setOff(client, client.controls.changeControl({ change, household: inBerlin }))
}

/** The second yes to something that waits, or that it is not wanted any more. */
function answerLoosening(world: World): void {
  const client = world.client()
  const pending = client?.log.controls().pending ?? []
  if (!client || pending.length === 0) return
  const { changeId } = world.scheduler.random.pick(pending)
  const isYes = world.scheduler.random.below(5) > 0
  setOff(client, isYes ? client.controls.confirmLoosening({ changeId }) : client.controls.withdrawLoosening({ changeId }))
}

/** A day later the person says yes to everything that waits for it. */
export function sayYesToWhatWaits(world: World): void {
  const client = world.client()
  if (!client) return
  guardianSitsDown(client)
  const { pending, exclusion, exclusions = [] } = client.log.controls()
  for (const { changeId } of pending) setOff(client, client.controls.confirmLoosening({ changeId }))
  if (exclusion?.returnAskedAt === null) setOff(client, client.controls.askReturn())
  for (const { memberId, returnAskedAt } of exclusions) if (returnAskedAt === null) setOff(client, client.controls.askReturn({ memberId }))
}

function exclude(world: World): void {
  const client = world.client()
  if (!client) return
  const { exclusion, exclusions = [] } = client.log.controls()
  if (exclusion || exclusions.length > 0) return setOff(client, client.controls.askReturn())
  if (world.scheduler.random.below(4) === 0) setOff(client, client.controls.beginExclusion({ length: '24hours' }))
}

/** With the weight of each: what happens often comes up often. */
const deeds: readonly (readonly [weight: number, deed: (world: World) => void])[] = [
  [10, request],
  [14, answer],
  [6, tend],
  [4, moneyBack],
  [3, passTime],
  [3, (world) => world.crash()],
  [4, changeLimit],
  [2, answerLoosening],
  [1, exclude],
  [1, (world) => beginHousehold(world, setOff)],
  [3, sitDown],
  [5, (world) => askGuardian(world, setOff)],
  [10, (world) => answerRequest(world, setOff)],
  [1, (world) => changeMember(world, setOff)],
  [1, jump],
  [1, lockKeychain],
  [1, restartGateway],
]
const totalWeight = deeds.reduce((sum, [weight]) => sum + weight, 0)

export function doSomething(world: World): void {
  let at = world.scheduler.random.below(totalWeight)
  const [, deed] = deeds.find(([weight]) => (at -= weight) < 0) ?? []
  deed?.(world)
}
