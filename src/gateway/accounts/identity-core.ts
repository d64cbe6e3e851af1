import type { Delivery } from '../outbox/delivery.ts'
import type { Environment } from '../environment.ts'
import type { Store } from '../store/open-store.ts'
import { type AccountEvents, createAccountEvents } from './account-events.ts'
import { type AccountRecords, createAccountRecords } from './account-records.ts'
import { createAddressHeat } from './address-heat.ts'
import { type CodeSender, createCodeSender } from './code-sender.ts'
import { type Codes, createCodes } from './codes.ts'
import { createCredentials, type Credentials } from './credentials.ts'
import { createFactorCheck, type FactorCheck } from './factor-check.ts'
import { createGate, type Gate } from './gate.ts'
import { createJudge, type Judge } from './guesses.ts'
import type { Caller } from './identity.ts'
import { createPageSessions, type PageSessions } from './page-sessions.ts'
import { createPasswordHash, type PasswordHash } from './password-hash.ts'
import { createPendingStore, type PendingStore } from './pending.ts'
import { createProofsOfWork, type ProofsOfWork, type WorkSize } from './proof-of-work.ts'
import { createRecoveryCodes, type RecoveryCodes } from './recovery-codes.ts'
import { createSecrets, type Secrets } from './secrets.ts'
import { createTries, type Tries } from './tries.ts'

/** `subject` is a keyed hash of the address: what is known of one account can be known again of the next one with it. */
export type AccountChange = (transaction: Store, account: { readonly accountId: string; readonly subject: string }) => Promise<void>

export interface IdentityParts extends Environment {
  readonly store: Store
  readonly delivery: Delivery
  /** Where people reach the pages, such as `https://accounts.example.org`; as configured, never as a request says. */
  readonly publicOrigin: () => string
  /** 32 bytes that are not in the store. */
  readonly key: Uint8Array
  /** Argon2id as strong as it has to be, unless told. */
  readonly passwordHash?: PasswordHash | undefined
  readonly workSize?: WorkSize | undefined
  /** Signs every device out, where the account's credentials have changed hands or gone. */
  readonly signOutDevices: (accountId: string, caller: Caller) => Promise<void>
  /** What other parts of the gateway keep about the account, for its download: devices, charges, controls. */
  readonly keptElsewhere: (accountId: string) => Promise<object>
  /** Other parts of the gateway do what is theirs when an account begins or has gone, in the same transaction. */
  readonly onMade: AccountChange
  readonly onDeleted: AccountChange
}

/** What everything about accounts is made of. */
export interface IdentityCore extends Omit<IdentityParts, 'key' | 'passwordHash' | 'workSize'> {
  readonly secrets: Secrets
  readonly credentials: Credentials
  readonly records: AccountRecords
  readonly tries: Tries
  readonly codes: Codes
  readonly pending: PendingStore
  readonly sessions: PageSessions
  readonly recovery: RecoveryCodes
  readonly events: AccountEvents
  readonly proofs: ProofsOfWork
  readonly gate: Gate
  readonly judge: Judge
  readonly sendCode: CodeSender
  readonly isFactorRight: FactorCheck
  /** By what tries, codes and waits go, whether or not anybody has the address. */
  readonly subjectOf: (email: string) => string
}

export function createIdentityCore(parts: IdentityParts): IdentityCore {
  const { store, now, randomBytes, delivery, publicOrigin } = parts
  const secrets = createSecrets({ key: parts.key, randomBytes })
  const tries = createTries({ store, now })
  const heat = createAddressHeat({ store, now })
  const codes = createCodes({ store, now, secrets })
  const records = createAccountRecords({ store })
  const recovery = createRecoveryCodes({ store, secrets })
  const events = createAccountEvents({ store, now, delivery, publicOrigin })
  const proofs = createProofsOfWork({ store, now, secrets, heat, size: parts.workSize })
  return {
    ...parts,
    secrets,
    credentials: createCredentials({ store, now, secrets, passwordHash: parts.passwordHash ?? createPasswordHash() }),
    records,
    tries,
    codes,
    pending: createPendingStore({ store, now, secrets }),
    sessions: createPageSessions({ store, now, secrets }),
    recovery,
    events,
    proofs,
    gate: createGate({ heat, proofs, tries }),
    judge: createJudge({ tries, heat, events }),
    sendCode: createCodeSender({ codes, tries, delivery, events, now, publicOrigin }),
    isFactorRight: createFactorCheck({ now, secrets, codes, records, recovery, tries, events }),
    subjectOf: (email) => secrets.mac('subject', email.trim().toLowerCase()),
  }
}
