/**
 * Who somebody is, as the pages and the token end points see it. What is behind it (better-auth, argon2id, codes, counters) is known
 * only in this folder. Tokens are opaque text; `pending` stands for a sign-in or sign-up that wants one more answer, `session` for a
 * person who is signed in on the pages.
 */
import type { CodeMethod, CodeWay } from '../../contract/account.ts'
import type { PasswordAdvice, PasswordWarning } from './password-strength.ts'

/** Whoever sends a request, for counting and for the list of security events. Never taken from headers that a client can make up. */
export interface Caller {
  readonly ip: string
  readonly userAgent: string
  readonly language: 'en' | 'de'
}

export interface Account {
  readonly accountId: string
  readonly email: string
  /** Null where the person has none. */
  readonly displayName: string | null
  readonly createdAt: string
  readonly hasPassword: boolean
  readonly secondFactors: readonly ('totp' | 'sms' | 'passkey')[]
  readonly phone: string | null
  readonly recoveryCodesLeft: number
  readonly passkeys: readonly { readonly passkeyId: string; readonly name: string; readonly addedAt: string }[]
  /** From this price on, in euro cents, each purchase wants the second factor. */
  readonly stepUpAboveCents: bigint
}

/** Somebody who is signed in on the pages. `isFresh`: they have shown both factors within the last ten minutes. */
export interface PageSession {
  readonly account: Account
  readonly isFresh: boolean
}

/** A solved challenge of the proof of work, as the page sends it (base64 of ALTCHA's JSON). */
export type ProofOfWork = string

/** Answers that come of nothing that the person could see: these words are the same whether the account exists or not. */
export type Refused =
  /** Wrong address, password or code; used up, too old, or never given out. */
  | { readonly kind: 'wrong' }
  /** Too many tries: the next one counts after `waitMs` milliseconds. */
  | { readonly kind: 'wait'; readonly waitMs: number }
  /** A proof of work has to come with it; missing, wrong, too old or used before. */
  | { readonly kind: 'proofWanted' }

/** A code was sent, if there is anybody to send it to. */
export interface CodeSent {
  readonly kind: 'codeSent'
  readonly pending: string
}

export type SignedIn = { readonly kind: 'signedIn'; readonly session: string }
/** The first factor was right, and another one is wanted. */
export type SecondFactorWanted = { readonly kind: 'secondFactor'; readonly pending: string; readonly ways: readonly (CodeWay | { readonly method: 'passkey' })[] }
export type FirstFactorResult = SignedIn | SecondFactorWanted | Refused

/** Codes, whose words are with the pages. */
export type WeakPassword = { readonly kind: 'weakPassword'; readonly warning: PasswordWarning; readonly suggestions: readonly PasswordAdvice[] }
export type Done = { readonly kind: 'done' }
/** The person has to show both factors again before this, or is not signed in any more. */
export type NotFresh = { readonly kind: 'notFresh' }
/** With the first second factor come recovery codes, shown this once; with each further one none. */
export type Added = { readonly kind: 'added'; readonly recoveryCodes: readonly string[] }

export interface SecurityEvent {
  readonly at: string
  readonly kind: SecurityEventKind
  readonly ip: string
  readonly userAgent: string
}
export type SecurityEventKind =
  | 'accountCreated' | 'signedIn' | 'signInFailed' | 'lockedOut' | 'signedOut' | 'signedOutEverywhere'
  | 'deviceSignedIn' | 'deviceSignedOut' | 'deviceDenied' | 'tokenReused'
  | 'passwordChanged' | 'passwordReset' | 'resetRequested' | 'secondFactorAdded' | 'secondFactorRemoved'
  | 'passkeyAdded' | 'passkeyRemoved' | 'recoveryCodesMade' | 'recoveryCodeUsed' | 'stepUpGiven' | 'stepUpFailed'
  | 'stepUpAmountChanged' | 'nameChanged' | 'dataDownloaded' | 'accountDeleted' | 'signUpTried' | 'messageNotSent'

export interface Identity {
  /** Whether this gateway can send text messages; a phone cannot be added to an account where it cannot. */
  readonly offersTexts: boolean
  /** A challenge of the proof of work, harder the more was tried from there lately. */
  proofOfWork(caller: Caller): Promise<{ readonly challenge: object; readonly difficulty: 'usual' | 'raised' }>

