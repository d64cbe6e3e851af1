import { describe, expect, it } from 'vitest'
import { LogReadOnlyError, LogStorageError } from '../../../src/main/ports/event-log.ts'
import { VaultError } from '../../../src/main/ports/vault.ts'
import { createBuyingWorld } from '../../support/buying-world.ts'
import { lostProblem, notSentProblem, type PurchaseFate, unsignedProblem } from '../../support/fake-gateway.ts'

const quoteLifeMs = 600_000

/** A world with one purchase whose outcome is not known. */
async function unknownWorld(fate: PurchaseFate) {
  const world = createBuyingWorld()
  world.gateway.meet(fate)
  expect(await world.buy()).toMatchObject({ kind: 'unknown' })
  const { key } = world.newest('purchase.approved').payload
  return { ...world, key, settle: () => world.use.settlePurchases() }
}

const outcomeOf = (types: readonly string[]) => types.slice(2)

describe('asking what became of a purchase', () => {
  it.each<PurchaseFate>(['answerLost', 'receiptForged'])('P2 a charge whose answer was %s is found by its key', async (fate) => {
    const { settle, gateway, eventTypes, log, key } = await unknownWorld(fate)
    expect(await settle()).toEqual({ stillOpen: 0 })
    expect(gateway.calls.filter((call) => call.includes(key))).toEqual([`purchase ${key}`, `purchaseByKey ${key}`])
    expect(outcomeOf(eventTypes())).toEqual(['purchase.succeeded'])
    expect(log.purchases()[0]).toMatchObject({ state: 'succeeded', receiptNumber: 'T-2026-1' })
    expect(gateway.charges).toHaveLength(1)
  })

  it('P2 what is still pending stays open, and is charged once when it is decided', async () => {
    const { settle, gateway, eventTypes } = await unknownWorld('pending')
    for (let times = 0; times < 3; times += 1) expect(await settle()).toEqual({ stillOpen: 1 })
    gateway.deliverLate()
    expect(await settle()).toEqual({ stillOpen: 0 })
    expect(outcomeOf(eventTypes())).toEqual(['purchase.succeeded'])
    expect(gateway.charges).toHaveLength(1)
  })

  it('finds a decline', async () => {
    const world = createBuyingWorld()
    world.gateway.meet('decline')
    world.gateway.before('purchase', () => world.log.failNextAppend(new LogStorageError({ kind: 'outOfSpace' })))
    await world.buy()
    await world.use.settlePurchases()
    expect(world.log.purchases()[0]).toMatchObject({ state: 'declined', reason: 'insufficientFunds' })
  })

  it('P2 never sends a purchase again, however often it asks', async () => {
    const { settle, clock, sent, gateway } = await unknownWorld('requestLost')
    for (let times = 0; times < 20; times += 1) {
      await settle()
      clock.advance(60_000)
    }
    expect(sent()).toBe(1)
    expect(gateway.charges).toEqual([])
  })
})

