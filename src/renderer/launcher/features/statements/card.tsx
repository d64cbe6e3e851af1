import type { ReactNode } from 'react'
import styles from './statements-screen.module.css'

/** One part of a statement under its own heading. Its table is the landmark, so that there are not two of each. */
export function Card({ title, children }: { title: ReactNode; children: ReactNode }) {
  return (
    <div className={styles.card}>
      <h3>{title}</h3>
      {children}
    </div>
  )
}
