import { createStore } from 'zustand/vanilla'
import type { Bridge } from '../../../../contract/ipc/channel.ts'
import type { LauncherContract } from '../../../../contract/ipc/launcher.ts'
import type { AnsweredPurchase, MonitoringView, RiskAnswer, Thawed } from '../../../../contract/ipc/monitoring.ts'

export type MonitoringOnScreen =
  | { readonly kind: 'loading' }
  /** The call itself failed: that is a fault of Tuppence. */
  | { readonly kind: 'broken' }
  | MonitoringView

/** What came of the last thing that was said on the screen. */
export type MonitoringTold = AnsweredPurchase | Thawed | { readonly kind: 'broken' }

export interface MonitoringState {
  readonly view: MonitoringOnScreen
  /** The purchase that is being answered about, or the freeze that is being ended. */
  readonly task: string | null
  readonly told: MonitoringTold | null
  readonly load: () => Promise<void>
  readonly answer: (purchaseId: string, answer: RiskAnswer) => Promise<void>
  readonly thaw: (memberId: string | null) => Promise<void>
  readonly forgetTold: () => void
  /** Loads and follows; gives the function that stops following. */
  readonly follow: () => () => void
}

/** How ending a freeze is named among the tasks. */
export const thawTask = (memberId: string | null) => `thaw ${memberId ?? ''}`

/** How much waits for a look: buying that is frozen, and alerts that nobody has said anything about. */
export function attentionCount(view: MonitoringOnScreen): number {
  if (view.kind !== 'ok') return 0
  return view.frozen.length + view.scored.filter(({ band, answer, mayAnswer }) => band === 'alert' && answer === null && mayAnswer.length > 0).length
}

/** How purchases were judged and what was said about them: one's own, and for a guardian everybody's. */
export function createMonitoringStore({ monitoring }: Pick<Bridge<LauncherContract>, 'monitoring'>) {
  let asked = 0
  return createStore<MonitoringState>()((set, get) => {
    async function during(task: string, work: () => Promise<MonitoringTold>): Promise<void> {
      if (get().task !== null) return
      set({ task, told: null })
      const told = await work().catch((): MonitoringTold => ({ kind: 'broken' }))
      set({ task: null, told })
      await get().load()
    }
    return {
      view: { kind: 'loading' },
      task: null,
      told: null,
      async load() {
        asked += 1
        const own = asked
        const next = await monitoring.get().catch((): MonitoringOnScreen => ({ kind: 'broken' }))
        // Several may be under way; an older answer must not take the place of a newer one.
        if (own === asked) set({ view: next })
      },
      answer: (purchaseId, answer) => during(purchaseId, () => monitoring.answer({ purchaseId, answer })),
      thaw: (memberId) => during(thawTask(memberId), () => monitoring.thaw(memberId === null ? {} : { memberId })),
      forgetTold: () => set({ told: null }),
      follow() {
        void get().load()
        return monitoring.onChanged(() => void get().load())
      },
    }
  })
}