  /** Without a password the account is signed in to by code or passkey. */
  signUp(input: { readonly email: string; readonly password: string | null; readonly proof: ProofOfWork }, caller: Caller): Promise<CodeSent | WeakPassword | Refused>
  confirmEmail(input: { readonly pending: string; readonly code: string }, caller: Caller): Promise<SignedIn | Refused>
  /** Another code for the same `pending` of a sign-up, a sign-in by code or a phone; the one before is good no more. */
  sendAgain(input: { readonly pending: string }, caller: Caller): Promise<Done | Refused>
  signInWithPassword(input: { readonly email: string; readonly password: string; readonly proof: ProofOfWork | null }, caller: Caller): Promise<FirstFactorResult>
  sendSignInCode(input: { readonly email: string; readonly proof: ProofOfWork | null }, caller: Caller): Promise<CodeSent | Refused>
  signInWithCode(input: { readonly pending: string; readonly code: string }, caller: Caller): Promise<FirstFactorResult>
  /** WebAuthn Level 3 §5.5; `options` are for `navigator.credentials.get`. With `pending` it is the second factor. */
  passkeyRequest(pending: string | null): Promise<{ readonly ceremony: string; readonly options: object }>
  signInWithPasskey(input: { readonly ceremony: string; readonly response: unknown; readonly pending: string | null }, caller: Caller): Promise<SignedIn | Refused>
  sendSecondFactorCode(input: { readonly pending: string; readonly method: 'sms' | 'email' }, caller: Caller): Promise<Done | Refused>
  answerSecondFactor(input: { readonly pending: string; readonly method: CodeMethod; readonly code: string }, caller: Caller): Promise<SignedIn | Refused>
  requestReset(input: { readonly email: string; readonly proof: ProofOfWork }, caller: Caller): Promise<Done | Refused>
  resetPassword(input: { readonly token: string; readonly password: string }, caller: Caller): Promise<Done | WeakPassword | Refused>

  /** Null for none, one that has ended, or one that was signed out. */
  session(session: string | undefined): Promise<PageSession | null>
  /**
   * Shows the factors again within a session: the same questions as signing in, and a new session in the place of this one. An account
   * without a password signs in anew by code or passkey instead.
   */
  refresh(session: string, input: { readonly password: string }, caller: Caller): Promise<FirstFactorResult>
  signOut(session: string, caller: Caller): Promise<void>
  /** Ends every session on the pages, without an event of its own: it belongs to signing out everywhere. */
  endPageSessions(accountId: string): Promise<void>

  setDisplayName(session: string, name: string | null, caller: Caller): Promise<Done | NotFresh>
  setPassword(session: string, password: string, caller: Caller): Promise<Done | WeakPassword | NotFresh>
  beginTotp(session: string): Promise<{ readonly secret: string; readonly uri: string } | NotFresh>
  confirmTotp(session: string, code: string, caller: Caller): Promise<Added | NotFresh | Refused>
  removeTotp(session: string, caller: Caller): Promise<Done | NotFresh>
  newRecoveryCodes(session: string, caller: Caller): Promise<{ readonly kind: 'made'; readonly recoveryCodes: readonly string[] } | NotFresh>
  /** E.164. A code is sent to it. */
  beginPhone(session: string, phone: string, caller: Caller): Promise<CodeSent | NotFresh | Refused>
  confirmPhone(session: string, input: { readonly pending: string; readonly code: string }, caller: Caller): Promise<Added | NotFresh | Refused>
  removePhone(session: string, caller: Caller): Promise<Done | NotFresh>
  beginPasskey(session: string): Promise<{ readonly ceremony: string; readonly options: object } | NotFresh>
  confirmPasskey(session: string, input: { readonly ceremony: string; readonly response: unknown; readonly name: string }, caller: Caller): Promise<Added | NotFresh | Refused>
  removePasskey(session: string, passkeyId: string, caller: Caller): Promise<Done | NotFresh>
  /** A higher amount is looser, and wants a fresh session. */
  setStepUpAbove(session: string, cents: bigint, caller: Caller): Promise<Done | NotFresh>

  /** Newest first. */
  events(accountId: string): Promise<readonly SecurityEvent[]>
  /** Writes it into the account's list and mails it to the person. */
  record(accountId: string, kind: SecurityEventKind, caller: Caller): Promise<void>
  /** Everything that is kept about the account, for JSON that a person can read. */
  download(session: string, caller: Caller): Promise<object | NotFresh>
  /** The account, its credentials and sign-ins go; what was charged stays, without a name, because the books have to. */
  deleteAccount(session: string, caller: Caller): Promise<Done | NotFresh>

  account(accountId: string): Promise<Account | null>
  /** How the second factor can be given outside of the pages, best first; at least one for an account that is there. */
  codeWays(accountId: string): Promise<readonly CodeWay[]>
  sendCode(accountId: string, method: 'sms' | 'email', purpose: string, caller: Caller): Promise<Done | Refused>
  /** Whether it is right, for this one purpose; a code counts once. Counts towards the account's lock-out; that it was right or wrong is the asker's to record. */
  checkCode(accountId: string, input: { readonly method: CodeMethod; readonly code: string; readonly purpose: string }, caller: Caller): Promise<Done | Refused>
}
