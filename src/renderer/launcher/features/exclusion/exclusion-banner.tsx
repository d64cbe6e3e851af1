import { Trans } from '@lingui/react/macro'
import { Link } from 'wouter'
import { Banner } from '../../../ui/banner.tsx'
import { useFeature } from '../../app/stores.ts'
import styles from '../limits/limits-screen.module.css'
import { ExclusionTitle } from './exclusion-title.tsx'

/** In the store of a person who has excluded themselves: that it can be looked at, and no more. */
export function ExclusionBanner() {
  const view = useFeature('controls', (state) => state.view)
  if (view.kind !== 'ok' || view.exclusion.kind === 'none') return null
  return (
    <div className={styles.above}>
      <Banner tone="quiet" title={<ExclusionTitle exclusion={view.exclusion} />}>
        <p><Trans>The store can be looked at.</Trans> <Link className={styles.link} href="/self-exclusion"><Trans>More about it, and where help is</Trans></Link></p>
      </Banner>
    </div>
  )
}
