/**
 * That this device is signed in: its tokens, kept in the keychain and in memory alone. A refresh token is in the keychain before the
 * access token that came with it is used, so that a crash at any moment leaves one that is good (RFC 9700 §4.14).
 */
import type { AccountResponse } from '../../contract/http/account-messages.ts'
import { canonicalJson } from '../../domain/canonical.ts'
import type { AccountGateway, NewTokens } from '../ports/account-gateway.ts'
import type { Clock } from '../ports/clock.ts'
import { GatewayError } from '../ports/gateway.ts'
import type { KeptSession, Session, SessionStore } from '../ports/session.ts'
import { VaultError } from '../ports/vault.ts'

export interface SessionDeps {
  readonly clock: Pick<Clock, 'now' | 'monotonicMs'>
  readonly gateway: Pick<AccountGateway, 'refresh' | 'revoke' | 'account'>
  readonly store: SessionStore
  /** Told when somebody is signed in, or not any more, or is called otherwise. */
  readonly onChanged: () => void
  /** The gateway has ended the sign-in: on another device, on its pages, or for its age. */
  readonly onEndedElsewhere: () => void
}

/** An access token that ends sooner is renewed first, in milliseconds: longer than a request may take. */
const renewBeforeMs = 20_000

interface Access {
  readonly token: string
  readonly endsAt: { readonly wall: number; readonly monotonic: number }
}

export type SessionKeeper = ReturnType<typeof createSession>

export function createSession({ clock, gateway, store, onChanged, onEndedElsewhere }: SessionDeps) {
  let loading: Promise<void> | null = null
  let session: KeptSession | null = null
  /** Another one for each sign-in, and after it. */
  let signIn = 0
  let revoking: readonly string[] = []
  let access: Access | null = null
  let renewing: Promise<string | null> | null = null
  let telling: Promise<void> | null = null
  let turn: Promise<unknown> = Promise.resolve()

  /** Writes come one after the other, so that the newest is the last. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = turn.then(work)
    turn = done.catch(() => {})
    return done
  }
  const writeAsItIs = () => inTurn(() => store.write({ session, revoking }))

  /** Once; a keychain that fails is asked again at the next use. */
  function load(): Promise<void> {
    loading ??= store.read().then(
      (kept) => {
        revoking = kept.revoking
        session = kept.session
        // The app went down during somebody's turn: it is over.
        if (session?.isForTurn) void forget().catch(() => {})
      },
      (error: unknown) => {
        loading = null
        throw error
      },
    )
    return loading
  }

  function become(next: KeptSession | null): void {
    session = next
    access = null
    signIn += 1
  }

  function grant({ accessToken, expiresInMs }: NewTokens): string {
    access = { token: accessToken, endsAt: { wall: clock.now() + expiresInMs, monotonic: clock.monotonicMs() + expiresInMs } }
    return accessToken
  }

  /** The monotonic clock stands still while the computer is suspended, and the other one can be set. */
  function isFresh({ endsAt }: Access): boolean {
    return Math.min(endsAt.wall - clock.now(), endsAt.monotonic - clock.monotonicMs()) > renewBeforeMs
  }

  function renew(): Promise<string | null> {
    renewing ??= renewOnce().finally(() => (renewing = null))
    return renewing
  }

  async function renewOnce(): Promise<string | null> {
    if (!session) return null
    const before = signIn
    access = null
    const tokens = await gateway.refresh(session.refreshToken)
    if (tokens === null) {
      if (signIn === before) await endedElsewhere()
      return null
    }
    // Where the keychain does not take it, the one before stays good: the new one was never used.
    const token = await inTurn(() => keepRenewed(before, tokens))
    if (token === null) await abandon(tokens.refreshToken)
    return token
  }

  /** Null where nobody is signed in any more, or somebody else is. */
  async function keepRenewed(before: number, tokens: NewTokens): Promise<string | null> {
    const { refreshToken } = tokens
    if (session && signIn === before) await store.write({ session: { ...session, refreshToken }, revoking })
    if (!session || signIn !== before) return null
    session = { ...session, refreshToken }
    return grant(tokens)
  }

  /** Nobody is signed in any more, at once; the gateway has to be told yet. Rejects where the keychain still holds it. */
  async function forget(): Promise<void> {
    if (!session) return
    revoking = [...revoking, session.refreshToken]
    become(null)
    onChanged()
    await writeAsItIs()
  }

  async function endedElsewhere(): Promise<void> {
    become(null)
    onEndedElsewhere()
    onChanged()
    // A token that is good for nothing may stay where the keychain keeps it: the gateway refuses it the next time as well.
    await writeAsItIs().catch(() => {})
  }

  /** Tells the gateway that what is over here is over. What it cannot be told now is told later. */
  function revokeWaiting(): Promise<void> {
    telling ??= tellRevoked().finally(() => (telling = null))
    return telling
  }

  async function tellRevoked(): Promise<void> {
    // Some may come while it runs.
    for (let token = revoking[0]; token !== undefined; token = revoking[0]) {
      const told = token
      const isTold = await gateway.revoke(token).then(() => true, isPointless)
      if (!isTold) return
      revoking = revoking.filter((one) => one !== told)
      await writeAsItIs().catch(() => {})
    }
  }

  async function abandon(refreshToken: string): Promise<void> {
    revoking = [...revoking, refreshToken]
    await writeAsItIs().catch(() => {})
    await revokeWaiting()
  }

  return {
    async isSignedIn() {
      await load()
      return session !== null
    },
    async accessToken() {
      await load()
      return access && isFresh(access) ? access.token : renew()
    },
    async renewed(refused) {
      await load()
      // Somebody else may have renewed it meanwhile.
      return access && access.token !== refused ? access.token : renew()
    },
    async over(refused) {
      if (access?.token === refused) await endedElsewhere()
    },
    load,
    /** Rejects with VaultError; then nobody is signed in, and the gateway is told so. */
    async begin(tokens: NewTokens, isForTurn: boolean): Promise<void> {
      await load()
      const begun = { isForTurn, refreshToken: tokens.refreshToken, account: null }
      // In one turn, so that no later write takes what was there before for what is.
      const beginning = inTurn(async () => {
        await store.write({ session: begun, revoking })
        become(begun)
        grant(tokens)
      })
      await beginning.catch(async (error: unknown) => {
        await abandon(tokens.refreshToken)
        throw error
      })
      onChanged()
    },
    forget,
    revokeWaiting,
    /** Asks the gateway how the account is called now. Rejects as the gateway does. */
    async learnAccount(): Promise<void> {
      const before = signIn
      const account: AccountResponse = await gateway.account()
      // By now somebody else may be signed in.
      if (!session || signIn !== before || canonicalJson(session.account) === canonicalJson(account)) return
      session = { ...session, account }
      onChanged()
      await writeAsItIs()
    },
    current: (): KeptSession | null => session,
    isForTurn: (): boolean => session?.isForTurn === true,
    signInNumber: (): number => signIn,
  } satisfies Session & Record<string, unknown>
}

/** One that the gateway refuses for good need not be told again. */
function isPointless(error: unknown): boolean {
  if (error instanceof VaultError) return false
  if (!(error instanceof GatewayError)) throw error
  const { problem } = error
  return problem.kind === 'refused' && problem.code !== 'tooManyRequests' && problem.oauth !== 'temporarily_unavailable'
}
