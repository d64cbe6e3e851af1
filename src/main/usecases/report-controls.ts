import type { ControlsView } from '../../contract/ipc/controls.ts'
import { exclusionOf } from '../../domain/control-parts.ts'
import { type Change, type Controls, type PendingChange, pendingState, pendingTimes } from '../../domain/controls.ts'
import { exclusionEnd, exclusionLengths, exclusionState } from '../../domain/exclusion.ts'
import { exclusionHeldTo, standings } from '../../domain/limits.ts'
import { hasMembers, isExcluded, isGuardian, isMinor, mayChange, mayExclude, mayReturn, maySee } from '../../domain/roles.ts'
import { type EventLog, LogStorageError } from '../ports/event-log.ts'
import type { Gateway } from '../ports/gateway.ts'
import type { LedgerAccess } from '../ports/ledger-access.ts'
import { concernedBy, type ControlHistory, toChange, toControlEvent } from './control-history.ts'
import { momentOf, toStanding } from './judge-purchase.ts'
import type { TrustedNow } from './trusted-now.ts'
import { type Actor, whoDecides } from './who-decides.ts'

export interface ReportControlsDeps {
  readonly actor: Actor
  readonly controlHistory: ControlHistory
  readonly gateway: Pick<Gateway, 'now'>
  /** Whoever is signed in has another account than the one that the controls are shared with. */
  readonly isOtherAccounts: () => boolean
  readonly ledger: LedgerAccess
  readonly quoteNow: TrustedNow
  /** The time zone that the computer is set to. */
  readonly systemZone: () => string
}

type View = Extract<ControlsView, { kind: 'ok' }>

/** Limits, quiet hours and exclusion as they stand now, and what was decided about them, as far as whose profile is open may see it. */
export function createReportControls(deps: ReportControlsDeps) {
  return function reportControls(): ControlsView {
    try {
      const log = deps.ledger.log()
      return log ? report(log) : { kind: 'unavailable' }
    } catch (error) {
      if (error instanceof LogStorageError) return { kind: 'unavailable' }
      throw error
    }
  }

  function report(log: EventLog): View {
    const controls = log.controls()
    const { ms, gatewayMs } = momentOf(deps, log)
    const decider = whoDecides(controls, deps.actor)
    const of = decider?.memberId ?? null
    const sees = (memberId: string | null = null) => decider !== null && (memberId === null || maySee(controls, of, memberId))
    return {
      kind: 'ok',
      household: controls.household,
      systemZone: deps.systemZone(),
      of,
      isOtherAccounts: deps.isOtherAccounts(),
      rights: decider ? rightsOf(controls, of, gatewayMs) : [],
      standings: standings(controls, log.usageSince, ms).filter(({ limit }) => sees(limit.memberId)).map(toStanding),
      quietHours: controls.quietHours.filter(({ memberId }) => sees(memberId)),
      remindAfter: controls.remindAfter,
      pending: controls.pending.filter(({ change }) => sees(concernedBy(change))).map((pending) => toPending(pending, gatewayMs)),
      exclusion: exclusionHeldTo(controls, of, gatewayMs),
      exclusions: exclusionsSeenBy(controls, of, gatewayMs),
      exclusionEnds: exclusionEnds(deps.quoteNow()),
      events: deps.controlHistory(log).filter(({ about }) => sees(about)).map((decision) => toControlEvent(log, decision)),
    }
  }
}

/** About the household, about themselves, and a guardian about minors. */
function rightsOf(controls: Controls, of: string | null, gatewayMs: number | null): View['rights'] {
  const minors = isGuardian(controls, of) ? minorsIn(controls) : []
  const whose = hasMembers(controls) ? [null, of, ...minors] : [null]
  return whose.map((memberId) => ({
    memberId,
    may: rightAbout(controls, of, memberId, gatewayMs),
    mayExclude: mayExclude(controls, of, memberId),
    mayReturn: mayReturn(controls, of, memberId),
  }))
}

/** Whoever is excluded in a household loosens nothing. */
function rightAbout(controls: Controls, of: string | null, memberId: string | null, gatewayMs: number | null): View['rights'][number]['may'] {
  const change: Change = { kind: 'limit', period: 'week', sellerId: null, ...(memberId !== null && { memberId }), amount: '0' }
  const isHeldBack = hasMembers(controls) && isExcluded(controls, of, gatewayMs)
  if (!isHeldBack && mayChange(controls, of, change, true)) return 'all'
  return mayChange(controls, of, change, false) ? 'tighten' : 'look'
}

function minorsIn({ members = [] }: Controls): string[] {
  return members.filter(({ role }) => isMinor(role)).map(({ memberId }) => memberId)
}

function exclusionsSeenBy(controls: Controls, of: string | null, gatewayMs: number | null): View['exclusions'] {
  if (!isGuardian(controls, of)) return []
  const all = minorsIn(controls).map((memberId) => ({ memberId, state: exclusionState(exclusionOf(controls, memberId), gatewayMs) }))
  return all.filter(({ state }) => state.kind !== 'none')
}

function exclusionEnds(beginsMs: number) {
  return exclusionLengths.map((length) => ({ length, endsAt: new Date(exclusionEnd(length, beginsMs)).toISOString() }))
}

function toPending(pending: PendingChange, gatewayMs: number | null): View['pending'][number] {
  const { changeId, change, askedAt } = pending
  return { changeId, change: toChange(change), askedAt, ...pendingTimes(askedAt), state: pendingState(pending, gatewayMs) }
}
