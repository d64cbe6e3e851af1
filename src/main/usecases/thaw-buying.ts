/** Ends a freeze: whoever says so has shown who they are, or has had time to think. */
import type { MonitoringRefusal, Thawed } from '../../contract/ipc/monitoring.ts'
import type { Freeze } from '../../domain/controls.ts'
import { isGuardian } from '../../domain/roles.ts'
import type { AskPerson } from '../ports/ask-person.ts'
import type { Clock } from '../ports/clock.ts'
import type { EventLog } from '../ports/event-log.ts'
import type { LedgerAccess } from '../ports/ledger-access.ts'
import { writableLog } from './controls-results.ts'
import { type MonitoringStyle, thawQuestion } from './monitoring-words.ts'
import { orRefused } from './or-refused.ts'
import { nameFor } from './person-names.ts'
import { reflectionPauseMs } from './reflection-pause.ts'
import { thawWay } from './thaw-way.ts'
import { type Actor, type Decider, whoDecides } from './who-decides.ts'

export interface ThawBuyingDeps {
  readonly actor: Actor
  readonly appearance: () => MonitoringStyle
  readonly askPerson: AskPerson
  readonly clock: Pick<Clock, 'monotonicMs'>
  readonly ledger: LedgerAccess
  readonly onMonitoringChanged: () => void
}

const refused = (reason: MonitoringRefusal): Thawed => ({ kind: 'refused', reason })

export function createThawBuying(deps: ThawBuyingDeps) {
  /** Since when somebody thinks about it, by the clock that nobody can set. */
  let sinceMs: number | null = null

  const leftMs = () => Math.max(0, Math.ceil((sinceMs ?? deps.clock.monotonicMs()) + reflectionPauseMs - deps.clock.monotonicMs()))

  return {
    /** How much longer there is to think before a box asks; all of it for whoever has not begun. */
    pauseMs: leftMs,
    thawBuying: ({ memberId }: { readonly memberId?: string }): Promise<Thawed> => orRefused(() => thaw(memberId ?? null), () => 'gatewayUnreachable' as const),
  }

  async function thaw(memberId: string | null): Promise<Thawed> {
    const log = writableLog(deps.ledger)
    const decider = whoDecides(log.controls(), deps.actor)
    if (!decider) return refused('locked')
    if (!freezeIn(log, memberId)) return refused('gone')
    const way = thawWay(log.controls())
    if (way === 'guardian' && !isGuardian(log.controls(), decider.memberId)) return refused('notAllowed')
    if (way === 'box' && leftMs() > 0) {
      sinceMs ??= deps.clock.monotonicMs()
      return { kind: 'wait', pauseMs: Math.max(1, leftMs()) }
    }
    sinceMs = null
    const name = memberId === decider.memberId ? null : nameFor(log, memberId)
    if (!(await deps.askPerson(thawQuestion(deps.appearance(), name, way === 'guardian'), decider.memberId))) return { kind: 'declined' }
    return record(memberId, decider, way)
  }

  async function record(memberId: string | null, { actor }: Decider, how: ReturnType<typeof thawWay>): Promise<Thawed> {
    const log = writableLog(deps.ledger)
    const payload = { ...(memberId !== null && { memberId }), how }
    const event = await log.append(() => (freezeIn(log, memberId) ? { type: 'buying.thawed', actor, payload } : null))
    deps.onMonitoringChanged()
    return event ? { kind: 'thawed' } : refused('gone')
  }
}

function freezeIn(log: EventLog, memberId: string | null): Freeze | null {
  return log.controls().frozen?.find((freeze) => freeze.memberId === memberId) ?? null
}
