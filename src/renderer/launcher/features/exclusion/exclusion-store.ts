import { createStore } from 'zustand/vanilla'
import type { ExclusionLength } from '../../../../contract/controls.ts'
import type { Bridge } from '../../../../contract/ipc/channel.ts'
import type { ControlsResult } from '../../../../contract/ipc/controls.ts'
import type { LauncherContract } from '../../../../contract/ipc/launcher.ts'
import type { Told } from '../limits/limits-store.ts'
import { ofMember } from '../limits/whose.ts'

export interface ExclusionScreenState {
  readonly task: 'begin' | 'askReturn' | null
  /** What came of the last thing that was asked for. */
  readonly told: Told | null
  /** Main asks before anything begins. `memberId` is the minor whom a guardian decides for, null for oneself. */
  readonly begin: (length: ExclusionLength, memberId: string | null) => Promise<void>
  readonly askReturn: (memberId: string | null) => Promise<void>
  readonly forgetTold: () => void
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
      begin: (length, memberId) => during('begin', () => exclusion.begin({ length, ...ofMember(memberId) })),
      askReturn: (memberId) => during('askReturn', () => exclusion.askReturn(ofMember(memberId))),
      forgetTold: () => set({ told: null }),
    }
  })
}
