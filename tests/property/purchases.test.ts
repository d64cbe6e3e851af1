import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AuthorisationClaims } from '../../src/contract/http/claims.ts'
import type { PurchaseId } from '../../src/domain/brands.ts'
import type { EventPayloads } from '../../src/domain/events.ts'
import { LogStorageError } from '../../src/main/ports/event-log.ts'
import { VaultError } from '../../src/main/ports/vault.ts'
import { type BuyingWorld, createBuyingWorld } from '../support/buying-world.ts'
import { lostProblem, notSentProblem, type PurchaseFate, unsignedProblem } from '../support/fake-gateway.ts'
import type { FakeCharge } from '../support/fake-gateway-shop.ts'
import { smallCatalogue } from '../support/fake-offers.ts'
import { claimsOf } from '../support/tokens.ts'

/**
 * A person, a network and a computer that do anything in any order. Every command ends at once or leaves its work running
 * beside the next ones, as a slow request would.
 */
type Command =
  | { readonly do: 'request'; readonly offer: number }
  | { readonly do: 'buy'; readonly offer: number; readonly fate: PurchaseFate | null }
  | { readonly do: 'approve' | 'approveWrongly' | 'approveTwice' | 'cancel' | 'closeWindow' | 'disturb' }
  | { readonly do: 'settle' | 'crash' | 'deliverLate' | 'raisePrice' }
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'turnClock' | 'suspend'; readonly ms: number }
  | { readonly do: 'meet'; readonly fate: PurchaseFate }
  | { readonly do: 'failPurchase' | 'failLookUp' | 'failTime'; readonly problem: 'notSent' | 'lost' | 'unsigned' }
  | { readonly do: 'failAppend' | 'failOutcome'; readonly error: 'vault' | 'disk' }
  | { readonly do: 'lockKeychain' | 'unlockKeychain' }

const problems = { notSent: notSentProblem, lost: lostProblem, unsigned: unsignedProblem }
const problem = fc.constantFrom('notSent' as const, 'lost' as const, 'unsigned' as const)
const fate = fc.oneof(
  fc.constantFrom<PurchaseFate>('decline', 'requestLost', 'requestLate', 'answerLost', 'silence', 'pending', 'receiptForged'),
  fc.constant<PurchaseFate>({ receipt: (claims) => ({ ...claims, payee: 'Someone else' }) }),
)
const simple = <T extends string>(...names: T[]) => fc.constantFrom(...names.map((name) => ({ do: name })))

const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('request' as const), offer: fc.nat(2) }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('buy' as const), offer: fc.nat(2), fate: fc.option(fate) }) },
  { weight: 6, arbitrary: simple('approve') },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.constantFrom(100, 500, 1_000, 60_000, 120_000, 600_001) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('meet' as const), fate }) },
  { weight: 4, arbitrary: simple('settle', 'deliverLate', 'crash') },
  { weight: 3, arbitrary: simple('approveWrongly', 'approveTwice', 'cancel', 'closeWindow', 'disturb', 'raisePrice') },
  { weight: 2, arbitrary: simple('lockKeychain', 'unlockKeychain') },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('turnClock' as const), ms: fc.constantFrom(-3_600_000, -60_000, 60_000, 3_600_000) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('suspend' as const), ms: fc.constantFrom(60_000, 119_500, 600_000, 36_000_000) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('failPurchase' as const, 'failLookUp' as const, 'failTime' as const), problem }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('failAppend' as const, 'failOutcome' as const), error: fc.constantFrom('vault' as const, 'disk' as const) }) },
)

/** Six turns of the event loop see a purchase from its approval to its outcome; with fewer, the next command cuts in. */
async function letThingsHappen(turns = 6): Promise<void> {
  for (let turn = 0; turn < turns; turn += 1) await new Promise(setImmediate)
}

function ignore(work: Promise<unknown>): void {
  work.catch(() => {})
}

/** Whoever is told "paid" or "declined" finds exactly that in the log. */
function request({ use, log }: BuyingWorld, offer: number): void {
  const told = use.requestPurchase({ offerId: smallCatalogue.offers[offer]?.id ?? '' }).then((outcome) => {
    if (outcome.kind !== 'succeeded' && outcome.kind !== 'declined') return
    const recorded = log.purchase(outcome.purchaseId as PurchaseId)?.state
    if (recorded !== outcome.kind) untrue.push(`told ${outcome.kind}, recorded ${recorded}`)
  })
  ignore(told)
}

/** What people were told that is not so. */
const untrue: string[] = []

function approve(world: BuyingWorld, digest?: string): void {
  const shown = world.use.pending.current()
  if (!shown) return ignore(world.use.approveChallenge({ challengeId: 'challenge-0', digest: 'none' }))
  ignore(world.use.approveChallenge({ challengeId: shown.content.challengeId, digest: digest ?? shown.digest }))
}

function appendError(error: 'vault' | 'disk'): Error {
  return error === 'vault' ? new VaultError('timedOut') : new LogStorageError({ kind: 'outOfSpace' })
}

