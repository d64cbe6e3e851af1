import { describe, expect, it } from 'vitest'
import { linesOf } from '../../../src/domain/history/line.ts'
import { LogStorageError } from '../../../src/main/ports/event-log.ts'
import { VaultError } from '../../../src/main/ports/vault.ts'
import { begun, limitOf, tightened } from '../../support/control-events.ts'
import { householdBegun } from '../../support/household-events.ts'
import { importedRow } from '../../support/import-events.ts'
import { importWorld, readOf, someMapping } from '../../support/import-world.ts'

const many = (count: number, first = 1) => Array.from({ length: count }, (_, index) => importedRow(first + index))

async function previewed(world: Awaited<ReturnType<typeof importWorld>>, rows = many(3)) {
  world.is.read = readOf(rows)
  const read = await world.choose()
  if (read.kind !== 'preview') throw new Error(`no preview but ${read.kind}`)
  return read.preview
}

describe('choosing a file', () => {
  it('P7, P10 asks in a box of the system; the page learns the name of the file and not its folder', async () => {
    const world = await importWorld({ events: [begun('Europe/Berlin', 'EUR')] })
    expect(await previewed(world)).toMatchObject({ fileName: 'history.html', source: 'steam', rows: 3, known: 0 })
    expect(world.questions).toEqual([{ title: 'Choose the file to import', kind: 'Purchases', extensions: ['html', 'htm', 'csv', 'json', 'tsv', 'txt', 'ofx', 'qfx'], others: 'All files' }])
    expect(world.asked).toMatchObject([{ file: '/home/ada/Documents/history.html', options: { source: null, mapping: null, zone: 'Europe/Berlin', homeCurrency: 'EUR' } }])
    expect(JSON.stringify(world.progress)).not.toContain('/home/ada')
    expect(world.log.head()?.seq).toBe(2)
  })

  it('says what goes in, what is there, and what cannot go in, with the sums of each currency', async () => {
    const world = await importWorld()
    await previewed(world)
    await world.commit()
    world.is.read = readOf([
      ...many(2),
      importedRow(4, { at: '2026-10-02T10:00:00.000Z' }),
      importedRow(5, { kind: 'refund', of: 4, amount: { amount: '100', currency: 'EUR' } }),
      importedRow(6, { amount: { amount: '1200', currency: 'JPY' } }),
      importedRow(7, { item: 'x'.repeat(201) }),
    ], { bad: [{ n: 9, reason: 'noDate', text: 'someday' }, { n: 8, reason: 'free', text: 'demo' }] })
    expect(await world.choose()).toMatchObject({
      kind: 'preview',
      preview: {
        ...{ rows: 3, known: 2, from: '2026-10-02', to: '2026-11-20' },
        totals: [
          { debit: { amount: '499', currency: 'EUR' }, credit: { amount: '100', currency: 'EUR' }, lines: 2 },
          { debit: { amount: '1200', currency: 'JPY' }, credit: { amount: '0', currency: 'JPY' }, lines: 1 },
        ],
        bad: { count: 3, first: [{ n: 7, reason: 'badText' }, { n: 8, reason: 'free', text: 'demo' }, { n: 9, reason: 'noDate', text: 'someday' }] },
      },
    })
    expect(world.rows(1, 2)).toMatchObject({ kind: 'ok', total: 5, rows: [{ n: 2, isKnown: true }, { n: 4, isKnown: false }] })
  })

  it('tells 200 of the rows that cannot go in, and how many there are', async () => {
    const world = await importWorld()
    world.is.read = readOf([], { bad: Array.from({ length: 250 }, (_, n) => ({ n: n + 1, reason: 'noAmount', text: '' })) })
    const read = await world.choose()
    expect(read.kind === 'preview' && [read.preview.bad.count, read.preview.bad.first.length]).toEqual([250, 200])
  })

  it('P9 a file of impossible amounts neither breaks the sums nor the ledger: they are told as no amounts', async () => {
    const world = await importWorld({ events: [begun('Europe/Berlin', 'EUR'), tightened(limitOf('2000', 'month'))] })
    const [most, more] = ['9'.repeat(12), '9'.repeat(18)].map((amount) => ({ amount, currency: 'EUR' }))
    const rows = Array.from({ length: 40 }, (_, index) => importedRow(index + 1, { amount: (index % 2 === 0 ? most : more)! }))
    const { bad, ...preview } = await previewed(world, rows)
    expect(preview).toMatchObject({ rows: 20, totals: [{ debit: { amount: '19999999999980' } }] })
    expect([bad.count, bad.first[0]]).toEqual([20, { n: 2, reason: 'noAmount', text: 'Game 2 Steam' }])
    expect(await world.commit()).toMatchObject({ kind: 'written', rows: 20 })
  })

  it('reads the same file again as from another store, and with other columns', async () => {
    const world = await importWorld()
    world.is.read = { kind: 'failed', problem: 'notRecognised' }
    expect(await world.choose()).toEqual({ kind: 'failed', problem: 'notRecognised', fileName: 'history.html' })
    expect(world.rows()).toEqual({ kind: 'gone' })
    world.is.read = readOf(many(1), { source: 'csv', table: { columns: ['a', 'b', 'c'], sample: [['x', 'y', 'z']], mapping: someMapping } })
    expect(await world.imports.reread({ source: 'csv' })).toMatchObject({ kind: 'preview' })
    expect(await world.imports.remap({ mapping: { ...someMapping, item: 2 } })).toMatchObject({ kind: 'preview' })
    expect(world.asked.map(({ file, options }) => [file.split('/').at(-1), options.source, options.mapping?.item])).toEqual([
      ['history.html', null, undefined],
      ['history.html', 'csv', undefined],
      ['history.html', 'csv', 2],
    ])
    // What cannot be read that way leaves what was there.
    world.is.read = { kind: 'failed', problem: 'damaged' }
    expect(await world.imports.remap({ mapping: someMapping })).toMatchObject({ kind: 'failed' })
    expect(world.rows()).toMatchObject({ kind: 'ok', total: 1 })
  })

  it('is given up in the box, while it is read, and afterwards, and nothing is written', async () => {
    const world = await importWorld()
    world.is.file = null
    expect([await world.choose(), world.asked]).toEqual([{ kind: 'cancelled' }, []])
    world.is.file = 'C:\\Users\\ada\\history.html'
    world.is.whileRead = () => void world.imports.cancel()
    expect([await world.choose(), world.rows()]).toEqual([{ kind: 'cancelled' }, { kind: 'gone' }])
    world.is.whileRead = () => {}
    await previewed(world)
    world.imports.cancel()
    expect([world.rows(), await world.commit()]).toEqual([{ kind: 'gone' }, { kind: 'gone' }])
    expect(world.log.head()?.seq).toBe(1)
  })

  it('is one thing at a time', async () => {
    const world = await importWorld()
    const first = world.choose()
    expect([await world.choose(), await world.commit(), await world.undo('import-1')]).toEqual([{ kind: 'busy' }, { kind: 'busy' }, { kind: 'busy' }])
    expect(await first).toMatchObject({ kind: 'preview' })
  })

  it('a ledger that cannot be read is said to be that', async () => {
    const world = await importWorld()
    world.ledger.setLog(null)
    expect([await world.choose(), await world.list()]).toEqual([{ kind: 'failed', problem: 'ledgerUnavailable', fileName: null }, { kind: 'unavailable' }])
    world.ledger.setLog({ ...world.log, controls: () => { throw new LogStorageError({ kind: 'damaged' }) } })
    expect([await world.choose(), await world.list()]).toEqual([{ kind: 'failed', problem: 'ledgerUnavailable', fileName: null }, { kind: 'unavailable' }])
  })
})

