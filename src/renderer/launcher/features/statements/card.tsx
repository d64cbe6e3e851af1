import { type ReactNode, useId } from 'react'
import styles from './statements-screen.module.css'

/** One part of a statement under its own heading. */
export function Card({ title, children }: { title: ReactNode; children: ReactNode }) {
  const id = useId()
  return (
    <section className={styles.card} aria-labelledby={id}>
      <h3 id={id}>{title}</h3>
      {children}
    </section>
  )
}
