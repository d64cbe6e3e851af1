/** What the person is shown of an import before anything is written. */
import { badRowsTold, type ImportEffectView, type ImportPreviewView } from '../../contract/ipc/imports.ts'
import type { Controls } from '../../domain/controls.ts'
import { localTimeIn } from '../../domain/export/export-text.ts'
import { countedKey, mayImport } from '../../domain/import-rules.ts'
import { elsewhereId, type ImportedRow, type ImportSource } from '../../domain/imports.ts'
import { standings } from '../../domain/limits.ts'
import { toWire } from '../../domain/money.ts'
import { hasMembers, memberOf } from '../../domain/roles.ts'
import { quarterOf, type UsageLine, usedIn } from '../../domain/usage.ts'
import type { EventLog } from '../ports/event-log.ts'
import { nameFor } from './person-names.ts'
import type { SortedRows } from './read-import.ts'

interface Surroundings {
  readonly log: EventLog
  readonly fileName: string
  /** Who asks; null while there are no members. */
  readonly memberId: string | null
  /** When a purchase would count now, in milliseconds since the epoch. */
  readonly nowMs: number
  /** By whose calendar days are. */
  readonly zone: string
  /** Of `countedByUndone`. */
  readonly counted: ReadonlySet<string>
}

export function previewOf(sorted: SortedRows, around: Surroundings): ImportPreviewView {
  const { source, rows, known, bad, table } = sorted
  const controls = around.log.controls()
  const fresh = rows.filter(({ n }) => !known.has(n))
  const times = extent(fresh)
  const local = localTimeIn(around.zone)
  const day = (at: string) => local(at).date
  const currency = controls.household?.currency ?? null
  const charges = fresh.filter(({ kind }) => kind === 'charge')
  const counting = charges.filter(({ amount }) => currency === null || amount.currency === currency)
  return {
    source,
    fileName: around.fileName,
    rows: fresh.length,
    known: known.size,
    totals: totalsOf(fresh),
    from: times && day(times.from),
    to: times && day(times.to),
    bad: { count: bad.length, first: bad.slice(0, badRowsTold).map(({ n, reason, text }) => ({ n, reason, text })) },
    table: table && { columns: table.columns.map(cell), sample: table.sample.map((row) => row.map(cell)), mapping: table.mapping },
    counting: { currency, charges: counting.length, otherCurrencies: charges.length - counting.length },
    people: peopleFor(controls, around.memberId).map((memberId) => ({
      memberId,
      name: memberId === null ? null : nameFor(around.log, memberId),
      ...countingFor(memberId, counting, source, around),
    })),
  }
}

const cell = (text: string): string => text.slice(0, 200)

/** Everybody's for a guardian, else one's own; members who are there. */
function peopleFor(controls: Controls, actorId: string | null): (string | null)[] {
  if (!hasMembers(controls)) return [null]
  const all = (controls.members ?? []).map(({ memberId }) => memberId).filter((id) => memberOf(controls, id) && mayImport(controls, actorId, id))
  return all.sort((one, other) => Number(other === actorId) - Number(one === actorId))
}

function extent(rows: readonly ImportedRow[]): { readonly from: string; readonly to: string } | null {
  const [first] = rows
  if (!first) return null
  return rows.reduce(({ from, to }, { at }) => ({ from: at < from ? at : from, to: at > to ? at : to }), { from: first.at, to: first.at })
}

function totalsOf(rows: readonly ImportedRow[]): ImportPreviewView['totals'] {
  const totals = new Map<string, { debit: bigint; credit: bigint; lines: number }>()
  for (const { kind, amount } of rows) {
    const total = totals.get(amount.currency) ?? { debit: 0n, credit: 0n, lines: 0 }
    if (kind === 'charge') total.debit += BigInt(amount.amount)
    else total.credit += BigInt(amount.amount)
    total.lines += 1
    totals.set(amount.currency, total)
  }
  const byLines = [...totals].sort(([, one], [, other]) => other.lines - one.lines)
  return byLines.map(([currency, { debit, credit, lines }]) => ({
    debit: toWire({ amount: debit, currency }),
    credit: toWire({ amount: credit, currency }),
    lines,
  }))
}

/** The same sums as the log would come to (`usageChanges`), as far as limits look back now. */
function countingFor(memberId: string | null, charges: readonly ImportedRow[], source: ImportSource, { log, nowMs, counted }: Surroundings) {
  const once = counted.size === 0 ? charges : charges.filter((row) => !counted.has(countedKey(source, row, memberId)))
  const controls = log.controls()
  const all = standings(controls, log.usageSince, nowMs).filter(({ limit }) => limit.memberId === undefined || limit.memberId === memberId)
  const fromMs = Math.min(...all.map(({ span }) => span?.startMs ?? Number.POSITIVE_INFINITY))
  const names = new Map<string, string>()
  const lines = once.flatMap(({ at, payee, amount }): UsageLine[] => {
    if (Date.parse(at) < fromMs) return []
    const sellerId = elsewhereId(source, payee)
    names.set(sellerId, payee)
    return [{ atMs: quarterOf(Date.parse(at)), sellerId, memberId, currency: amount.currency, spent: BigInt(amount.amount), reserved: 0n }]
  })
  const effects = all.flatMap(({ limit, span, left }): ImportEffectView[] => {
    const { sellerId, period, amount: cap } = limit
    const uses = span ? usedIn(lines, span, { sellerId, currency: controls.household?.currency ?? '' }).spent : 0n
    if (uses === 0n) return []
    const seller = sellerId === null ? null : (names.get(sellerId) ?? sellerId)
    return [{ period, seller, own: limit.memberId !== undefined, cap, left: left.toString(), uses: uses.toString() }]
  })
  return { countedBefore: charges.length - once.length, effects }
}
