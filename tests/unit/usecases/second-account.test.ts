/** Two people with an account each, one after the other at the same computer: neither has anything of the other's. */
import { describe, expect, it } from 'vitest'
import { noControls } from '../../../src/domain/controls.ts'
import { sharedOf } from '../../../src/domain/control-parts.ts'
import { type BuyingWorld, createBuyingWorld, refused } from '../../support/buying-world.ts'
import { inBerlin, limitOf } from '../../support/control-events.ts'
import { robin } from '../../support/fake-gateway-step-up.ts'

const [ada, bob] = [{ ...robin, accountId: 'ada' }, { ...robin, accountId: 'bob' }]
const exclusion = { begunAt: '2026-03-02T11:00:00.000Z', until: '2026-04-01T11:00:00.000Z', returnAskedAt: null }

function signIn(world: BuyingWorld, account: typeof ada | null): Promise<void> {
  if (account) world.gateway.accounts.signIn(account)
  else world.gateway.accounts.signOut()
  world.sitting.number += 1
  return world.use.controls.syncControls()
}

const atGateway = async ({ gateway }: BuyingWorld) => (await gateway.controls()).claims.controls

/** A limit and an exclusion of Ada's, which the gateway has as well. */
async function adasComputer(): Promise<BuyingWorld> {
  const world = createBuyingWorld()
  await signIn(world, ada)
  await world.change(limitOf('2000'))
  await world.use.controls.beginExclusion({ length: '7days' })
  await world.use.controls.syncControls()
  return world
}

describe('another account on the same computer', () => {
  it('P5 is told nothing of the limits and the exclusion of the one before, which hold here all the same', async () => {
    const world = await adasComputer()
    const before = world.log.controls()
    await signIn(world, bob)
    expect(await atGateway(world)).toEqual(sharedOf(noControls))
    expect(world.log.controls()).toEqual(before)
    expect(before).toMatchObject({ sharedWith: 'ada', limits: [{ amount: '2000' }], exclusion: { returnAskedAt: null } })
    expect(await (await world.request()).outcome).toMatchObject({ kind: 'blocked', block: { kind: 'excluded' } })
  })

  it('P5 brings nothing of its own into the controls of the one before', async () => {
    const world = await adasComputer()
    const before = world.log.controls()
    await signIn(world, bob)
    world.gateway.elsewhere.tighten({ ...sharedOf(noControls), household: inBerlin, limits: [{ period: 'day', sellerId: null, amount: '1' }], exclusion })
    await world.use.controls.syncControls()
    expect(world.log.controls()).toEqual(before)
  })

  it('P5 decides nothing that would be told to the one before, and is told why', async () => {
    const world = await adasComputer()
    await signIn(world, bob)
    const before = world.log.controls()
    expect(world.use.controls.reportControls()).toMatchObject({ isOtherAccounts: true })
    const { controls } = world.use
    expect([
      await world.change(limitOf('1000')),
      await world.change(limitOf('9000')),
      await controls.beginExclusion({ length: '30days' }),
      await controls.askReturn(),
    ]).toEqual(Array(4).fill(refused('otherAccount')))
    expect(world.log.controls()).toEqual(before)
    await signIn(world, ada)
    expect(world.use.controls.reportControls()).toMatchObject({ isOtherAccounts: false })
    expect(await world.change(limitOf('1000'))).toEqual({ kind: 'done' })
    await world.use.controls.syncControls()
    expect((await atGateway(world)).limits).toMatchObject([{ amount: '1000' }])
  })

  it('P5 gives no second yes to what waits for the one before', async () => {
    const world = createBuyingWorld()
    await world.change(limitOf('2000'))
    await world.loosen(limitOf(null))
    const { changeId } = world.newest('controls.looseningAsked').payload
    await signIn(world, ada)
    await signIn(world, bob)
    world.clock.advance(24 * 60 * 60_000)
    expect(await world.use.controls.confirmLoosening({ changeId })).toEqual(refused('otherAccount'))
    expect(world.log.controls()).toMatchObject({ limits: [{ amount: '2000' }] })
  })

  it('P5 has nothing to do with the wallet that everybody shares who is signed in to none', async () => {
    const world = await adasComputer()
    await signIn(world, null)
    expect(await atGateway(world)).toEqual(sharedOf(noControls))
    expect(await world.loosen(limitOf('9000'))).toEqual(refused('otherAccount'))
  })
})

describe('the first account on a computer', () => {
  it('P5 shares what was decided before it was there', async () => {
    const world = createBuyingWorld()
    await world.change(limitOf('2000'))
    await signIn(world, ada)
    expect((await atGateway(world)).limits).toMatchObject([{ amount: '2000' }])
    expect(world.eventTypes()).toContain('controls.shared')
  })

  it('is none as long as there is nothing to share', async () => {
    const world = createBuyingWorld()
    await signIn(world, ada)
    await signIn(world, bob)
    await world.change(limitOf('2000'))
    await world.use.controls.syncControls()
    expect(world.log.controls().sharedWith).toBe('bob')
  })
})

describe('whoever is signed in for a turn', () => {
  it('P5 has the gateway not asked for controls at all', async () => {
    const world = createBuyingWorld()
    await world.change(limitOf('2000'))
    await signIn(world, bob)
    world.sitting.isForTurn = true
    world.gateway.calls.length = 0
    await world.use.controls.syncControls()
    expect(world.gateway.calls).toEqual([])
  })
})

describe('the price that somebody asked for', () => {
  it('P10 is not shown to whoever sits there when it comes', async () => {
    const world = createBuyingWorld()
    world.gateway.before('quote', () => void (world.sitting.number += 1))
    expect(await (await world.request()).outcome).toEqual(refused('expired'))
    expect(world.use.pending.current()).toBeNull()
  })
})

describe('a limit of the computer that several accounts spend under', () => {
  it('P10 counts what all have bought, and names to each what is their own', async () => {
    const world = createBuyingWorld()
    await world.change(limitOf('150'))
    world.gateway.alterNextQuote({ fundingSource: { id: 'wallet-ada', label: 'Wallet of Ada' } })
    await world.buy()
    world.gateway.alterNextQuote({ fundingSource: { id: 'wallet-bob', label: 'Wallet of Bob' } })
    const bobs = await (await world.request()).outcome
    expect(bobs).toMatchObject({ kind: 'blocked', block: { kind: 'limit', spent: '99', bought: [] } })
    world.gateway.alterNextQuote({ fundingSource: { id: 'wallet-ada', label: 'Wallet of Ada' } })
    expect(await (await world.request()).outcome).toMatchObject({ kind: 'blocked', block: { bought: [{ price: { amount: '99' } }] } })
  })
})
