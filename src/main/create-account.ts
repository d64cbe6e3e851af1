/** Puts together signing in and out: the session that requests carry, and who may have one in front of a kiosk. */
import type { AccountView } from '../contract/ipc/account.ts'
import { hasMembers, isGuardian } from '../domain/roles.ts'
import { isExpected } from './expected.ts'
import type { AccountGateway } from './ports/account-gateway.ts'
import type { Clock } from './ports/clock.ts'
import type { ConfirmWindow } from './ports/confirm-window.ts'
import type { Gateway } from './ports/gateway.ts'
import type { LedgerAccess } from './ports/ledger-access.ts'
import type { SessionStore } from './ports/session.ts'
import type { SystemBrowser } from './ports/system-browser.ts'
import { createAccountDevices } from './usecases/account-devices.ts'
import { createOpenAccountPage } from './usecases/open-account-page.ts'
import { createReportAccount } from './usecases/report-account.ts'
import { createSession } from './usecases/session.ts'
import { createSignIn } from './usecases/sign-in.ts'
import { createSignOut } from './usecases/sign-out.ts'
import { createSignOutEverywhere } from './usecases/sign-out-everywhere.ts'
import type { Actor } from './usecases/who-decides.ts'

export interface AccountDeps {
  /** Whose profile is open. */
  readonly actor: Actor
  readonly browser: SystemBrowser
  readonly clock: Clock
  readonly confirmWindow: Pick<ConfirmWindow, 'close'>
  readonly gateway: AccountGateway & Pick<Gateway, 'onStateChanged'>
  /** Nothing is sold without an account. */
  readonly isNeeded: boolean
  readonly kiosk: { readonly isOn: () => boolean; readonly touch: () => void }
  readonly ledger: Pick<LedgerAccess, 'log'>
  /** Somebody has signed in on a computer of their own. */
  readonly onSignedIn: () => void
  readonly onUnexpected: (error: unknown) => void
  readonly platform: NodeJS.Platform
  readonly qrModules: (text: string) => string[]
  readonly store: SessionStore
  readonly tell: (view: AccountView) => void
}

const systemNames: { readonly [P in NodeJS.Platform]?: string } = { darwin: 'macOS', linux: 'Linux', win32: 'Windows' }

export function createAccount(deps: AccountDeps) {
  const { gateway, kiosk, onUnexpected } = deps
  let sittings = 0
  const onChanged = () => void reportAccount().then(deps.tell).catch(onUnexpected)
  function onEndedElsewhere(): void {
    // Its answer could only be refused.
    deps.confirmWindow.close()
    signIn.endedElsewhere()
  }
  const session = createSession({ ...deps, onChanged, onEndedElsewhere })
  const signIn = createSignIn({
    ...deps,
    deviceName: `Tuppence on ${systemNames[deps.platform] ?? deps.platform}`,
    isKiosk: kiosk.isOn,
    onChanged,
    onSignedIn: () => (kiosk.isOn() ? kiosk.touch() : deps.onSignedIn()),
    onWaiting: kiosk.touch,
    session,
  })
  const signOut = createSignOut({ onUnexpected, session, signIn })

  /** Somebody in front of a kiosk that is no household's. */
  function mayVisit(): boolean {
    const log = deps.ledger.log()
    return kiosk.isOn() && log !== null && !hasMembers(log.controls())
  }
  const isVisitor = () => mayVisit() && session.isForTurn()
  const isOthers = () => session.current() !== null && !session.isForTurn()
  /** In a household a guardian says in whose name the computer buys. */
  function mayDecide(): boolean {
    const controls = deps.ledger.log()?.controls()
    if (kiosk.isOn()) return !isHidden()
    return !controls || !hasMembers(controls) || isGuardian(controls, deps.actor())
  }
  const isHidden = () => kiosk.isOn() && (!mayVisit() || isOthers())
  const reportAccount = createReportAccount({ ...deps, isHidden, isNeeded: () => deps.isNeeded || mayVisit(), session, signIn })

  async function signOutHere(): Promise<void> {
    // What is asked for in that account's name is asked no more.
    sittings += 1
    deps.confirmWindow.close()
    await signOut()
  }

  const openPage = createOpenAccountPage({ ...deps, signIn })
  const devices = createAccountDevices({ gateway, session, signOut: signOutHere })
  const signOutEverywhere = createSignOutEverywhere({ gateway, session, signOut: signOutHere })

  /** P10: what is personal goes, and so does a sign-in from before that anybody here could buy with. */
  async function endTurn(): Promise<void> {
    signIn.cancel()
    await session.load()
    if (session.isForTurn() || mayVisit()) await signOut()
  }

  const expectedOrTold = (error: unknown) => {
    if (!isExpected(error)) onUnexpected(error)
  }
  function turnOver(): void {
    sittings += 1
    endTurn().catch(expectedOrTold)
  }

  /** What could not be told or asked while the gateway was away. */
  async function catchUp(): Promise<void> {
    await session.load()
    await session.revokeWaiting()
    if (session.current()) await session.learnAccount()
  }
  const catchUpQuietly = () => void catchUp().catch(expectedOrTold)
  gateway.onStateChanged((state) => {
    if (state === 'ready') catchUpQuietly()
  })

  return {
    session,
    isVisitor,
    mayVisit,
    /** As what is kept for an account, and not for others, needs it. */
    signedIn: {
      isForTurn: session.isForTurn,
      isToOther: (accountId: string) => session.current() !== null && session.current()?.account?.accountId !== accountId,
      number: session.signInNumber,
    },
    /** Another number for each sign-in, after it, and for each turn: what one asked for is not shown to the next. */
    sitting: (): number => session.signInNumber() + sittings,
    /** Once the ledger was opened, so that it is known whether this is a household's. */
    start(): void {
      if (kiosk.isOn()) turnOver()
      catchUpQuietly()
    },
    turnOver,
    /** Before the app ends: so does a turn. */
    async stop(): Promise<void> {
      signIn.cancel()
      if (!session.isForTurn()) return
      await signOut().catch(expectedOrTold)
      await session.revokeWaiting().catch(expectedOrTold)
    },
    reportAccount,
    /** Asks how the account is called now; whoever follows is told. */
    learnAccount(): void {
      if (session.current() && !isHidden()) void session.learnAccount().catch(expectedOrTold)
    },
    ...{ mayDecide, signIn, signOut: signOutHere, openPage, devices, signOutEverywhere },
  }
}