describe('importing', () => {
  it('P3 writes parts of 500 rows, one after the other, and tells how far it is', async () => {
    const world = await importWorld()
    await previewed(world, many(1200))
    expect(await world.commit()).toEqual({ kind: 'written', importId: 'import-1', rows: 1200, partsThere: 3, parts: 3, source: 'steam' })
    const parts = [...world.log.events()].flatMap((event) => (event.type === 'import.made' ? [[event.payload.part, event.payload.rows.length]] : []))
    expect(parts).toEqual([[1, 500], [2, 500], [3, 200]])
    expect(world.progress.filter(({ step }) => step === 'writing').map(({ done, total }) => [done, total])).toEqual([[0, 1200], [500, 1200], [1000, 1200], [1200, 1200]])
    expect([world.changed(), linesOf(world.log.events()).length]).toEqual([1, 1200])
    // The file is done with.
    expect(await world.commit()).toEqual({ kind: 'gone' })
  })

  it('finds only duplicates the second time', async () => {
    const world = await importWorld()
    await previewed(world)
    await world.commit()
    expect(await previewed(world)).toMatchObject({ rows: 0, known: 3 })
    expect([await world.commit(), linesOf(world.log.events()).length]).toEqual([{ kind: 'nothingNew' }, 3])
  })

  it('given up between parts leaves those that are in, which is said; the same file completes it', async () => {
    const world = await importWorld()
    await previewed(world, many(1200))
    let turns = 0
    world.is.atTurn = () => void (++turns === 2 && world.imports.cancel())
    expect(await world.commit()).toEqual({ kind: 'cancelled', there: { importId: 'import-1', rows: 1000, partsThere: 2, parts: 3 } })
    expect(await world.list()).toMatchObject({ imports: [{ importId: 'import-1', partsThere: 2, parts: 3, rows: 1000 }] })
    expect(world.changed()).toBe(1)
    world.is.atTurn = () => {}
    expect(await previewed(world, many(1200))).toMatchObject({ rows: 200, known: 1000 })
    expect(await world.commit()).toMatchObject({ kind: 'written', rows: 200 })
    expect(linesOf(world.log.events())).toHaveLength(1200)
  })

  it.each([
    ['diskFull', new LogStorageError({ kind: 'outOfSpace' })],
    ['ledgerUnavailable', new LogStorageError({ kind: 'damaged' })],
    ['keychainUnavailable', new VaultError('locked')],
  ])('that fails half way says %s and what is in', async (problem, error) => {
    const world = await importWorld()
    await previewed(world, many(600))
    world.is.atTurn = () => world.log.failNextAppend(error)
    expect(await world.commit()).toEqual({ kind: 'failed', problem, there: { importId: 'import-1', rows: 500, partsThere: 1, parts: 2 } })
  })

  it('without a ledger or keychain writes nothing', async () => {
    const world = await importWorld()
    await previewed(world)
    world.ledger.setState('tampered')
    expect(await world.commit()).toEqual({ kind: 'failed', problem: 'ledgerUnavailable', there: null })
    world.ledger.setVault('locked')
    expect(await world.commit()).toEqual({ kind: 'failed', problem: 'keychainUnavailable', there: null })
  })

  it('P10 is ended by a profile that locks, between two parts', async () => {
    const world = await importWorld({ events: [begun(), householdBegun()], actor: 'teen' })
    await previewed(world, many(1200))
    world.is.atTurn = () => void (world.is.actor = null)
    expect(await world.commit('teen')).toMatchObject({ kind: 'locked', there: { partsThere: 1, parts: 3 } })
  })

  it('P10 is ended by somebody else who sits down, between two parts', async () => {
    const world = await importWorld({ events: [begun(), householdBegun()], actor: 'guardian' })
    await previewed(world, many(1200))
    world.is.atTurn = () => void (world.is.actor = 'adult')
    expect(await world.commit('child')).toMatchObject({ kind: 'locked', there: { partsThere: 1, parts: 3 } })
  })
})

