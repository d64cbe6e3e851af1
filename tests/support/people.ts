/** A family, as the pages see it. */
import type { Person } from '../../src/contract/household.ts'
import type { HouseholdView, Profile } from '../../src/contract/ipc/household.ts'

export const maria: Person = { memberId: 'm-maria', name: 'Maria', role: 'guardian' }
export const lena: Person = { memberId: 'm-lena', name: 'Lena', role: 'teen' }
export const tim: Person = { memberId: 'm-tim', name: 'Tim', role: 'child' }

export function profileOf(person: Person, change: Partial<Profile> = {}): Profile {
  return { ...person, hasPin: true, waitMs: 0, ...change }
}

/** The family with this profile open. */
export function familyWith(open: Person | null, profiles: readonly Profile[] = [maria, lena, tim].map((person) => profileOf(person))): HouseholdView {
  return { kind: 'members', profiles: [...profiles], open }
}

export const alone: HouseholdView = { kind: 'alone', systemZone: 'Europe/Berlin' }
