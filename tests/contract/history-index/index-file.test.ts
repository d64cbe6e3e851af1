/** The index is made from the log, and whatever becomes of its file, the history is the log's. */
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { NewEvent } from '../../../src/domain/events.ts'
import { everyLine } from '../../../src/domain/history/filter.ts'
import { newestFirst } from '../../../src/domain/history/order.ts'
import { createLocalHistoryIndex, type LocalIndex } from '../../../src/main/adapters/sqlite/history-index/local-history-index.ts'
import { LogStorageError } from '../../../src/main/ports/event-log.ts'
import type { HistoryQuestion } from '../../../src/main/ports/history-index.ts'
import { approved, refunded, succeeded } from '../../support/events.ts'
import { generateLedger } from '../../support/generated-ledger.ts'
import { writeVersion1Log } from '../../support/old-logs.ts'
import { tempLog, type TempLog } from '../../support/temp-log.ts'

let log: TempLog
let file: string
const open: LocalIndex[] = []

beforeEach(() => {
  log = tempLog()
  file = join(log.folder, 'history.sqlite')
})

afterEach(async () => {
  for (const index of open.splice(0)) await index.close()
  log.dispose()
})

const everything: HistoryQuestion = { filter: everyLine, order: newestFirst, seen: null, names: {}, zone: 'UTC' }
const bought = (...ids: readonly string[]): NewEvent[] => ids.flatMap((id) => [approved(id), succeeded(id)])

function indexAt(indexFile = file): LocalIndex {
  const index = createLocalHistoryIndex({ ledgerFile: log.file, indexFile })
  open.push(index)
  return index
}

const idsIn = async (index: LocalIndex) => (await index.page(everything, { offset: 0, limit: 100 })).map(({ id }) => id).sort()
/** As another start of the app finds it. */
const idsAnew = async () => {
  const index = indexAt()
  const ids = await idsIn(index)
  await index.close()
  return ids
}

function edit(...statements: readonly string[]): void {
  const db = new Database(file)
  try {
    for (const statement of statements) db.exec(statement)
  } finally {
    db.close()
  }
}

describe('the file', () => {
  it('is for nobody else to read, and is alone once it is closed', async () => {
    await log.write(...bought('a'))
    expect(await idsAnew()).toEqual(['a-1'])
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readdirSync(log.folder).filter((name) => name.startsWith('history'))).toEqual(['history.sqlite'])
  })

  it('is not made anew while it fits, and takes in what happened since', async () => {
    await log.write(...bought('a', 'b'))
    await idsAnew()
    edit("UPDATE lines SET receipt = 'marked'")
    await log.write(refunded('a', { amount: '9', currency: 'EUR' }), ...bought('c'))
    const lines = await indexAt().page(everything, { offset: 0, limit: 10 })
    expect(lines.map(({ id, state, receiptNumber }) => [id, state, receiptNumber]).sort(([one], [other]) => ((one ?? '') < (other ?? '') ? -1 : 1))).toEqual([
      ['a-1', 'partlyRefunded', 'R-a'],
      ['a-2', 'partlyRefunded', 'R-a'],
      ['b-1', 'succeeded', 'marked'],
      ['c-1', 'succeeded', 'R-c'],
    ])
  })

  it('nothing is made of no ledger, and the history is empty', async () => {
    const index = indexAt()
    expect(await idsIn(index)).toEqual([])
    expect(await index.summary(everything)).toEqual({ lines: 0, totals: [], months: [] })
    expect(await index.facets(null)).toMatchObject({ sellers: [], first: null })
    expect(existsSync(file)).toBe(false)
  })

  it('a ledger of an older version is read as it is, and stays as it was', async () => {
    await writeVersion1Log(log.file, log.vault)
    const before = readFileSync(log.file)
    expect((await idsAnew()).length).toBeGreaterThan(0)
    expect(readFileSync(log.file).equals(before)).toBe(true)
  })

  it('a ledger that cannot be read is an error of the log, and the history is there once it can be', async () => {
    writeFileSync(log.file, 'no database at all'.repeat(1000))
    const index = indexAt()
    await expect(idsIn(index)).rejects.toThrow(LogStorageError)
    rmSync(log.file)
    await log.write(...bought('a'))
    expect(await idsIn(index)).toEqual(['a-1'])
  })
})

