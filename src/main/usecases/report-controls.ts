import type { ControlsView } from '../../contract/ipc/controls.ts'
import { type PendingChange, pendingState, pendingTimes } from '../../domain/controls.ts'
import { exclusionEnd, exclusionLengths, exclusionState } from '../../domain/exclusion.ts'
import { standings } from '../../domain/limits.ts'
import { type EventLog, LogStorageError } from '../ports/event-log.ts'
import type { Gateway } from '../ports/gateway.ts'
import type { LedgerAccess } from '../ports/ledger-access.ts'
import { createControlHistory, toChange } from './control-history.ts'
import { momentOf, toStanding } from './judge-purchase.ts'
import type { TrustedNow } from './trusted-now.ts'

export interface ReportControlsDeps {
  readonly gateway: Pick<Gateway, 'now'>
  readonly ledger: LedgerAccess
  readonly quoteNow: TrustedNow
  /** The time zone that the computer is set to. */
  readonly systemZone: () => string
}

/** Limits, quiet hours and exclusion as they stand now, and what was decided about them. */
export function createReportControls(deps: ReportControlsDeps) {
  const controlHistory = createControlHistory()
  return function reportControls(): ControlsView {
    try {
      const log = deps.ledger.log()
      return log ? report(log) : { kind: 'unavailable' }
    } catch (error) {
      if (error instanceof LogStorageError) return { kind: 'unavailable' }
      throw error
    }
  }

  function report(log: EventLog): ControlsView {
    const controls = log.controls()
    const { ms, gatewayMs } = momentOf(deps, log)
    return {
      kind: 'ok',
      household: controls.household,
      systemZone: deps.systemZone(),
      standings: standings(controls, log.usageSince, ms).map(toStanding),
      quietHours: [...controls.quietHours],
      remindAfter: controls.remindAfter,
      pending: controls.pending.map((pending) => toPending(pending, gatewayMs)),
      exclusion: exclusionState(controls.exclusion, gatewayMs),
      exclusionEnds: exclusionEnds(deps.quoteNow()),
      events: controlHistory(log),
    }
  }
}

function exclusionEnds(beginsMs: number) {
  return exclusionLengths.map((length) => ({ length, endsAt: new Date(exclusionEnd(length, beginsMs)).toISOString() }))
}

type PendingView = Extract<ControlsView, { kind: 'ok' }>['pending'][number]

function toPending(pending: PendingChange, gatewayMs: number | null): PendingView {
  const { changeId, change, askedAt } = pending
  return { changeId, change: toChange(change), askedAt, ...pendingTimes(askedAt), state: pendingState(pending, gatewayMs) }
}
