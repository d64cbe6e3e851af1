import { createStore } from 'zustand/vanilla'
import type { Role } from '../../../../contract/controls.ts'
import type { Person } from '../../../../contract/household.ts'
import type { Bridge } from '../../../../contract/ipc/channel.ts'
import type { HouseholdResult, HouseholdView } from '../../../../contract/ipc/household.ts'
import type { LauncherContract } from '../../../../contract/ipc/launcher.ts'

export type HouseholdOnScreen =
  | { readonly kind: 'loading' }
  /** The call itself failed: that is a fault of Tuppence. */
  | { readonly kind: 'broken' }
  | HouseholdView

export type SetUp = Parameters<Bridge<LauncherContract>['household']['setUp']>[0]

export type HouseholdTask = 'setUp' | 'addMember' | `rename ${string}` | `pin ${string}` | 'secondFactor' | `open ${string}`

/** What came of the last thing that was asked for, and what that was. */
export interface HouseholdTold {
  readonly task: HouseholdTask
  readonly result: HouseholdResult | { readonly kind: 'broken' }
}

export interface HouseholdState {
  readonly view: HouseholdOnScreen
  readonly task: HouseholdTask | null
  readonly told: HouseholdTold | null
  readonly load: () => Promise<void>
  /** Each of these opens the trusted window; nothing of it is ever typed here. Resolves with whether it was done or waits now. */
  readonly setUp: (household: SetUp) => Promise<boolean>
  readonly addMember: (name: string, role: Role) => Promise<boolean>
  readonly rename: (memberId: string, name: string) => Promise<boolean>
  readonly setPin: (memberId: string) => Promise<boolean>
  readonly setSecondFactor: () => Promise<boolean>
  readonly open: (memberId: string) => Promise<boolean>
  readonly lock: () => Promise<void>
  readonly forgetTold: () => void
  /** Loads and follows; gives the function that stops following. */
  readonly follow: () => () => void
}

/** While somebody has to wait with their PIN, how often it is looked at for how long. */
const waitingMs = 20_000

/** Whose profile is open; null where none is, or none is needed. */
export function openPerson(view: HouseholdOnScreen): Person | null {
  return view.kind === 'members' ? view.open : null
}

/** For whom the screens are; null while that is not known. What one sees is not for another. */
export function audienceOf(view: HouseholdOnScreen): string | null {
  switch (view.kind) {
    case 'loading':
    case 'broken':
      return null
    case 'members':
      return view.open === null ? 'nobody' : `member ${view.open.memberId}`
    case 'unset':
    case 'alone':
    case 'unavailable':
      return 'whoever is here'
  }
}

/** Who uses this computer, whose profile is open, and what can be asked for about that. */
export function createHouseholdStore({ household, profiles }: Pick<Bridge<LauncherContract>, 'household' | 'profiles'>) {
  let asked = 0
  return createStore<HouseholdState>()((set, get) => {
    async function during(task: HouseholdTask, work: () => Promise<HouseholdResult>): Promise<boolean> {
      if (get().task !== null) return false
      set({ task, told: null })
      const result = await work().catch((): HouseholdTold['result'] => ({ kind: 'broken' }))
      set({ task: null, told: { task, result } })
      // Somebody may have to wait now after a wrong PIN.
      await get().load()
      return result.kind === 'done' || result.kind === 'asked'
    }

    return {
      view: { kind: 'loading' },
      task: null,
      told: null,
      async load() {
        asked += 1
        const own = asked
        const next = await household.get().catch((): HouseholdOnScreen => ({ kind: 'broken' }))
        // Several may be under way; an older answer must not take the place of a newer one.
        if (own !== asked) return
        const [before, now] = [audienceOf(get().view), audienceOf(next)]
        const isSomebodyElse = before !== null && now !== null && before !== now
        set({ view: next, ...(isSomebodyElse && { told: null }) })
      },
      setUp: (input) => during('setUp', () => household.setUp(input)),
      addMember: (name, role) => during('addMember', () => household.addMember({ name, role })),
      rename: (memberId, name) => during(`rename ${memberId}`, () => household.rename({ memberId, name })),
      setPin: (memberId) => during(`pin ${memberId}`, () => household.setPin({ memberId })),
      setSecondFactor: () => during('secondFactor', () => household.setSecondFactor()),
      open: (memberId) => during(`open ${memberId}`, () => profiles.open({ memberId })),
      async lock() {
        // Whether it is locked is seen from who main says is there.
        await profiles.lock().catch(() => {})
        await get().load()
      },
      forgetTold: () => set({ told: null }),
      follow() {
        void get().load()
        const isWaited = () => {
          const { view } = get()
          return view.kind === 'members' && view.profiles.some(({ waitMs }) => waitMs > 0)
        }
        const timer = setInterval(() => void (isWaited() && get().load()), waitingMs)
        const stop = household.onChanged(() => void get().load())
        return () => {
          clearInterval(timer)
          stop()
        }
      },
    }
  })
}
