/** What is remembered of any number of profiles: the latest in memory, the others in a file that goes away with the program. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { newProfile, type RiskProfile } from '../../src/domain/risk/profile.ts'

export interface ProfileShelf {
  get(name: string): RiskProfile
  set(name: string, profile: RiskProfile): void
  close(): void
}

/** At most `inMemory` are kept in memory, each of some 30 kB. */
export function createProfileShelf(inMemory = 2_000): ProfileShelf {
  const latest = new Map<string, RiskProfile>()
  let shelf: ReturnType<typeof openShelf> | undefined
  return {
    get(name) {
      const found = latest.get(name) ?? shelf?.take(name) ?? newProfile
      latest.delete(name)
      return found
    },
    set(name, profile) {
      latest.set(name, profile)
      if (latest.size <= inMemory) return
      shelf ??= openShelf()
      // Those that were not needed for longest come first in a Map that is filled anew by every use.
      shelf.put([...latest].slice(0, Math.ceil(inMemory / 2)))
      for (const known of [...latest.keys()].slice(0, Math.ceil(inMemory / 2))) latest.delete(known)
    },
    close: () => shelf?.close(),
  }
}

function openShelf() {
  const folder = mkdtempSync(join(tmpdir(), 'tuppence-risk-'))
  const db = new Database(join(folder, 'profiles.sqlite'))
  db.exec('PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; CREATE TABLE profiles (name TEXT PRIMARY KEY, profile TEXT NOT NULL) STRICT, WITHOUT ROWID')
  const [select, insert] = [db.prepare<[string], { profile: string }>('SELECT profile FROM profiles WHERE name = ?'), db.prepare('INSERT OR REPLACE INTO profiles VALUES (?, ?)')]
  return {
    take(name: string): RiskProfile | undefined {
      const row = select.get(name)
      return row && (JSON.parse(row.profile) as RiskProfile)
    },
    put: db.transaction((profiles: readonly (readonly [string, RiskProfile])[]) => {
      for (const [name, profile] of profiles) insert.run(name, JSON.stringify(profile))
    }),
    close() {
      db.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
