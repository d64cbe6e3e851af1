import { type EventLog, LogStorageError } from '../ports/event-log.ts'
import type { LedgerAccess } from '../ports/ledger-access.ts'
import { type Actor, whoDecides } from './who-decides.ts'

type NotTold = { readonly kind: 'locked' | 'unavailable' }

/**
 * What a report says to whoever is there: `memberId` is null while there are no members. `locked` where no profile is open,
 * `unavailable` where the ledger is not open or fails meanwhile.
 */
export function reportToDecider<View>(deps: { readonly actor: Actor; readonly ledger: LedgerAccess }, report: (log: EventLog, memberId: string | null) => View): View | NotTold {
  try {
    const log = deps.ledger.log()
    if (!log) return { kind: 'unavailable' }
    const decider = whoDecides(log.controls(), deps.actor)
    return decider ? report(log, decider.memberId) : { kind: 'locked' }
  } catch (error) {
    if (error instanceof LogStorageError) return { kind: 'unavailable' }
    throw error
  }
}
