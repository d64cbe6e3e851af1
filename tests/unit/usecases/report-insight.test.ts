import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import type { InsightInput } from '../../../src/contract/ipc/insight.ts'
import { launcherContract } from '../../../src/contract/ipc/launcher.ts'
import { createNaiveHistory } from '../../support/naive-history.ts'
import { createReportInsight } from '../../../src/main/usecases/report-insight.ts'
import { createBuyingWorld, type BuyingWorld } from '../../support/buying-world.ts'
import { refunded } from '../../support/events.ts'
import { bundleOffer, itemOffer, passOffer } from '../../support/fake-offers.ts'
import { createFamilyWorld } from '../../support/family-world.ts'

const dayMs = 86_400_000
const thisMonth: InsightInput = { unit: 'month', day: null, whose: { kind: 'everybody' }, currency: null }
const eur = (amount: string) => ({ amount, currency: 'EUR' })

async function insight(world: BuyingWorld, input: Partial<InsightInput> = {}) {
  const index = createNaiveHistory({ log: world.ledger.log })
  const view = v.parse(launcherContract.calls['insight.get'].output, await createReportInsight({ ...world.deps, index, language: () => 'en' })({ ...thisMonth, ...input }))
  if (view.kind !== 'ok') throw new Error(view.kind)
  return view
}

/** Two items and a pass in March, one item and a bundle in yen in April. It is the 3rd of April then. */
async function twoMonths() {
  const world = createBuyingWorld()
  await world.buy(itemOffer.id)
  world.clock.advance(dayMs)
  await world.buy(itemOffer.id)
  await world.buy(passOffer.id)
  world.clock.advance(31 * dayMs)
  await world.buy(itemOffer.id)
  await world.buy(bundleOffer.id)
  return world
}

describe('insight', () => {
  it('P9 tells what was spent, beside the month before and as much of it as has passed', async () => {
    const view = await insight(await twoMonths())
    expect(view).toMatchObject({
      ...{ period: { from: '2026-04-01', to: '2026-04-30' }, before: { from: '2026-03-01', to: '2026-03-31' }, today: '2026-04-03' },
      ...{ currency: 'EUR', currencies: ['EUR', 'JPY'], hasEarlier: true, hasLater: false },
      totals: { debit: eur('99'), credit: eur('0'), lines: 1 },
      totalsBefore: { debit: eur('1497'), lines: 3 },
      // By the 3rd of March all of it had been bought.
      beforeSoFar: { from: '2026-03-01', to: '2026-03-03' },
      totalsBeforeSoFar: { debit: eur('1497') },
      sellers: [{ sellerId: 'nebelfuchs', debit: eur('99'), before: eur('1497') }],
      kinds: [
        { offerKind: 'item', debit: eur('99'), before: eur('198') },
        { offerKind: 'pass', debit: eur('0'), before: eur('1299') },
      ],
      passes: [{ item: 'Saisonpass', debit: eur('0'), before: eur('1299') }],
    })
    expect(view.buckets).toHaveLength(30)
    expect(view.buckets[2]).toEqual({ key: '2026-04-03', debit: eur('99'), credit: eur('0') })
    expect(view.bucketsBefore.filter(({ debit }) => debit.amount !== '0')).toHaveLength(2)
  })

  it('says what units of a virtual currency came to in real money', async () => {
    const view = await insight(await twoMonths(), { currency: 'JPY' })
    expect(view.units).toMatchObject([{ unit: 'gems', units: 500, unitPrice: { decimal: '1.22', currency: 'JPY', exact: true }, debit: { amount: '610' } }])
  })

  it('never takes what came back off what was spent', async () => {
    const world = createBuyingWorld()
    await world.buy(itemOffer.id)
    const [bought] = world.log.purchases()
    await world.log.append(() => refunded(bought?.purchaseId ?? '', eur('40'), '0', 2))
    const { totals, buckets } = await insight(world, { unit: 'year' })
    expect(totals).toMatchObject({ debit: eur('99'), credit: eur('40'), lines: 2 })
    expect(buckets[2]).toMatchObject({ debit: eur('99'), credit: eur('0') })
    expect(buckets[10]).toMatchObject({ debit: eur('0'), credit: eur('40') })
  })

  it('lists the biggest charges and what was bought most often', async () => {
    const view = await insight(await twoMonths(), { day: '2026-03-10' })
    expect(view.biggest.map(({ item }) => item)).toEqual(['Saisonpass', 'Eine Kanne Lampenöl', 'Eine Kanne Lampenöl'])
    expect(view.mostFrequent).toMatchObject([{ item: 'Eine Kanne Lampenöl', lines: 2 }, { item: 'Saisonpass', lines: 1 }])
  })

  it('P10 is about everybody’s purchases for a guardian, and about their own for everybody else', async () => {
    const world = await createFamilyWorld()
    for (const memberId of ['adult', 'teen']) {
      world.as(memberId)
      await world.buy()
    }
    const spent = async (memberId: string, whose: InsightInput['whose'] = { kind: 'everybody' }) => {
      world.as(memberId)
      return (await insight(world, { whose })).totals.lines
    }
    expect(await spent('guardian')).toBe(2)
    expect(await spent('guardian', { kind: 'member', memberId: 'teen' })).toBe(1)
    expect(await spent('teen')).toBe(1)
    expect(await spent('teen', { kind: 'member', memberId: 'adult' })).toBe(0)
    world.as(null)
    const index = createNaiveHistory({ log: world.ledger.log })
    expect(await createReportInsight({ ...world.deps, index, language: () => 'en' })(thisMonth)).toEqual({ kind: 'locked' })
  })

  it('is about nothing where there never was a log', async () => {
    const world = createBuyingWorld()
    world.ledger.setLog(null)
    world.ledger.setState('vaultUnavailable')
    expect(await insight(world)).toMatchObject({ currency: null, totals: { lines: 0 }, sellers: [] })
  })
})
