import { createStore } from 'zustand/vanilla'
import type { Bridge } from '../../../contract/ipc/channel.ts'
import type { LauncherContract } from '../../../contract/ipc/launcher.ts'
import type { Preferences, Status } from '../../../contract/ipc/status.ts'

export interface AppState {
  /** Null until main has answered for the first time. */
  readonly status: Status | null
  /** Main could not even say how it is: there is nothing to show but that. */
  readonly isBroken: boolean
  readonly isRetrying: boolean
  readonly retry: () => Promise<void>
  readonly setPreferences: (preferences: Preferences) => Promise<void>
  readonly load: () => Promise<void>
  /** Loads the status and follows it; gives the function that stops following. */
  readonly follow: () => () => void
}

/** The live state of everything a purchase depends on, and how the page presents itself. */
export function createAppStore({ app }: Pick<Bridge<LauncherContract>, 'app'>) {
  return createStore<AppState>()((set, get) => ({
    status: null,
    isBroken: false,
    isRetrying: false,
    async retry() {
      set({ isRetrying: true })
      try {
        set({ status: await app.retry() })
      } finally {
        set({ isRetrying: false })
      }
    },
    async setPreferences(preferences) {
      // At once, so that the choice does not jump back while main is saving it.
      set(({ status }) => ({ status: status && { ...status, preferences } }))
      set({ status: await app.setPreferences(preferences) })
    },
    async load() {
      set({ isBroken: false })
      try {
        set({ status: await app.status() })
      } catch {
        set({ isBroken: true })
      }
    },
    follow() {
      void get().load()
      return app.onChanged((status) => set({ status, isBroken: false }))
    },
  }))
}
