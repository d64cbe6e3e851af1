import type { Preview } from '../../contract/ipc/controls.ts'
import { type Change, effectOf } from '../../domain/controls.ts'
import { LogStorageError } from '../ports/event-log.ts'
import type { LedgerAccess } from '../ports/ledger-access.ts'
import type { ReflectionPause } from './reflection-pause.ts'

/** What a change would do, and how long the person has to let it sink in before a looser one can be asked for. */
export function createPreviewChange({ ledger, pause }: { readonly ledger: LedgerAccess; readonly pause: ReflectionPause }) {
  return function previewChange({ change }: { readonly change: Change }): Preview {
    const effect = effectNow(ledger, change)
    return { effect, pauseMs: effect === 'looser' ? pause.begin(change) : 0 }
  }
}

function effectNow(ledger: LedgerAccess, change: Change): Preview['effect'] {
  try {
    const controls = ledger.log()?.controls()
    return controls ? effectOf(controls, change) : 'none'
  } catch (error) {
    // That the ledger cannot be read is told where the controls are.
    if (error instanceof LogStorageError) return 'none'
    throw error
  }
}
