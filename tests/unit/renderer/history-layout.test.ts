/** Rows of any number: where they are, and which are in sight. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rowByKey } from '../../../src/renderer/launcher/features/history/grid-keys.ts'
import { layRows } from '../../../src/renderer/launcher/features/history/rows-layout.ts'
import { bodyHeight, placeAt, scrolledTo, type ScrollSpace, tallest } from '../../../src/renderer/launcher/features/history/scroll-space.ts'

const heights = { line: 56, month: 44 }
const months = (...lines: readonly number[]) => lines.map((count, index) => ({ month: `2026-${index}`, lines: count, totals: [] }))
const someMonths = fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 30 })

describe('the rows of the table', () => {
  it('are the lines, each month with its heading before', () => {
    const layout = layRows(3, months(2, 1), heights)
    expect(Array.from({ length: layout.rows }, (_, row) => layout.at(row))).toMatchObject([
      { kind: 'month', month: { month: '2026-0' } },
      { kind: 'line', line: 0 },
      { kind: 'line', line: 1 },
      { kind: 'month', month: { month: '2026-1' } },
      { kind: 'line', line: 2 },
    ])
    expect([0, 1, 2, 3, 4].map(layout.top)).toEqual([0, 44, 100, 156, 200])
    expect(layout.height).toBe(256)
  })

  it('are found by their line and by how far down they are', () => {
    fc.assert(
      fc.property(someMonths, fc.nat(), fc.double({ min: 0, max: 1, noNaN: true }), (counts, at, part) => {
        const lines = counts.reduce((sum, count) => sum + count, 0)
        const layout = layRows(lines, months(...counts), heights)
        if (lines === 0) return
        const line = at % lines
        expect(layout.at(layout.rowOfLine(line))).toEqual({ kind: 'line', line })
        const y = part * (layout.height - 1)
        const row = layout.rowAt(y)
        expect(layout.top(row)).toBeLessThanOrEqual(y)
        expect(row + 1 < layout.rows ? layout.top(row + 1) : layout.height).toBeGreaterThan(y)
      }),
    )
  })

  it('a million need no longer than one', () => {
    const layout = layRows(1_000_000, months(...Array.from({ length: 100 }, () => 10_000)), heights)
    expect(layout.at(layout.rowOfLine(999_999))).toEqual({ kind: 'line', line: 999_999 })
    expect(layout.rowAt(layout.height)).toBe(layout.rows - 1)
  })
})

describe('scrolling', () => {
  const space = fc.record({ height: fc.integer({ min: 3000, max: 80_000_000 }), sight: fc.integer({ min: 100, max: 900 }) })
  const furthest = ({ height, sight }: ScrollSpace) => height - sight

  it('both ends of the bar are both ends of the rows', () => {
    fc.assert(
      fc.property(space, (within) => {
        expect(placeAt(within, 0)).toEqual({ scrollTop: 0, y: 0 })
        expect(placeAt(within, Infinity)).toEqual({ scrollTop: bodyHeight(within) - within.sight, y: furthest(within) })
        expect(bodyHeight(within)).toBeLessThanOrEqual(tallest)
      }),
    )
  })

  it('a turn of the wheel moves the rows by as much as it says, however many there are', () => {
    fc.assert(
      fc.property(space, fc.double({ min: 0.1, max: 0.9, noNaN: true }), fc.integer({ min: -90, max: 90 }), (within, part, by) => {
        const before = placeAt(within, part * furthest(within))
        const after = scrolledTo(within, before, before.scrollTop + by)
        expect(after.y - before.y).toBeCloseTo(by, 3)
      }),
    )
  })

  it('a drag of the bar moves the rows in proportion', () => {
    fc.assert(
      fc.property(space.filter(({ height }) => height > tallest), fc.double({ min: 0, max: 1, noNaN: true }), (within, part) => {
        const most = bodyHeight(within) - within.sight
        const after = scrolledTo(within, placeAt(within, part < 0.5 ? Infinity : 0), part * most)
        expect(after.y / furthest(within)).toBeCloseTo(part, 1)
      }),
    )
  })

  it('no row is out of reach of the wheel at either end', () => {
    const within = { height: 60_000_000, sight: 500 }
    let place = placeAt(within, 3000)
    for (let turn = 0; turn < 40; turn += 1) place = scrolledTo(within, place, Math.max(0, place.scrollTop - 100))
    expect(place).toEqual({ scrollTop: 0, y: 0 })
    place = placeAt(within, Infinity)
    for (let turn = 0; turn < 40; turn += 1) place = scrolledTo(within, place, place.scrollTop - 100)
    expect(placeAt(within, Infinity).y - place.y).toBeCloseTo(4000, 3)
  })
})

describe('the keyboard in the table', () => {
  it.each([
    ['ArrowDown', 6],
    ['ArrowUp', 4],
    ['PageDown', 9],
    ['PageUp', 1],
    ['Home', 0],
    ['End', 9],
    ['a', null],
  ])('%s leads from row 5 of 10 to %s', (key, row) => expect(rowByKey(key, 5, 10, 5)).toBe(row))

  it('stays within the rows', () => {
    expect([rowByKey('ArrowUp', 0, 10, 5), rowByKey('ArrowDown', 9, 10, 5), rowByKey('End', 0, 0, 5)]).toEqual([0, 9, 0])
  })
})
