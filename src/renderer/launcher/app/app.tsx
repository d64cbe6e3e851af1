import { Trans } from '@lingui/react/macro'
import { useEffect, type MouseEvent, type ReactNode } from 'react'
import { I18nProvider } from 'react-aria-components/I18nProvider'
import { Route, Router, Switch } from 'wouter'
import type { Status } from '../../../contract/ipc/status.ts'
import { AppearanceProvider } from '../../i18n/appearance.tsx'
import { guessAppearance } from '../../i18n/guess-appearance.ts'
import { useIsKiosk } from '../../ui/kiosk-context.ts'
import { SandboxStrip } from '../../ui/sandbox-strip.tsx'
import { assertNever } from '../../assert-never.ts'
import { AccountEntry, accountPath, SignedOutElsewhere } from '../features/account/account-entry.tsx'
import { AccountScreen } from '../features/account/account-screen.tsx'
import { SandboxLine } from '../features/account/sandbox-line.tsx'
import { ExclusionScreen } from '../features/exclusion/exclusion-screen.tsx'
import { FamilyScreen } from '../features/family/family-screen.tsx'
import { FirstStart } from '../features/household/first-start.tsx'
import { useMe } from '../features/household/use-member-names.ts'
import { KioskBar } from '../features/kiosk/kiosk-bar.tsx'
import { KioskLauncher } from '../features/kiosk/kiosk-launcher.tsx'
import { KioskTold } from '../features/kiosk/kiosk-start.tsx'
import { ScreenKeyboard } from '../features/kiosk/screen-keyboard.tsx'
import { TurnWarning } from '../features/kiosk/turn-warning.tsx'
import { LedgerScreen } from '../features/ledger/ledger-screen.tsx'
import { LimitsScreen } from '../features/limits/limits-screen.tsx'
import { PreferencesButton } from '../features/preferences/preferences-button.tsx'
import { OpenProfile } from '../features/profiles/open-profile.tsx'
import { StartScreen } from '../features/profiles/start-screen.tsx'
import { NoticeDock } from '../features/purchase/notice-dock.tsx'
import { StatusBanners } from '../features/status/status-banners.tsx'
import { SecurityScreen } from '../features/security/security-screen.tsx'
import { StoreScreen } from '../features/store/store-screen.tsx'
import styles from './app.module.css'
import { BrokenScreen } from './broken-screen.tsx'
import { useHashPath, useHashQuestion } from './hash-location.ts'
import { HistoryArea, useHistoryAtHand } from './lazy-history-area.tsx'
import { MonitoringScreen } from './lazy-monitoring-screen.tsx'
import { Navigation, useScreens } from './navigation.tsx'
import { useFeature } from './stores.ts'

function SkipLink() {
  const skip = (event: MouseEvent) => {
    // The address after `#` belongs to the router.
    event.preventDefault()
    document.getElementById('content')?.focus()
  }
  return <a className={styles.skip} href="#content" onClick={skip}><Trans>Skip to content</Trans></a>
}

function Brand() {
  return (
    <p className={styles.brand}>
      <svg width="26" height="18" viewBox="0 0 26 18" fill="none" stroke="currentColor" strokeWidth="2" aria-hidden>
        <circle cx="9" cy="9" r="7.5" />
        <path d="M14.6 2.6a7.5 7.5 0 1 1 0 12.8" />
      </svg>
      Tuppence
    </p>
  )
}

interface FrameProps {
  readonly status: Status
  /** What leads to other screens, and whose they are. */
  readonly head?: ReactNode
  readonly children: ReactNode
  readonly foot?: ReactNode
}

