/** What this device alone knows of its people: names, tries at a PIN, what minors have asked for, and what was imported. A pure fold over the events. */
import { nextTries, type Tries, withForgotten } from './access.ts'
import { hasUnusualCharacters } from './challenge.ts'
import type { Controls } from './control-types.ts'
import type { LogEvent } from './events.ts'
import { type ImportStanding, nextImports } from './import-rules.ts'
import { type GuardianRequest, nextRequests } from './requests.ts'

export interface Family {
  readonly names: Readonly<Record<string, string>>
  readonly tries: readonly Tries[]
  /** Oldest first: all that wait, and the newest of those that have ended. */
  readonly requests: readonly GuardianRequest[]
  /** Oldest first; not there before the first one. */
  readonly imports?: readonly ImportStanding[]
}

export const noFamily: Family = { names: {}, tries: [], requests: [] }

const noImports: readonly ImportStanding[] = []

/**
 * The family after the event; the same object for an event that is not about it. `controls` are those before the event. Throws
 * IllegalRequestError, and RangeError for an import that may not be.
 */
export function nextFamily(family: Family, event: LogEvent, controls: Pick<Controls, 'members'>): Family {
  const names = nextNames(family.names, event)
  const tries = withForgotten(nextTries(family.tries, event), forgottenBy(family, event))
  const requests = nextRequests(family.requests, event)
  const { imports: before = noImports } = family
  const imports = nextImports(before, event, controls)
  const isSame = names === family.names && tries === family.tries && requests === family.requests && imports === before
  return isSame ? family : { names, tries, requests, ...(imports.length > 0 && { imports }) }
}

/**
 * P8: whose tries may be forgotten: everybody's where events were lost, and those of members whom only the gateway still knows,
 * because a log that was begun anew knows nobody, and their PINs are in the keychain all the same.
 */
function forgottenBy({ names, tries }: Family, { type, payload }: LogEvent): string[] {
  switch (type) {
    case 'log.restored':
      return payload.lostEvents === 0 ? [] : [...new Set([...Object.keys(names), ...tries.map(({ memberId }) => memberId)])]
    case 'controls.adopted': {
      const members = payload.controls.members ?? []
      return members.map(({ memberId }) => memberId).filter((id) => !Object.hasOwn(names, id) && !tries.some(({ memberId }) => memberId === id))
    }
    default:
      return []
  }
}

function nextNames(names: Family['names'], { type, payload }: LogEvent): Family['names'] {
  switch (type) {
    case 'household.begun':
      return { ...names, ...Object.fromEntries(payload.members.map(({ memberId, name }) => [memberId, name])) }
    case 'member.named':
      return { ...names, [payload.memberId]: payload.name }
    default:
      return names
  }
}

/** What a member is called here; null where only the gateway knows of them. */
export function nameOf({ names }: Pick<Family, 'names'>, memberId: string | null): string | null {
  return memberId !== null && Object.hasOwn(names, memberId) ? (names[memberId] ?? null) : null
}

/** Names with the same key look the same to people, or nearly. */
export function nameKey(name: string): string {
  return name.replaceAll(/\p{Default_Ignorable_Code_Point}/gu, '').trim().normalize('NFKC').toLowerCase()
}

/** Joiners are part of how some scripts and emoji are written. */
const joiners = /[\u200C\u200D]/g

/** Whether people read what is there: a name is part of the questions that decide about money, and turns none of them around. */
export function isPlainName(name: string): boolean {
  return nameKey(name) !== '' && !hasUnusualCharacters(name.replaceAll(joiners, ''))
}
