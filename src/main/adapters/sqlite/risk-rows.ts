/** The rows of what is known of the habits of each buyer: what was learned, and in a table of its own, since it changes far more often, what was observed since. */
import type Database from 'better-sqlite3'
import { type KeptHabits, noHabits, profileOf } from '../../../domain/risk-profiles.ts'
import type { RiskProfile } from '../../../domain/risk/profile.ts'
import { LogStorageError } from '../../ports/event-log.ts'

type RiskTable = 'risk' | 'risk_lately'

/** Nothing in a key may be NULL. */
const keyOf = (memberId: string | null) => memberId ?? ''

/** The keys come in one order, however it was come by, so that it needs no other canonical form to be compared. */
const textOf = (value: KeptHabits['learned'] | KeptHabits['lately']): string => JSON.stringify(value)

/** In a broken page there can be anything. Throws LogStorageError `damaged`. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new LogStorageError({ kind: 'damaged' }, { cause: error })
  }
}

/** What is in the rows, parsed only where it is another text than the last time. */
function foldedIn<T>(db: Database.Database, table: RiskTable, none: T) {
  const one = db.prepare<[string], string>(`SELECT folded FROM ${table} WHERE member_id = ?`).pluck()
  const all = db.prepare<[], [string, string]>(`SELECT member_id, folded FROM ${table} ORDER BY member_id`).raw()
  const known = new Map<string, { readonly text: string; readonly value: T }>()
  return {
    texts: () => all.all(),
    value(key: string): T {
      const text = one.get(key)
      if (text === undefined) return none
      const before = known.get(key)
      if (before?.text === text) return before.value
      const value = parse(text) as T
      known.set(key, { text, value })
      return value
    },
  }
}

export function riskRowsOf(db: Database.Database) {
  const learned = foldedIn(db, 'risk', noHabits.learned)
  const lately = foldedIn(db, 'risk_lately', noHabits.lately)
  const habits = (memberId: string | null): KeptHabits => ({ learned: learned.value(keyOf(memberId)), lately: lately.value(keyOf(memberId)) })
  return {
    habits,
    riskProfile: (memberId: string | null): RiskProfile => profileOf(habits(memberId)),
    /** As they are stored. */
    habitsTexts: () => ({ learned: learned.texts(), lately: lately.texts() }),
  }
}

/** For use inside a transaction. */
export function riskWritesOf(db: Database.Database) {
  const keepIn = (table: RiskTable) => db.prepare<[string, string]>(`INSERT INTO ${table} (member_id, folded) VALUES (?, ?) ON CONFLICT DO UPDATE SET folded = excluded.folded`)
  const [keepLearned, keepLately] = [keepIn('risk'), keepIn('risk_lately')]
  return {
    habits(memberId: string | null, { learned, lately }: KeptHabits): void {
      // What was learned changes when nothing is left of what was observed, and only then.
      if (lately.length === 0) keepLearned.run(keyOf(memberId), textOf(learned))
      keepLately.run(keyOf(memberId), textOf(lately))
    },
  }
}

/** As `habitsTexts` has them. */
export function habitsTextsOf(all: ReadonlyMap<string | null, KeptHabits>): { readonly learned: [string, string][]; readonly lately: [string, string][] } {
  const texts = (of: (habits: KeptHabits) => string, entries = [...all]) =>
    entries.map(([memberId, habits]): [string, string] => [keyOf(memberId), of(habits)]).sort(([one], [other]) => (one < other ? -1 : 1))
  const learned = [...all].filter(([, habits]) => habits.learned !== noHabits.learned)
  return { learned: texts((habits) => textOf(habits.learned), learned), lately: texts((habits) => textOf(habits.lately)) }
}
