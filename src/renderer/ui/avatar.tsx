import './tints.css'
import styles from './avatar.module.css'
import { tintOf } from './tint.ts'

/** A person's initials in their own tint. Decoration: the name stands beside it. */
export function Avatar({ id, initials, isLarge = false }: { id: string; initials: string; isLarge?: boolean }) {
  return <span className={`${styles.avatar} ${isLarge ? styles.large : ''}`} data-tint={tintOf(id)} aria-hidden>{initials}</span>
}
