import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import type { HistoryQuestionView } from '../../../src/contract/ipc/history.ts'
import { launcherContract } from '../../../src/contract/ipc/launcher.ts'
import { createNaiveHistory } from '../../support/naive-history.ts'
import { LogStorageError } from '../../../src/main/ports/event-log.ts'
import { createSearchHistory } from '../../../src/main/usecases/search-history.ts'
import { createBuyingWorld, type BuyingWorld } from '../../support/buying-world.ts'
import { adopted, tightened } from '../../support/control-events.ts'
import { approved, refunded, succeeded } from '../../support/events.ts'
import { createFamilyWorld, type FamilyWorld } from '../../support/family-world.ts'
import type { PurchaseFate } from '../../support/fake-gateway.ts'
import { bundleOffer } from '../../support/fake-offers.ts'
import { asking } from '../../support/history-questions.ts'
import { named } from '../../support/household-events.ts'

const { calls } = launcherContract

/** What the page is told, as the contract lets it through. */
function historyOf(world: BuyingWorld, changes: Partial<Parameters<typeof createSearchHistory>[0]> = {}) {
  const index = createNaiveHistory({ log: world.ledger.log })
  const search = createSearchHistory({ ...world.deps, index, language: () => 'en', ...changes })
  return {
    page: async (question: HistoryQuestionView = asking(), offset = 0, limit = 200) =>
      v.parse(calls['history.search'].output, await search.page(v.parse(calls['history.search'].input, { question, offset, limit }))),
    summary: async (question: HistoryQuestionView = asking()) =>
      v.parse(calls['history.summary'].output, await search.summary(v.parse(calls['history.summary'].input, { question }))),
    facets: async () => v.parse(calls['history.facets'].output, await search.facets()),
  }
}

async function linesOf(world: BuyingWorld, question: HistoryQuestionView = asking()) {
  const page = await historyOf(world).page(question)
  if (page.kind !== 'ok') throw new Error(page.kind)
  return page.lines
}

/** One that was charged, one declined, one of which nobody knows; a second apart. */
async function withThree() {
  const world = createBuyingWorld()
  await world.buy()
  for (const fate of ['decline', 'answerLost'] as PurchaseFate[]) {
    world.clock.advance(1_000)
    world.gateway.meet(fate)
    await world.buy(bundleOffer.id)
  }
  return world
}

