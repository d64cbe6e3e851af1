/**
 * The file of the history index: made from the log, thrown away without regret, and never the reason why a history is not shown. Nothing in it
 * is trusted further than that the next full comparison with the log would find it out.
 */
import { chmodSync, closeSync, fsyncSync, openSync, rmSync, statSync } from 'node:fs'
import Database from 'better-sqlite3'

/** Goes up with every change of what is in the tables; an index of another version is made anew. */
export const indexVersion = 1

/** Marks the file as a history index (PRAGMA application_id): the letters `Tuph`. */
const indexApplicationId = 0x54757068

/**
 * A line is found by `key`, the number of its event and its place in there. What repeats from line to line is in tables of its own: what
 * was sold (`offers`), how it stands (`classes`) and what it was paid with (`payers`). Times are milliseconds since the epoch, amounts
 * minor units. `price` is null where it is the amount. The words of an offer are folded and separated by domain/history/fold.ts before
 * they are indexed, and so that SQLite's tables of letters, which are older, have no say in it, it takes all that is not ASCII for letters.
 */
const schema = `
CREATE TABLE indexed (one INTEGER PRIMARY KEY CHECK (one = 1), log_id TEXT NOT NULL, seq INTEGER NOT NULL, mac BLOB NOT NULL) STRICT;
CREATE TABLE offers (
  id INTEGER PRIMARY KEY, seller_id TEXT NOT NULL, payee TEXT NOT NULL, item TEXT NOT NULL, game TEXT NOT NULL, kind TEXT,
  unit TEXT, count INTEGER, pass_days INTEGER
) STRICT;
CREATE VIRTUAL TABLE offer_words USING fts5(words, content='', detail=none, prefix='1 2 3', tokenize='ascii');
CREATE VIRTUAL TABLE offer_words_there USING fts5vocab(offer_words, 'instance');
CREATE TABLE classes (
  id INTEGER PRIMARY KEY, kind TEXT NOT NULL, state TEXT NOT NULL, source TEXT NOT NULL, currency TEXT NOT NULL, member_id TEXT
) STRICT;
CREATE TABLE payers (id INTEGER PRIMARY KEY, source_id TEXT NOT NULL, label TEXT) STRICT;
CREATE TABLE lines (
  key INTEGER PRIMARY KEY, at INTEGER NOT NULL, approved_at INTEGER NOT NULL, offer INTEGER NOT NULL, class INTEGER NOT NULL,
  payer INTEGER NOT NULL, amount INTEGER NOT NULL, price INTEGER, tax INTEGER, tax_rate INTEGER, suffix INTEGER NOT NULL,
  purchase_id TEXT NOT NULL, receipt TEXT, reference TEXT, reason TEXT
) STRICT;
CREATE TABLE purchase_events (purchase_id TEXT NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (purchase_id, seq)) STRICT, WITHOUT ROWID;
CREATE TABLE import_parts (
  seq INTEGER PRIMARY KEY, import_id TEXT NOT NULL, source TEXT NOT NULL, file_name TEXT NOT NULL, at TEXT NOT NULL, member_id TEXT,
  counts INTEGER NOT NULL, rows INTEGER NOT NULL, parts INTEGER NOT NULL
) STRICT;
CREATE INDEX parts_of_import ON import_parts (import_id);
CREATE TABLE import_undone (seq INTEGER PRIMARY KEY, import_id TEXT NOT NULL, at TEXT NOT NULL) STRICT;
CREATE TABLE import_keys (source TEXT NOT NULL, key TEXT NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (source, key, seq)) STRICT, WITHOUT ROWID;
`

/** What was made of which log, up to which event. */
export interface IndexedUpTo {
  readonly logId: string
  readonly seq: number
  readonly mac: Uint8Array
}

export function indexedUpTo(db: Database.Database): IndexedUpTo | null {
  const row = db.prepare<[], IndexedUpTo>('SELECT log_id AS logId, seq, mac FROM indexed').get()
  return row ?? null
}

export function setIndexedUpTo(db: Database.Database, { logId, seq, mac }: IndexedUpTo): void {
  db.prepare('INSERT OR REPLACE INTO indexed (one, log_id, seq, mac) VALUES (1, ?, ?, ?)').run(logId, seq, mac)
}

/** In KiB. */
const cacheSize = 8_000
const cacheSizeWhileMade = 64_000

const quick = { trusted_schema: 'OFF', cell_size_check: 'ON', cache_size: -cacheSize }

function connect(file: string): Database.Database {
  const db = new Database(file, { timeout: 500 })
  try {
    for (const [name, value] of Object.entries(quick)) db.pragma(`${name} = ${value}`)
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

/** The index that is there, or null where there is none that can be used: another version, broken, half made. */
export function openIndexFile(file: string): Database.Database | null {
  let db: Database.Database | null = null
  try {
    if (!statSync(file, { throwIfNoEntry: false })?.isFile()) return null
    chmodSync(file, 0o600)
    db = connect(file)
    const isOurs =
      db.pragma('application_id', { simple: true }) === indexApplicationId && db.pragma('user_version', { simple: true }) === indexVersion
    if (isOurs && indexedUpTo(db)) {
      assertOwned(db)
      return db
    }
  } catch {
    // It is made anew.
  }
  db?.close()
  return null
}

/** Throws where another process has the file, or it cannot be written. */
function assertOwned(db: Database.Database): void {
  setJournal(db)
  db.exec('BEGIN IMMEDIATE; ROLLBACK')
}

/** While it is made nobody reads it and nothing is lost with it, so that neither journal nor sync is wanted. */
export function createIndexFile(file: string): Database.Database {
  try {
    removeIndexFile(file)
    if (file !== '') closeSync(openSync(file, 'wx', 0o600))
    return create(file)
  } catch (error) {
    if (file === '') throw error
    // A database without a name is in the system's folder for what is passing, and gone when it is closed.
    return create('')
  }
}

function create(file: string): Database.Database {
  const db = connect(file)
  try {
    db.pragma(`application_id = ${indexApplicationId}`)
    db.pragma('journal_mode = OFF')
    db.pragma('synchronous = OFF')
    db.pragma(`cache_size = -${cacheSizeWhileMade}`)
    db.exec(schema)
    db.exec('CREATE TEMP TABLE events_as_they_came (purchase_id TEXT NOT NULL, seq INTEGER NOT NULL) STRICT')
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

/** From here on the index can be kept: its version is written last. */
export function finishIndexFile(db: Database.Database, upTo: IndexedUpTo): void {
  // Ids are as good as random. In order they are written many times as fast.
  db.exec('INSERT INTO purchase_events SELECT purchase_id, seq FROM events_as_they_came ORDER BY purchase_id, seq; DROP TABLE events_as_they_came')
  db.pragma(`cache_size = -${cacheSize}`)
  if (db.name !== '') syncFile(db.name)
  setJournal(db)
  db.transaction(() => {
    setIndexedUpTo(db, upTo)
    db.pragma(`user_version = ${indexVersion}`)
  })()
}

function setJournal(db: Database.Database): void {
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = NORMAL')
}

function syncFile(file: string): void {
  const handle = openSync(file, 'r+')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

export function removeIndexFile(file: string): void {
  if (file === '') return
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(`${file}${suffix}`, { force: true, recursive: true })
}
