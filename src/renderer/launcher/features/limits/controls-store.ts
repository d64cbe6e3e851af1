import { createStore } from 'zustand/vanilla'
import type { Bridge } from '../../../../contract/ipc/channel.ts'
import type { ControlEvent, ControlsView } from '../../../../contract/ipc/controls.ts'
import type { LauncherContract } from '../../../../contract/ipc/launcher.ts'
import { keyOf } from './limit-key.ts'

export type Controls = Extract<ControlsView, { kind: 'ok' }>

/** What there is of the controls to show, which may be why there is nothing. */
export type ControlsOnScreen =
  | { readonly kind: 'loading' }
  /** The call itself failed: that is a fault of Tuppence. */
  | { readonly kind: 'broken' }
  | ControlsView

export type Warned = Extract<ControlEvent['what'], { kind: 'warned' }> & { readonly at: string }

export interface ControlsState {
  readonly view: ControlsOnScreen
  /** Of limits that came near their end since this page was opened, and that the person has not put away. */
  readonly warnings: readonly Warned[]
  readonly load: () => Promise<void>
  readonly putAway: (warning: Warned) => void
  /** Loads and follows; gives the function that stops following. */
  readonly follow: () => () => void
}

/** How often states that only time changes are looked at again. */
const refreshMs = 60_000

function warningsOf(view: ControlsOnScreen): readonly Warned[] {
  if (view.kind !== 'ok') return []
  return view.events.flatMap(({ at, what }) => (what.kind === 'warned' ? [{ ...what, at }] : []))
}

const nameOf = (warned: Warned) => `${warned.at} ${keyOf(warned)} ${warned.percent}`

/** Those that were not there before; of each limit the newest only. */
function added(before: readonly Warned[], after: readonly Warned[]): readonly Warned[] {
  const known = new Set(before.map(nameOf))
  const fresh = after.filter((warning) => !known.has(nameOf(warning)))
  return fresh.filter((warning, index) => fresh.findIndex((other) => keyOf(other) === keyOf(warning)) === index)
}

/** Whether the limit is the one that was warned of, in the same span: a changed or renewed one makes that old news. */
function isCurrent(view: ControlsOnScreen, warned: Warned): boolean {
  if (view.kind !== 'ok') return true
  const same = view.standings.find((one) => keyOf(one) === keyOf(warned))
  return same?.amount === warned.amount && same.startsAt !== null && same.startsAt <= warned.at
}

/** Limits, quiet hours and self-exclusion as main knows them: one view for every screen that shows something of it. */
export function createControlsStore({ controls }: Pick<Bridge<LauncherContract>, 'controls'>) {
  let asked = 0
  return createStore<ControlsState>()((set, get) => ({
    view: { kind: 'loading' },
    warnings: [],
    async load() {
      asked += 1
      const own = asked
      const next = await controls.get().catch((): ControlsOnScreen => ({ kind: 'broken' }))
      // Several may be under way; an older answer must not take the place of a newer one.
      if (own !== asked) return
      const { view: before, warnings } = get()
      // What was there when the page was opened is in the list of changes, and is not told as news.
      const fresh = before.kind === 'ok' ? added(warningsOf(before), warningsOf(next)) : []
      const isReplaced = (old: Warned) => fresh.some((warning) => keyOf(warning) === keyOf(old))
      const kept = [...fresh, ...warnings.filter((old) => !isReplaced(old))]
      set({ view: next, warnings: kept.filter((warning) => isCurrent(next, warning)) })
    },
    putAway: (warning) => set(({ warnings }) => ({ warnings: warnings.filter((one) => one !== warning) })),
    follow() {
      void get().load()
      const timer = setInterval(() => void get().load(), refreshMs)
      const stop = controls.onChanged(() => void get().load())
      return () => {
        clearInterval(timer)
        stop()
      }
    },
  }))
}
