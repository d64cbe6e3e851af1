/** Somebody says whether a purchase was theirs. It teaches the model; where it was not, it is the beginning of securing the account. */
import type { AnsweredPurchase, MonitoringRefusal, RiskAnswer } from '../../contract/ipc/monitoring.ts'
import type { PurchaseId } from '../../domain/brands.ts'
import { maySayWhose } from '../../domain/roles.ts'
import type { AskPerson } from '../ports/ask-person.ts'
import type { LedgerAccess } from '../ports/ledger-access.ts'
import { writableLog } from './controls-results.ts'
import type { FreezeBuying } from './freeze-buying.ts'
import { meQuestion, type MonitoringStyle, notMeQuestion } from './monitoring-words.ts'
import { orRefused } from './or-refused.ts'
import { nameFor } from './person-names.ts'
import { answersAfter } from './report-monitoring.ts'
import type { RiskScores, ScoredPurchase } from './risk-scores.ts'
import type { TrustedNow } from './trusted-now.ts'
import { type Actor, type Decider, whoDecides } from './who-decides.ts'

export interface AnswerRiskDeps {
  readonly actor: Actor
  readonly appearance: () => MonitoringStyle
  readonly askPerson: AskPerson
  readonly freezeBuying: FreezeBuying
  readonly ledger: LedgerAccess
  readonly onMonitoringChanged: () => void
  readonly quoteNow: TrustedNow
  readonly riskScores: RiskScores
}

interface Said {
  readonly purchaseId: string
  readonly answer: RiskAnswer
}

interface Answerable {
  readonly decider: Decider
  readonly scored: ScoredPurchase
}

const refused = (reason: MonitoringRefusal): AnsweredPurchase => ({ kind: 'refused', reason })

export function createAnswerRisk(deps: AnswerRiskDeps) {
  return function answerRisk(said: Said): Promise<AnsweredPurchase> {
    return orRefused(() => answer(said), () => 'gatewayUnreachable' as const)
  }

  async function answer(said: Said): Promise<AnsweredPurchase> {
    const found = examine(said)
    if (typeof found === 'string') return refused(found)
    return said.answer === 'me' ? thank(said, found) : secure(said, found)
  }

  function examine({ purchaseId, answer: given }: Said): Answerable | MonitoringRefusal {
    const log = writableLog(deps.ledger)
    const decider = whoDecides(log.controls(), deps.actor)
    if (!decider) return 'locked'
    const scored = deps.riskScores(log).find((one) => one.purchaseId === purchaseId)
    if (!scored) return 'gone'
    if (!maySayWhose(log.controls(), decider.memberId, scored.memberId)) return 'notAllowed'
    return answersAfter(scored.answer?.answer ?? null).includes(given) ? { decider, scored } : 'gone'
  }

  /** What looked like somebody else's is asked once more outside of the page: a stranger would say the same. */
  async function thank(said: Said, { decider, scored }: Answerable): Promise<AnsweredPurchase> {
    const { memberId } = scored
    const isAgreed = scored.risk.bands.takeover === 'nothing' || (await deps.askPerson(meQuestion(deps.appearance(), aboutFor(decider, scored)), decider.memberId))
    if (!isAgreed) return { kind: 'declined' }
    const log = writableLog(deps.ledger)
    const payload = { purchaseId: said.purchaseId as PurchaseId, answer: 'me', answeredAt: new Date(deps.quoteNow()).toISOString(), ...(memberId !== null && { memberId }) } as const
    const event = await log.append(() => (typeof examine(said) === 'string' ? null : { type: 'risk.answered', actor: decider.actor, payload }))
    deps.onMonitoringChanged()
    return event ? { kind: 'thanked' } : refused('gone')
  }

  function aboutFor(decider: Decider, { item, payee, memberId }: ScoredPurchase) {
    return { item, payee, name: memberId === decider.memberId ? null : nameFor(writableLog(deps.ledger), memberId) }
  }

  /** Asked once more outside of the page, because it stops buying. */
  async function secure(said: Said, { decider, scored }: Answerable): Promise<AnsweredPurchase> {
    if (!(await deps.askPerson(notMeQuestion(deps.appearance(), aboutFor(decider, scored)), decider.memberId))) return { kind: 'declined' }
    const now = examine(said)
    if (typeof now === 'string') return refused(now)
    const signedOut = await deps.freezeBuying(writableLog(deps.ledger), said.purchaseId, scored.memberId, now.decider)
    return { kind: 'secured', signedOut }
  }
}
