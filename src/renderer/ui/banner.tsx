import CircleCheck from 'lucide-react/icons/circle-check'
import CircleHelp from 'lucide-react/icons/circle-question-mark'
import CircleSlash from 'lucide-react/icons/circle-slash'
import TriangleAlert from 'lucide-react/icons/triangle-alert'
import type { ReactNode } from 'react'
import styles from './banner.module.css'

const icons = { good: CircleCheck, open: CircleHelp, bad: TriangleAlert, quiet: CircleSlash }

interface BannerProps {
  readonly tone: keyof typeof icons
  readonly title: ReactNode
  readonly children?: ReactNode
  readonly actions?: ReactNode
  /** The button that takes the message away; it keeps the upper corner. */
  readonly dismiss?: ReactNode
}

/** One message: what is the case, more about it, and what can be done. Colour only repeats what icon and words say. */
export function Banner({ tone, title, children, actions, dismiss }: BannerProps) {
  const Icon = icons[tone]
  return (
    <div className={`${styles.banner} ${styles[tone]}`}>
      <Icon className={styles.icon} size={20} aria-hidden />
      <div className={styles.words}>
        <p className={styles.title}>{title}</p>
        {children}
      </div>
      {actions && <div className={styles.actions}>{actions}</div>}
      {dismiss && <div className={styles.dismiss}>{dismiss}</div>}
    </div>
  )
}
