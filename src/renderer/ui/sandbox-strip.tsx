import { Trans, useLingui } from '@lingui/react/macro'
import FlaskConical from 'lucide-react/icons/flask-conical'
import type { ReactNode } from 'react'
import styles from './sandbox-strip.module.css'

/** Heads every screen of a sandbox build, so that nobody takes play money for real or the other way round. */
export function SandboxStrip({ children }: { children?: ReactNode }) {
  const { t } = useLingui()
  return (
    <aside className={styles.strip} aria-label={t`Sandbox`}>
      <FlaskConical size={16} aria-hidden />
      <p><Trans>Sandbox: no real money moves</Trans></p>
      {children}
    </aside>
  )
}
