import { createStore } from 'zustand/vanilla'
import type { Bridge } from '../../../../contract/ipc/channel.ts'
import type { LauncherContract } from '../../../../contract/ipc/launcher.ts'
import type { Posture, PostureFormat, SavedPosture } from '../../../../contract/ipc/posture.ts'

export type SecurityView =
  | { readonly kind: 'loading' }
  /** The call itself failed: that is a fault of Tuppence. */
  | { readonly kind: 'broken' }
  | { readonly kind: 'ok'; readonly posture: Posture }

export type Saving =
  | { readonly kind: 'idle' }
  | { readonly kind: 'saving'; readonly format: PostureFormat }
  | { readonly kind: 'ended'; readonly format: PostureFormat; readonly result: SavedPosture }
  | { readonly kind: 'broken' }

export interface SecurityState {
  readonly view: SecurityView
  /** What was measured before stays on screen meanwhile. */
  readonly isMeasuring: boolean
  readonly saving: Saving
  readonly measure: () => Promise<void>
  readonly save: (format: PostureFormat) => Promise<void>
  /** Forgets what came of saving, as when the screen is opened again. */
  readonly open: () => void
}

/** How every safeguard is, measured when the screen is opened and whenever somebody asks. */
export function createSecurityStore({ posture }: Pick<Bridge<LauncherContract>, 'posture'>) {
  return createStore<SecurityState>()((set, get) => ({
    view: { kind: 'loading' },
    isMeasuring: false,
    saving: { kind: 'idle' },
    async measure() {
      if (get().isMeasuring) return
      set({ isMeasuring: true })
      const view = await posture.get().then((found): SecurityView => ({ kind: 'ok', posture: found }), (): SecurityView => ({ kind: 'broken' }))
      set({ view, isMeasuring: false })
    },
    async save(format) {
      if (get().saving.kind === 'saving') return
      set({ saving: { kind: 'saving', format } })
      try {
        set({ saving: { kind: 'ended', format, result: await posture.save({ format }) } })
      } catch {
        set({ saving: { kind: 'broken' } })
      }
    },
    open() {
      if (get().saving.kind !== 'saving') set({ saving: { kind: 'idle' } })
      void get().measure()
    },
  }))
}
