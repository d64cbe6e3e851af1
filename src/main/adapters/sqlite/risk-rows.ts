/** The rows of what is known of the habits of each buyer. */
import type Database from 'better-sqlite3'
import type { RiskProfile } from '../../../domain/risk/profile.ts'
import { LogStorageError } from '../../ports/event-log.ts'

/** Nothing in a key may be NULL. */
const keyOf = (memberId: string | null) => memberId ?? ''

/**
 * A profile is plain JSON whose keys come in one order, however it was come by, so that it needs no other canonical form to be compared: that
 * would take longer than all else about an append.
 */
export const profileText = (profile: RiskProfile): string => JSON.stringify(profile)

/** In a broken page there can be anything. Throws LogStorageError `damaged`. */
function parse(text: string): RiskProfile {
  try {
    return JSON.parse(text) as RiskProfile
  } catch (error) {
    throw new LogStorageError({ kind: 'damaged' }, { cause: error })
  }
}

export function riskRowsOf(db: Database.Database) {
  const one = db.prepare<[string], string>('SELECT folded FROM risk WHERE member_id = ?').pluck()
  const all = db.prepare<[], [string, string]>('SELECT member_id, folded FROM risk ORDER BY member_id').raw()
  /** Parsed only where it is another text than the last time. */
  const known = new Map<string, { readonly text: string; readonly profile: RiskProfile }>()
  return {
    /** Null where nothing is known of them. */
    riskProfile(memberId: string | null): RiskProfile | null {
      const key = keyOf(memberId)
      const text = one.get(key)
      if (text === undefined) return null
      const before = known.get(key)
      if (before?.text === text) return before.profile
      const profile = parse(text)
      known.set(key, { text, profile })
      return profile
    },
    /** As they are stored. */
    riskTexts: () => all.all(),
  }
}

/** For use inside a transaction. */
export function riskWritesOf(db: Database.Database) {
  const keep = db.prepare<[string, string]>('INSERT INTO risk (member_id, folded) VALUES (?, ?) ON CONFLICT DO UPDATE SET folded = excluded.folded')
  return { riskProfile: (memberId: string | null, profile: RiskProfile) => void keep.run(keyOf(memberId), profileText(profile)) }
}

/** All profiles, as `riskTexts` has them. */
export function riskTextsOf(profiles: ReadonlyMap<string | null, RiskProfile>): [string, string][] {
  const texts = [...profiles].map(([memberId, profile]): [string, string] => [keyOf(memberId), profileText(profile)])
  return texts.sort(([one], [other]) => (one < other ? -1 : 1))
}
