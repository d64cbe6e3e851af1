import { describe, expect, it } from 'vitest'
import type { EventId } from '../../../src/domain/brands.ts'
import type { LogEvent, NewEvent } from '../../../src/domain/events.ts'
import { countingRows, type ImportStanding, mayImport, mayUndo, nextImports, rowProblem } from '../../../src/domain/import-rules.ts'
import type { ImportedRow, ImportPart } from '../../../src/domain/imports.ts'
import { householdOf } from '../../support/household-events.ts'
import { importedRow, importMade, importUndone } from '../../support/import-events.ts'

const at = '2026-11-23T09:00:00.000Z'
const logged = (event: NewEvent) => ({ ...event, seq: 2, id: 'event-2' as EventId, at, mac: '' }) as LogEvent
const after = (events: readonly NewEvent[], people: Parameters<typeof nextImports>[2] = {}) =>
  events.reduce<readonly ImportStanding[]>((all, event) => nextImports(all, logged(event), people), [])

const rowsOf = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, index) => importedRow(first + index))

describe('an import', () => {
  it('is as many parts as it says, one after the other', () => {
    const [one, two] = [importMade({ parts: 2, rows: rowsOf(1, 2) }), importMade({ part: 2, parts: 2, rows: rowsOf(3, 3) })]
    expect(after([one])).toMatchObject([{ importId: 'import-1', partsThere: 1, parts: 2, lastRow: 2, isUndone: false }])
    expect(after([one, two])).toMatchObject([{ partsThere: 2, parts: 2, lastRow: 3 }])
    expect(() => after([two])).toThrow(RangeError)
    expect(() => after([one, one])).toThrow(RangeError)
    expect(() => after([one, two, importMade({ part: 3, parts: 2, rows: rowsOf(4, 4) })])).toThrow(RangeError)
  })

  it.each<[string, Partial<ImportPart>]>([
    ['another source', { source: 'xbox' }],
    ['another file', { fileName: 'other.html' }],
    ['another member', { memberId: 'adult' }],
    ['another answer about the limits', { counts: false }],
    ['another number of parts', { parts: 3 }],
    ['a row that was there', { rows: [importedRow(1)] }],
  ])('P3 has no part with %s', (_what, changes) => {
    const [one, two] = [importMade({ parts: 2, memberId: 'teen' }), { part: 2, parts: 2, memberId: 'teen', rows: [importedRow(2)] }]
    expect(after([one, importMade(two)], householdOf())).toMatchObject([{ partsThere: 2 }])
    expect(() => after([one, importMade({ ...two, ...changes })], householdOf())).toThrow(RangeError)
  })

  it.each<[string, Partial<ImportPart>]>([
    ['without a name', { importId: '' }],
    ['from nowhere that is known', { source: 'itch' as ImportPart['source'] }],
    ['of a file with its folders', { fileName: '/home/ada/history.html' }],
    ['of a file with its folders on Windows', { fileName: 'C:\\Users\\ada\\history.html' }],
    ['of a file without a name', { fileName: '' }],
    ['without rows', { rows: [] }],
    ['with too many rows in a part', { rows: rowsOf(1, 501) }],
    ['with two rows of a number', { rows: [importedRow(1), importedRow(1)] }],
    ['with half a part', { part: 1, parts: 1.5 }],
    ['with a row that counted before and would not count', { counts: false, countedBefore: [1] }],
    ['with a row that counted before and is not there', { countedBefore: [2] }],
    ['with a refund that counted before', { rows: [importedRow(1, { kind: 'refund' })], countedBefore: [1] }],
  ])('is nothing %s', (_what, changes) => expect(() => after([importMade(changes)])).toThrow(RangeError))

  it('has at most as many rows in a part as are allowed', () => expect(after([importMade({ rows: rowsOf(1, 500) })])).toHaveLength(1))

  it('is undone once, whole, and takes no more parts', () => {
    const [one, two] = [importMade({ parts: 2 }), importMade({ part: 2, parts: 2, rows: [importedRow(2)] })]
    expect(after([one, importUndone()])).toMatchObject([{ isUndone: true }])
    expect(() => after([importUndone()])).toThrow(RangeError)
    expect(() => after([one, importUndone(), importUndone()])).toThrow(RangeError)
    expect(() => after([one, importUndone(), two])).toThrow(RangeError)
  })

  it('leaves the list as it is where the event is about something else', () => {
    const all = after([importMade()])
    expect(nextImports(all, logged({ type: 'controls.reminderSet', actor: 'person', payload: { after: 3 } }), {})).toBe(all)
  })
})