describe('P10 whose import it is', () => {
  const family = [begun(), householdBegun()]

  it('is one’s own, and a guardian’s to choose', async () => {
    const world = await importWorld({ events: family, actor: 'teen' })
    expect((await previewed(world)).people.map(({ name }) => name)).toEqual(['Cleo'])
    expect([await world.commit('child'), await world.commit(null)]).toEqual([{ kind: 'notAllowed' }, { kind: 'notAllowed' }])
    world.is.actor = 'guardian'
    expect((await previewed(world)).people.map(({ name }) => name)).toEqual(['Ada', 'Ben', 'Cleo', 'Dot'])
    expect(await world.commit('child')).toMatchObject({ kind: 'written' })
    expect([...world.log.events()].at(-1)).toMatchObject({ actor: 'guardian', payload: { memberId: 'child' } })
  })

  it('a file that somebody else has looked at is forgotten', async () => {
    const world = await importWorld({ events: family, actor: 'teen' })
    await previewed(world)
    world.is.actor = 'guardian'
    expect([world.rows(), await world.commit('guardian'), await world.imports.remap({ mapping: someMapping })]).toEqual([{ kind: 'gone' }, { kind: 'gone' }, { kind: 'gone' }])
    world.is.actor = 'teen'
    expect(world.rows()).toEqual({ kind: 'gone' })
    await previewed(world)
    world.is.actor = null
    world.imports.forgetUnlessTheirs()
    world.is.actor = 'teen'
    expect(world.rows()).toEqual({ kind: 'gone' })
  })

  it.each([null, 'guardian'])('a profile that changed to %s while the box was open reads nothing, or while it was read shows nothing', async (to) => {
    const world = await importWorld({ events: family, actor: 'teen' })
    world.is.whileAsked = () => void (world.is.actor = to)
    expect([await world.choose(), world.asked]).toEqual([{ kind: 'locked' }, []])
    const other = await importWorld({ events: family, actor: 'teen' })
    other.is.whileRead = () => void (other.is.actor = to)
    expect([await other.choose(), other.rows()]).toEqual([{ kind: 'locked' }, { kind: 'gone' }])
  })

  it('nobody’s is read or listed while every profile is locked', async () => {
    const world = await importWorld({ events: family })
    expect([await world.choose(), await world.list(), world.questions, await world.undo('import-1')]).toEqual([{ kind: 'locked' }, { kind: 'locked' }, [], { kind: 'locked' }])
  })

  it('a member sees and undoes their own, a guardian everybody’s', async () => {
    const world = await importWorld({ events: family, actor: 'teen' })
    await previewed(world)
    await world.commit('teen')
    expect(await world.list()).toMatchObject({ imports: [{ who: 'Cleo', rows: 3 }] })
    world.is.actor = 'adult'
    expect(await world.list()).toEqual({ kind: 'ok', imports: [] })
    const importId = world.log.family().imports?.[0]?.importId ?? ''
    expect(await world.undo(importId)).toEqual({ kind: 'notAllowed' })
    world.is.actor = 'guardian'
    expect(await world.list()).toMatchObject({ imports: [{ who: 'Cleo' }] })
    expect(await world.undo(importId)).toEqual({ kind: 'done' })
    expect([await world.undo(importId), await world.undo('nothing')]).toEqual([{ kind: 'gone' }, { kind: 'gone' }])
    expect([linesOf(world.log.events()), world.changed()]).toEqual([[], 2])
  })
})

