import { createStore } from 'zustand/vanilla'
import type { Change, LimitKey } from '../../../../contract/controls.ts'
import type { Bridge } from '../../../../contract/ipc/channel.ts'
import type { ControlsResult, Preview } from '../../../../contract/ipc/controls.ts'
import type { LauncherContract } from '../../../../contract/ipc/launcher.ts'

/** Which control the person is changing. One at a time, so that there is one question at most. */
export type Editing =
  | { readonly kind: 'newLimit' }
  | ({ readonly kind: 'limit' } & LimitKey)
  | { readonly kind: 'quietHours' }
  | { readonly kind: 'zone' }
  | { readonly kind: 'newMember' }
  | { readonly kind: 'name' | 'role' | 'removal'; readonly memberId: string }
  /** `memberId` is empty for the one adult who uses this alone. */
  | { readonly kind: 'monitoring'; readonly memberId: string }

/** A change that is thought about; nothing was asked for yet. */
export interface Draft {
  readonly change: Change
  /** Null until main has said what the change would do. */
  readonly effect: Preview['effect'] | null
  /** When a looser change can be asked for, on the clock of `monotonicMs`. */
  readonly askableAtMs: number
  /** When a looser change can act at the earliest; the gateway dates the real one. */
  readonly actsAt: string | null
}

export type Household = Parameters<Bridge<LauncherContract>['controls']['change']>[0]['household']

/** What the person asked for is on its way: main shows a box of the system, or the gateway is asked. */
export type LimitsTask = 'change' | 'reminder' | `pending ${string}`

export type Told = ControlsResult | { readonly kind: 'broken' }

export interface LimitsState {
  readonly editing: Editing | null
  readonly draft: Draft | null
  readonly task: LimitsTask | null
  /** What came of the last thing that was asked for, until something else is begun. */
  readonly told: Told | null
  readonly edit: (editing: Editing | null) => void
  /** Has main say what the change would do. Null where what is typed is no change. */
  readonly consider: (change: Change | null) => Promise<void>
  /** Asks for the change, unless it would do nothing or its pause is not over. `household` goes with the first control. */
  readonly ask: (change: Change, household?: Household) => Promise<void>
  readonly confirm: (changeId: string) => Promise<void>
  readonly withdraw: (changeId: string) => Promise<void>
  readonly setReminder: (after: number | null) => Promise<void>
}

const isAbout = (draft: Draft | null, change: Change) => draft !== null && JSON.stringify(draft.change) === JSON.stringify(change)

/** Whether the change does something, and the person has had the time to think that a looser one takes. */
export function canBeAsked({ effect, askableAtMs }: Draft, nowMs: number): boolean {
  return effect === 'tighter' || (effect === 'looser' && nowMs >= askableAtMs)
}

type NeededBridge = Pick<Bridge<LauncherContract>, 'controls'>

/** What a person is about to change in their limits, and what came of it. */
export function createLimitsStore({ controls }: NeededBridge, monotonicMs: () => number = () => performance.now()) {
  return createStore<LimitsState>()((set, get) => {
    async function during(task: LimitsTask, work: () => Promise<ControlsResult>): Promise<void> {
      set({ task, told: null })
      const told = await work().catch((): Told => ({ kind: 'broken' }))
      const isOver = told.kind === 'done' || told.kind === 'asked'
      set({ task: null, told, ...(task === 'change' && isOver && { editing: null, draft: null }) })
    }

    async function preview(change: Change): Promise<void> {
      const asked: Draft = { change, effect: null, askableAtMs: Number.POSITIVE_INFINITY, actsAt: null }
      set({ draft: asked, told: null })
      const answer = await controls.preview({ change }).catch(() => null)
      // An answer about something that is no longer thought about says nothing.
      if (get().draft !== asked) return
      if (answer) {
        const { effect, pauseMs, actsAt } = answer
        set({ draft: { change, effect, askableAtMs: monotonicMs() + pauseMs, actsAt } })
      } else set({ draft: null, told: { kind: 'broken' } })
    }

    return {
      editing: null,
      draft: null,
      task: null,
      told: null,
      edit: (editing) => set({ editing, draft: null, told: null }),
      async consider(change) {
        if (!change) set({ draft: null, told: null })
        else if (!isAbout(get().draft, change)) await preview(change)
      },
      async ask(change, household) {
        if (get().task !== null) return
        // Whoever is quicker than the preview gets it first.
        if (!isAbout(get().draft, change) || get().draft?.effect === null) await preview(change)
        const { draft } = get()
        if (!draft || !isAbout(draft, change) || !canBeAsked(draft, monotonicMs())) return
        await during('change', () => controls.change({ change, ...(household && { household }) }))
      },
      confirm: (changeId) => during(`pending ${changeId}`, () => controls.loosen({ changeId })),
      withdraw: (changeId) => during(`pending ${changeId}`, () => controls.withdrawLoosening({ changeId })),
      setReminder: (after) => during('reminder', () => controls.setReminder({ after })),
    }
  })
}
