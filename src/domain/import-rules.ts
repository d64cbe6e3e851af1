/**
 * What an import has to be to go into the log, and which imports there are. Events of imports move no money of this client's: there
 * are no postings for them. A pure fold over the events.
 */
import type { EventPayloads, LogEvent } from './events.ts'
import { type ImportedRow, type ImportPart, type ImportSource, importSources, rowsInPart } from './imports.ts'
import { isCurrency } from './money.ts'
import { hasMembers, isGuardian, memberOf, roleIn } from './roles.ts'

/** One import as far as it has come. */
export interface ImportStanding {
  readonly importId: string
  readonly source: ImportSource
  readonly fileName: string
  /** Null while there are no members. */
  readonly memberId: string | null
  readonly counts: boolean
  readonly parts: number
  /** Less than `parts` where it was cut short. */
  readonly partsThere: number
  /** The number of the newest row: the next part has later ones. */
  readonly lastRow: number
  readonly isUndone: boolean
}

type People = Parameters<typeof hasMembers>[0]

/** Whoever's profile is open imports for themselves, and a guardian for anybody; alone, for nobody in particular. */
export function mayImport(people: People, actorId: string | null, memberId: string | null): boolean {
  if (!hasMembers(people)) return memberId === null
  if (memberId === null || roleIn(people, memberId) === undefined || !memberOf(people, actorId)) return false
  return actorId === memberId || isGuardian(people, actorId)
}

/** By the same rule. What was imported before there were members is a guardian's to undo. */
export function mayUndo(people: People, actorId: string | null, memberId: string | null): boolean {
  return mayImport(people, actorId, memberId) || (hasMembers(people) && memberId === null && isGuardian(people, actorId))
}

/**
 * The imports after the event, oldest first; the same list for an event that is not about them. Throws RangeError for a part that
 * does not fit what is there, for a row that cannot be, and for somebody who may not.
 */
export function nextImports(all: readonly ImportStanding[], event: LogEvent, people: People): readonly ImportStanding[] {
  switch (event.type) {
    case 'import.made':
      if (!mayImport(people, memberNamed(people, event.actor), event.payload.memberId ?? null)) throw new RangeError('that is somebody else’s to import')
      return withPart(all, event.payload, Date.parse(event.at))
    case 'import.undone':
      return withUndone(all, event, people)
    default:
      return all
  }
}

/** Events name the member who acts, or that it is the person where there are no members. */
const memberNamed = (people: People, actor: string): string | null => (hasMembers(people) ? actor : null)

function withPart(all: readonly ImportStanding[], part: ImportPart, nowMs: number): readonly ImportStanding[] {
  const before = all.find(({ importId }) => importId === part.importId)
  assertPart(part, before, nowMs)
  const { importId, source, fileName, memberId = null, counts, parts } = part
  const lastRow = part.rows.at(-1)?.n ?? 0
  const after: ImportStanding = { importId, source, fileName, memberId, counts, parts, partsThere: part.part, lastRow, isUndone: false }
  return before ? all.map((one) => (one === before ? after : one)) : [...all, after]
}

function withUndone(all: readonly ImportStanding[], { actor, payload }: { actor: string; payload: EventPayloads['import.undone'] }, people: People): readonly ImportStanding[] {
  const found = all.find(({ importId }) => importId === payload.importId)
  if (!found || found.isUndone) throw new RangeError('an import is undone once')
  if (!mayUndo(people, memberNamed(people, actor), found.memberId)) throw new RangeError('that is somebody else’s to undo')
  return all.map((one) => (one === found ? { ...one, isUndone: true } : one))
}

