import type { Preview } from '../../contract/ipc/controls.ts'
import { type Change, coolingOffMs, effectOf } from '../../domain/controls.ts'
import { LogStorageError } from '../ports/event-log.ts'
import type { LedgerAccess } from '../ports/ledger-access.ts'
import type { ReflectionPause } from './reflection-pause.ts'
import type { TrustedNow } from './trusted-now.ts'

export interface PreviewChangeDeps {
  readonly ledger: LedgerAccess
  readonly pause: ReflectionPause
  readonly quoteNow: TrustedNow
}

/** What a change would do, and how long the person has to let it sink in before a looser one can be asked for. */
export function createPreviewChange({ ledger, pause, quoteNow }: PreviewChangeDeps) {
  return function previewChange({ change }: { readonly change: Change }): Preview {
    const effect = effectNow(ledger, change)
    if (effect !== 'looser') return { effect, pauseMs: 0, actsAt: null }
    const pauseMs = pause.begin(change)
    return { effect, pauseMs, actsAt: new Date(quoteNow() + pauseMs + coolingOffMs).toISOString() }
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
