/** Whose account this device is signed in to, or how signing in stands, for the launcher. Nothing secret is in it. */
import type { AccountView } from '../../contract/ipc/account.ts'
import type { Clock } from '../ports/clock.ts'
import { VaultError } from '../ports/vault.ts'
import type { SessionKeeper } from './session.ts'
import type { SigningIn, SignIn } from './sign-in.ts'

export interface ReportAccountDeps {
  readonly clock: Pick<Clock, 'monotonicMs'>
  /** Whose sign-in is nobody's business in front of a kiosk. */
  readonly isHidden: () => boolean
  /** Nothing is sold here without an account. */
  readonly isNeeded: () => boolean
  /** The modules of a text's QR code, a row for each string. */
  readonly qrModules: (text: string) => string[]
  readonly session: Pick<SessionKeeper, 'current' | 'load'>
  readonly signIn: Pick<SignIn, 'state' | 'ended'>
}

export function createReportAccount(deps: ReportAccountDeps) {
  return async function reportAccount(): Promise<AccountView> {
    const signedOut: AccountView = { kind: 'signedOut', isNeeded: deps.isNeeded(), ended: deps.isHidden() ? null : deps.signIn.ended() }
    if (deps.isHidden()) return signedOut
    const state = deps.signIn.state()
    if (state) return asView(deps, state)
    try {
      await deps.session.load()
    } catch (error) {
      if (error instanceof VaultError) return { kind: 'unavailable' }
      throw error
    }
    const session = deps.session.current()
    if (!session) return signedOut
    // The gateway has not told yet who it is.
    if (!session.account) return { kind: 'starting' }
    const { displayName, email, scopes, codeWays, stepUpAbove, signedInAt } = session.account
    return { kind: 'signedIn', displayName, email, scopes, codeWays, stepUpAbove, signedInAt, isForTurn: session.isForTurn }
  }
}

function asView({ clock, qrModules }: ReportAccountDeps, state: SigningIn): AccountView {
  if (state.kind === 'starting') return { kind: 'starting' }
  const { code, inBrowser, endsAtMs } = state
  return {
    kind: 'waiting',
    userCode: code.userCode,
    address: code.address.replace(/^https:\/\//, ''),
    qr: qrModules(code.addressWithCode),
    leftMs: Math.max(0, Math.ceil(endsAtMs - clock.monotonicMs())),
    inBrowser,
  }
}
