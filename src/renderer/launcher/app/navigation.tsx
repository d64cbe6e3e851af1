import { Plural, useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { Link, useLocation } from 'wouter'
import { waitingCount } from '../features/family/family-store.ts'
import { attentionCount } from '../features/monitoring/monitoring-store.ts'
import { useMyRole } from '../features/household/use-member-names.ts'
import { useIsKiosk } from '../../ui/kiosk-context.ts'
import styles from './app.module.css'
import { useFeature } from './stores.ts'

export interface Screens {
  /** What the family's screen is called: minors see no more there than what they have asked for. */
  readonly family: string
  /** The ledger is looked after by whoever is responsible for it. */
  readonly ledger: boolean
  /** How purchases were judged: of whoever is there, and no visitor’s. */
  readonly monitoring: boolean
  /** What is measured of this computer is its owner's affair, and no visitor's. */
  readonly security: boolean
}

/** Which screens the person in front of this one has. */
export function useScreens(): Screens {
  const { t } = useLingui()
  const isKiosk = useIsKiosk()
  const role = useMyRole()
  const isMinor = role === 'teen' || role === 'child'
  return { security: !isKiosk, monitoring: !isKiosk, family: isMinor ? t`Requests` : t`Family`, ledger: !isKiosk && (role === 'guardian' || role === 'alone') }
}

/** A screen may have others below it; all but the store, whose address is the beginning of every other. */
function isWithin(location: string, href: string): boolean {
  return location === href || (href !== '/' && location.startsWith(`${href}/`))
}

function NavLink({ href, children }: { href: string; children: ReactNode }) {
  const [location] = useLocation()
  return <Link className={styles.navLink} href={href} aria-current={isWithin(location, href) ? 'page' : undefined}>{children}</Link>
}

/** How many requests wait for a guardian. */
function WaitingBadge() {
  const role = useMyRole()
  const count = useFeature('family', ({ view }) => waitingCount(view))
  if (role !== 'guardian' || count === 0) return null
  return (
    <>
      <span className={styles.badge} aria-hidden>{count}</span>
      <span className="visually-hidden">, <Plural value={count} one="# request waits" other="# requests wait" /></span>
    </>
  )
}

/** How much wants a look: frozen buying, and what nobody has said anything about. */
function AttentionBadge() {
  const count = useFeature('monitoring', ({ view }) => attentionCount(view))
  if (count === 0) return null
  return (
    <>
      <span className={styles.badge} aria-hidden>{count}</span>
      <span className="visually-hidden">, <Plural value={count} one="# thing wants a look" other="# things want a look" /></span>
    </>
  )
}

export function Navigation({ screens }: { screens: Screens }) {
  const { t } = useLingui()
  return (
    <nav className={styles.nav} aria-label={t`Screens`}>
      <NavLink href="/">{t`Store`}</NavLink>
      <NavLink href="/history">{t`History`}</NavLink>
      <NavLink href="/limits">{t`Limits`}</NavLink>
      <NavLink href="/self-exclusion">{t`Self-exclusion`}</NavLink>
      {screens.monitoring && <NavLink href="/monitoring">{t`Monitoring`}<AttentionBadge /></NavLink>}
      <NavLink href="/family">{screens.family}<WaitingBadge /></NavLink>
      {screens.ledger && <NavLink href="/ledger">{t`Ledger`}</NavLink>}
      {screens.security && <NavLink href="/security">{t`Security`}</NavLink>}
    </nav>
  )
}
