import { createStore } from 'zustand/vanilla'
import type { Bridge } from '../../../../contract/ipc/channel.ts'
import type { LauncherContract, Progress } from '../../../../contract/ipc/launcher.ts'
import { addNotice, keepOpen, needsAccount, settleNotices, withoutAsking, type Askable, type Notice, type NoticeContent } from './notices.ts'

export interface PurchaseState {
  /** The purchase that runs now; there is at most one. */
  readonly running: Progress | null
  /** The request that a guardian is answering now. */
  readonly answering: string | null
  /** A request is on its way. */
  readonly isAsking: boolean
  readonly notices: readonly Notice[]
  /** What is asked for again once somebody is signed in; null where nobody signs in for a purchase. */
  readonly waitingFor: string | null
  readonly isSettling: boolean
  /** Buys; where nothing can be bought without asking, and there is nothing to think over, a guardian is asked at once. */
  readonly buy: (offerId: string) => Promise<void>
  /** Whoever signs in now does so to buy this. */
  readonly waitForAccount: (offerId: string) => void
  /** Somebody is signed in: asks for what they signed in for. */
  readonly goOn: () => Promise<void>
  /** Nobody has signed in. */
  readonly giveUpWaiting: () => void
  /** Asks a guardian for what was blocked. */
  readonly ask: (blocked: Askable) => Promise<void>
  /** Opens the trusted window for a guardian's answer. */
  readonly answer: (requestId: string) => Promise<void>
  /** Asks what became of the purchases that are still open. Never charges. */
  readonly settle: () => Promise<void>
  readonly dismiss: (noticeId: number) => void
  /** Follows progress and late outcomes; gives the function that stops following. */
  readonly follow: () => () => void
}

type NeededBridge = Pick<Bridge<LauncherContract>, 'purchase' | 'requests'> & {
  readonly history: Pick<Bridge<LauncherContract>['history'], 'onChanged'>
}

/** The purchase that runs and what became of those before it. */
export function createPurchaseStore({ purchase, history, requests }: NeededBridge, monotonicMs: () => number = () => performance.now()) {
  return createStore<PurchaseState>()((set, get) => {
    const add = (content: NoticeContent) => set(({ notices }) => ({ notices: addNotice(notices, content) }))
    const refreshNotices = async () => {
      if (keepOpen(get().notices).length === 0) return
      const listed = await purchase.latest()
      if (listed.kind === 'ok') set(({ notices }) => ({ notices: settleNotices(notices, listed.rows) }))
    }
    const requestOf = async (blocked: Askable): Promise<NoticeContent> => {
      const asked = await requests.ask({ offerId: blocked.askIn.offerId }).catch(() => null)
      if (asked === null) return { kind: 'askFailed' }
      if (asked.kind === 'refused') return { kind: 'notAsked', reason: asked.reason }
      const { item, payee } = blocked
      return { ...asked, item, payee }
    }
    const outcomeOf = async (offerId: string): Promise<NoticeContent> => {
      const outcome = await purchase.request({ offerId }).catch(() => ({ kind: 'broken' }) as const)
      if (outcome.kind === 'refused' && needsAccount(outcome.reason)) return { ...outcome, offerId }
      if (outcome.kind !== 'blocked') return outcome
      const { askIn } = outcome
      const blocked = withoutAsking(outcome)
      if (!askIn) return blocked
      if (askIn.pauseMs === 0) return requestOf({ ...outcome, askIn })
      return { ...blocked, askIn: { offerId: askIn.offerId, askableAtMs: monotonicMs() + askIn.pauseMs } }
    }
    return {
      running: null,
      answering: null,
      isAsking: false,
      notices: [],
      waitingFor: null,
      isSettling: false,
      async buy(offerId) {
        if (get().running) return add({ kind: 'refused', reason: 'purchaseInProgress' })
        set(({ notices }) => ({ running: { offerId, step: 'quoting' }, notices: keepOpen(notices) }))
        const content = await outcomeOf(offerId)
        set({ running: null })
        add(content)
      },
      waitForAccount: (offerId) => set(({ notices }) => ({ waitingFor: offerId, notices: keepOpen(notices) })),
      async goOn() {
        const { waitingFor } = get()
        set({ waitingFor: null })
        if (waitingFor !== null) await get().buy(waitingFor)
      },
      giveUpWaiting: () => set({ waitingFor: null }),
      async ask(blocked) {
        if (get().isAsking) return
        set({ isAsking: true })
        const content = await requestOf(blocked)
        set({ isAsking: false })
        add(content)
      },
      async answer(requestId) {
        if (get().answering !== null) return
        set(({ notices }) => ({ answering: requestId, notices: keepOpen(notices) }))
        const content = await requests.answer({ requestId }).catch(() => ({ kind: 'broken' }) as const)
        set({ answering: null })
        add(content.kind === 'blocked' ? withoutAsking(content) : content)
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
