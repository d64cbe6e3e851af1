import { createStore } from 'zustand/vanilla'
import type { Bridge } from '../../../../contract/ipc/channel.ts'
import type { HouseholdResult } from '../../../../contract/ipc/household.ts'
import type { KioskView } from '../../../../contract/ipc/kiosk.ts'
import type { LauncherContract } from '../../../../contract/ipc/launcher.ts'
import { followTouch } from '../../../ui/follow-touch.ts'

export type KioskTask = 'begin' | 'leave' | 'setPin'

export interface KioskState {
  /** Null until main has said how it is. */
  readonly view: KioskView | null
  readonly task: KioskTask | null
  readonly told: HouseholdResult | { readonly kind: 'broken' } | null
  /** Somebody is here. */
  readonly touch: () => void
  /** What is personal goes, and the page begins anew. */
  readonly finish: () => void
  /** Each opens the trusted window, where the operator says who they are. */
  readonly begin: () => Promise<void>
  readonly leave: () => Promise<void>
  readonly setPin: () => Promise<void>
  /** Loads and follows; gives the function that stops following. */
  readonly follow: (input: Parameters<typeof followTouch>[0]) => () => void
}

export function createKioskStore({ kiosk }: Pick<Bridge<LauncherContract>, 'kiosk'>) {
  return createStore<KioskState>()((set, get, store) => {
    async function during(task: KioskTask): Promise<void> {
      if (get().task !== null) return
      set({ task, told: null })
      const told = await kiosk[task]().catch((): KioskState['told'] => ({ kind: 'broken' }))
      set({ task: null, told, view: await kiosk.get().catch(() => get().view) })
    }
    // A page that could not tell is asked whether anybody is there all the same.
    const touch = () => void kiosk.touch().catch(() => {})

    return {
      view: null,
      task: null,
      told: null,
      touch,
      finish: () => void kiosk.finish().catch(() => {}),
      begin: () => during('begin'),
      leave: () => during('leave'),
      setPin: () => during('setPin'),
      follow(input) {
        kiosk.get().then((view) => set({ view }), () => {})
        let stopTouch: (() => void) | null = null
        const isUrgent = () => {
          const { view } = get()
          return view?.kind === 'on' && (!view.isInUse || view.leftMs !== null)
        }
        const stops = [
          kiosk.onChanged((view) => set({ view })),
          kiosk.onAsked(() => void kiosk.here().catch(() => {})),
          store.subscribe(({ view }) => {
            const isOn = view?.kind === 'on'
            if (isOn) stopTouch ??= followTouch(input, touch, isUrgent)
            else stopTouch = stopTouch?.() ?? null
          }),
        ]
        return () => {
          stopTouch?.()
          for (const stop of stops) stop()
        }
      },
    }
  })
}
