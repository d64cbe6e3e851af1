import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { launcherContract } from '../../../src/contract/ipc/launcher.ts'
import { createLedgerHandlers } from '../../../src/main/create-ledger-handlers.ts'
import { LogStorageError } from '../../../src/main/ports/event-log.ts'
import { createBuyingWorld, type BuyingWorld } from '../../support/buying-world.ts'
import { createFamilyWorld } from '../../support/family-world.ts'

const refusedRepair = { kind: 'refused', reason: 'notNeeded' } as const

/** As the app puts them together; nothing has to be repaired. */
function handlersOf(world: BuyingWorld) {
  const { ledger, use, deps } = world
  const repairable = { ...ledger, diagnose: async () => refusedRepair, restore: async () => refusedRepair, startNew: async () => refusedRepair }
  return createLedgerHandlers({
    actor: deps.actor,
    care: use.care,
    ledger: repairable,
    askPerson: async () => true,
    language: () => 'en',
  })
}

async function worldWithOpenPurchase() {
  const world = await createFamilyWorld()
  world.as('adult')
  world.gateway.meet('requestLost')
  await world.buy()
  await world.use.care.reconcileLedger()
  return world
}

describe('looking after the ledger of a household', () => {
  it.each(['adult', 'teen', 'child', null])('P10 is not for %s, who learns nothing of what others bought', async (memberId) => {
    const world = await worldWithOpenPurchase()
    world.as(memberId)
    world.ledger.setLog({ ...world.log, verify: () => Promise.reject(new Error('nobody asked for that')) })
    const handlers = handlersOf(world)
    const before = [world.gateway.calls.length, world.log.head()?.seq]
    for (const call of ['ledger.care', 'ledger.verify'] as const) {
      expect(v.parse(launcherContract.calls[call].output, await handlers[call](undefined))).toMatchObject({ openPurchases: [], reconciliation: null })
    }
    expect(await handlers['ledger.reconcile'](undefined)).toEqual({ kind: 'unavailable', reason: 'profileLocked' })
    expect(await handlers['ledger.backUp'](undefined)).toEqual({ kind: 'failed', problem: 'ledgerUnavailable' })
    expect([world.gateway.calls.length, world.log.head()?.seq]).toEqual(before)
  })

  it('is for guardians', async () => {
    const world = await worldWithOpenPurchase()
    world.as('guardian')
    const handlers = handlersOf(world)
    expect(await handlers['ledger.care'](undefined)).toMatchObject({ openPurchases: [{ payee: 'Nebelfuchs Spielewerkstatt GmbH' }], reconciliation: { matched: 0 } })
    expect(await handlers['ledger.reconcile'](undefined)).toMatchObject({ kind: 'compared' })
    expect(await handlers['ledger.backUp'](undefined)).toMatchObject({ kind: 'backedUp' })
  })

  it('is for whoever is there without members, and where nobody could say who they are', async () => {
    const alone = createBuyingWorld()
    expect(await handlersOf(alone)['ledger.reconcile'](undefined)).toMatchObject({ kind: 'compared' })
    const world = await worldWithOpenPurchase()
    const handlers = handlersOf(world)
    world.as(null)
    expect(await handlers['ledger.diagnose'](undefined)).toEqual(refusedRepair)
    expect(await handlers['ledger.repair'](undefined)).toEqual(refusedRepair)
    world.ledger.setState('unreadable')
    world.ledger.setLog({ ...world.log, controls: () => { throw new LogStorageError({ kind: 'damaged' }) } })
    expect(await handlers['ledger.reconcile'](undefined)).toEqual({ kind: 'unavailable', reason: 'ledgerUnavailable' })
  })
})
