import type { AccountResponse } from '../../contract/http/account-messages.ts'

/** That this device is signed in, as requests to the gateway need it. */
export interface Session {
  /** As far as is known here. Rejects with VaultError. */
  isSignedIn(): Promise<boolean>
  /** Another one for each sign-in, and after it: whoever began in somebody's name goes on in nobody else's. */
  signInNumber(): number
  /** It ends with the turn in front of the kiosk. */
  isForTurn(): boolean
  /**
   * What requests carry, renewed where it is about to end; null while nobody is signed in. Rejects with GatewayError where it cannot be
   * renewed now, and with VaultError.
   */
  accessToken(): Promise<string | null>
  /** Another one for one that the gateway did not take; null where the sign-in is over. Rejects likewise. */
  renewed(refused: string): Promise<string | null>
  /** Not even this one, which had just been renewed, was taken: the sign-in is over. */
  over(refused: string): Promise<void>
}

/** One sign-in, as the keychain keeps it. */
export interface KeptSession {
  /** It ends with the turn in front of the kiosk. */
  readonly isForTurn: boolean
  readonly refreshToken: string
  /** As the gateway told it last; null until it has. */
  readonly account: AccountResponse | null
}

export interface KeptSignIn {
  readonly session: KeptSession | null
  /** Of sign-ins that are over here, and that the gateway has not been told of: refresh tokens. */
  readonly revoking: readonly string[]
}

/** Where a sign-in is kept: the keychain and nowhere else (P6). Operations reject with VaultError. */
export interface SessionStore {
  read(): Promise<KeptSignIn>
  /** Where nothing is to be kept, nothing is left. */
  write(kept: KeptSignIn): Promise<void>
}