describe('a page of the history', () => {
  it('P9 has every line with its exact amount, newest first', async () => {
    expect(await historyOf(await withThree()).page()).toMatchObject({
      kind: 'ok',
      unverified: false,
      reading: [],
      lines: [
        { kind: 'pending', state: 'unknown', price: { amount: '610', currency: 'JPY' }, moved: { amount: '0', currency: 'JPY' }, receiptNumber: null },
        { kind: 'notCharged', state: 'declined', item: '500 月の石', moved: { amount: '0', currency: 'JPY' }, bundle: { count: 500 }, offerKind: 'bundle' },
        { kind: 'charge', state: 'succeeded', item: 'Eine Kanne Lampenöl', moved: { amount: '99', currency: 'EUR' }, receiptNumber: 'T-2026-1', who: null },
      ],
    })
  })

  it('P9 has what came back as a line of its own, below nothing and with the number of its receipt', async () => {
    const world = createBuyingWorld()
    await world.log.append(() => approved('p1'))
    await world.log.append(() => succeeded('p1'))
    await world.log.append(() => refunded('p1', { amount: '40', currency: 'EUR' }, 'r1', 2))
    const lines = await linesOf(world, asking('refunded'))
    expect(lines.map(({ kind, moved, state }) => [kind, moved.amount, state])).toEqual(
      expect.arrayContaining([['charge', '99', 'partlyRefunded'], ['refund', '-40', 'partlyRefunded']]),
    )
    expect(lines).toHaveLength(2)
    expect(new Set(lines.map(({ receiptNumber }) => receiptNumber)).size).toBe(1)
    expect(lines.find(({ kind }) => kind === 'refund')?.reference).not.toBeNull()
  })

  it('is as much as was asked for, in the order that was asked for', async () => {
    const history = historyOf(await withThree())
    expect(await history.page(asking(), 1, 1)).toMatchObject({ lines: [{ kind: 'notCharged' }] })
    expect(await history.page(asking(), 3, 1)).toMatchObject({ lines: [] })
    expect(await history.page(asking('', {}, { by: 'at', direction: 'ascending' }), 0, 1)).toMatchObject({ lines: [{ kind: 'charge' }] })
  })

  it('is what both the text and the menus ask for, and tells what the text was taken for', async () => {
    const world = await withThree()
    const found = await historyOf(world).page(asking('lampenol seller:', { lines: ['charge'], currencies: ['EUR'] }))
    expect(found).toMatchObject({
      lines: [{ item: 'Eine Kanne Lampenöl' }],
      reading: [{ text: 'lampenol', means: { kind: 'word' } }, { text: 'seller:', means: { kind: 'notUnderstood', because: 'nothingAfterColon' } }],
    })
    expect(await linesOf(world, asking('lampenol', { currencies: ['JPY'] }))).toEqual([])
    expect(await linesOf(world, asking('currency:eur', { currencies: ['JPY', 'USD'] }))).toEqual([])
    expect(await linesOf(world, asking('currency:jpy', { currencies: ['JPY', 'USD'], states: ['unknown'] }))).toHaveLength(1)
  })

  it.each([
    ['sellers', ['other']],
    ['kinds', ['pass']],
    ['sources', ['steam']],
    ['states', ['refunded']],
    ['lines', ['chargeback']],
    ['members', ['mia']],
    ['from', '2026-03-03'],
    ['to', '2026-03-01'],
    ['least', '611'],
    ['most', '0.98'],
  ])('is nothing where no line fits the menu %s', async (menu, value) => {
    const world = await withThree()
    expect(await linesOf(world)).toHaveLength(3)
    expect(await linesOf(world, asking('', { [menu]: value }))).toEqual([])
  })

  it('has both days of a period, and both bounds of an amount', async () => {
    const world = await withThree()
    expect(await linesOf(world, asking('', { from: '2026-03-02', to: '2026-03-02' }))).toHaveLength(3)
    expect(await linesOf(world, asking('', { least: '0.99', most: '0.99' }))).toHaveLength(1)
    expect(await linesOf(world, asking('', { members: [null], least: '0.99', most: '610' }))).toHaveLength(3)
  })

  it('goes by the day of the household, its currency and the language of the page', async () => {
    const world = await withThree()
    expect(await linesOf(world, asking('today'))).toHaveLength(3)
    world.clock.set(Date.parse('2026-03-02T22:59:59.999Z'))
    expect(await linesOf(world, asking('heute'))).toHaveLength(3)
    world.clock.set(Date.parse('2026-03-02T23:00:00.000Z'))
    expect(await linesOf(world, asking('heute'))).toEqual([])
    const reading = async (language: 'en' | 'de') => {
      const page = await historyOf(world, { language: () => language }).page(asking('1.234 $5'))
      return page.kind === 'ok' && page.reading.map(({ means }) => means.kind === 'amount' && [means.decimal, means.currency])
    }
    expect(await reading('en')).toEqual([['1.234', null], ['5', 'USD']])
    expect(await reading('de')).toEqual([['1234', null], ['5', 'USD']])
    await world.log.append(() => adopted({ household: { zone: 'Pacific/Auckland', currency: 'NZD' }, limits: [], quietHours: [], exclusion: null }))
    expect(await reading('en')).toEqual([['1.234', null], ['5', 'NZD']])
    // It is the third of March there when these were bought.
    expect(await linesOf(world, asking('2026-03-03'))).toHaveLength(3)
  })
})

