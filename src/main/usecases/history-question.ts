/** What a page asks about the history, made into what the index is asked: whose it is, and what words and menus mean. */
import type { HistoryMenus, HistoryQuestionView, Reading } from '../../contract/ipc/history.ts'
import { startOfDay } from '../../domain/export/export-text.ts'
import { everyLine, type HistoryFilter } from '../../domain/history/filter.ts'
import { newestFirst } from '../../domain/history/order.ts'
import { readQuery } from '../../domain/history/read-query.ts'
import { seenBy } from '../../domain/roles.ts'
import type { EventLog } from '../ports/event-log.ts'
import type { HistoryQuestion } from '../ports/history-index.ts'
import type { LedgerAccess } from '../ports/ledger-access.ts'
import { namesOf } from './person-names.ts'
import { type Actor, type Decider, whoDecides } from './who-decides.ts'

export interface HistoryViewer {
  readonly log: EventLog
  readonly decider: Decider
  /** Everything that they may see, newest first. */
  readonly everything: HistoryQuestion
}

/** Who asks for the history, or why nobody can be told; `empty` where there never was a log.  Throws LogStorageError where the log cannot be read. */
export function historyViewer({ actor, ledger, systemZone }: {
  readonly actor: Actor
  readonly ledger: LedgerAccess
  readonly systemZone: () => string
}): HistoryViewer | { readonly kind: 'locked' | 'unavailable' | 'empty' } {
  const log = ledger.log()
  if (!log) return { kind: ledger.state() === 'vaultUnavailable' ? 'empty' : 'unavailable' }
  const controls = log.controls()
  const decider = whoDecides(controls, actor)
  if (!decider) return { kind: 'locked' }
  const zone = controls.household?.zone ?? systemZone()
  const everything = { filter: everyLine, order: newestFirst, seen: seenBy(controls, decider.memberId), names: namesOf(log), zone }
  return { log, decider, everything }
}

/** Of everything that they may see, what is asked for. */
export function asked(everything: HistoryQuestion, { text, menus, order }: HistoryQuestionView): { readonly question: HistoryQuestion; readonly reading: Reading } {
  const read = readQuery(text)
  const filter = both(read.filter, filterOf(menus, everything.zone))
  return { question: { ...everything, filter, order }, reading: [...read.reading] }
}

function filterOf(menus: HistoryMenus, zone: string): HistoryFilter {
  const { members, sellers, lines, states, kinds, currencies, sources, least, most } = menus
  return {
    ...everyLine,
    from: menus.from === null ? null : startOfDay(menus.from, zone),
    before: menus.to === null ? null : startOfDay(menus.to, zone, 1),
    ...{ memberIds: members, sellerIds: sellers, lineKinds: lines, states, offerKinds: kinds, currencies, sources },
    amounts: [
      ...(least === null ? [] : [{ is: 'atLeast', decimal: least, currency: null } as const]),
      ...(most === null ? [] : [{ is: 'atMost', decimal: most, currency: null } as const]),
    ],
  }
}

/** What fits both. */
function both(one: HistoryFilter, other: HistoryFilter): HistoryFilter {
  return {
    words: [...one.words, ...other.words],
    sellerWords: [...one.sellerWords, ...other.sellerWords],
    from: pick(one.from, other.from, (a, b) => (a > b ? a : b)),
    before: pick(one.before, other.before, (a, b) => (a < b ? a : b)),
    memberIds: common(one.memberIds, other.memberIds),
    sellerIds: common(one.sellerIds, other.sellerIds),
    lineKinds: common(one.lineKinds, other.lineKinds),
    states: common(one.states, other.states),
    offerKinds: common(one.offerKinds, other.offerKinds),
    currencies: common(one.currencies, other.currencies),
    sources: common(one.sources, other.sources),
    amounts: [...one.amounts, ...other.amounts],
    purchaseIds: common(one.purchaseIds, other.purchaseIds),
  }
}

function pick<T>(one: T | null, other: T | null, choose: (a: T, b: T) => T): T | null {
  return one === null || other === null ? (one ?? other) : choose(one, other)
}

function common<T>(one: readonly T[] | null, other: readonly T[] | null): readonly T[] | null {
  return pick(one, other, (a, b) => a.filter((value) => b.includes(value)))
}
