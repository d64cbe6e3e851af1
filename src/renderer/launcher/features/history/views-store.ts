import { createStore } from 'zustand/vanilla'
import type { Bridge } from '../../../../contract/ipc/channel.ts'
import type { LauncherContract } from '../../../../contract/ipc/launcher.ts'
import { holdsCardNumber, readable } from '../../../../contract/card-number.ts'
import type { SavedView } from '../../../../contract/ipc/views.ts'

export type ViewProblem = 'locked' | 'full' | 'notKept' | 'cardNumber' | 'broken'

export interface ViewsState {
  /** The address of what was looked at last; null until it is known. */
  readonly last: string | null
  readonly saved: readonly SavedView[]
  /** Why the last change of the saved ones came to nothing. */
  readonly problem: ViewProblem | null
  /** Finds out what is kept. */
  readonly load: () => Promise<void>
  /** This is looked at now. */
  readonly keep: (address: string) => void
  /** Says whether it was saved. One of the same name is replaced. */
  readonly save: (view: SavedView) => Promise<boolean>
  readonly remove: (name: string) => Promise<boolean>
  readonly forgetProblem: () => void
}

/** As long as main keeps. */
const longestKept = 2000

/** P10: the number of a card is not kept, and main would refuse it. */
const isAboutCard = (text: string) => holdsCardNumber(readable(text))

/** What of the history somebody looks at again: where they were last, and what they saved under a name. */
export function createViewsStore({ views }: Pick<Bridge<LauncherContract>, 'views'>) {
  return createStore<ViewsState>()((set, get) => {
    const read = async () => {
      const kept = await views.get().catch(() => null)
      set(({ last }) => (kept?.kind === 'ok' ? { last: last ?? kept.last ?? '', saved: kept.saved } : { last: last ?? '' }))
    }
    const change = async (changing: Promise<{ readonly kind: 'ok' | Exclude<ViewProblem, 'broken' | 'cardNumber'> }>) => {
      const { kind } = await changing.catch(() => ({ kind: 'broken' }) as const)
      set({ problem: kind === 'ok' ? null : kind })
      const isDone = kind === 'ok' || kind === 'notKept'
      if (isDone) await read()
      return isDone
    }
    return {
      last: null,
      saved: [],
      problem: null,
      load: read,
      keep(address) {
        if (get().last === address) return
        set({ last: address })
        // Whether it is found again is no matter for who looks at it now.
        if (address.length <= longestKept && !isAboutCard(address)) void views.keep({ address }).catch(() => null)
      },
      async save(view) {
        if (!isAboutCard(view.name) && !isAboutCard(view.address)) return change(views.save(view))
        set({ problem: 'cardNumber' })
        return false
      },
      remove: (name) => change(views.remove({ name })),
      forgetProblem: () => set({ problem: null }),
    }
  })
}