describe('a purchase that the gateway has never seen', () => {
  it('P2 stays open while its quote can still be used', async () => {
    const { settle, clock, eventTypes } = await unknownWorld('requestLost')
    clock.advance(quoteLifeMs - 500)
    expect(await settle()).toEqual({ stillOpen: 1 })
    expect(eventTypes()).toEqual(['purchase.approved', 'purchase.unknown'])
  })

  it('P2 is voided once the quote has run out by the signed time', async () => {
    const { settle, clock, eventTypes, newest } = await unknownWorld('requestLost')
    clock.advance(quoteLifeMs)
    expect(await settle()).toEqual({ stillOpen: 0 })
    expect(outcomeOf(eventTypes())).toEqual(['purchase.voided'])
    expect(newest('purchase.voided').payload.reason).toBe('neverReceived')
  })

  it("P2 stays open when only this computer's clock says that the quote ran out", async () => {
    const world = await unknownWorld('requestLost')
    world.turnClockBy(24 * 3_600_000)
    expect(await world.settle()).toEqual({ stillOpen: 1 })
  })

  it('P2 stays open when the time cannot be asked for or trusted', async () => {
    for (const problem of [notSentProblem, lostProblem, unsignedProblem]) {
      const { settle, clock, gateway } = await unknownWorld('requestLost')
      clock.advance(quoteLifeMs)
      gateway.fail('time', problem)
      expect(await settle()).toEqual({ stillOpen: 1 })
    }
  })

  it('P2 that arrives late is charged once and found', async () => {
    const { settle, gateway, eventTypes } = await unknownWorld('requestLate')
    expect(await settle()).toEqual({ stillOpen: 1 })
    gateway.deliverLate()
    expect(await settle()).toEqual({ stillOpen: 0 })
    expect(outcomeOf(eventTypes())).toEqual(['purchase.succeeded'])
    expect(gateway.charges).toHaveLength(1)
  })

  it('P2 that arrives between the question for it and the question for the time is not voided', async () => {
    const { settle, gateway, clock, eventTypes } = await unknownWorld('requestLate')
    clock.advance(quoteLifeMs - 1_000)
    gateway.before('time', () => {
      gateway.deliverLate()
      clock.advance(2_000)
    })
    await settle()
    await settle()
    expect(gateway.charges).toHaveLength(1)
    expect(outcomeOf(eventTypes())).toEqual(['purchase.succeeded'])
  })

  it('P2 that arrives after its quote ran out is not charged', async () => {
    const { settle, gateway, clock } = await unknownWorld('requestLate')
    clock.advance(quoteLifeMs)
    await settle()
    gateway.deliverLate()
    expect(gateway.charges).toEqual([])
  })
})

describe('settling while things fail', () => {
  it.each([notSentProblem, lostProblem, unsignedProblem])('keeps the purchase open: %j', async (problem) => {
    const { settle, gateway } = await unknownWorld('answerLost')
    gateway.fail('purchaseByKey', problem)
    expect(await settle()).toEqual({ stillOpen: 1 })
    expect(await settle()).toEqual({ stillOpen: 0 })
  })

  it.each([new VaultError('locked'), new LogStorageError({ kind: 'outOfSpace' }), new LogReadOnlyError('closed')])(
    'P3 an outcome that cannot be recorded now is recorded later: %s',
    async (error) => {
      const { settle, log } = await unknownWorld('answerLost')
      log.failNextAppend(error)
      expect(await settle()).toEqual({ stillOpen: 1 })
      expect(await settle()).toEqual({ stillOpen: 0 })
      expect(log.purchases()[0]?.state).toBe('succeeded')
    },
  )

  it('P2 a receipt for something else leaves it open', async () => {
    const world = await unknownWorld('answerLost')
    const { purchaseByKey } = world.gateway
    world.gateway.purchaseByKey = async (key) => {
      const answer = await purchaseByKey(key)
      if (answer?.status !== 'succeeded') return answer
      return { ...answer, receipt: { ...answer.receipt, claims: { ...answer.receipt.claims, payee: 'Someone else' } } }
    }
    expect(await world.settle()).toEqual({ stillOpen: 1 })
    expect(world.eventTypes()).toEqual(['purchase.approved', 'purchase.unknown'])
    world.gateway.purchaseByKey = purchaseByKey
    expect(await world.settle()).toEqual({ stillOpen: 0 })
  })

  it('stops at the first purchase when the gateway cannot be reached', async () => {
    const world = createBuyingWorld()
    for (let times = 0; times < 3; times += 1) {
      world.gateway.meet('answerLost')
      await world.buy()
    }
    world.gateway.fail('purchaseByKey', notSentProblem)
    expect(await world.use.settlePurchases()).toEqual({ stillOpen: 3 })
    expect(world.gateway.calls.filter((call) => call.startsWith('purchaseByKey'))).toHaveLength(1)
    expect(await world.use.settlePurchases()).toEqual({ stillOpen: 0 })
  })

  it('one purchase that the gateway refuses to speak about does not hold up the others', async () => {
    const world = createBuyingWorld()
    for (let times = 0; times < 2; times += 1) {
      world.gateway.meet('answerLost')
      await world.buy()
    }
    world.gateway.fail('purchaseByKey', { kind: 'refused', sent: true, code: 'tooManyRequests' })
    expect(await world.use.settlePurchases()).toEqual({ stillOpen: 1 })
  })

  it('P2 one purchase that cannot be dealt with is reported, stays open, and does not hold up the others', async () => {
    const world = createBuyingWorld()
    for (let times = 0; times < 3; times += 1) {
      world.gateway.meet('answerLost')
      await world.buy()
    }
    const bug = new TypeError('a bug')
    world.gateway.fail('purchaseByKey', bug)
    expect(await world.use.settlePurchases()).toEqual({ stillOpen: 1 })
    expect(world.unexpected).toEqual([bug])
    expect(world.log.purchases().map(({ state }) => state)).toEqual(['succeeded', 'succeeded', 'unknown'])
  })

  it('P2 a stored quote that cannot be read any more keeps only its own purchase open', async () => {
    const world = createBuyingWorld()
    for (let times = 0; times < 2; times += 1) {
      world.gateway.meet('requestLost')
      await world.buy()
    }
    world.clock.advance(quoteLifeMs)
    const { readQuote } = world.gateway
    world.gateway.readQuote = (jws) => {
      world.gateway.readQuote = readQuote
      throw new SyntaxError(`cannot read ${jws.length} characters`)
    }
    expect(await world.use.settlePurchases()).toEqual({ stillOpen: 1 })
    expect(world.unexpected).toHaveLength(1)
    expect(world.eventTypes().at(-1)).toBe('purchase.voided')
  })

  it.each(['tampered', 'keyMissing', 'vaultUnavailable'] as const)('P3 asks and writes nothing while the ledger is %s', async (state) => {
    const world = await unknownWorld('answerLost')
    world.ledger.setState(state)
    expect(await world.settle()).toEqual({ stillOpen: 0 })
    expect(world.gateway.calls.some((call) => call.startsWith('purchaseByKey'))).toBe(false)
  })
})

