import { useLingui } from '@lingui/react/macro'
import type { Role } from '../../../../contract/controls.ts'
import type { Person } from '../../../../contract/household.ts'
import { useFeature } from '../../app/stores.ts'
import { openPerson, type HouseholdOnScreen } from './household-store.ts'
import { isMinor } from './set-up-draft.ts'

const peopleIn = (view: HouseholdOnScreen): readonly Person[] => (view.kind === 'members' ? view.profiles : [])

/** What the people of the household are called on this computer. */
export function useMemberNames() {
  const { t } = useLingui()
  const view = useFeature('household', (state) => state.view)
  const controls = useFeature('controls', (state) => state.view)
  // Somebody who waits to come in has no profile yet, but was named when it was asked for.
  const asked = controls.kind === 'ok' ? controls.events : []
  const nameWhenAsked = (memberId: string) =>
    asked.find(({ what }) => 'change' in what && what.change.kind === 'member' && what.change.memberId === memberId)?.about ?? null
  return {
    nameOf: (memberId: string): string =>
      peopleIn(view).find((person) => person.memberId === memberId)?.name ?? nameWhenAsked(memberId) ?? t`Somebody`,
  }
}

/** Whose profile is open; null where there are no members. */
export function useMe(): Person | null {
  return useFeature('household', ({ view }) => openPerson(view))
}

/** Whether a grown-up loosens nothing, because they are excluded from buying. */
export function useIsHeldBack(): boolean {
  const me = useMe()
  const isExcluded = useFeature('controls', ({ view }) => view.kind === 'ok' && view.exclusion.kind !== 'none')
  return me !== null && !isMinor(me.role) && isExcluded
}

/** What the person in front of the screen may see: `alone` without members, and where nobody can know. */
export function useMyRole(): Role | 'alone' {
  return useFeature('household', ({ view }) => openPerson(view)?.role ?? 'alone')
}
