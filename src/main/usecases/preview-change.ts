import type { Preview } from '../../contract/ipc/controls.ts'
import { effectOf } from '../../domain/control-effects.ts'
import { type Change, coolingOffMs } from '../../domain/controls.ts'
import { LogStorageError } from '../ports/event-log.ts'
import type { Gateway } from '../ports/gateway.ts'
import type { LedgerAccess } from '../ports/ledger-access.ts'
import { whyNotChange } from './may-decide.ts'
import type { ReflectionPause } from './reflection-pause.ts'
import type { TrustedNow } from './trusted-now.ts'
import { type Actor, whoDecides } from './who-decides.ts'

export interface PreviewChangeDeps {
  readonly actor: Actor
  readonly gateway: Pick<Gateway, 'now'>
  readonly ledger: LedgerAccess
  readonly pause: ReflectionPause
  readonly quoteNow: TrustedNow
}

/**
 * What a change would do, and how long the person has to let it sink in before a looser one can be asked for. One that they
 * may not make would do nothing.
 */
export function createPreviewChange({ actor, gateway, ledger, pause, quoteNow }: PreviewChangeDeps) {
  return function previewChange({ change }: { readonly change: Change }): Preview {
    const { effect, memberId } = effectNow(change)
    if (effect !== 'looser') return { effect, pauseMs: 0, actsAt: null }
    const pauseMs = pause.begin(change, memberId)
    return { effect, pauseMs, actsAt: new Date(quoteNow() + pauseMs + coolingOffMs).toISOString() }
  }

  function effectNow(change: Change): { readonly effect: Preview['effect']; readonly memberId: string | null } {
    const nothing = { effect: 'none', memberId: null } as const
    try {
      const controls = ledger.log()?.controls()
      const decider = controls && whoDecides(controls, actor)
      if (!decider || whyNotChange(controls, decider.memberId, change, gateway.now())) return nothing
      return { effect: effectOf(controls, change), memberId: decider.memberId }
    } catch (error) {
      // That the ledger cannot be read is told where the controls are.
      if (error instanceof LogStorageError) return nothing
      throw error
    }
  }
}
