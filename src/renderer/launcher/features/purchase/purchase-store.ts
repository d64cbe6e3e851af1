import { createStore } from 'zustand/vanilla'
import type { Bridge } from '../../../../contract/ipc/channel.ts'
import type { LauncherContract, Progress } from '../../../../contract/ipc/launcher.ts'
import { addNotice, keepOpen, settleNotices, type Notice, type NoticeContent } from './notices.ts'

export interface PurchaseState {
  /** The purchase that runs now; there is at most one. */
  readonly running: Progress | null
  readonly notices: readonly Notice[]
  readonly isSettling: boolean
  readonly buy: (offerId: string) => Promise<void>
  /** Asks what became of the purchases that are still open. Never charges. */
  readonly settle: () => Promise<void>
  readonly dismiss: (noticeId: number) => void
  /** Follows progress and late outcomes; gives the function that stops following. */
  readonly follow: () => () => void
}

type NeededBridge = Pick<Bridge<LauncherContract>, 'purchase' | 'history'>

/** The purchase that runs and what became of those before it. */
export function createPurchaseStore({ purchase, history }: NeededBridge) {
  return createStore<PurchaseState>()((set, get) => {
    const add = (content: NoticeContent) => set(({ notices }) => ({ notices: addNotice(notices, content) }))
    const refreshNotices = async () => {
      if (keepOpen(get().notices).length === 0) return
      const listed = await history.list()
      if (listed.kind === 'ok') set(({ notices }) => ({ notices: settleNotices(notices, listed.rows) }))
    }
    return {
      running: null,
      notices: [],
      isSettling: false,
      async buy(offerId) {
        if (get().running) return add({ kind: 'refused', reason: 'purchaseInProgress' })
        set(({ notices }) => ({ running: { offerId, step: 'quoting' }, notices: keepOpen(notices) }))
        const content = await purchase.request({ offerId }).catch((): NoticeContent => ({ kind: 'broken' }))
        set({ running: null })
        add(content)
      },
      async settle() {
        set({ isSettling: true })
        try {
          await purchase.settle()
          await refreshNotices()
        } finally {
          set({ isSettling: false })
        }
      },
      dismiss: (noticeId) => set(({ notices }) => ({ notices: notices.filter(({ id }) => id !== noticeId) })),
      follow() {
        const stopProgress = purchase.onProgress((progress) => {
          if (get().running?.offerId === progress.offerId) set({ running: progress })
        })
        const stopHistory = history.onChanged(() => void refreshNotices())
        return () => {
          stopProgress()
          stopHistory()
        }
      },
    }
  })
}
