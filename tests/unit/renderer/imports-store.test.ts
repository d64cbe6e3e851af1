import { describe, expect, it } from 'vitest'
import type { ImportedView, ImportPreviewView, ImportReadView, ImportRowsView, ImportUndoneView } from '../../../src/contract/ipc/imports.ts'
import { createImportsStore, type Looking } from '../../../src/renderer/launcher/features/imports/imports-store.ts'
import { fakeBridge, settled } from '../../support/fake-bridge.ts'
import { someMapping } from '../../support/import-world.ts'

const preview: ImportPreviewView = {
  ...{ source: 'csv', fileName: 'shop.csv', rows: 2, known: 0, totals: [], from: null, to: null, bad: { count: 0, first: [] } },
  table: { columns: ['a', 'b', 'c'], sample: [], mapping: someMapping },
  counting: { currency: null, charges: 0, otherCurrencies: 0 },
  people: [{ memberId: 'ada', name: 'Ada', countedBefore: 0, effects: [] }, { memberId: 'cleo', name: 'Cleo', countedBefore: 0, effects: [] }],
}
const row = { ...{ n: 1, kind: 'charge', at: '2026-11-20T12:00:00.000Z', item: 'Sword', payee: 'Shop', isKnown: false } as const, amount: { amount: '1', currency: 'EUR' } }

function world() {
  let reading = Promise.withResolvers<ImportReadView>()
  let writing = Promise.withResolvers<ImportedView>()
  const asked: unknown[] = []
  const says = { undone: { kind: 'done' } as ImportUndoneView, rows: { kind: 'ok', total: 2, rows: [row] } as ImportRowsView }
  const read = (input: unknown) => {
    asked.push(input)
    reading = Promise.withResolvers()
    return reading.promise
  }
  const { bridge, calls, tell } = fakeBridge({
    imports: {
      choose: read,
      reread: read,
      remap: read,
      rows: async () => says.rows,
      commit(input: unknown) {
        asked.push(input)
        writing = Promise.withResolvers()
        return writing.promise
      },
      cancel: async () => ({}),
      list: async () => ({ kind: 'ok', imports: [] }),
      undo: async () => says.undone,
    },
  })
  const store = createImportsStore(bridge)
  const at = () => store.getState()
  return {
    ...{ asked, calls, says, store, at, tell },
    async read(result: ImportReadView) {
      reading.resolve(result)
      await settled()
    },
    fail: async () => (reading.reject(new Error('refused')), settled()),
    async write(result: ImportedView) {
      writing.resolve(result)
      await settled()
    },
    /** Up to the preview. */
    async look() {
      void at().choose(null)
      reading.resolve({ kind: 'preview', preview })
      await settled()
      return at().stage as Looking
    },
  }
}

describe('the import on the screen', () => {
  it('goes from choosing over reading to what would go in, and then to how it ended', async () => {
    const { asked, at, look, store, tell, write } = world()
    const stop = store.getState().follow()
    void at().choose('csv')
    expect([asked, at().stage]).toEqual([[{ source: 'csv' }], { kind: 'reading', progress: null, isCancelling: false }])
    tell('imports.progress', { step: 'reading', done: 1, total: 2 })
    expect(at().stage).toMatchObject({ progress: { done: 1 } })
    expect(await look()).toMatchObject({ kind: 'looking', rows: [row], memberId: 'ada', counts: true, problem: null })
    void at().commit()
    expect(at().stage).toMatchObject({ kind: 'writing', progress: null })
    tell('imports.progress', { step: 'writing', done: 1, total: 2 })
    expect(at().stage).toMatchObject({ kind: 'writing', progress: { step: 'writing' } })
    expect(asked.at(-1)).toEqual({ memberId: 'ada', counts: true })
    await write({ kind: 'written', importId: 'i', rows: 2, partsThere: 1, parts: 1, source: 'csv' })
    expect(at().stage).toMatchObject({ kind: 'ended', result: { rows: 2 } })
    stop()
  })

  it('keeps what the person said about it when the columns are corrected, and shows the columns at once', async () => {
    const { at, look, read } = world()
    await look()
    at().decide({ memberId: 'cleo' })
    at().decide({ counts: false })
    const mapping = { ...someMapping, item: 2 }
    void at().remap(mapping)
    expect(at().stage).toMatchObject({ kind: 'looking', isRereading: true, preview: { table: { mapping: { item: 2 } } } })
    await read({ kind: 'preview', preview: { ...preview, rows: 5 } })
    expect(at().stage).toMatchObject({ kind: 'looking', isRereading: false, memberId: 'cleo', counts: false, preview: { rows: 5 } })
  })

  it('what cannot be read with other columns leaves what was shown, with the reason', async () => {
    const { at, look, read } = world()
    await look()
    void at().remap({ ...someMapping, item: 2 })
    await read({ kind: 'failed', problem: 'damaged', fileName: 'shop.csv' })
    expect(at().stage).toMatchObject({ kind: 'looking', isRereading: false, problem: { problem: 'damaged' }, preview: { rows: 2, table: { mapping: { item: 1 } } } })
  })

  it.each<[ImportReadView, object]>([
    [{ kind: 'cancelled' }, { kind: 'choosing', problem: null }],
    [{ kind: 'failed', problem: 'empty', fileName: 'x' }, { kind: 'choosing', problem: { problem: 'empty' } }],
    [{ kind: 'locked' }, { kind: 'choosing', problem: { kind: 'locked' } }],
    [{ kind: 'busy' }, { kind: 'choosing', problem: { kind: 'busy' } }],
  ])('%j is told where the file is chosen', async (result, stage) => {
    const { at, read } = world()
    void at().choose(null)
    await read(result)
    expect(at().stage).toMatchObject(stage)
  })

  it('a cancel is told to main, and how it ended is told by the writing itself; back leads to the file', async () => {
    const { at, calls, look, write } = world()
    await look()
    at().decide({ counts: false })
    void at().commit()
    await at().cancel()
    expect([at().stage.kind, calls.includes('imports.cancel')]).toEqual(['writing', true])
    expect(at().stage).toMatchObject({ isCancelling: true })
    await write({ kind: 'cancelled', there: null })
    at().goBack()
    expect(at().stage).toMatchObject({ kind: 'looking', counts: false })
    await at().startOver()
    expect(at().stage).toEqual({ kind: 'choosing', problem: null })
  })

  it('more rows are added to those shown', async () => {
    const { at, look, says } = world()
    await look()
    says.rows = { kind: 'ok', total: 2, rows: [{ ...row, n: 2 }] }
    await at().showMore()
    expect((at().stage as Looking).rows.map(({ n }) => n)).toEqual([1, 2])
  })

  it('undoing what was just imported leads back to choosing; what was not undone is told and changes nothing', async () => {
    const { at, look, says, write } = world()
    await look()
    void at().commit()
    await write({ kind: 'written', importId: 'i', rows: 2, partsThere: 1, parts: 1, source: 'csv' })
    says.undone = { kind: 'failed', problem: 'diskFull' }
    await at().undo('i')
    expect(at()).toMatchObject({ undoing: null, undone: { result: { kind: 'failed' } }, stage: { kind: 'ended' } })
    says.undone = { kind: 'done' }
    await at().undo('i')
    expect(at()).toMatchObject({ undone: { importId: 'i', result: { kind: 'done' } }, stage: { kind: 'choosing' } })
  })

  it('a call that fails is said to be a fault of Tuppence', async () => {
    const { at, fail } = world()
    void at().choose(null)
    await fail()
    expect(at().stage).toEqual({ kind: 'broken' })
  })
})
