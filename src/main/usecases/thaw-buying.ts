/** Ends a freeze: whoever says so has shown who they are, or has had time to think. */
import type { MonitoringRefusal, Thawed } from '../../contract/ipc/monitoring.ts'
import { canonicalJson } from '../../domain/canonical.ts'
import type { Controls, Freeze } from '../../domain/controls.ts'
import { hasMembers, isGuardian } from '../../domain/roles.ts'
import type { EventPayloads } from '../../domain/events.ts'
import type { AskPerson } from '../ports/ask-person.ts'
import type { Clock } from '../ports/clock.ts'
import type { EventLog } from '../ports/event-log.ts'
import type { LedgerAccess } from '../ports/ledger-access.ts'
import type { AskAccount } from './ask-step-up.ts'
import { writableLog } from './controls-results.ts'
import { type MonitoringStyle, thawQuestion } from './monitoring-words.ts'
import { orRefused } from './or-refused.ts'
import { nameFor } from './person-names.ts'
import { reflectionPauseMs } from './reflection-pause.ts'
import { type Actor, type Decider, whoDecides } from './who-decides.ts'

export interface ThawBuyingDeps {
  readonly actor: Actor
  readonly appearance: () => MonitoringStyle
  readonly askAccount: AskAccount
  readonly askPerson: AskPerson
  readonly clock: Pick<Clock, 'monotonicMs'>
  /** Whether this device is signed in to an account. */
  readonly isSignedIn: () => boolean
  readonly ledger: LedgerAccess
  readonly onMonitoringChanged: () => void
  readonly sha256: (text: string) => string
}

export type ThawWay = EventPayloads['buying.thawed']['how']

const refused = (reason: MonitoringRefusal): Thawed => ({ kind: 'refused', reason })

export function createThawBuying(deps: ThawBuyingDeps) {
  /** Since when somebody thinks about it, by the clock that nobody can set. */
  let sinceMs: number | null = null

  const pauseMs = () => Math.max(0, Math.ceil((sinceMs ?? deps.clock.monotonicMs()) + reflectionPauseMs - deps.clock.monotonicMs()))

  function wayOf(controls: Pick<Controls, 'members'>): ThawWay {
    if (hasMembers(controls)) return 'guardian'
    return deps.isSignedIn() ? 'account' : 'box'
  }

  return {
    wayOf,
    /** How much longer there is to think before a box asks; all of it for whoever has not begun. */
    pauseMs,
    thawBuying: ({ memberId }: { readonly memberId?: string }): Promise<Thawed> => orRefused(() => thaw(memberId ?? null), () => 'gatewayUnreachable' as const),
  }

  async function thaw(memberId: string | null): Promise<Thawed> {
    const log = writableLog(deps.ledger)
    const decider = whoDecides(log.controls(), deps.actor)
    if (!decider) return refused('locked')
    const freeze = freezeIn(log, memberId)
    if (!freeze) return refused('gone')
    const way = wayOf(log.controls())
    if (way === 'guardian' && !isGuardian(log.controls(), decider.memberId)) return refused('notAllowed')
    if (way === 'box' && pauseMs() > 0) {
      sinceMs ??= deps.clock.monotonicMs()
      return { kind: 'wait', pauseMs: Math.max(1, pauseMs()) }
    }
    sinceMs = null
    return (await isAgreed(log, freeze, decider, way)) ? record(memberId, decider, way) : { kind: 'declined' }
  }

  async function isAgreed(log: EventLog, freeze: Freeze, { memberId: by }: Decider, way: ThawWay): Promise<boolean> {
    const name = freeze.memberId === by ? null : nameFor(log, freeze.memberId)
    const question = thawQuestion(deps.appearance(), name, way === 'guardian')
    if (way !== 'account') return deps.askPerson(question, by)
    const digest = deps.sha256(canonicalJson({ thaw: { ...freeze } }))
    return (await deps.askAccount(question, { id: freeze.because, digest, memberId: by })) === 'yes'
  }

  async function record(memberId: string | null, { actor }: Decider, how: ThawWay): Promise<Thawed> {
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