describe('an index that does not fit the log is made anew:', () => {
  beforeEach(async () => {
    await log.write(...bought('a', 'b'))
    await idsAnew()
    edit("UPDATE lines SET purchase_id = 'marked'")
  })

  it('which is not this one, so that the mark is there', async () => {
    expect(await idsAnew()).toEqual(['marked-1', 'marked-1'])
  })

  it.each([
    ['of another log', "UPDATE indexed SET log_id = 'another'"],
    ['with another mac at its last event', 'UPDATE indexed SET mac = zeroblob(32)'],
    ['of a longer log', 'UPDATE indexed SET seq = 1000'],
    ['of another version', 'PRAGMA user_version = 999'],
    ['of another application', 'PRAGMA application_id = 1'],
    ['half made', 'DELETE FROM indexed'],
    ['without its lines', 'DROP TABLE lines'],
  ])('one %s', async (_, statement) => {
    edit(statement)
    expect(await idsAnew()).toEqual(['a-1', 'b-1'])
  })

  it('the log was replaced by another one while the index is open', async () => {
    const index = indexAt()
    await idsIn(index)
    const other = tempLog()
    try {
      await other.write(...bought('c', 'd', 'e'))
      copyFileSync(other.file, log.file)
      expect(await idsIn(index)).toEqual(['c-1', 'd-1', 'e-1'])
    } finally {
      other.dispose()
    }
  })

  it.each([
    ['garbage', () => writeFileSync(file, 'x'.repeat(50_000))],
    ['cut off', () => truncateSync(file, 9000)],
    ['empty', () => truncateSync(file, 0)],
    ['broken inside', () => writeFileSync(file, readFileSync(file).fill(7, 8192, 40_000))],
    ['gone', () => rmSync(file)],
    ['a folder', () => (rmSync(file), mkdirSync(file))],
  ])('its file is %s', async (_, spoil) => {
    spoil()
    expect(await idsAnew()).toEqual(['a-1', 'b-1'])
    expect(statSync(file).isFile()).toBe(true)
  })
})

describe('where the file cannot be written', () => {
  it.each([
    ['the folder is not there', () => join(log.folder, 'nowhere', 'history.sqlite')],
    ['nobody may write there', () => '/proc/history.sqlite'],
  ])('because %s, the history is there all the same', async (_, place) => {
    await log.write(...bought('a'))
    const index = indexAt(place())
    expect(await idsIn(index)).toEqual(['a-1'])
    await log.write(...bought('b'))
    expect(await idsIn(index)).toEqual(['a-1', 'b-1'])
    expect(await index.trustedFile()).toBeNull()
  })

  it('because another process has it, the history is there all the same', async () => {
    await log.write(...bought('a'))
    await idsAnew()
    const other = new Database(file)
    other.exec('BEGIN EXCLUSIVE')
    expect(await idsIn(indexAt())).toEqual(['a-1'])
    other.close()
  })
})

describe('while it is made', () => {
  it('tells how far it is; what a kill leaves half way is made anew', async () => {
    generateLedger(log.file, 400)
    const told: ReturnType<LocalIndex['progress']>[] = []
    const half = `${file}.half`
    const index = createLocalHistoryIndex({
      ledgerFile: log.file,
      indexFile: file,
      onProgress(progress) {
        if (told.length === 1) copyFileSync(file, half)
        told.push(progress)
      },
    })
    open.push(index)
    const { lines } = await index.summary(everything)
    expect(told[0]).toEqual({ done: 256, total: told.at(-2)?.total })
    expect(told.at(-1)).toBeNull()
    await index.close()
    copyFileSync(half, file)
    expect((await indexAt().summary(everything)).lines).toBe(lines)
  })

  it('a close ends it, and a later question begins again', async () => {
    generateLedger(log.file, 2000)
    const index = indexAt()
    const asked = index.summary(everything)
    await index.close()
    await expect(asked).rejects.toThrow(LogStorageError)
    expect((await index.summary(everything)).lines).toBeGreaterThan(1900)
  })
})

