/** P3 against the real file: whatever is changed in it, it is found out or it made no difference. */
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import type Database from 'better-sqlite3'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LogStorageError, type EventLog } from '../../src/main/ports/event-log.ts'
import { arbitraryHistory } from '../support/arbitrary-history.ts'
import { approved, cancelled, declined, succeeded, unknown } from '../support/events.ts'
import { createFakeEventLog } from '../support/fake-event-log.ts'
import { createFakeClock } from '../support/fake-clock.ts'
import { tamper } from '../support/tamper.ts'
import { tempLog, type TempLog } from '../support/temp-log.ts'

let temp: TempLog
let whole: Buffer
let original: string
const lastSeq = 13

beforeAll(async () => {
  temp = tempLog()
  await temp.write(approved('a'), approved('b'), succeeded('a'), unknown('b'), cancelled('c'), approved('d'))
  await temp.write(declined('b'), succeeded('d'), approved('e'), unknown('e'), succeeded('e'), approved('f'))
  whole = readFileSync(temp.file)
  original = await temp.with(contents)
})
afterAll(() => temp.dispose())

function contents(log: EventLog): string {
  const all = [[...log.events()], log.purchases(), log.unsettled(), log.postings(), log.head()]
  return JSON.stringify(all, (_key, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value))
}

/** What becomes of the changed file: `refused`, `tampered`, or what can be read from it if it passes for clean. */
async function verdict(): Promise<string> {
  try {
    return await temp.with(async (log) => ((await log.verify()).kind === 'clean' ? contents(log) : 'tampered'))
  } catch (error) {
    if (error instanceof LogStorageError) return 'refused'
    throw error
  }
}

it('P3 any single byte that is changed in the file is noticed, or it changes nothing that is read', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(), fc.integer({ min: 1, max: 255 }), async (position, mask) => {
      const bytes = Buffer.from(whole)
      const at = position % bytes.length
      bytes[at] = (bytes[at] ?? 0) ^ mask
      writeFileSync(temp.file, bytes)
      expect(['refused', 'tampered', original]).toContain(await verdict())
    }),
    { numRuns: 300 },
  )
})

it('P3 a file that was cut short anywhere is noticed', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(), async (position) => {
      writeFileSync(temp.file, whole.subarray(0, position % whole.length))
      expect(['refused', 'tampered']).toContain(await verdict())
    }),
    { numRuns: 40 },
  )
})

describe('through SQL', () => {
  const seq = fc.integer({ min: 1, max: lastSeq })
  const copy = 'id, type, at, actor, mac, payload FROM events WHERE seq ='
  const moveUp = (from: number) => `UPDATE events SET seq = -seq WHERE seq >= ${from}; UPDATE events SET seq = 1 - seq WHERE seq < 0;`

  const edit = fc
    .record({ seq, column: fc.constantFrom('id', 'type', 'at', 'actor', 'payload', 'mac'), at: fc.nat(), mask: fc.integer({ min: 1, max: 127 }) })
    .map(({ seq, column, at, mask }) => (db: Database.Database) => {
      const value = db.prepare(`SELECT CAST(${column} AS BLOB) FROM events WHERE seq = ?`).pluck().get(seq) as Buffer
      const index = at % value.length
      value[index] = (value[index] ?? 0) ^ mask
      db.prepare(`UPDATE events SET ${column} = ${column === 'mac' ? '?' : 'CAST(? AS TEXT)'} WHERE seq = ?`).run(value, seq)
    })
  const statement = fc.oneof(
    seq.map((n) => `DELETE FROM events WHERE seq = ${n}`),
    seq.map((n) => `DELETE FROM events WHERE seq >= ${n}`),
    seq.map((n) => `DELETE FROM events WHERE seq = ${n}; UPDATE events SET seq = seq - 1 WHERE seq > ${n}`),
    fc.tuple(seq, seq).map(([n, m]) => `${moveUp(n)} INSERT INTO events SELECT ${n}, ${copy} ${m < n ? m : m + 1}`),
    fc.tuple(seq, seq).filter(([n, m]) => n !== m).map(([n, m]) => `UPDATE events SET seq = 999 WHERE seq = ${n}; UPDATE events SET seq = ${n} WHERE seq = ${m}; UPDATE events SET seq = ${m} WHERE seq = 999`),
    seq.map((n) => `INSERT INTO events SELECT ${lastSeq + 1}, ${copy} ${n}`),
  )

  it('P3 any edit, deletion, insertion, swap or truncation of events is tampering', async () => {
    const change = fc.oneof(edit, statement.map((sql) => (db: Database.Database) => void db.exec(sql)))
    await fc.assert(
      fc.asyncProperty(change, async (work) => {
        writeFileSync(temp.file, whole)
        tamper(temp.file, work)
        expect(await verdict()).toBe('tampered')
      }),
      { numRuns: 100 },
    )
  })
})

it('what is kept up event by event is what a rebuild gives, for any history and in both implementations', async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryHistory, async (history) => {
      const clock = createFakeClock()
      const real = tempLog(undefined, clock)
      const fake = createFakeEventLog({ clock })
      const log = await real.open()
      try {
        for (const event of history) {
          clock.advance(1000)
          await log.append(() => event)
          await fake.append(() => event)
        }
        expect(await log.verify()).toMatchObject({ kind: 'clean', events: history.length + 1 })
        expect(log.purchases()).toEqual(fake.purchases())
        expect(log.unsettled()).toEqual(fake.unsettled())
        expect(log.postings()).toEqual(fake.postings())
      } finally {
        await log.close()
        real.dispose()
      }
    }),
    { numRuns: 25 },
  )
})

it('P3 an older copy of the file is noticed, however much older', async () => {
  const rollback = tempLog()
  const copies: string[] = []
  for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) {
    await rollback.write(cancelled(name))
    copies.push(`${rollback.file}.${name}`)
    copyFileSync(rollback.file, copies.at(-1) ?? '')
  }
  for (const [index, copy] of copies.slice(0, -1).entries()) {
    copyFileSync(copy, rollback.file)
    await rollback.with(async (log) => {
      expect(await log.verify()).toEqual({ kind: 'tampered', firstBadSeq: index + 3, finding: 'truncated' })
    })
  }
  rollback.dispose()
})
