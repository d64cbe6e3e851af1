import { Trans } from '@lingui/react/macro'
import ArrowLeft from 'lucide-react/icons/arrow-left'
import type { MouseEvent } from 'react'
import { listBefore } from './list-before.ts'
import styles from './purchase-detail.module.css'

/** Back to the list as it was left: its filter is in its address, and going back keeps also how far it was scrolled. */
export function BackLink() {
  const before = listBefore(window.navigation)
  const goBack = (event: MouseEvent) => {
    if (!before.isPrevious || event.metaKey || event.ctrlKey) return
    event.preventDefault()
    history.back()
  }
  return (
    <a className={styles.back} href={before.hash} onClick={goBack}>
      <ArrowLeft size={16} aria-hidden />
      <Trans>All purchases</Trans>
    </a>
  )
}