describe('P4 counting what was imported', () => {
  const limits = [begun('Europe/Berlin'), tightened(limitOf('2000', 'week')), tightened(limitOf('5000', 'month')), tightened(limitOf('800', 'month', 'seller-1'))]
  const now = '2026-11-23T08:00:00.000Z'
  const rows = [
    importedRow(1, { at: now }),
    importedRow(2, { at: '2026-11-02T12:00:00.000Z' }),
    importedRow(3, { at: '2026-09-02T12:00:00.000Z' }),
    importedRow(4, { at: now, amount: { amount: '900', currency: 'JPY' } }),
    importedRow(5, { at: now, kind: 'refund', of: 1 }),
  ]
  const usedNow = (world: Awaited<ReturnType<typeof importWorld>>) => world.log.usageSince(0).reduce((sum, { spent, currency }) => (currency === 'EUR' ? sum + spent : sum), 0n)

  it('says beforehand what it uses up of each limit now, and counts exactly that', async () => {
    const world = await importWorld({ events: limits })
    const { counting, people } = await previewed(world, rows)
    expect(counting).toEqual({ currency: 'EUR', charges: 3, otherCurrencies: 1 })
    expect(people).toEqual([
      {
        ...{ memberId: null, name: null, countedBefore: 0 },
        effects: expect.arrayContaining([
          { period: 'week', seller: null, own: false, cap: '2000', left: '2000', uses: '499' },
          { period: 'month', seller: null, own: false, cap: '5000', left: '5000', uses: '998' },
        ]),
      },
    ])
    expect(people[0]?.effects).toHaveLength(2)
    await world.commit()
    expect(usedNow(world)).toBe(3n * 499n)
    expect(await world.list()).toMatchObject({ imports: [{ counts: true }] })
  })

  it('is the person’s choice', async () => {
    const world = await importWorld({ events: limits })
    await previewed(world, rows)
    await world.commit(null, false)
    expect(usedNow(world)).toBe(0n)
  })

  it('P5 undone and imported again counts once, and still more than before where something is new', async () => {
    const world = await importWorld({ events: limits })
    await previewed(world, rows)
    await world.commit()
    await world.undo('import-1')
    expect(usedNow(world)).toBe(3n * 499n)
    const again = await previewed(world, [...rows, importedRow(6, { at: now })])
    expect(again).toMatchObject({ rows: 6, known: 0, people: [{ countedBefore: 3, effects: [{ period: 'week', uses: '499' }, { period: 'month', uses: '499' }] }] })
    await world.commit()
    expect(usedNow(world)).toBe(4n * 499n)
    await world.undo('import-2')
    await previewed(world, rows)
    await world.commit()
    expect(usedNow(world)).toBe(4n * 499n)
  })

  it('P4 what a file of days has of today counts once, at whichever time of the day it is imported anew', async () => {
    const world = await importWorld({ events: limits })
    // Before noon a day that is today is dated with the moment of reading.
    await previewed(world, [importedRow(1, { at: '2026-11-23T08:00:00.000Z' })])
    await world.commit()
    await world.undo('import-1')
    expect(await previewed(world, [importedRow(1, { at: '2026-11-23T08:05:00.000Z' })])).toMatchObject({ people: [{ countedBefore: 1, effects: [] }] })
    await world.commit()
    expect(usedNow(world)).toBe(499n)
  })

  it('P5 undone for one member and imported for another counts for both', async () => {
    const world = await importWorld({ events: [begun(), householdBegun()], actor: 'guardian' })
    await previewed(world, [importedRow(1)])
    await world.commit('teen')
    await world.undo('import-1')
    expect((await previewed(world, [importedRow(1)])).people.map(({ name, countedBefore }) => [name, countedBefore])).toEqual([['Ada', 0], ['Ben', 0], ['Cleo', 1], ['Dot', 0]])
    await world.commit('child')
    expect(world.log.usageSince(0).map(({ memberId, spent }) => [memberId, spent])).toEqual([['child', 499n], ['teen', 499n]])
  })
})
