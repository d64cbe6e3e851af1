import { createStore } from 'zustand/vanilla'
import type { Bridge } from '../../../../contract/ipc/channel.ts'
import type { FamilyView, HouseholdResult } from '../../../../contract/ipc/household.ts'
import type { LauncherContract } from '../../../../contract/ipc/launcher.ts'

export type FamilyOnScreen =
  | { readonly kind: 'loading' }
  /** The call itself failed: that is a fault of Tuppence. */
  | { readonly kind: 'broken' }
  | FamilyView

export interface FamilyState {
  readonly view: FamilyOnScreen
  /** The request that is being withdrawn. */
  readonly withdrawing: string | null
  /** What came of the last one. */
  readonly told: HouseholdResult | { readonly kind: 'broken' } | null
  readonly load: () => Promise<void>
  readonly withdraw: (requestId: string) => Promise<void>
  /** Loads and follows; gives the function that stops following. */
  readonly follow: () => () => void
}

/** How many requests wait for an answer. */
export function waitingCount(view: FamilyOnScreen): number {
  return view.kind === 'ok' ? view.requests.filter(({ ended }) => ended === null).length : 0
}

/** Requests, alerts and changes: of everybody for a guardian, of themselves for everybody else. */
export function createFamilyStore({ family, requests }: Pick<Bridge<LauncherContract>, 'family' | 'requests'>) {
  let asked = 0
  return createStore<FamilyState>()((set, get) => ({
    view: { kind: 'loading' },
    withdrawing: null,
    told: null,
    async load() {
      asked += 1
      const own = asked
      const next = await family.get().catch((): FamilyOnScreen => ({ kind: 'broken' }))
      // Several may be under way; an older answer must not take the place of a newer one.
      if (own === asked) set({ view: next })
    },
    async withdraw(requestId) {
      if (get().withdrawing !== null) return
      set({ withdrawing: requestId, told: null })
      const told = await requests.withdraw({ requestId }).catch((): FamilyState['told'] => ({ kind: 'broken' }))
      set({ withdrawing: null, told })
      await get().load()
    },
    follow() {
      void get().load()
      return family.onChanged(() => void get().load())
    },
  }))
}