describe('a row', () => {
  const nowMs = Date.parse(at)

  it('can be what stores write', () => {
    expect(rowProblem(importedRow(1, { game: 'Portal', order: '12-3', paidWith: 'Wallet' }), nowMs)).toBeNull()
    expect(rowProblem(importedRow(2, { kind: 'refund', of: 1, state: 'refunded' }), nowMs)).toBeNull()
    // A day without a time is noon of it, which may be to come.
    expect(rowProblem(importedRow(1, { at: '2026-11-24T08:59:59.999Z' }), nowMs)).toBeNull()
  })

  it.each<[string, Partial<ImportedRow>]>([
    ['noAmount', { amount: { amount: '0', currency: 'EUR' } }],
    ['noAmount', { amount: { amount: '-1', currency: 'EUR' } }],
    ['noAmount', { amount: { amount: '4.99', currency: 'EUR' } }],
    ['noAmount', { amount: { amount: '499', currency: 'XYZ' } }],
    ['noDate', { at: '2026-11-20' }],
    ['noDate', { at: '2026-13-20T18:00:00.000Z' }],
    ['noDate', { at: '2026-11-20T18:00:00.000+01:00' }],
    ['impossibleDate', { at: '2026-11-24T09:00:00.001Z' }],
    ['impossibleDate', { at: '1989-01-01T00:00:00.000Z' }],
    ['badText', { item: '' }],
    ['badText', { payee: 'two\nlines' }],
    ['badText', { item: 'x'.repeat(201) }],
    ['badText', { order: 'x'.repeat(101) }],
    ['badText', { key: '' }],
    ['badText', { n: 0 }],
    ['badText', { of: 7 }],
    ['badText', { kind: 'refund', of: 1 }],
  ])('is out with %s: %j', (problem, changes) => {
    expect(rowProblem(importedRow(1, changes), nowMs)).toBe(problem)
    expect(() => after([importMade({ rows: [importedRow(1, changes)] })])).toThrow(RangeError)
  })
})

describe('P10 who may', () => {
  const people = householdOf([...householdOf().members!, { memberId: 'gone', role: 'removed' }])
  it.each<[string | null, string | null, boolean]>([
    ['guardian', 'teen', true],
    ['guardian', 'guardian', true],
    ['guardian', 'gone', true],
    ['guardian', 'nobody', false],
    ['guardian', null, false],
    ['adult', 'adult', true],
    ['adult', 'teen', false],
    ['teen', 'teen', true],
    ['child', 'child', true],
    ['child', 'teen', false],
    ['gone', 'gone', false],
    [null, 'teen', false],
  ])('%s import for %s: %s', (actorId, memberId, may) => {
    expect(mayImport(people, actorId, memberId)).toBe(may)
    const made = () => after([importMade({ ...(memberId !== null && { memberId }) }, actorId ?? 'person')], people)
    if (may) expect(made()).toHaveLength(1)
    else expect(made).toThrow(RangeError)
  })

  it('alone it is for nobody in particular', () => {
    expect([mayImport({}, null, null), mayImport({}, null, 'teen')]).toEqual([true, false])
    expect(after([importMade()])).toMatchObject([{ memberId: null }])
    expect(() => after([importMade({ memberId: 'teen' })])).toThrow(RangeError)
  })

  it.each<[string | null, string | null, boolean]>([
    ['teen', 'teen', true],
    ['guardian', 'teen', true],
    ['adult', 'teen', false],
    ['guardian', null, true],
    ['teen', null, false],
  ])('%s undo what is of %s: %s', (actorId, memberId, may) => {
    expect(mayUndo(people, actorId, memberId)).toBe(may)
    const before = nextImports([], logged(importMade({ ...(memberId !== null && { memberId }) }, memberId ?? 'person')), memberId === null ? {} : people)
    const undone = () => nextImports(before, logged(importUndone('import-1', actorId ?? 'person')), people)
    if (may) expect(undone()).toMatchObject([{ isUndone: true }])
    else expect(undone).toThrow(RangeError)
  })
})

describe('what counts', () => {
  const rows = [importedRow(1), importedRow(2, { kind: 'refund' }), importedRow(3)]
  it('P4 is each charge in full, and no refund', () => expect(countingRows(importMade({ rows }).payload).map(({ n }) => n)).toEqual([1, 3]))
  it('is nothing where it was not wanted', () => expect(countingRows(importMade({ rows, counts: false }).payload)).toEqual([]))
  it('is nothing that counts already', () => expect(countingRows(importMade({ rows, countedBefore: [3] }).payload).map(({ n }) => n)).toEqual([1]))
})
