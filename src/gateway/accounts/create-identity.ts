import type { Identity } from './identity.ts'
import { createIdentityCore, type IdentityParts } from './identity-core.ts'
import { createOwnData } from './own-data.ts'
import { createFindFresh, createFindHere, createOwnSession } from './own-session.ts'
import { createPasskeys } from './passkeys.ts'
import { createReset } from './reset.ts'
import { createFactorChange, createSecondFactors } from './second-factors.ts'
import { createSendAgain } from './send-again.ts'
import { createSettings } from './settings.ts'
import { createSignIn, createSignInSteps } from './sign-in.ts'
import { createSignUp } from './sign-up.ts'
import { createStepUp } from './step-up.ts'

/** Accounts of people, kept in the gateway's store. */
export function createIdentity(parts: IdentityParts): Identity {
  const core = createIdentityCore(parts)
  const steps = createSignInSteps(core)
  const change = createFactorChange(core)
  const findHere = createFindHere(core)
  const findFresh = createFindFresh(findHere)
  return {
    offersTexts: core.delivery.canText,
    ...createSignUp(core),
    ...createSendAgain(core),
    ...createSignIn(core, steps),
    ...createPasskeys(core, { steps, change, findFresh }),
    ...createReset(core),
    ...createOwnSession(core, steps, findHere),
    ...createSettings(core, findHere, findFresh),
    ...createSecondFactors(core, change, findFresh),
    ...createStepUp(core),
    ...createOwnData(core, findFresh),
    events: (accountId) => core.events.list(accountId),
    record: (accountId, kind, caller) => core.events.record(accountId, kind, caller),
    account: (accountId) => core.records.account(accountId),
  }
}
