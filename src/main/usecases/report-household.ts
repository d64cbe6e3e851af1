/** What the start screen needs: who is in the household, and whose profile is open. */
import type { HouseholdView, Profile } from '../../contract/ipc/household.ts'
import { hasMembers } from '../../domain/roles.ts'
import type { Credentials } from '../ports/credentials.ts'
import { type EventLog, LogStorageError } from '../ports/event-log.ts'
import type { LedgerAccess } from '../ports/ledger-access.ts'
import { VaultError } from '../ports/vault.ts'
import { personFor } from './person-names.ts'
import type { Actor } from './who-decides.ts'

export interface ReportHouseholdDeps {
  readonly actor: Actor
  readonly credentials: Pick<Credentials, 'has'>
  /** One adult has said that they use this alone. */
  readonly isAlone: () => boolean
  readonly ledger: LedgerAccess
  readonly systemZone: () => string
  readonly waitMs: (log: EventLog, memberId: string) => number
}

export function createReportHousehold(deps: ReportHouseholdDeps) {
  return async function reportHousehold(): Promise<HouseholdView> {
    const log = deps.ledger.log()
    if (!log) return { kind: 'unavailable' }
    try {
      if (hasMembers(log.controls())) return await members(deps, log)
      const kind = deps.isAlone() || log.controls().household || hasPurchase(log) ? 'alone' : 'unset'
      return { kind, systemZone: deps.systemZone() }
    } catch (error) {
      if (error instanceof LogStorageError) return { kind: 'unavailable' }
      throw error
    }
  }
}

/** Whoever has bought comes to their first purchase soon, and whoever has not has few events. */
function hasPurchase(log: EventLog): boolean {
  for (const { type } of log.events()) if (type === 'purchase.approved') return true
  return false
}

async function members({ actor, credentials, waitMs }: ReportHouseholdDeps, log: EventLog): Promise<HouseholdView> {
  const people = (log.controls().members ?? []).flatMap(({ memberId }) => personFor(log, memberId) ?? [])
  const profiles: Profile[] = []
  for (const person of people) {
    const hasPin = await credentials.has(person.memberId).then(({ pin }) => pin, withoutKeychain)
    // Nobody tries a PIN that is not here.
    profiles.push({ ...person, hasPin, waitMs: hasPin ? waitMs(log, person.memberId) : 0 })
  }
  return { kind: 'members', profiles, open: personFor(log, actor()) }
}

/** What a keychain that cannot be used holds, nobody knows. */
function withoutKeychain(error: unknown): null {
  if (error instanceof VaultError) return null
  throw error
}
