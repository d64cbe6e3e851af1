import { createStore } from 'zustand/vanilla'
import type { Bridge } from '../../../../contract/ipc/channel.ts'
import type { LauncherContract } from '../../../../contract/ipc/launcher.ts'
import type { AnsweredPurchase, RiskAnswer } from '../../../../contract/ipc/monitoring.ts'
import type { Disputed, OpenDisputeInput, PurchaseDetailResult } from '../../../../contract/ipc/purchase-detail.ts'

export type DetailOnScreen =
  | { readonly kind: 'loading' }
  /** The call itself failed: that is a fault of Tuppence. */
  | { readonly kind: 'broken' }
  | PurchaseDetailResult

export type DisputeTold = Disputed | { readonly kind: 'broken' }

export interface PurchaseDetailState {
  readonly view: DetailOnScreen
  /** Whether the person is being asked, or what they said is on its way to the gateway. */
  readonly isDisputing: boolean
  /** What came of the last thing that was said about this purchase. */
  readonly told: DisputeTold | null
  readonly load: () => Promise<void>
  /** Main asks before anything is sent. */
  readonly dispute: (said: OpenDisputeInput) => Promise<void>
  readonly forgetTold: () => void
  /** What came of the last word about whose it was. */
  readonly answered: AnsweredPurchase | { readonly kind: 'broken' } | null
  readonly answer: (answer: RiskAnswer) => Promise<void>
  /** Loads one purchase and follows it; gives the function that stops following. */
  readonly follow: (purchaseId: string) => () => void
}

/** How often a history that is being put in order is asked for again, in milliseconds. */
const againMs = 500

function hasOpenDispute(view: DetailOnScreen): boolean {
  return view.kind === 'ok' && view.purchase.from === 'tuppence' && view.purchase.dispute.kind === 'open'
}

/** The one purchase that is looked at. */
export function createPurchaseDetailStore({ history, disputes, monitoring }: Pick<Bridge<LauncherContract>, 'history' | 'disputes' | 'monitoring'>) {
  let current: string | null = null
  let asked = 0
  return createStore<PurchaseDetailState>()((set, get) => ({
    view: { kind: 'loading' },
    isDisputing: false,
    told: null,
    async load() {
      const purchaseId = current
      if (purchaseId === null) return
      asked += 1
      const own = asked
      const view = await history.purchase({ purchaseId }).catch((): DetailOnScreen => ({ kind: 'broken' }))
      // Several may be under way; an older answer must not take the place of a newer one, nor that of another purchase.
      if (own !== asked) return
      // That it was taken in is old news once it is decided.
      set({ view, told: get().told?.kind === 'opened' && !hasOpenDispute(view) ? null : get().told })
      if (view.kind === 'building') setTimeout(() => void (own === asked && get().load()), againMs)
    },
    async dispute(said) {
      if (get().isDisputing) return
      set({ isDisputing: true, told: null })
      const told = await disputes.open(said).catch((): DisputeTold => ({ kind: 'broken' }))
      set({ isDisputing: false, told: said.purchaseId === current ? told : null })
    },
    forgetTold: () => set({ told: null }),
    answered: null,
    async answer(answer) {
      const purchaseId = current
      if (purchaseId === null) return
      const answered = await monitoring.answer({ purchaseId, answer }).catch(() => ({ kind: 'broken' }) as const)
      if (purchaseId !== current) return
      set({ answered })
      await get().load()
    },
    follow(purchaseId) {
      current = purchaseId
      set({ view: { kind: 'loading' }, told: null, answered: null })
      void get().load()
      const stop = history.onChanged(() => void get().load())
      return () => {
        stop()
        asked += 1
        current = null
      }
    },
  }))
}
