import { createStore } from 'zustand/vanilla'
import type { Bridge, EventData } from '../../../../contract/ipc/channel.ts'
import type { ExportResult } from '../../../../contract/ipc/export.ts'
import type { LauncherContract } from '../../../../contract/ipc/launcher.ts'
import type { StatementFormat, StatementMonths, StatementView } from '../../../../contract/ipc/statements.ts'

type OnScreen<T> =
  | { readonly kind: 'loading' }
  /** The call itself failed: that is a fault of Tuppence. */
  | { readonly kind: 'broken' }
  | T

export type SavingView =
  | { readonly kind: 'none' }
  /** Progress is null until the file has been chosen. */
  | { readonly kind: 'running'; readonly progress: EventData<LauncherContract, 'statements.progress'> | null; readonly isCancelling: boolean }
  | { readonly kind: 'ended'; readonly result: ExportResult }
  | { readonly kind: 'broken' }

export interface StatementsState {
  readonly months: OnScreen<StatementMonths>
  /** Null before there is a month to choose. */
  readonly month: string | null
  /** Null is everything that the person may see. */
  readonly memberId: string | null
  readonly statement: OnScreen<StatementView>
  readonly saving: SavingView
  readonly load: () => Promise<void>
  readonly chooseMonth: (month: string) => Promise<void>
  readonly chooseWhose: (memberId: string | null) => Promise<void>
  readonly save: (format: StatementFormat) => Promise<void>
  readonly cancelSave: () => Promise<void>
  /** Loads and follows; gives the function that stops following. */
  readonly follow: () => () => void
}

type Needed = Pick<Bridge<LauncherContract>, 'statements'> & {
  readonly history: Pick<Bridge<LauncherContract>['history'], 'onChanged'>
  readonly controls: Pick<Bridge<LauncherContract>['controls'], 'onChanged'>
  readonly ledger: Pick<Bridge<LauncherContract>['ledger'], 'onChanged'>
}

const broken = { kind: 'broken' } as const

/** How often a history that is being put in order is asked for again, in milliseconds. */
const againMs = 500

/** Which statements there are, the one that was chosen, and how saving it goes. */
export function createStatementsStore({ statements, history, controls, ledger }: Needed) {
  return createStore<StatementsState>()((set, get) => {
    /** What was asked last: an answer to what was asked before is no longer wanted. */
    let newest = 0
    let askAgain: ReturnType<typeof setTimeout> | undefined

    async function load(): Promise<void> {
      const mine = (newest += 1)
      clearTimeout(askAgain)
      const { memberId } = get()
      const months = await statements.months({ memberId }).catch(() => broken)
      if (mine !== newest) return
      const known = months.kind === 'ok' ? months.months.map(({ month }) => month) : []
      const chosen = get().month
      const month = chosen !== null && known.includes(chosen) ? chosen : (known[0] ?? null)
      set({ months, month })
      const statement = month === null ? null : await statements.get({ month, memberId }).catch(() => broken)
      if (mine !== newest) return
      if (statement) set({ statement })
      if (months.kind === 'building' || statement?.kind === 'building') askAgain = setTimeout(() => void load(), againMs)
    }

    /** One change is told by several events: what comes while it is loaded makes it load once more, not as often as it was told. */
    let refreshing: 'no' | 'yes' | 'again' = 'no'
    async function refresh(): Promise<void> {
      if (refreshing !== 'no') return void (refreshing = 'again')
      do {
        refreshing = 'yes'
        await load()
      } while (isAgain())
      refreshing = 'no'
    }
    const isAgain = () => refreshing === 'again'

    const chosen = (choice: Partial<StatementsState>): Promise<void> => {
      set({ ...choice, statement: { kind: 'loading' }, ...(get().saving.kind !== 'running' && { saving: { kind: 'none' } as const }) })
      return load()
    }

    return {
      months: { kind: 'loading' },
      month: null,
      memberId: null,
      statement: { kind: 'loading' },
      saving: { kind: 'none' },
      load,
      chooseMonth: (month) => chosen({ month }),
      chooseWhose: (memberId) => chosen({ memberId }),
      async save(format) {
        const { month, memberId, saving } = get()
        if (month === null || saving.kind === 'running') return
        set({ saving: { kind: 'running', progress: null, isCancelling: false } })
        const stopListening = statements.onProgress((progress) => {
          const { saving: now } = get()
          if (now.kind === 'running') set({ saving: { ...now, progress } })
        })
        try {
          set({ saving: { kind: 'ended', result: await statements.save({ month, memberId, format }) } })
        } catch {
          set({ saving: broken })
        } finally {
          stopListening()
        }
      },
      async cancelSave() {
        const { saving } = get()
        if (saving.kind !== 'running') return
        set({ saving: { ...saving, isCancelling: true } })
        // How it ended is told by the saving itself.
        await statements.cancelSave().catch(() => null)
      },
      follow() {
        const again = () => void refresh()
        again()
        const stops = [history.onChanged(again), controls.onChanged(again), ledger.onChanged(again)]
        return () => {
          newest += 1
          clearTimeout(askAgain)
          stops.forEach((stop) => stop())
        }
      },
    }
  })
}