describe('P3 what somebody has written into the index is found out by comparing it with the log:', () => {
  const imported: NewEvent = {
    type: 'import.made',
    actor: 'person',
    payload: {
      ...{ importId: 'i-1', part: 1, parts: 1, source: 'steam', fileName: 'f', counts: false },
      rows: [{ n: 1, kind: 'charge', at: '2026-10-01T00:00:00.000Z', item: 'Sword', payee: 'Steam', amount: { amount: '5', currency: 'EUR' }, state: 'succeeded', key: 'k' }],
    },
  }

  it.each([
    ['an amount', 'UPDATE lines SET amount = amount + 1 WHERE key = (SELECT min(key) FROM lines)'],
    ['a line that is gone', 'DELETE FROM lines WHERE key = (SELECT max(key) FROM lines)'],
    ['a line too many', 'INSERT INTO lines SELECT key + 1, at, approved_at, offer, class, payer, amount, price, tax, tax_rate, suffix, purchase_id, receipt, reference, reason FROM lines LIMIT 1'],
    ['a line of an event that is not there', 'INSERT INTO lines SELECT 9999999, at, approved_at, offer, class, payer, amount, price, tax, tax_rate, suffix, purchase_id, receipt, reference, reason FROM lines LIMIT 1'],
    ['a name', "UPDATE offers SET payee = 'Somebody Else' WHERE id = 1"],
    ['who bought it', "UPDATE classes SET member_id = 'teen'"],
    ['what was paid with', "UPDATE payers SET label = 'Other'"],
    ['a word less', "INSERT INTO offer_words (offer_words, rowid, words) VALUES ('delete', 1, 'starlight cape nebula run pixel forge')"],
    ['an event of a purchase that is gone', "DELETE FROM purchase_events WHERE purchase_id = 'a' AND seq = 3"],
    ['an event of a purchase too many', "INSERT INTO purchase_events VALUES ('a', 999)"],
    ['a key that is gone', 'DELETE FROM import_keys'],
    ['an import that counts', 'UPDATE import_parts SET counts = 1'],
    ['an import that was undone', "INSERT INTO import_undone VALUES (3, 'i-1', '2026-10-01T00:00:00.000Z')"],
  ])('%s', async (_, statement) => {
    await log.write(...bought('a', 'b'), imported)
    await idsAnew()
    const before = readFileSync(file)
    const clean = indexAt()
    await idsIn(clean)
    while (await clean.lookOver());
    expect(await clean.trustedFile()).toBe(file)
    await clean.close()
    writeFileSync(file, before)
    edit(statement)
    const index = indexAt()
    await idsIn(index)
    expect(await index.trustedFile()).toBeNull()
    let told = 0
    while (await index.lookOver()) told += 1
    expect(told).toBe(0)
    expect(await index.trustedFile()).toBe(file)
    const lines = await index.page(everything, { offset: 0, limit: 10 })
    expect(lines.map(({ id, payee, price, memberId, fundingSource }) => [id, payee, price.amount, memberId, fundingSource.label])).toEqual([
      ['a-1', 'Pixel Forge', 99n, null, 'Visa •••• 4242'],
      ['b-1', 'Pixel Forge', 99n, null, 'Visa •••• 4242'],
      ['i-1-1', 'Steam', 5n, null, null],
    ].toSorted((one, other) => (one[0] === 'b-1' ? -1 : other[0] === 'b-1' ? 1 : 0)))
    expect(await index.eventsOf('a')).toEqual([2, 3])
    expect([await index.knownKeys('steam', ['k'], null), await index.knownKeys('steam', ['k'], [null]), await index.knownKeys('steam', ['k'], ['m1'])]).toEqual([['k'], ['k'], []])
    expect(await index.imports()).toMatchObject([{ importId: 'i-1', counts: false, undoneAt: null }])
    expect(await index.page({ ...everything, filter: { ...everyLine, words: ['starl'] } }, { offset: 0, limit: 10 })).toHaveLength(2)
  })
})
