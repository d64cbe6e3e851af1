import { createStore } from 'zustand/vanilla'
import type { AccountView, DevicesResult } from '../../../../contract/ipc/account.ts'
import type { Bridge } from '../../../../contract/ipc/channel.ts'
import type { LauncherContract } from '../../../../contract/ipc/launcher.ts'

export type AccountTask = 'signIn' | 'cancel' | 'signOut' | 'everywhere' | 'openPage' | `device ${string}`

/** What came of the last thing that was asked for, where the account itself does not show it. */
export type AccountTold =
  /** The gateway could not be told, so everybody is signed in as before. */
  | { readonly kind: 'notEverywhere' }
  /** No browser opened. */
  | { readonly kind: 'notOpened' }
  /** The call itself failed: that is a fault of Tuppence. */
  | { readonly kind: 'broken' }

export interface AccountState {
  /** Null until main has said how it is. */
  readonly view: AccountView | null
  /** Until when the code on the screen is good, on the page's own clock that only runs forward; null where there is none. */
  readonly codeEndsAtMs: number | null
  readonly devices: DevicesResult | null
  readonly task: AccountTask | null
  readonly told: AccountTold | null
  /** The person has read that they were signed out elsewhere. */
  readonly isEndRead: boolean
  readonly signIn: () => Promise<void>
  readonly cancel: () => Promise<void>
  readonly openPage: (page: 'signIn' | 'settings') => Promise<void>
  readonly signOut: () => Promise<void>
  readonly signOutDevice: (sessionId: string) => Promise<void>
  readonly signOutEverywhere: () => Promise<void>
  readonly readEnd: () => void
  /** The screen is opened: asks how account and devices are now. */
  readonly open: () => void
  /** Loads and follows; gives the function that stops following. */
  readonly follow: () => () => void
}

/** In whose name this computer buys. */
export function createAccountStore({ account }: Pick<Bridge<LauncherContract>, 'account'>, monotonicMs: () => number = () => performance.now()) {
  return createStore<AccountState>()((set, get) => {
    function show(view: AccountView): void {
      const codeEndsAtMs = view.kind === 'waiting' ? monotonicMs() + view.leftMs : null
      set({ view, codeEndsAtMs, ...(view.kind !== 'signedIn' && { devices: null }), ...(view.kind !== 'signedOut' && { isEndRead: false }) })
    }
    async function load(): Promise<void> {
      const view = await account.get().catch(() => null)
      if (view) show(view)
    }
    async function loadDevices(): Promise<void> {
      if (get().view?.kind !== 'signedIn') return
      const devices = await account.devices().catch(() => null)
      if (get().view?.kind === 'signedIn') set({ devices })
    }
    async function during(task: AccountTask, work: () => Promise<AccountTold | null>): Promise<void> {
      if (get().task !== null) return
      set({ task, told: null })
      const told = await work().catch((): AccountTold => ({ kind: 'broken' }))
      set({ task: null, told })
    }
    const shown = async (answer: Promise<AccountView>) => {
      show(await answer)
      return null
    }

    return {
      view: null,
      codeEndsAtMs: null,
      devices: null,
      task: null,
      told: null,
      isEndRead: false,
      signIn: () => during('signIn', () => shown(account.signIn())),
      cancel: () => during('cancel', () => shown(account.cancelSignIn())),
      openPage: (page) => during('openPage', async () => ((await account.openPage({ page })).opened ? null : { kind: 'notOpened' })),
      signOut: () => during('signOut', () => shown(account.signOut())),
      signOutDevice: (sessionId) =>
        during(`device ${sessionId}`, async () => {
          const devices = await account.signOutDevice({ sessionId })
          if (get().view?.kind === 'signedIn') set({ devices })
          return null
        }),
      signOutEverywhere: () =>
        during('everywhere', async () => {
          const view = await account.signOutEverywhere()
          show(view)
          return view.kind === 'signedIn' ? { kind: 'notEverywhere' } : null
        }),
      readEnd: () => set({ isEndRead: true }),
      open() {
        set({ told: null })
        void load().then(loadDevices)
      },
      follow() {
        void load()
        return account.onChanged((view) => {
          const before = get().view?.kind
          show(view)
          if (before !== 'signedIn') void loadDevices()
        })
      },
    }
  })
}
