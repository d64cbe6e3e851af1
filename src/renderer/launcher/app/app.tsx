import { Trans, useLingui } from '@lingui/react/macro'
import type { MouseEvent } from 'react'
import { I18nProvider } from 'react-aria-components/I18nProvider'
import { Link, Route, Router, Switch } from 'wouter'
import { useHashLocation } from 'wouter/use-hash-location'
import type { Status } from '../../../contract/ipc/status.ts'
import { AppearanceProvider } from '../../i18n/appearance.tsx'
import { guessAppearance } from '../../i18n/guess-appearance.ts'
import { SandboxStrip } from '../../ui/sandbox-strip.tsx'
import { ExclusionScreen } from '../features/exclusion/exclusion-screen.tsx'
import { HistoryScreen } from '../features/history/history-screen.tsx'
import { LedgerScreen } from '../features/ledger/ledger-screen.tsx'
import { LimitsScreen } from '../features/limits/limits-screen.tsx'
import { PreferencesButton } from '../features/preferences/preferences-button.tsx'
import { NoticeDock } from '../features/purchase/notice-dock.tsx'
import { StatusBanners } from '../features/status/status-banners.tsx'
import { StoreScreen } from '../features/store/store-screen.tsx'
import styles from './app.module.css'
import { BrokenScreen } from './broken-screen.tsx'
import { useFeature } from './stores.ts'

function SkipLink() {
  const skip = (event: MouseEvent) => {
    // The address after `#` belongs to the router.
    event.preventDefault()
    document.getElementById('content')?.focus()
  }
  return <a className={styles.skip} href="#content" onClick={skip}><Trans>Skip to content</Trans></a>
}

function NavLink({ href, children }: { href: string; children: string }) {
  const [location] = useHashLocation()
  return <Link className={styles.navLink} href={href} aria-current={location === href ? 'page' : undefined}>{children}</Link>
}

function Header({ status }: { status: Status }) {
  const { t } = useLingui()
  return (
    <header className={styles.header}>
      <p className={styles.brand}>
        <svg width="26" height="18" viewBox="0 0 26 18" fill="none" stroke="currentColor" strokeWidth="2" aria-hidden>
          <circle cx="9" cy="9" r="7.5" />
          <path d="M14.6 2.6a7.5 7.5 0 1 1 0 12.8" />
        </svg>
        Tuppence
      </p>
      <nav className={styles.nav} aria-label={t`Screens`}>
        <NavLink href="/">{t`Store`}</NavLink>
        <NavLink href="/history">{t`History`}</NavLink>
        <NavLink href="/limits">{t`Limits`}</NavLink>
        <NavLink href="/self-exclusion">{t`Self-exclusion`}</NavLink>
        <NavLink href="/ledger">{t`Ledger`}</NavLink>
      </nav>
      <PreferencesButton status={status} />
    </header>
  )
}

/** The launcher's frame: strip, header, what is missing, one screen, and the outcomes of purchases. */
function Frame({ status }: { status: Status }) {
  return (
    <Router hook={useHashLocation}>
      <div className={styles.frame}>
        <SkipLink />
        {status.appearance.sandbox && <SandboxStrip />}
        <Header status={status} />
        <main id="content" className={styles.content} tabIndex={-1}>
          <StatusBanners status={status} />
          <div className={styles.screen}>
            <Switch>
              <Route path="/history"><HistoryScreen /></Route>
              <Route path="/limits"><LimitsScreen /></Route>
              <Route path="/self-exclusion"><ExclusionScreen /></Route>
              <Route path="/ledger"><LedgerScreen /></Route>
              <Route><StoreScreen /></Route>
            </Switch>
          </div>
        </main>
        <NoticeDock />
      </div>
    </Router>
  )
}

export function App() {
  const status = useFeature('app', (state) => state.status)
  const isBroken = useFeature('app', (state) => state.isBroken)
  if (!status && !isBroken) return null
  const appearance = status?.appearance ?? guessAppearance(navigator.languages)
  return (
    <AppearanceProvider appearance={appearance}>
      <I18nProvider locale={appearance.locale}>{status ? <Frame status={status} /> : <BrokenScreen />}</I18nProvider>
    </AppearanceProvider>
  )
}
