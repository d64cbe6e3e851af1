/** P10: whose profile locks, or gives way to another one, while their history is being looked for is told nothing more. */
import { describe, expect, it } from 'vitest'
import type { HistoryIndex } from '../../../src/main/ports/history-index.ts'
import { createPurchaseDetail } from '../../../src/main/usecases/purchase-detail.ts'
import { createReportInsight } from '../../../src/main/usecases/report-insight.ts'
import { createSearchHistory } from '../../../src/main/usecases/search-history.ts'
import { begun, tightened } from '../../support/control-events.ts'
import { anySignature } from '../../support/detail-world.ts'
import { createFamilyWorld, type FamilyWorld } from '../../support/family-world.ts'
import { asking } from '../../support/history-questions.ts'
import { householdBegun } from '../../support/household-events.ts'
import { importedRow } from '../../support/import-events.ts'
import { importWorld, readOf } from '../../support/import-world.ts'
import { createNaiveHistory } from '../../support/naive-history.ts'
import { createStatementWorld } from '../../support/statement-world.ts'

/** The same index, with something that happens while it looks. */
function meanwhile(index: HistoryIndex, happens: () => unknown): HistoryIndex {
  const after = <A extends unknown[], T>(ask: (...args: A) => Promise<T>) => async (...args: A): Promise<T> => {
    const answer = await ask(...args)
    await happens()
    return answer
  }
  const { page, summary, groups, facets, eventsOf, imports } = index
  return { ...index, page: after(page), summary: after(summary), groups: after(groups), facets: after(facets), eventsOf: after(eventsOf), imports: after(imports) }
}

function answersIn(world: FamilyWorld, happens: () => unknown): readonly (() => Promise<{ readonly kind: string }>)[] {
  const index = meanwhile(createNaiveHistory({ log: world.ledger.log }), happens)
  const deps = { ...world.deps, index, language: () => 'en' as const, signatures: async () => anySignature }
  const search = createSearchHistory(deps)
  const [first] = world.log.purchases()
  return [
    () => search.page({ question: asking(), offset: 0, limit: 10 }),
    () => search.summary({ question: asking() }),
    () => search.facets(),
    () => createReportInsight(deps)({ unit: 'month', day: null, whose: { kind: 'everybody' }, currency: null }),
    () => createPurchaseDetail(deps)({ purchaseId: first?.purchaseId ?? '' }),
  ]
}

async function withPurchase() {
  const world = await createFamilyWorld()
  world.as('guardian')
  await world.buy()
  return world
}

describe('an answer that took its time', () => {
  it.each([['locked', null], ['another', 'teen']] as const)('P10 is not given once the profile is %s', async (_, to) => {
    const world = await withPurchase()
    for (const ask of answersIn(world, () => world.as(to))) {
      world.as('guardian')
      expect(await ask()).toEqual({ kind: 'locked' })
    }
  })

  it('P10 is not given to whoever may see less than when they asked', async () => {
    const world = await withPurchase()
    const [page] = answersIn(world, async () => {
      await world.log.append(() => tightened({ kind: 'member', memberId: 'adult', role: 'removed' }))
    })
    world.as('adult')
    expect(await page?.()).toEqual({ kind: 'locked' })
  })

  it('is given to whoever is still there', async () => {
    const world = await withPurchase()
    for (const ask of answersIn(world, () => {})) expect(await ask()).toMatchObject({ kind: 'ok' })
  })

  it('P10 holds for statements', async () => {
    const world = await createStatementWorld({
      events: [['2026-09-01T08:00:00.000Z', begun()], ['2026-09-01T08:00:00.000Z', householdBegun()]],
      through: (index) => meanwhile(index, () => (world.profile.open = 'teen')),
    })
    for (const ask of [() => world.months(), () => world.get('2026-10')]) {
      world.profile.open = 'guardian'
      expect(await ask()).toEqual({ kind: 'locked' })
    }
    world.profile.open = 'guardian'
    expect(await world.save('2026-10')).toEqual({ kind: 'locked' })
    expect(world.written).toEqual([])
  })
})

describe('an import', () => {
  const events = [begun(), householdBegun()]
  const rows = Array.from({ length: 1001 }, (_, index) => importedRow(index + 1))

  it('P10 is not gone on with by somebody else, even where they may import as well', async () => {
    const world = await importWorld({ events, actor: 'teen' })
    world.is.read = readOf(rows)
    await world.choose()
    world.is.atTurn = () => void (world.is.actor = 'guardian')
    expect(await world.commit('teen')).toMatchObject({ kind: 'locked', there: { partsThere: 1, parts: 3 } })
    expect([...world.log.events()].filter(({ type }) => type === 'import.made').map(({ actor }) => actor)).toEqual(['teen'])
  })

  it('P10 whether somebody else has imported the same is not told', async () => {
    const world = await importWorld({ events, actor: 'guardian' })
    world.is.read = readOf(rows.slice(0, 3))
    await world.choose()
    await world.commit('guardian')
    world.is.actor = 'teen'
    world.is.read = readOf(rows.slice(0, 4))
    expect(await world.choose()).toMatchObject({ kind: 'preview', preview: { rows: 4, known: 0 } })
    expect(world.rows()).toMatchObject({ rows: [{ isKnown: false }, { isKnown: false }, { isKnown: false }, { isKnown: false }] })
    expect(await world.commit('teen')).toMatchObject({ kind: 'written', rows: 4 })
    // Their own are known again, and everybody's to a guardian.
    expect(await world.choose()).toMatchObject({ kind: 'preview', preview: { rows: 0, known: 4 } })
    world.is.actor = 'guardian'
    expect(await world.choose()).toMatchObject({ kind: 'preview', preview: { rows: 0, known: 4 } })
  })
})
