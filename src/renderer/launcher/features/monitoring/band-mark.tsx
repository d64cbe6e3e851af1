import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import BellRing from 'lucide-react/icons/bell-ring'
import Check from 'lucide-react/icons/check'
import Hourglass from 'lucide-react/icons/hourglass'
import MessageSquare from 'lucide-react/icons/message-square'
import type { Band } from '../../../../contract/ipc/risk.ts'
import styles from './monitoring-screen.module.css'

/** What followed from a score. */
const bandLabels: Record<Band, MessageDescriptor> = {
  nothing: msg`Nothing unusual`,
  note: msg`Note in the confirm window`,
  pause: msg`Pause before paying`,
  alert: msg`Pause, and guardians were told`,
}
/** The same where there is nobody to tell. */
const aloneWords: Record<Band, MessageDescriptor> = { ...bandLabels, alert: msg`Pause, clearly unusual` }

const icons: Record<Band, typeof Check> = { nothing: Check, note: MessageSquare, pause: Hourglass, alert: BellRing }

export function BandMark({ band, isAlone }: { band: Band; isAlone: boolean }) {
  const { t } = useLingui()
  const Icon = icons[band]
  return (
    <span className={`${styles.band} ${styles[band]}`}>
      <Icon size={16} aria-hidden />
      {t((isAlone ? aloneWords : bandLabels)[band])}
    </span>
  )
}
