import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { launcherContract } from '../../../src/contract/ipc/launcher.ts'
import { LogStorageError } from '../../../src/main/ports/event-log.ts'
import { createLatestPurchases } from '../../../src/main/usecases/latest-purchases.ts'
import { createBuyingWorld } from '../../support/buying-world.ts'
import { tightened } from '../../support/control-events.ts'
import { approved } from '../../support/events.ts'
import { createFamilyWorld } from '../../support/family-world.ts'
import { createFakeEventLog } from '../../support/fake-event-log.ts'
import type { PurchaseFate } from '../../support/fake-gateway.ts'
import { bundleOffer } from '../../support/fake-offers.ts'

const latest = (deps: Parameters<typeof createLatestPurchases>[0]) =>
  v.parse(launcherContract.calls['purchase.latest'].output, createLatestPurchases(deps)())

describe('the newest purchases', () => {
  it('are there with their exact amounts and how they stand, newest first, in the form of the contract', async () => {
    const world = createBuyingWorld()
    await world.buy()
    world.clock.advance(1_000)
    for (const fate of ['decline', 'answerLost'] as PurchaseFate[]) {
      world.gateway.meet(fate)
      await world.buy(bundleOffer.id)
      world.clock.advance(1_000)
    }
    expect(latest(world.deps)).toMatchObject({
      kind: 'ok',
      unverified: false,
      rows: [
        { state: 'unknown', settledAt: null, price: { amount: '610', currency: 'JPY' }, receiptNumber: null },
        { state: 'declined', item: '500 月の石', receiptNumber: null },
        { state: 'succeeded', item: 'Eine Kanne Lampenöl', price: { amount: '99', currency: 'EUR' }, receiptNumber: 'T-2026-1' },
      ],
    })
  })

  it('are two hundred at most', async () => {
    const world = createBuyingWorld()
    for (let n = 0; n < 201; n += 1) await world.log.append(() => approved(`p${n}`))
    const found = latest(world.deps)
    expect(found.kind === 'ok' && found.rows.map(({ purchaseId }) => purchaseId)).toEqual(Array.from({ length: 200 }, (_, n) => `p${200 - n}`))
  })

  it.each(['tampered', 'keyMissing', 'vaultUnavailable'] as const)('P3 are shown, and said to be unverified, when the ledger is %s', async (state) => {
    const world = createBuyingWorld()
    await world.buy()
    world.ledger.setState(state)
    expect(latest(world.deps)).toMatchObject({ kind: 'ok', unverified: true, rows: [{ state: 'succeeded' }] })
  })

  it('are none where there never was a log, and not to be had where one cannot be read', () => {
    const { ledger, deps, log } = createBuyingWorld()
    ledger.setLog(null)
    ledger.setState('vaultUnavailable')
    expect(latest(deps)).toEqual({ kind: 'ok', rows: [], unverified: false })
    ledger.setState('unreadable')
    expect(latest(deps)).toEqual({ kind: 'unavailable' })
    const failing = (error: Error) => ledger.setLog({ ...log, newestPurchases: () => { throw error } })
    failing(new LogStorageError({ kind: 'damaged' }))
    expect(latest(deps)).toEqual({ kind: 'unavailable' })
    failing(new TypeError('a bug'))
    expect(() => latest(deps)).toThrow('a bug')
    ledger.setLog(createFakeEventLog({ clock: deps.clock }))
    expect(latest(deps)).toMatchObject({ rows: [] })
  })

  it('P10 are everybody’s to a guardian, and their own to everybody else', async () => {
    const world = await createFamilyWorld()
    const whose = (actor: string | null) => {
      world.as(actor)
      const found = latest(world.deps)
      return found.kind === 'ok' ? found.rows.map(({ purchaseId }) => purchaseId) : found.kind
    }
    for (const memberId of ['adult', 'teen']) await world.log.append(() => approved(memberId, { memberId }))
    await world.log.append(() => approved('before'))
    expect(whose('guardian')).toEqual(['before', 'teen', 'adult'])
    expect(whose('adult')).toEqual(['adult'])
    expect(whose('child')).toEqual([])
    expect(whose(null)).toBe('locked')
    await world.log.append(() => tightened({ kind: 'member', memberId: 'adult', role: 'removed' }))
    expect(whose('adult')).toBe('locked')
  })
})
