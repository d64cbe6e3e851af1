import { createStore } from 'zustand/vanilla'
import type { Bridge } from '../../../../contract/ipc/channel.ts'
import type { LauncherContract } from '../../../../contract/ipc/launcher.ts'
import type { LedgerCare } from '../../../../contract/ipc/ledger.ts'

type LedgerBridge = Bridge<LauncherContract>['ledger']
type Answer<N extends keyof LedgerBridge> = LedgerBridge[N] extends () => Promise<infer R> ? R : never

export type Compared = Answer<'reconcile'>
export type BackedUp = Answer<'backUp'>
export type Repaired = Answer<'repair'>

/** What is going on because the person asked for it. */
export type LedgerTask = 'verify' | 'reconcile' | 'backUp' | 'repair'

export type LedgerView =
  | { readonly kind: 'loading' }
  /** The call itself failed: that is a fault of Tuppence. */
  | { readonly kind: 'broken' }
  | { readonly kind: 'ok'; readonly care: LedgerCare }

export interface LedgerScreenState {
  readonly view: LedgerView
  readonly tasks: ReadonlySet<LedgerTask>
  /** What came of what the person asked for last; null before, and while it goes on. */
  readonly compared: Compared | null
  readonly backedUp: BackedUp | null
  readonly repaired: Repaired | null
  readonly load: () => Promise<void>
  readonly verify: () => Promise<void>
  readonly reconcile: () => Promise<void>
  readonly backUp: () => Promise<void>
  /** Main asks the person, and only then does anything. */
  readonly repair: () => Promise<void>
  /** Loads and follows; gives the function that stops following. */
  readonly follow: () => () => void
}

/** How the ledger is looked after, and what a person can ask to be done for it. */
export function createLedgerStore({ ledger }: Pick<Bridge<LauncherContract>, 'ledger'>) {
  return createStore<LedgerScreenState>()((set, get) => {
    const mark = (task: LedgerTask, isOn: boolean) =>
      set(({ tasks }) => {
        const next = new Set(tasks)
        if (isOn) next.add(task)
        else next.delete(task)
        return { tasks: next }
      })

    async function during(task: LedgerTask, work: () => Promise<Partial<LedgerScreenState>>): Promise<void> {
      mark(task, true)
      try {
        set(await work())
      } catch {
        set({ view: { kind: 'broken' } })
      } finally {
        mark(task, false)
      }
    }

    return {
      view: { kind: 'loading' },
      tasks: new Set(),
      compared: null,
      backedUp: null,
      repaired: null,
      async load() {
        const view = await ledger.care().then((care): LedgerView => ({ kind: 'ok', care }), (): LedgerView => ({ kind: 'broken' }))
        set({ view })
      },
      verify: () => during('verify', async () => ({ view: { kind: 'ok', care: await ledger.verify() } })),
      async reconcile() {
        set({ compared: null })
        await during('reconcile', async () => ({ compared: await ledger.reconcile() }))
        await get().load()
      },
      async backUp() {
        set({ backedUp: null })
        await during('backUp', async () => ({ backedUp: await ledger.backUp() }))
        await get().load()
      },
      async repair() {
        set({ repaired: null })
        await during('repair', async () => ({ repaired: await ledger.repair() }))
      },
      follow() {
        void get().load()
        return ledger.onChanged(() => void get().load())
      },
    }
  })
}
