/** What a page asks about the history, made into what the index is asked: whose it is, and what words and menus mean. */
import type { HistoryMenus, HistoryQuestionView, Reading } from '../../contract/ipc/history.ts'
import type { Language } from '../../contract/ipc/status.ts'
import { localTimeIn, startOfDay } from '../../domain/export/export-text.ts'
import { both } from '../../domain/history/both-filters.ts'
import { everyLine, type HistoryFilter } from '../../domain/history/filter.ts'
import { newestFirst } from '../../domain/history/order.ts'
import { type QueryContext, readQuery } from '../../domain/history/read-query.ts'
import { seenBy } from '../../domain/roles.ts'
import type { Clock } from '../ports/clock.ts'
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
  /** What they mean by words depends on. */
  readonly context: QueryContext
}

export interface HistoryDeps {
  /** Whose profile is open. */
  readonly actor: Actor
  readonly clock: Pick<Clock, 'now'>
  /** Of the page. */
  readonly language: () => Language
  readonly ledger: LedgerAccess
  readonly systemZone: () => string
}

type NoViewer = { readonly kind: 'locked' | 'unavailable' | 'empty' }

/** Who asks for the history, or why nobody can be told; `empty` where there never was a log. Throws LogStorageError where it cannot be read. */
export function historyViewer({ actor, clock, language, ledger, systemZone }: HistoryDeps): HistoryViewer | NoViewer {
  const log = ledger.log()
  if (!log) return { kind: ledger.state() === 'vaultUnavailable' ? 'empty' : 'unavailable' }
  const controls = log.controls()
  const decider = whoDecides(controls, actor)
  if (!decider) return { kind: 'locked' }
  const zone = controls.household?.zone ?? systemZone()
  const [seen, names] = [seenBy(controls, decider.memberId), namesOf(log)]
  const context = {
    language: language(),
    todayDay: localTimeIn(zone)(new Date(clock.now()).toISOString()).date,
    zone,
    // P10: nobody is told who else there is by what a text finds.
    members: Object.entries(names).flatMap(([memberId, name]) => (seen === null || seen.includes(memberId) ? [{ memberId, name }] : [])),
    homeCurrency: controls.household?.currency ?? null,
  }
  return { log, decider, everything: { filter: everyLine, order: newestFirst, seen, names, zone }, context }
}

/**
 * P10: why what was gathered for them may not be told any more; null where it may. An answer takes its time, a first one as long as the index is
 * made, and meanwhile their profile may have been locked, or another one opened.
 */
export function notTheirsAnyMore(deps: HistoryDeps, { decider, everything }: HistoryViewer): { readonly kind: 'locked' | 'unavailable' } | null {
  const now = historyViewer(deps)
  if ('kind' in now) return { kind: now.kind === 'locked' ? 'locked' : 'unavailable' }
  const isSame = now.decider.memberId === decider.memberId && JSON.stringify(now.everything.seen) === JSON.stringify(everything.seen)
  return isSame ? null : { kind: 'locked' }
}

/** Of everything that they may see, what is asked for. */
export function asked({ everything, context }: HistoryViewer, { text, menus, order }: HistoryQuestionView): {
  readonly question: HistoryQuestion
  readonly reading: Reading
} {
  const read = readQuery(text, context)
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