function assertPart(part: ImportPart, before: ImportStanding | undefined, nowMs: number): void {
  const { importId, source, fileName, memberId = null, counts, parts, rows } = part
  if (importId === '' || !importSources.includes(source)) throw new RangeError('an import has a name and a source')
  if (!isLine(fileName) || /[\\/]/.test(fileName)) throw new RangeError('a file is named without its folders')
  if (!Number.isSafeInteger(parts) || part.part !== (before?.partsThere ?? 0) + 1 || part.part > parts) throw new RangeError('parts come one after the other')
  if (before?.isUndone) throw new RangeError('nothing is added to what was undone')
  const isSame = !before || isSameImport(before, { source, fileName, memberId, counts, parts })
  if (!isSame) throw new RangeError('all parts of an import are of the same file, for the same member')
  if (rows.length === 0 || rows.length > rowsInPart) throw new RangeError(`a part has up to ${rowsInPart} rows`)
  rows.reduce((last, row) => {
    if (row.n <= last) throw new RangeError('each row has a number of its own, later ones later')
    const problem = rowProblem(row, nowMs)
    if (problem !== null) throw new RangeError(`a row that cannot be: ${problem}`)
    return row.n
  }, before?.lastRow ?? 0)
  assertCountedBefore(part)
}

function isSameImport(before: ImportStanding, next: Pick<ImportStanding, 'source' | 'fileName' | 'memberId' | 'counts' | 'parts'>): boolean {
  return (Object.keys(next) as (keyof typeof next)[]).every((key) => before[key] === next[key])
}

const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/

/** A day without a time is noon of it, which may still be to come. */
const aheadMs = 24 * 60 * 60_000

const earliestMs = Date.UTC(1990, 0, 1) - aheadMs

/**
 * Twelve digits are more than any purchase in any currency. A million such rows still have sums that fit the contract (contract/money.ts, 18
 * digits) and the whole numbers of the ledger (64 bits): otherwise one hostile file would keep the history from being shown.
 */
const plausibleAmount = /^[1-9]\d{0,11}$/

/** What keeps a row out of every import, whatever else is in it; null for nothing. `nowMs` is when it would go in. */
export function rowProblem(row: ImportedRow, nowMs: number): 'badText' | 'noAmount' | 'noDate' | 'impossibleDate' | null {
  const { n, item, payee, game = 'none', paidWith = 'none', order = 'none', reference = 'none', of } = row
  const isKnown = row.key !== '' && Number.isSafeInteger(n) && n > 0 && (of === undefined || (row.kind === 'refund' && of !== n))
  const areLines = [item, payee, game, paidWith, order, reference].every(isLine) && Math.max(order.length, reference.length) <= 100
  if (!isKnown || !areLines) return 'badText'
  if (!isCurrency(row.amount.currency) || !plausibleAmount.test(row.amount.amount)) return 'noAmount'
  const atMs = instant.test(row.at) ? Date.parse(row.at) : Number.NaN
  if (Number.isNaN(atMs)) return 'noDate'
  return atMs > nowMs + aheadMs || atMs < earliestMs ? 'impossibleDate' : null
}

/** As `RecordedLineSchema` of the contract has it: otherwise the history could not be shown. */
const isLine = (text: string): boolean => text.length <= 200 && /^[^\p{Cc}\p{Zl}\p{Zp}]+$/u.test(text)

function assertCountedBefore({ counts, countedBefore = [], rows }: ImportPart): void {
  if (countedBefore.length === 0) return
  const charges = new Set(rows.flatMap(({ kind, n }) => (kind === 'charge' ? [n] : [])))
  if (!counts || !countedBefore.every((n) => charges.has(n))) throw new RangeError('only a charge that would count can have counted before')
}

/** The rows of the part that count against the limits. */
export function countingRows({ counts, countedBefore = [], rows }: ImportPart): readonly ImportedRow[] {
  if (!counts) return []
  const already = new Set(countedBefore)
  return rows.filter(({ kind, n }) => kind === 'charge' && !already.has(n))
}

/**
 * What a charge counted as, and for whom: where it is imported anew after it was undone, the very same does not count twice, because undoing
 * gives no room back. The same row for another member counts for them. The day as the file has it is in the key; the time is not, because of a file
 * that has days alone it depends on when it is read.
 */
export function countedKey(source: ImportSource, { key, amount }: ImportedRow, memberId: string | null): string {
  return JSON.stringify([source, key, amount.amount, amount.currency, memberId])
}