describe('what the history comes to', () => {
  it('P9 is every currency for itself, with nothing netted, and what is open', async () => {
    const world = await withThree()
    await world.log.append(() => approved('p1'))
    await world.log.append(() => succeeded('p1'))
    await world.log.append(() => refunded('p1', { amount: '40', currency: 'EUR' }, 'r1', 2))
    const euros = (amount: string) => ({ amount, currency: 'EUR' })
    const yen = (amount: string) => ({ amount, currency: 'JPY' })
    const summary = await historyOf(world).summary()
    expect(summary).toMatchObject({
      kind: 'ok',
      lines: 5,
      open: 1,
      totals: [
        { debit: euros('198'), credit: euros('40'), pending: euros('0'), lines: 3 },
        { debit: yen('0'), credit: yen('0'), pending: yen('610'), lines: 2 },
      ],
    })
    expect(summary.kind === 'ok' && summary.months.reduce((sum, { lines }) => sum + lines, 0)).toBe(5)
  })

  it('is of what was asked for, and has what is open of everything', async () => {
    const history = historyOf(await withThree())
    expect(await history.summary(asking('currency:eur'))).toMatchObject({ lines: 1, open: 1, totals: [{ debit: { amount: '99', currency: 'EUR' } }] })
    expect(await history.summary(asking('nothingcalledso'))).toEqual({ kind: 'ok', lines: 0, open: 1, totals: [], months: [] })
  })
})

describe('what there is to choose from', () => {
  it('is what lines have, and the days from the first to the last', async () => {
    expect(await historyOf(await withThree()).facets()).toEqual({
      kind: 'ok',
      sellers: [
        { sellerId: 'nebelfuchs', payee: 'Nebelfuchs Spielewerkstatt GmbH' },
        { sellerId: 'tsukiusagi', payee: '月兎工房' },
      ],
      members: [{ memberId: null, name: null }],
      currencies: ['EUR', 'JPY'],
      sources: ['tuppence'],
      first: '2026-03-02',
      last: '2026-03-02',
      today: '2026-03-02',
    })
  })
})

describe('where the history cannot be had', () => {
  it.each(['tampered', 'keyMissing', 'vaultUnavailable'] as const)('P3 is shown, and said to be unverified, when the ledger is %s', async (state) => {
    const world = createBuyingWorld()
    await world.buy()
    world.ledger.setState(state)
    expect(await historyOf(world).page()).toMatchObject({ kind: 'ok', unverified: true, lines: [{ state: 'succeeded' }] })
  })

  it('is empty where there never was a log', async () => {
    const world = createBuyingWorld()
    world.ledger.setLog(null)
    world.ledger.setState('vaultUnavailable')
    const history = historyOf(world)
    expect(await history.page()).toEqual({ kind: 'ok', lines: [], reading: [], unverified: false })
    expect(await history.summary()).toEqual({ kind: 'ok', lines: 0, totals: [], months: [], open: 0 })
    const none = { sellers: [], members: [], currencies: [], sources: [], first: null, last: null }
    expect(await history.facets()).toEqual({ kind: 'ok', ...none, today: '2026-03-02' })
  })

  it('is not to be had where log or index cannot be read, and a bug is handed on', async () => {
    const world = createBuyingWorld()
    const failing = (error: Error) => {
      const fail = async () => {
        throw error
      }
      return historyOf(world, { index: { ...createNaiveHistory({ log: world.ledger.log }), page: fail, summary: fail, facets: fail } })
    }
    const unreadable = failing(new LogStorageError({ kind: 'damaged' }))
    for (const call of [unreadable.page(), unreadable.summary(), unreadable.facets()]) expect(await call).toEqual({ kind: 'unavailable' })
    await expect(failing(new TypeError('a bug')).page()).rejects.toThrow('a bug')
    world.ledger.setLog(null)
    world.ledger.setState('unreadable')
    expect(await historyOf(world).page()).toEqual({ kind: 'unavailable' })
  })

  it('tells how far it has come where it is being put in order', async () => {
    const world = createBuyingWorld()
    const index = { ...createNaiveHistory({ log: world.ledger.log }), progress: () => ({ done: 3, total: 10 }) }
    const history = historyOf(world, { index })
    for (const call of [history.page(), history.summary(), history.facets()]) expect(await call).toEqual({ kind: 'building', done: 3, total: 10 })
  })
})

