/** A statement as it crosses to the page, and the controls of the month as far as their reader may see them. */
import type { ControlEvent } from '../../contract/ipc/controls.ts'
import { type ControlsAt, linesOnScreen, type StatementData, type StatementTotalView } from '../../contract/ipc/statements.ts'
import { exclusionOf } from '../../domain/control-parts.ts'
import type { Controls } from '../../domain/controls.ts'
import { exclusionState } from '../../domain/exclusion.ts'
import { localTimeIn } from '../../domain/export/export-text.ts'
import { toWire } from '../../domain/money.ts'
import { maySee } from '../../domain/roles.ts'
import { nameOf } from '../../domain/family.ts'
import type { StatementTotal } from '../../domain/statement/statement.ts'
import { decisionsOf, toControlEvent } from './control-history.ts'
import { countOf, type Gathered } from './gather-statement.ts'
import type { HistoryViewer } from './history-question.ts'
import { lineView, totalView } from './search-history.ts'

export function statementView(gathered: Gathered, viewer: HistoryViewer): StatementData {
  const { names, seen, zone } = viewer.everything
  const { month, memberId, sums, madeAt, head, checked } = gathered
  return {
    month: month.month,
    firstDay: `${month.month}-01`,
    lastDay: dayBefore(month.before, zone),
    endsAt: month.before,
    zone,
    memberId,
    who: nameOf({ names }, memberId ?? (seen?.length === 1 ? (seen[0] ?? null) : null)),
    opening: sums.opening.map(statementTotal),
    totals: sums.totals.map(statementTotal),
    closing: sums.closing.map(statementTotal),
    sellers: sums.sellers.map(({ sellerId, payee, ...total }) => ({ ...statementTotal(total), sellerId, payee })),
    lines: gathered.lines.slice(0, linesOnScreen).map((line) => lineView(line, names)),
    lineCount: countOf(sums),
    controls: controlsView(gathered, viewer),
    madeAt,
    head,
    checked,
  }
}

function dayBefore(instant: string, zone: string): string {
  return localTimeIn(zone)(new Date(Date.parse(instant) - 1).toISOString()).date
}

function statementTotal(total: StatementTotal): StatementTotalView {
  const money = (amount: bigint) => toWire({ amount, currency: total.currency })
  return { ...totalView(total), importedDebit: money(total.importedDebit), importedCredit: money(total.importedCredit) }
}

/** P10: about the household and about whom the statement is of, and nobody whom its reader may not see. */
function controlsView({ controls, month, memberId, madeAt }: Gathered, { log, decider }: HistoryViewer): StatementData['controls'] {
  if (!controls) return null
  const isAbout = (concerned: string | null = null) =>
    concerned === null || (maySee(log.controls(), decider.memberId, concerned) && (memberId === null || memberId === concerned))
  const endAt = madeAt < month.before ? madeAt : month.before
  const changes = controls.changes.flatMap((event): ControlEvent[] =>
    decisionsOf(event, controls.asked)
      .filter(({ about }) => isAbout(about))
      .map((decided) => toControlEvent(log, { at: event.at, by: event.actor, ...decided })))
  return { atStart: controlsAt(controls.atStart, month.from, isAbout), atEnd: controlsAt(controls.atEnd, endAt, isAbout), changes }
}

function controlsAt(controls: Controls, at: string, isAbout: (memberId: string | undefined) => boolean): ControlsAt {
  const whose = [null, ...(controls.exclusions ?? []).map(({ memberId }) => memberId)].filter((memberId) => isAbout(memberId ?? undefined))
  const states = whose.map((memberId) => ({ memberId, state: exclusionState(exclusionOf(controls, memberId), Date.parse(at)) }))
  return {
    household: controls.household,
    limits: controls.limits.filter(({ memberId }) => isAbout(memberId)),
    quietHours: controls.quietHours.filter(({ memberId }) => isAbout(memberId)),
    exclusions: states.filter(({ state }) => state.kind !== 'none'),
  }
}