const actions: { readonly [C in Command as C['do']]: (world: BuyingWorld, command: C) => unknown } = {
  request: (world, { offer }) => request(world, offer),
  async buy(world, { offer, fate: met }) {
    request(world, offer)
    await letThingsHappen()
    world.clock.advance(500)
    if (met) world.gateway.meet(met)
    approve(world)
  },
  approve: (world) => approve(world),
  approveWrongly: (world) => approve(world, 'x'.repeat(43)),
  approveTwice(world) {
    const shown = world.use.pending.current()
    const answer = { challengeId: shown?.content.challengeId ?? '', digest: shown?.digest ?? '' }
    ignore(world.use.approveChallenge(answer))
    ignore(world.use.approveChallenge(answer))
  },
  cancel: (world) => ignore(world.use.cancelChallenge({ challengeId: world.use.pending.current()?.content.challengeId ?? '' })),
  closeWindow: (world) => world.confirmWindow.closeByPerson(),
  disturb: (world) => world.confirmWindow.disturb(),
  settle: (world) => ignore(world.use.settlePurchases()),
  crash: (world) => world.restart(),
  deliverLate: (world) => world.gateway.deliverLate(),
  raisePrice: (world) => world.gateway.setPrice('lamp-oil', `${100 + world.gateway.calls.length}`),
  wait: (world, { ms }) => world.clock.advance(ms),
  turnClock: (world, { ms }) => world.turnClockBy(ms),
  suspend: (world, { ms }) => world.clock.suspend(ms),
  meet: (world, { fate: next }) => world.gateway.meet(next),
  failPurchase: (world, command) => world.gateway.fail('purchase', problems[command.problem]),
  failLookUp: (world, command) => world.gateway.fail('purchaseByKey', problems[command.problem]),
  failTime: (world, command) => world.gateway.fail('time', problems[command.problem]),
  failAppend: (world, { error }) => world.log.failNextAppend(appendError(error)),
  failOutcome: (world, { error }) => world.gateway.before('purchase', () => world.log.failNextAppend(appendError(error))),
  lockKeychain: (world) => world.device.fail('locked'),
  unlockKeychain: (world) => world.device.fail(null),
}

type Approval = EventPayloads['purchase.approved']

function approvalsOf({ log }: BuyingWorld): Approval[] {
  return [...log.events()].flatMap((event) => (event.type === 'purchase.approved' ? [event.payload] : []))
}

/** What the two sides call the same purchase. */
const approvedAs = ({ key, challenge, challengeDigest }: Approval): FakeCharge => {
  const { quoteId, offerId, sellerId, payee, item, price } = challenge
  return { idempotencyKey: key, quoteId, offerId, sellerId, payee, item, ...price, challengeDigest }
}

/** P1, P2: holds at every moment. */
function expectEveryChargeApproved(world: BuyingWorld): void {
  const approvals = new Map(approvalsOf(world).map((approval) => [approval.key as string, approvedAs(approval)]))
  for (const charge of world.gateway.charges) expect(charge).toEqual(approvals.get(charge.idempotencyKey))
  const keys = world.gateway.charges.map(({ idempotencyKey }) => idempotencyKey)
  expect(new Set(keys).size).toBe(keys.length)
  const sent = world.gateway.calls.filter((call) => call.startsWith('purchase '))
  expect(new Set(sent).size).toBe(sent.length)
}

/** P1: what was signed as approved was approved while it was asked, by the dates of the question itself. */
function expectEveryApprovalInTime(world: BuyingWorld): void {
  for (const { authorisation, challenge } of approvalsOf(world)) {
    const { approvedAt } = claimsOf(authorisation) as AuthorisationClaims
    expect(approvedAt >= challenge.shownAt && approvedAt < challenge.expiresAt).toBe(true)
  }
}

/** Faults end, late requests arrive, quotes run out; then everything that is open can be settled. */
async function calmDown(world: BuyingWorld): Promise<void> {
  world.gateway.mend()
  world.device.fail(null)
  world.restart()
  await letThingsHappen()
  // Uses up a failure of the disk that nothing has met so far.
  await world.log.append(() => null).catch(() => null)
  world.gateway.deliverLate()
  world.clock.advance(4 * 3_600_000)
  await world.use.settlePurchases()
}

/** What the sequences must have come across, or they would prove nothing. */
const everything = [
  ...['0 charged', '1 charged', '2 charged', '3 charged'],
  ...['approved', 'cancelled', 'declined', 'succeeded', 'unknown', 'voided'].map((end) => `purchase.${end}`),
]

describe('any sequence of what a person, a network and a computer do', () => {
  it('P1 P2 keeps charges and approvals one to one, and the log agrees with the gateway in the end', async () => {
    const seen = new Set<string>()
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(command, fc.nat(6)), { minLength: 1, maxLength: 40 }), async (commands) => {
        const world = createBuyingWorld()
        for (const [next, turns] of commands) {
          await (actions[next.do] as (world: BuyingWorld, command: Command) => unknown)(world, next)
          await letThingsHappen(turns)
          expectEveryChargeApproved(world)
        }
        expectEveryApprovalInTime(world)
        await calmDown(world)
        expectEveryChargeApproved(world)
        expect(world.log.unsettled()).toEqual([])
        expect(untrue).toEqual([])
        const paid = world.log.purchases().filter(({ state }) => state === 'succeeded')
        const charged = world.gateway.charges.map(({ idempotencyKey }) => idempotencyKey)
        expect(paid.map(({ purchaseId }) => purchaseId as string).toSorted()).toEqual(charged.toSorted())
        seen.add(`${Math.min(charged.length, 3)} charged`)
        for (const type of world.eventTypes()) seen.add(type)
      }),
      { numRuns: 1_500 },
    )
    expect([...seen].toSorted()).toEqual(everything)
  })
})
