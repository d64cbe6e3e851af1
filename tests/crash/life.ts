/** What the lives of both kinds of app, with and without windows, have in common. */
import type { Violation } from './compare.ts'
import type { KillPlan } from './kill-plans.ts'
import type { Step } from './step-file.ts'

/** Both null where the life ended before everything could be settled and compared. */
export type Compared =
  | { readonly violations: null; readonly counts: null }
  | { readonly violations: readonly Violation[]; readonly counts: { readonly approvals: number; readonly charges: number } }

/** What one life came to. */
export type LifeResult = Compared & {
  /** Whether the plan came true. */
  readonly isKilled: boolean
  readonly steps: { readonly app: readonly Step[]; readonly gateway: readonly Step[] }
}

/** One folder and keychain with an app and a gateway. */
export interface World {
  /** Settles, compares, buys, and ends as planned; without a plan it ends as a person would end it. */
  live(plan: KillPlan | null): Promise<LifeResult>
  /** Ends what still runs and removes the folder. */
  dispose(): Promise<void>
}

/** Kills at the planned moment, counted from where the plan says. `stop` tells whether it came to that. */
export function killTimer(plan: KillPlan | null, usualMs: Readonly<Record<'start' | 'buying', number>>, kill: () => Promise<void>) {
  let timer: NodeJS.Timeout | undefined
  let killing: Promise<void> | null = null
  return {
    start(phase: 'start' | 'buying'): void {
      if (plan?.at !== 'moment' || plan.from !== phase) return
      timer = setTimeout(() => {
        killing = kill()
      }, plan.fraction * usualMs[phase])
    },
    async stop(): Promise<boolean> {
      clearTimeout(timer)
      await killing
      return killing !== null
    },
  }
}