/** What is around every screen: strip, header, and what is missing. */
function Frame({ status, head, children, foot }: FrameProps) {
  const isKiosk = useIsKiosk()
  return (
    <div className={styles.frame}>
      <SkipLink />
      {status.appearance.sandbox && <SandboxStrip><SandboxLine /></SandboxStrip>}
      <header className={styles.header}>
        <Brand />
        {head ?? <div className={styles.nav} />}
        {isKiosk ? <KioskBar /> : <PreferencesButton status={status} />}
      </header>
      <main id="content" className={styles.content} tabIndex={-1}>
        <StatusBanners status={status} />
        {foot && <SignedOutElsewhere />}
        {isKiosk && <KioskTold />}
        {children}
      </main>
      {foot}
      {isKiosk && <ScreenKeyboard language={status.appearance.language} />}
      {isKiosk && <TurnWarning />}
    </div>
  )
}

function Page({ children }: { children: ReactNode }) {
  return <Router hook={useHashPath} searchHook={useHashQuestion}>{children}</Router>
}

/** The launcher as whoever is in front of it may use it: one screen, and the outcomes of purchases. */
function Screens({ status }: { status: Status }) {
  const me = useMe()
  const screens = useScreens()
  const isKiosk = useIsKiosk()
  const isProfile = me !== null
  useHistoryAtHand()
  useEffect(() => {
    // The tile that had the keyboard has gone: whoever has just opened their profile goes on at the screen.
    if (isProfile && document.activeElement === document.body) document.getElementById('content')?.focus({ preventScroll: true })
  }, [isProfile])
  return (
    <Page>
      <Frame status={status} head={<><Navigation screens={screens} />{me && <OpenProfile person={me} />}{!isKiosk && <AccountEntry />}</>} foot={<NoticeDock />}>
        <div className={styles.screen}>
          <Switch>
            <Route path="/history/*?"><HistoryArea /></Route>
            <Route path="/limits"><LimitsScreen /></Route>
            <Route path="/self-exclusion"><ExclusionScreen /></Route>
            <Route path="/family"><FamilyScreen title={screens.family} /></Route>
            {!isKiosk && <Route path={accountPath}><AccountScreen /></Route>}
            {screens.monitoring && <Route path="/monitoring"><MonitoringScreen /></Route>}
            {screens.ledger && <Route path="/ledger"><LedgerScreen /></Route>}
            {screens.security && <Route path="/security"><SecurityScreen /></Route>}
            <Route><StoreScreen /></Route>
          </Switch>
        </div>
      </Frame>
    </Page>
  )
}

/** Around what a kiosk shows without an open profile. */
function KioskFrame({ status, children }: { status: Status; children: ReactNode }) {
  return <Page><Frame status={status} foot={<NoticeDock />}>{children}</Frame></Page>
}

/** What is to be seen first depends on who uses this computer, and on who of them is there. */
function Launcher({ status }: { status: Status }) {
  const household = useFeature('household', (state) => state.view)
  const load = useFeature('household', (state) => state.load)
  const isKiosk = useIsKiosk()
  if (isKiosk) return <KioskLauncher status={status} Frame={KioskFrame} screens={<Screens status={status} />} />
  switch (household.kind) {
    case 'loading':
      return null
    case 'broken':
      return <BrokenScreen onRetry={() => void load()} />
    case 'unset':
      return <Frame status={status}><FirstStart status={status} systemZone={household.systemZone} /></Frame>
    case 'members':
      return household.open ? <Screens status={status} /> : <Frame status={status}><StartScreen status={status} profiles={household.profiles} /></Frame>
    // Why a household cannot be read is told above the screens, and what needs no ledger is there.
    case 'alone':
    case 'unavailable':
      return <Screens status={status} />
    default:
      return assertNever(household)
  }
}

export function App() {
  const status = useFeature('app', (state) => state.status)
  const isBroken = useFeature('app', (state) => state.isBroken)
  const load = useFeature('app', (state) => state.load)
  if (!status && !isBroken) return null
  const appearance = status?.appearance ?? guessAppearance(navigator.languages)
  return (
    <AppearanceProvider appearance={appearance}>
      <I18nProvider locale={appearance.locale}>{status ? <Launcher status={status} /> : <BrokenScreen onRetry={() => void load()} />}</I18nProvider>
    </AppearanceProvider>
  )
}
