import type { ReactNode } from 'react'
import styles from './confirm.module.css'

interface LayoutProps {
  readonly children: ReactNode
  /** Between the content and the buttons. */
  readonly above?: ReactNode
  /** Stays with the buttons, wherever they are. */
  readonly hint?: ReactNode
  readonly actions: ReactNode
}

export function Layout({ children, above, hint, actions }: LayoutProps) {
  return (
    <>
      <main className={styles.main}>{children}</main>
      {actions && (
        <footer className={styles.foot}>
          {above}
          <div className={styles.answer}>
            {hint}
            <div className={styles.actions}>{actions}</div>
          </div>
        </footer>
      )}
    </>
  )
}
