import type Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { limitRowsOf } from '../../../src/main/adapters/sqlite/limit-rows.ts'

const row = { quarter_ms: 0n, seller_id: 'seller', member_id: '', currency: 'EUR', spent: 1n, reserved: 0n }

/** A database that gives this row, as one with a broken page may. */
const givingRow = (given: object) => {
  const statement = { all: () => [given], get: () => undefined, pluck: () => statement }
  return { prepare: () => statement } as unknown as Database.Database
}

it('P3 reads a line of usage, and finds out one whose text or number is none, as in a broken page', () => {
  expect(limitRowsOf(givingRow(row)).usageSince(0)).toHaveLength(1)
  for (const [column, value] of [['seller_id', 7n], ['member_id', 7n], ['currency', 7n], ['spent', 'text'], ['quarter_ms', null]] as const) {
    expect(() => limitRowsOf(givingRow({ ...row, [column]: value })).usageSince(0)).toThrow('damaged')
  }
})
