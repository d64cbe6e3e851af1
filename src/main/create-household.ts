/** Puts the use cases of the household together: who belongs to it, what they are called, and their PINs. */
import type { Appearance } from '../contract/ipc/status.ts'
import type { createAccess } from './create-access.ts'
import type { Clock } from './ports/clock.ts'
import type { Credentials } from './ports/credentials.ts'
import type { Gateway } from './ports/gateway.ts'
import type { Ids } from './ports/ids.ts'
import type { LedgerAccess } from './ports/ledger-access.ts'
import { createAddMember } from './usecases/add-member.ts'
import { createRenameMember } from './usecases/rename-member.ts'
import { createReportHousehold } from './usecases/report-household.ts'
import { createSetPin, createSetSecondFactor, createWelcomeMember } from './usecases/set-credentials.ts'
import { createSetUpHousehold } from './usecases/set-up-household.ts'
import type { SyncControls } from './usecases/sync-controls.ts'

export interface HouseholdDeps {
  readonly appearance: () => Pick<Appearance, 'language' | 'locale'>
  readonly access: ReturnType<typeof createAccess>
  readonly clock: Clock
  readonly credentials: Credentials
  readonly gateway: Gateway
  readonly ids: Ids
  /** One adult has said that they use this alone. */
  readonly isAlone: () => boolean
  readonly ledger: LedgerAccess
  /** SHA-256 of the UTF-8 of a text, in base64url. */
  readonly sha256: (text: string) => string
  readonly onHouseholdChanged: () => void
  /** Rejects as gateway, keychain and log do. */
  readonly syncControls: SyncControls
  /** Never rejects. */
  readonly syncNow: () => Promise<void>
  readonly systemZone: () => string
}

export function createHousehold(deps: HouseholdDeps) {
  const { actor, identify, profiles, questions, waitMs } = deps.access
  const shared = { ...deps, actor, identify, questions, touch: profiles.touch, language: () => deps.appearance().language }
  return {
    reportHousehold: createReportHousehold({ ...deps, actor, waitMs }),
    setUpHousehold: createSetUpHousehold({ ...deps, questions, opened: profiles.opened }),
    addMember: createAddMember(shared),
    renameMember: createRenameMember(shared),
    setPin: createSetPin(shared),
    setSecondFactor: createSetSecondFactor(shared),
    /** Once it is confirmed that somebody comes in, or grows older. */
    welcomeMember: createWelcomeMember(shared),
  }
}
