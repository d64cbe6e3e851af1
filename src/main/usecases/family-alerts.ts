/** What a guardian should know of, as the log has it, newest first. */
import type { Alert } from '../../contract/ipc/household.ts'
import { lockOutMs, nextTries, type Tries, triesOf } from '../../domain/access.ts'
import type { LimitWarning } from '../../domain/controls.ts'
import type { ChallengeContent, LogEvent } from '../../domain/events.ts'
import type { EventLog } from '../ports/event-log.ts'
import { concernedBy } from './control-history.ts'
import { createLogDigest } from './log-digest.ts'

const mostListed = 100

export interface FamilyAlert {
  readonly at: string
  /** Whom it is about; null for the household. */
  readonly memberId: string | null
  readonly what: Alert['what']
}

/** Reads the end of a log once, and then only what was added. */
export function createFamilyAlerts(): (log: EventLog) => readonly FamilyAlert[] {
  return createLogDigest<FamilyAlert>({
    most: mostListed,
    concerns: isAlert,
    begin() {
      const runs = wrongPins()
      return (picked, event) => (event.type.startsWith('access.') ? runs(picked, event) : [...alertsOf(event), ...picked])
    },
  })
}

const isAlert = (event: LogEvent): boolean => event.type === 'access.tried' || alertsOf(event).length > 0

function alertsOf({ type, at, payload }: LogEvent): FamilyAlert[] {
  switch (type) {
    case 'controls.looseningAsked':
      return [{ at, memberId: concernedBy(payload.change), what: 'looserAsked' }]
    case 'purchase.approved':
      return [...wrongOf(at, payload.challenge), ...limitsOf(at, payload.limitWarnings ?? [])]
    case 'purchase.cancelled':
      return payload.attempt ? wrongOf(at, payload.attempt) : []
    default:
      return []
  }
}

const limitsOf = (at: string, warnings: readonly LimitWarning[]) =>
  warnings.map(({ memberId = null, percent }): FamilyAlert => ({ at, memberId, what: percent === 100 ? 'atLimit' : 'nearLimit' }))

function wrongOf(at: string, { memberId, risk }: Pick<ChallengeContent, 'memberId' | 'risk'>): FamilyAlert[] {
  return risk?.band === 'alert' ? [{ at, memberId: memberId ?? null, what: 'looksWrong' }] : []
}

/**
 * One alert for each run of wrong PINs or codes that is so long that they have to wait. A try is written down before anybody
 * knows whether it is right: one that was is taken back.
 */
function wrongPins() {
  let all: readonly Tries[] = []
  const newest = new Map<string, FamilyAlert>()
  return (picked: readonly FamilyAlert[], event: LogEvent): readonly FamilyAlert[] => {
    const before = all
    all = nextTries(all, event)
    if (event.type === 'access.granted') return picked.filter((alert) => alert !== newest.get(event.payload.memberId))
    if (event.type !== 'access.tried') return picked
    const { memberId } = event.payload
    newest.delete(memberId)
    if (!hasToWait(triesOf(all, memberId)) || hasToWait(triesOf(before, memberId))) return picked
    const alert: FamilyAlert = { at: event.at, memberId, what: 'wrongPins' }
    newest.set(memberId, alert)
    return [alert, ...picked]
  }
}

const hasToWait = ({ failures, codeFailures }: Tries) => lockOutMs(Math.max(failures, codeFailures)) > 0
