/** What people are called on the pages. */
import type { Person } from '../../contract/household.ts'
import type { Controls } from '../../domain/controls.ts'
import { type Family, isPlainName, nameKey, nameOf } from '../../domain/family.ts'
import { memberOf } from '../../domain/roles.ts'
import type { EventLog } from '../ports/event-log.ts'

/** What the log says of its people. */
export interface People {
  controls(): Pick<Controls, 'members'>
  family(): Pick<Family, 'names'>
}

/**
 * The name, also of somebody who was removed or waits to come in; null for whoever nobody knows. Names stay on the device that they were
 * given on: where only the gateway has told of somebody, they go by their place in the household.
 */
export function nameFor(people: People, memberId: string | null): string | null {
  const members = people.controls().members ?? []
  const place = members.findIndex((member) => member.memberId === memberId)
  const member = members[place]
  if (!member) return nameOf(people.family(), memberId)
  return nameOf(people.family(), memberId) ?? `${member.role === 'guardian' ? 'Guardian' : 'Member'} ${place + 1}`
}

/** The names of all who are or were members, by their ids. */
export function namesOf(people: People): Record<string, string> {
  const members = people.controls().members ?? []
  return Object.fromEntries(members.flatMap(({ memberId }) => {
    const name = nameFor(people, memberId)
    return name === null ? [] : [[memberId, name]]
  }))
}

/** Null for whoever is not a member now. */
export function personFor(people: People, memberId: string | null): Person | null {
  const member = memberOf(people.controls(), memberId)
  const name = nameFor(people, memberId)
  return member && name !== null ? { memberId: member.memberId, name, role: member.role } : null
}

/** Whether they can be called so: it says what it seems to, and nobody else who is there, or is to come, is called nearly the same. */
export function isNameFree(people: Pick<EventLog, 'controls' | 'family'>, memberId: string, name: string): boolean {
  const { members = [], pending } = people.controls()
  const coming = pending.flatMap(({ change }) => (change.kind === 'member' ? [change.memberId] : []))
  const others = [...members.filter(({ role }) => role !== 'removed').map((member) => member.memberId), ...coming].filter((id) => id !== memberId)
  return isPlainName(name) && !others.some((id) => nameKey(nameFor(people, id) ?? '') === nameKey(name))
}