describe('the history of a household', () => {
  const who = async (world: FamilyWorld, memberId: string | null, question?: HistoryQuestionView) => {
    world.as(memberId)
    const page = await historyOf(world).page(question)
    return page.kind === 'ok' ? page.lines.map((line) => line.who) : page.kind
  }

  async function withPurchases() {
    const world = await createFamilyWorld()
    for (const memberId of ['adult', 'teen', 'guardian']) {
      world.as(memberId)
      await world.buy()
      world.clock.advance(1_000)
    }
    return world
  }

  it('P10 is everybody’s to a guardian, and their own to everybody else', async () => {
    const world = await withPurchases()
    expect(await who(world, 'guardian')).toEqual(['Ada', 'Cleo', 'Ben'])
    expect(await who(world, 'adult')).toEqual(['Ben'])
    expect(await who(world, 'teen')).toEqual(['Cleo'])
    expect(await who(world, 'child')).toEqual([])
    expect(await who(world, null)).toBe('locked')
    await world.log.append(() => tightened({ kind: 'member', memberId: 'adult', role: 'removed' }))
    expect(await who(world, 'guardian')).toEqual(['Ada', 'Cleo', 'Ben'])
    expect(await who(world, 'adult')).toBe('locked')
  })

  it('P10 what was bought before there were members is seen by guardians', async () => {
    const world = await createFamilyWorld()
    await world.log.append(() => approved('before'))
    expect(await who(world, 'guardian')).toEqual([null])
    for (const other of ['adult', 'teen', 'child']) expect(await who(world, other)).toEqual([])
  })

  it('P10 is nobody else’s whatever the menus, the text, the totals and what there is to choose from are', async () => {
    const world = await withPurchases()
    await world.log.append(() => approved('before'))
    for (const question of [
      asking('', { members: ['adult', 'guardian', null] }),
      asking('', { members: [null] }),
      asking('ada'),
      asking('member:teen member:ada', { members: ['guardian'] }),
      asking('', { members: ['adult'] }),
    ]) {
      expect(await who(world, 'teen', question)).toEqual([])
      world.as('teen')
      expect(await historyOf(world).summary(question)).toMatchObject({ lines: 0, totals: [], open: 0 })
    }
    // Not even whether there is somebody of that name.
    world.as('teen')
    for (const name of ['ada', 'nobody']) {
      expect(await historyOf(world).page(asking(`member:${name}`))).toMatchObject({
        lines: [{ who: 'Cleo' }],
        reading: [{ means: { kind: 'notUnderstood', because: 'noSuchMember' } }],
      })
    }
    expect(await historyOf(world).facets()).toMatchObject({ members: [{ memberId: 'teen', name: 'Cleo' }] })
    expect(await historyOf(world).summary()).toMatchObject({ lines: 1, totals: [{ lines: 1 }] })
    world.as(null)
    expect(await historyOf(world).summary()).toEqual({ kind: 'locked' })
    expect(await historyOf(world).facets()).toEqual({ kind: 'locked' })
  })

  it('is found by a member’s name of now, and by the menu', async () => {
    const world = await withPurchases()
    expect(await who(world, 'guardian', asking('member:cleo'))).toEqual(['Cleo'])
    await world.log.append(() => named('teen', 'Clea'))
    expect(await who(world, 'guardian', asking('member:clea'))).toEqual(['Clea'])
    expect(await who(world, 'guardian', asking('clea'))).toEqual(['Clea'])
    expect(await who(world, 'guardian', asking('member:c', { members: ['teen', 'adult'] }))).toEqual(['Clea'])
    expect(await who(world, 'guardian', asking('', { members: ['adult', 'teen'] }))).toEqual(['Clea', 'Ben'])
  })

  it('calls whom only the gateway knows by their place', async () => {
    const world = createBuyingWorld()
    const { household, members, limits } = (await createFamilyWorld()).log.controls()
    await world.log.append(() => adopted({ household, limits, quietHours: [], exclusion: null, ...(members && { members }) }))
    world.profile.open = 'guardian'
    await world.buy()
    expect(await linesOf(world)).toMatchObject([{ who: 'Guardian 1' }])
  })
})
