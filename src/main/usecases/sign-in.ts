/** Signing in by RFC 8628: the person says yes on a page of the gateway, and this device asks until it knows. One at a time. */
import type { SignInEnd } from '../../contract/ipc/account.ts'
import { beginPolling, isOver, type NextPoll, nextPoll, type Polling } from '../../domain/polling.ts'
import type { AccountGateway, DeviceCode, NewTokens } from '../ports/account-gateway.ts'
import type { Clock } from '../ports/clock.ts'
import { GatewayError } from '../ports/gateway.ts'
import type { SystemBrowser } from '../ports/system-browser.ts'
import { VaultError } from '../ports/vault.ts'
import type { SessionKeeper } from './session.ts'

export interface SignInDeps {
  readonly browser: SystemBrowser
  readonly clock: Clock
  /** As the person reads it in their list of devices. Tells the kind of computer, not its name (P10). */
  readonly deviceName: string
  readonly gateway: Pick<AccountGateway, 'beginSignIn' | 'askForTokens'>
  /** Whoever signs in does so for their turn in front of a kiosk. */
  readonly isKiosk: () => boolean
  readonly onChanged: () => void
  /** Somebody is about to sign in, perhaps on a phone: told again and again. */
  readonly onWaiting: () => void
  /** Somebody is signed in now. */
  readonly onSignedIn: () => void
  /** Told of what can only be a bug. */
  readonly onUnexpected: (error: unknown) => void
  readonly session: Pick<SessionKeeper, 'begin' | 'current' | 'forget' | 'learnAccount' | 'load' | 'revokeWaiting'>
}

export type SigningIn =
  | { readonly kind: 'starting' }
  | { readonly kind: 'waiting'; readonly code: DeviceCode; readonly inBrowser: boolean; readonly endsAtMs: number }

export type SignIn = ReturnType<typeof createSignIn>

/** One try: whatever comes back for one that is over is dropped. */
interface Try {
  readonly isForTurn: boolean
  state: SigningIn
  /** Takes back the next question. */
  stop: () => void
}

export function createSignIn(deps: SignInDeps) {
  const { browser, clock, gateway, session } = deps
  let current: Try | null = null
  let ended: SignInEnd | 'signedOutElsewhere' | null = null

  function end(mine: Try, how: SignInEnd | null): void {
    if (current !== mine) return
    mine.stop()
    current = null
    ended = how
    deps.onChanged()
  }

  async function begin(): Promise<void> {
    if (current) return
    const mine: Try = { isForTurn: deps.isKiosk(), state: { kind: 'starting' }, stop: () => {} }
    current = mine
    ended = null
    deps.onChanged()
    try {
      await session.load()
      if (session.current()) return end(mine, null)
      const code = await gateway.beginSignIn({ name: deps.deviceName, isKiosk: mine.isForTurn })
      if (current !== mine) return
      const inBrowser = !mine.isForTurn && (await browser.open(code.addressWithCode))
      if (current === mine) wait(mine, code, inBrowser)
    } catch (error) {
      end(mine, endOf(error))
    }
  }

  function wait(mine: Try, code: DeviceCode, inBrowser: boolean): void {
    const nowMs = clock.monotonicMs()
    mine.state = { kind: 'waiting', code, inBrowser, endsAtMs: nowMs + code.expiresInMs }
    deps.onChanged()
    follow(mine, code, beginPolling(code, nowMs))
  }

  function follow(mine: Try, code: DeviceCode, next: NextPoll): void {
    if (next.kind === 'end') return end(mine, next.end === 'refused' ? 'gatewayRefused' : next.end)
    mine.stop = clock.after(next.afterMs, () => {
      ask(mine, code, next.polling).catch((error: unknown) => {
        end(mine, endOf(error))
      })
    })
  }

  async function ask(mine: Try, code: DeviceCode, polling: Polling): Promise<void> {
    if (isOver(polling, clock.monotonicMs())) return end(mine, 'expired')
    deps.onWaiting()
    const answer = await gateway.askForTokens(code.deviceCode)
    if (answer.kind === 'tokens') return granted(mine, answer.tokens)
    if (current === mine) follow(mine, code, nextPoll(polling, answer.kind, clock.monotonicMs()))
  }

  /** Kept even where the try is over, so that the gateway can be told that nobody is signed in by it. */
  async function granted(mine: Try, tokens: NewTokens): Promise<void> {
    await session.begin(tokens, mine.isForTurn)
    if (current !== mine) {
      await session.forget()
      return session.revokeWaiting()
    }
    // Who it is can be asked again; that somebody is signed in stays true.
    await session.learnAccount().catch(onlyExpected)
    end(mine, null)
    if (session.current()) deps.onSignedIn()
  }

  function endOf(error: unknown): SignInEnd {
    if (error instanceof VaultError) return 'keychainUnavailable'
    if (error instanceof GatewayError) return error.problem.kind === 'unreachable' ? 'gatewayUnreachable' : 'gatewayRefused'
    deps.onUnexpected(error)
    return 'gatewayRefused'
  }

  return {
    /** Resolves as soon as there is a code to show, or the try has ended. */
    begin,
    /** Whoever was about to sign in is not going to. */
    cancel(): void {
      if (current) end(current, 'cancelled')
    },
    /** Opens the page with the code in it once more. */
    async openPage(): Promise<boolean> {
      const mine = current
      if (mine?.state.kind !== 'waiting') return false
      const opened = await browser.open(mine.state.code.addressWithCode)
      if (opened && current === mine && !mine.state.inBrowser) {
        mine.state = { ...mine.state, inBrowser: true }
        deps.onChanged()
      }
      return opened
    },
    state: (): SigningIn | null => current?.state ?? null,
    /** How the last try ended, or why nobody is signed in any more. */
    ended: () => ended,
    /** The next person is told nothing of it. */
    forgetEnd(): void {
      ended = null
    },
    endedElsewhere(): void {
      ended = 'signedOutElsewhere'
    },
  }
}

function onlyExpected(error: unknown): void {
  if (!(error instanceof GatewayError || error instanceof VaultError)) throw error
}
