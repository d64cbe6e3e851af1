import { createStore } from 'zustand/vanilla'
import type { Bridge } from '../../../../contract/ipc/channel.ts'
import type { HistoryMenus, HistoryPage, HistoryQuestionView } from '../../../../contract/ipc/history.ts'
import type { LauncherContract } from '../../../../contract/ipc/launcher.ts'

export const noMenus: HistoryMenus = {
  ...{ from: null, to: null, members: null, sellers: null, lines: null, states: null, kinds: null, currencies: null, sources: null },
  ...{ least: null, most: null },
}
export const everything: HistoryQuestionView = { text: '', menus: noMenus, order: { by: 'at', direction: 'descending' } }

export type HistoryView =
  | { readonly kind: 'loading' }
  /** The call itself failed: that is a fault of Tuppence. */
  | { readonly kind: 'broken' }
  | HistoryPage

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
      set({ history: await history.search({ question: everything, offset: 0, limit: 200 }).catch((): HistoryView => ({ kind: 'broken' })) })
    },
    follow() {
      void get().load()
      return history.onChanged(() => void get().load())
    },
  }))
}