describe('settling beside other work', () => {
  it('shares one round among concurrent callers and records the outcome once', async () => {
    const { settle, gateway, eventTypes } = await unknownWorld('answerLost')
    await Promise.all(Array.from({ length: 10 }, settle))
    expect(gateway.calls.filter((call) => call.startsWith('purchaseByKey'))).toHaveLength(1)
    expect(outcomeOf(eventTypes())).toEqual(['purchase.succeeded'])
  })

  it('P2 leaves a purchase that is being sent to its own answer', async () => {
    const world = createBuyingWorld()
    const { answer } = await world.ask()
    const settled = Promise.withResolvers<{ stillOpen: number }>()
    world.gateway.before('purchase', () => void world.use.settlePurchases().then(settled.resolve, settled.reject))
    expect(await world.use.approveChallenge(answer)).toMatchObject({ kind: 'succeeded' })
    expect(await settled.promise).toEqual({ stillOpen: 0 })
    expect(world.gateway.calls.some((call) => call.startsWith('purchaseByKey'))).toBe(false)
  })

  it.each<[PurchaseFate, string]>([
    ['silence', 'purchase.succeeded'],
    ['requestLost', 'purchase.voided'],
  ])('P2 after a crash (%s) the purchase is settled as %s without sending it again', async (fate, end) => {
    const world = createBuyingWorld()
    const { answer } = await world.ask()
    const sending = Promise.withResolvers<void>()
    world.gateway.meet(fate)
    world.gateway.before('purchase', sending.resolve)
    void world.use.approveChallenge(answer)
    await sending.promise
    await new Promise(setImmediate)
    world.restart()
    world.clock.advance(quoteLifeMs)
    expect(await world.use.settlePurchases()).toEqual({ stillOpen: 0 })
    expect(world.eventTypes().at(-1)).toBe(end)
    expect(world.sent()).toBe(1)
  })

  it('says nothing about the history when there was nothing to ask', async () => {
    const world = createBuyingWorld()
    expect(await world.use.settlePurchases()).toEqual({ stillOpen: 0 })
    expect(world.counts.historyChanged).toBe(0)
  })
})
