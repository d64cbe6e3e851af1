/** What a guardian sees of everybody, and everybody else of themselves: requests, alerts, and what was decided. */
import type { Alert, FamilyView, Request } from '../../contract/ipc/household.ts'
import { triesOf } from '../../domain/access.ts'
import { type GuardianRequest, isWaiting, requestLapsesAt } from '../../domain/requests.ts'
import type { Controls } from '../../domain/controls.ts'
import { isGuardian, isMinor, maySee, roleOf } from '../../domain/roles.ts'
import { recoveryCodeCount } from '../ports/credentials.ts'
import type { EventLog } from '../ports/event-log.ts'
import type { LedgerAccess } from '../ports/ledger-access.ts'
import { type ControlHistory, toControlEvent } from './control-history.ts'
import { createFamilyAlerts, type FamilyAlert } from './family-alerts.ts'
import { nameFor, personFor } from './person-names.ts'
import type { TrustedNow } from './trusted-now.ts'
import { reportToDecider } from './report-to-decider.ts'
import type { Actor } from './who-decides.ts'

export interface ReportFamilyDeps {
  readonly actor: Actor
  readonly controlHistory: ControlHistory
  readonly ledger: LedgerAccess
  readonly quoteNow: TrustedNow
}

/** How long an alert is listed, in milliseconds. */
const alertLifeMs = 30 * 24 * 60 * 60_000

export function createReportFamily(deps: ReportFamilyDeps) {
  const familyAlerts = createFamilyAlerts()
  return function reportFamily(): FamilyView {
    return reportToDecider(deps, report)
  }

  function report(log: EventLog, memberId: string | null): FamilyView {
    const controls = log.controls()
    const nowMs = deps.quoteNow()
    const isForGuardian = isGuardian(controls, memberId)
    const requests = log.family().requests.filter((request) => maySee(controls, memberId, request.memberId))
    const alerts = familyAlerts(log).filter(({ at }) => Date.parse(at) >= nowMs - alertLifeMs)
    return {
      kind: 'ok',
      requests: requests.toReversed().flatMap((request) => toRequest(log, request, nowMs)).sort(waitingFirst),
      alerts: alerts.filter((alert) => (isForGuardian ? isGuardians(controls, alert) : isOwn(alert, memberId))).map((alert) => toAlert(log, alert)),
      changes: isForGuardian ? deps.controlHistory(log).map((decision) => toControlEvent(log, decision)) : [],
      recoveryCodesLeft: isForGuardian && memberId !== null ? recoveryCodeCount - triesOf(log.family().tries, memberId).usedRecovery.length : null,
    }
  }
}

const waitingFirst = (one: Request, other: Request) => Number(one.ended !== null) - Number(other.ended !== null)

/** What grown-ups buy looks wrong to themselves alone, who are told in the window. */
function isGuardians(controls: Controls, { memberId, what }: FamilyAlert): boolean {
  return what !== 'looksWrong' || memberId === null || isMinor(roleOf(controls, memberId) ?? 'removed')
}

/** Of themselves people are told about limits: their own and those of the household, which they are held to as well. */
function isOwn({ memberId, what }: FamilyAlert, viewer: string | null): boolean {
  return (what === 'nearLimit' || what === 'atLimit') && (memberId === null || memberId === viewer)
}

function toAlert(log: EventLog, { at, memberId, what }: FamilyAlert): Alert {
  return { at, who: nameFor(log, memberId), what }
}

/** Nothing of somebody who was removed: nobody can answer it. */
function toRequest(log: EventLog, request: GuardianRequest, nowMs: number): Request[] {
  const who = personFor(log, request.memberId)
  if (!who) return []
  const { requestId, offerId, item, game, payee, price, counted, cause, askedAt } = request
  const lapsesAt = requestLapsesAt(request)
  return [{ requestId, who, offerId, item, game, payee, price, counted, cause, askedAt, lapsesAt, ended: endOf(log, request, nowMs) }]
}

function endOf(log: EventLog, request: GuardianRequest, nowMs: number): Request['ended'] {
  if (request.ended) return { ...request.ended, by: nameFor(log, request.ended.by) }
  return isWaiting(request, nowMs) ? null : { end: 'lapsed', at: requestLapsesAt(request), by: null }
}
