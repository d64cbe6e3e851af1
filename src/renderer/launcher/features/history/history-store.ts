import { createStore } from 'zustand/vanilla'
import type { Bridge } from '../../../../contract/ipc/channel.ts'
import type { HistoryRow, LauncherContract } from '../../../../contract/ipc/launcher.ts'

export type HistoryView =
  | { readonly kind: 'loading' }
  | { readonly kind: 'unavailable' }
  /** No profile is open. */
  | { readonly kind: 'locked' }
  /** The call itself failed: that is a fault of Tuppence. */
  | { readonly kind: 'broken' }
  | { readonly kind: 'ok'; readonly rows: readonly HistoryRow[]; readonly unverified: boolean }

export interface HistoryState {
  readonly history: HistoryView
  readonly load: () => Promise<void>
  /** Loads the history and follows it; gives the function that stops following. */
  readonly follow: () => () => void
}

/** Every purchase whose money moved or may have moved. */
export function createHistoryStore({ history }: Pick<Bridge<LauncherContract>, 'history'>) {
  return createStore<HistoryState>()((set, get) => ({
    history: { kind: 'loading' },
    async load() {
      set({ history: await history.list().catch((): HistoryView => ({ kind: 'broken' })) })
    },
    follow() {
      void get().load()
      return history.onChanged(() => void get().load())
    },
  }))
}
