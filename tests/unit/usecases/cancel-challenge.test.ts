import { describe, expect, it } from 'vitest'
import { LogReadOnlyError, LogStorageError } from '../../../src/main/ports/event-log.ts'
import { VaultError } from '../../../src/main/ports/vault.ts'
import { createBuyingWorld } from '../../support/buying-world.ts'

describe("the person's no", () => {
  it('ends the attempt, is recorded, and sends nothing', async () => {
    const world = createBuyingWorld()
    const { answer, outcome, challenge } = await world.ask()
    await world.use.cancelChallenge(answer)
    expect(await outcome).toEqual({ kind: 'cancelled' })
    const { purchaseId, offerId } = challenge.content
    expect(world.newest('purchase.cancelled').payload).toEqual({ purchaseId, offerId, reason: 'person' })
    expect(world.sent()).toBe(0)
    expect(world.confirmWindow.isOpen()).toBe(false)
  })

  it('counts before the window has been calm for half a second', async () => {
    const world = createBuyingWorld()
    const { outcome, challenge } = await world.request()
    await world.use.cancelChallenge({ challengeId: challenge?.content.challengeId ?? '' })
    expect(await outcome).toEqual({ kind: 'cancelled' })
  })

  it.each([new VaultError('locked'), new LogReadOnlyError('tampered'), new LogStorageError({ kind: 'outOfSpace' })])(
    'is a no all the same when it cannot be recorded: %s',
    async (error) => {
      const world = createBuyingWorld()
      const { answer, outcome } = await world.ask()
      world.log.failNextAppend(error)
      await world.use.cancelChallenge(answer)
      expect(await outcome).toEqual({ kind: 'cancelled' })
      expect(world.eventTypes()).toEqual([])
    },
  )

  it('to another question leaves the one that is open alone', async () => {
    const world = createBuyingWorld()
    const { answer, outcome } = await world.ask()
    await world.use.cancelChallenge({ challengeId: 'challenge-of-another' })
    expect(world.confirmWindow.isOpen()).toBe(true)
    expect(await world.use.approveChallenge(answer)).toMatchObject({ kind: 'succeeded' })
    expect(await outcome).toMatchObject({ kind: 'succeeded' })
  })
})

describe('closing the window', () => {
  it('before the answer is a no', async () => {
    const world = createBuyingWorld()
    const { outcome } = await world.ask()
    world.confirmWindow.closeByPerson()
    expect(await outcome).toEqual({ kind: 'cancelled' })
    await expect.poll(() => world.newest('purchase.cancelled').payload.reason).toBe('windowClosed')
    expect(world.sent()).toBe(0)
  })

  it('P2 while the payment runs loses nothing', async () => {
    const world = createBuyingWorld()
    const { answer, outcome } = await world.ask()
    const yes = world.use.approveChallenge(answer)
    world.confirmWindow.closeByPerson()
    expect(await yes).toMatchObject({ kind: 'succeeded' })
    expect(await outcome).toMatchObject({ kind: 'succeeded' })
    expect(world.eventTypes()).toEqual(['purchase.approved', 'purchase.succeeded'])
  })

  it('after an outcome that needs explaining is left to the person', async () => {
    const world = createBuyingWorld()
    world.gateway.meet('decline')
    expect(await world.buy()).toMatchObject({ kind: 'declined' })
    expect(world.confirmWindow.isOpen()).toBe(true)
    world.confirmWindow.closeByPerson()
    expect(world.eventTypes()).toEqual(['purchase.approved', 'purchase.declined'])
  })

  it('happens by itself after a success', async () => {
    const world = createBuyingWorld()
    await world.buy()
    expect(world.confirmWindow.isOpen()).toBe(false)
  })
})

describe('a window that cannot be opened', () => {
  it('ends the attempt with a refusal that says so, and the next one works', async () => {
    const world = createBuyingWorld()
    const error = new Error('no such page')
    world.confirmWindow.failNext(error)
    const outcome = await world.use.requestPurchase({ offerId: 'lamp-oil' })
    expect(outcome).toEqual({ kind: 'refused', reason: 'confirmWindowFailed' })
    expect(world.unexpected).toEqual([error])
    expect(world.sent()).toBe(0)
    expect(world.use.pending.current()).toBeNull()
    expect(world.confirmWindow.isOpen()).toBe(false)
    expect(await world.buy()).toMatchObject({ kind: 'succeeded' })
  })

  it('because the person closed it while it was loading is a no, not a failure', async () => {
    const world = createBuyingWorld()
    const { open } = world.confirmWindow
    world.deps.confirmWindow.open = async (onClosed) => {
      await open(onClosed)
      world.confirmWindow.closeByPerson()
      throw new Error('ERR_ABORTED')
    }
    world.restart()
    expect(await world.use.requestPurchase({ offerId: 'lamp-oil' })).toEqual({ kind: 'cancelled' })
  })
})
