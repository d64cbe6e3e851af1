import { useLingui } from '@lingui/react/macro'
import { lazy, Suspense } from 'react'
import { Link, Route, Switch, useLocation } from 'wouter'
import { HistoryScreen } from '../features/history/history-screen.tsx'
import { ImportScreen } from '../features/imports/import-screen.tsx'
import { PurchaseScreen } from '../features/purchase-detail/purchase-screen.tsx'
import { StatementsScreen } from '../features/statements/statements-screen.tsx'
import { useIsKiosk } from '../../ui/kiosk-context.ts'
import styles from './history-area.module.css'

/** With what draws charts, which nobody needs before. */
const InsightScreen = lazy(async () => ({ default: (await import('../features/insight/insight-screen.tsx')).InsightScreen }))

/** All that can be looked at and taken away of what was bought. */
export function HistoryArea() {
  const { t } = useLingui()
  const [location] = useLocation()
  const isKiosk = useIsKiosk()
  const tabs = [
    { href: '/history', name: t`Purchases`, isHere: location === '/history' || location.startsWith('/history/purchase/') },
    { href: '/history/insight', name: t`Insight`, isHere: location === '/history/insight' },
    { href: '/history/statements', name: t`Statements`, isHere: location === '/history/statements' },
    // It begins with a box of the system.
    ...(isKiosk ? [] : [{ href: '/history/import', name: t`Import`, isHere: location === '/history/import' }]),
  ]
  return (
    <>
      <nav className={styles.tabs} aria-label={t`History`}>
        {tabs.map(({ href, name, isHere }) => (
          <Link key={href} className={styles.tab} href={href} aria-current={isHere ? 'page' : undefined}>{name}</Link>
        ))}
      </nav>
      <Switch>
        <Route path="/history/insight"><Suspense><InsightScreen /></Suspense></Route>
        <Route path="/history/statements"><StatementsScreen /></Route>
        {!isKiosk && <Route path="/history/import"><ImportScreen /></Route>}
        <Route path="/history/purchase/:purchaseId">{({ purchaseId }) => <PurchaseScreen key={purchaseId} purchaseId={purchaseId} />}</Route>
        <Route><HistoryScreen /></Route>
      </Switch>
    </>
  )
}
