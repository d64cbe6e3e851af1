/** What a guardian should know of, as the log has it, newest first. */
import type { Alert } from '../../contract/ipc/household.ts'
import { lockOutMs } from '../../domain/access.ts'
import type { LogEvent } from '../../domain/events.ts'
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

function isAlert({ type, payload }: LogEvent): boolean {
  return type === 'controls.looseningAsked' || type === 'access.tried' || 'limitWarnings' in payload
}

function alertsOf({ type, at, payload }: LogEvent): FamilyAlert[] {
  switch (type) {
    case 'controls.looseningAsked':
      return [{ at, memberId: concernedBy(payload.change), what: 'looserAsked' }]
    case 'purchase.approved':
      return (payload.limitWarnings ?? []).map(({ memberId = null, percent }) => ({ at, memberId, what: percent === 100 ? 'atLimit' : 'nearLimit' }))
    default:
      return []
  }
}

/**
 * One alert for each run of wrong PINs that is so long that they have to wait. A try is written down before anybody knows
 * whether it is right, so the one that ends a run is taken back.
 */
function wrongPins() {
  const runs = new Map<string, { readonly tries: number; readonly alert: FamilyAlert | null }>()
  return (picked: readonly FamilyAlert[], event: LogEvent): readonly FamilyAlert[] => {
    if (event.type !== 'access.tried' && event.type !== 'access.granted') return picked
    const { memberId } = event.payload
    const { tries, alert } = runs.get(memberId) ?? { tries: 0, alert: null }
    if (event.type === 'access.granted') {
      runs.delete(memberId)
      return alert && lockOutMs(tries - 1) === 0 ? picked.filter((one) => one !== alert) : picked
    }
    const isDue = alert === null && lockOutMs(tries + 1) > 0
    const added: FamilyAlert | null = isDue ? { at: event.at, memberId, what: 'wrongPins' } : null
    runs.set(memberId, { tries: tries + 1, alert: added ?? alert })
    return added ? [added, ...picked] : picked
  }
}
