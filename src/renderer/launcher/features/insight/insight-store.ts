import { createStore } from 'zustand/vanilla'
import type { Bridge } from '../../../../contract/ipc/channel.ts'
import type { InsightInput, InsightView, PictureResult, PictureArea } from '../../../../contract/ipc/insight.ts'
import type { LauncherContract } from '../../../../contract/ipc/launcher.ts'

export type InsightOnScreen =
  | { readonly kind: 'loading' }
  /** The call itself failed: that is a fault of Tuppence. */
  | { readonly kind: 'broken' }
  | InsightView

export interface InsightState {
  readonly asked: InsightInput
  readonly view: InsightOnScreen
  /** How saving a picture ended; null before, and while it goes on. */
  readonly picture: PictureResult | { readonly kind: 'broken' } | null
  /** Asks for something else; what was there stays until the answer has come. */
  readonly ask: (change: Partial<InsightInput>) => Promise<void>
  readonly savePicture: (area: PictureArea) => Promise<void>
  /** Loads and follows; gives the function that stops following. */
  readonly follow: () => () => void
}

/** While the history is put in order, it is asked for again after so long. */
const askAgainMs = 500

export const thisMonth: InsightInput = { unit: 'month', day: null, whose: { kind: 'everybody' }, currency: null }

/** What a week, month or year came to. */
export function createInsightStore({ history, insight }: Pick<Bridge<LauncherContract>, 'insight'> & { readonly history: Pick<Bridge<LauncherContract>['history'], 'onChanged'> }) {
  return createStore<InsightState>()((set, get) => {
    let newest = 0
    let timer: ReturnType<typeof setTimeout> | undefined
    const load = async () => {
      const mine = (newest += 1)
      clearTimeout(timer)
      const view = await insight.get(get().asked).catch((): InsightOnScreen => ({ kind: 'broken' }))
      // Somebody who asks quickly gets the answer to what they asked last.
      if (mine !== newest) return
      set({ view })
      if (view.kind === 'building') timer = setTimeout(() => void load(), askAgainMs)
    }
    return {
      asked: thisMonth,
      view: { kind: 'loading' },
      picture: null,
      async ask(change) {
        set(({ asked }) => ({ asked: { ...asked, ...change }, picture: null }))
        await load()
      },
      async savePicture(area) {
        set({ picture: null })
        set({ picture: await insight.savePicture(area).catch(() => ({ kind: 'broken' }) as const) })
      },
      follow() {
        void load()
        const stop = history.onChanged(() => void load())
        return () => {
          stop()
          clearTimeout(timer)
        }
      },
    }
  })
}
