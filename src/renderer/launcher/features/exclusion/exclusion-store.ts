import { createStore } from 'zustand/vanilla'
import type { ExclusionLength } from '../../../../contract/controls.ts'
import type { Bridge } from '../../../../contract/ipc/channel.ts'
import type { ControlsResult } from '../../../../contract/ipc/controls.ts'
import type { LauncherContract } from '../../../../contract/ipc/launcher.ts'
import type { Told } from '../limits/limits-store.ts'

export interface ExclusionScreenState {
  readonly task: 'begin' | 'askReturn' | null
  /** What came of the last thing that was asked for. */
  readonly told: Told | null
  /** Main asks the person in a box of the system before anything begins. */
  readonly begin: (length: ExclusionLength) => Promise<void>
  readonly askReturn: () => Promise<void>
}

/** Asking for self-exclusion, for more of it, and for the way back. How it stands is in the store of the controls. */
export function createExclusionStore({ exclusion }: Pick<Bridge<LauncherContract>, 'exclusion'>) {
  return createStore<ExclusionScreenState>()((set, get) => {
    async function during(task: 'begin' | 'askReturn', work: () => Promise<ControlsResult>): Promise<void> {
      if (get().task !== null) return
      set({ task, told: null })
      set({ told: await work().catch((): Told => ({ kind: 'broken' })), task: null })
    }
    return {
      task: null,
      told: null,
      begin: (length) => during('begin', () => exclusion.begin({ length })),
      askReturn: () => during('askReturn', () => exclusion.askReturn()),
    }
  })
}
