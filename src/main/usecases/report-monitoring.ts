/** The Monitoring screen: how purchases were judged, what was said about them, how watchful Tuppence is, and what is frozen. */
import type { Frozen, MonitoringView, Scored, Watch } from '../../contract/ipc/monitoring.ts'
import type { Risk } from '../../contract/ipc/risk.ts'
import { levelsOf } from '../../domain/control-parts.ts'
import type { Change, Controls, Freeze } from '../../domain/controls.ts'
import { disputable, openDisputeOf } from '../../domain/disputes.ts'
import type { LogEvent, ShownRisk } from '../../domain/events.ts'
import { isSpending } from '../../domain/ledger.ts'
import { toWire } from '../../domain/money.ts'
import { monitoringLevels, thresholdsOf } from '../../domain/monitoring.ts'
import type { Harm } from '../../domain/risk/harm.ts'
import { hasMembers, isExcluded, isGuardian, mayChange, maySayWhose, maySee } from '../../domain/roles.ts'
import type { EventLog, PurchaseRecord } from '../ports/event-log.ts'
import type { Gateway } from '../ports/gateway.ts'
import type { LedgerAccess } from '../ports/ledger-access.ts'
import { nameFor, personFor } from './person-names.ts'
import type { RiskScores, ScoredPurchase } from './risk-scores.ts'
import type { ThawWay } from './thaw-buying.ts'
import { reportToDecider } from './report-to-decider.ts'
import type { Actor } from './who-decides.ts'

export interface ReportMonitoringDeps {
  readonly actor: Actor
  readonly gateway: Pick<Gateway, 'now'>
  readonly ledger: LedgerAccess
  readonly riskScores: RiskScores
  /** How much longer there is to think before a freeze can be ended in a box, in milliseconds. */
  readonly thawPauseMs: () => number
  readonly thawWay: (controls: Controls) => ThawWay
}

type View = Extract<MonitoringView, { kind: 'ok' }>

/** Own purchases, and for a guardian everybody's. */
export function createReportMonitoring(deps: ReportMonitoringDeps) {
  return function reportMonitoring(): MonitoringView {
    return reportToDecider(deps, report)
  }

  function report(log: EventLog, of: string | null): View {
    const controls = log.controls()
    const scores = deps.riskScores(log)
    const seen = (controls.members ?? []).filter(({ role, memberId }) => role !== 'removed' && maySee(controls, of, memberId)).map(({ memberId }) => memberId)
    return {
      kind: 'ok',
      of,
      people: seen.flatMap((memberId) => personFor(log, memberId) ?? []),
      scored: scores.filter(({ memberId }) => maySee(controls, of, memberId)).map((score) => toScored(log, of, score)),
      watch: (hasMembers(controls) ? seen : [null]).map((memberId) => watchOf(controls, of, memberId, deps.gateway.now())),
      levels: monitoringLevels.toReversed().map((level) => ({ level, takeover: inPercent('takeover', level), burst: inPercent('burst', level) })),
      frozen: (controls.frozen ?? []).filter(({ memberId }) => memberId === null || maySee(controls, of, memberId)).map((freeze) => frozenView(log, of, freeze, scores)),
    }
  }

  function frozenView(log: EventLog, of: string | null, { memberId, because, frozenAt, by }: Freeze, scores: readonly ScoredPurchase[]): Frozen {
    const way = deps.thawWay(log.controls())
    const may = way !== 'guardian' || isGuardian(log.controls(), of)
    const thaw: Frozen['thaw'] = way === 'box' ? { kind: way, pauseMs: deps.thawPauseMs() } : { kind: may ? way : 'nobody' }
    return { memberId, at: frozenAt, by: nameFor(log, by), because, thaw, since: boughtSince(log, { memberId, because, frozenAt }, scores) }
  }
}

function inPercent(harm: Harm, level: (typeof monitoringLevels)[number]) {
  const from = thresholdsOf(harm, level)
  const percent = (probability: number) => Math.round(probability * 100)
  return from && { note: percent(from.note), pause: percent(from.pause), alert: percent(from.alert) }
}

function watchOf(controls: Controls, of: string | null, memberId: string | null, gatewayMs: number | null): Watch {
  const levels = levelsOf(controls, memberId ?? undefined)
  const change: Change = { kind: 'monitoring', ...levels, ...(memberId !== null && { memberId }) }
  const isHeldBack = hasMembers(controls) && isExcluded(controls, of, gatewayMs)
  const may = !isHeldBack && mayChange(controls, of, change, true) ? 'all' : mayChange(controls, of, change, false) ? 'tighten' : 'look'
  return { memberId, ...levels, may }
}

function toScored(log: EventLog, of: string | null, { purchaseId, at, memberId, item, payee, price, risk, answer }: ScoredPurchase): Scored {
  const record = log.purchase(purchaseId as PurchaseRecord['purchaseId'])
  const may = maySayWhose(log.controls(), of, memberId)
  return {
    ...{ purchaseId, at, memberId, item, payee, price },
    state: record?.state ?? 'cancelled',
    ...riskView(risk),
    answer: answer && { ...answer, by: nameFor(log, answer.by) },
    mayAnswer: may ? answersAfter(answer?.answer ?? null) : [],
  }
}

/** As it crosses to the pages. */
export const riskView = ({ reasons, ...risk }: ShownRisk): Risk => ({ ...risk, reasons: [...reasons] })

/** Whoever has thought that it was them may find out that it was not; the other way round a stranger would say so. */
export function answersAfter(answer: 'me' | 'notMe' | null): ('me' | 'notMe')[] {
  if (answer === null) return ['me', 'notMe']
  return answer === 'me' ? ['notMe'] : []
}

/** What may be disputed: everything of theirs from that purchase on, oldest first. */
function boughtSince(log: EventLog, { memberId, because, frozenAt }: Pick<Freeze, 'memberId' | 'because' | 'frozenAt'>, scores: readonly ScoredPurchase[]): Frozen['since'] {
  const at = log.purchase(because as PurchaseRecord['purchaseId'])?.at ?? scores.find(({ purchaseId }) => purchaseId === because)?.at ?? frozenAt
  const bought = log.purchasesSince(at).filter((record) => isSpending(record) && record.memberId === memberId).reverse()
  const [first] = bought
  const disputes = first ? log.eventsOfTypes(['dispute.opened', 'dispute.closed'], first.approvedSeq, (log.head()?.seq ?? 0) + 1) : []
  return bought.map((record) => {
    const { purchaseId, item, payee, price, state } = record
    return { purchaseId, at: record.at, item, payee, price: toWire(price), state, dispute: disputeOf(record, disputes) }
  })
}

function disputeOf(record: PurchaseRecord, disputes: readonly LogEvent[]): Frozen['since'][number]['dispute'] {
  const own = disputes.filter(({ payload }) => 'purchaseId' in payload && payload.purchaseId === record.purchaseId)
  if (openDisputeOf(own)) return 'open'
  return disputable(record) === 'yes' ? 'possible' : 'none'
}
