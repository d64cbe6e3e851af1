import { ProgressBar } from 'react-aria-components/ProgressBar'
import styles from './progress.module.css'

/** Whole percent that are done, from 0 to 100; 0 where nothing is known yet. */
export function percentOf(progress: { readonly done: number; readonly total: number } | null): number {
  return progress && progress.total > 0 ? Math.min(100, Math.floor((100 * progress.done) / progress.total)) : 0
}

/** How far long work is. The words beside it say what is done. */
export function Progress({ label, percent }: { readonly label: string; readonly percent: number }) {
  return (
    <ProgressBar aria-label={label} value={percent}>
      <div className={styles.track}><div className={styles.fill} style={{ inlineSize: `${percent}%` }} /></div>
    </ProgressBar>
  )
}
