import { Trans } from '@lingui/react/macro'
import { Link } from 'wouter'
import { assertNever } from '../../../assert-never.ts'
import { useFormat } from '../../../i18n/format-context.ts'
import { Banner } from '../../../ui/banner.tsx'
import { useFeature } from '../../app/stores.ts'
import type { Controls } from '../limits/controls-store.ts'
import styles from '../limits/limits-screen.module.css'

function Title({ exclusion: { kind, until } }: { exclusion: Exclude<Controls['exclusion'], { kind: 'none' }> }) {
  const when = useFormat().dateTime(until)
  switch (kind) {
    case 'running':
      return <Trans>You have excluded yourself from buying until {when}.</Trans>
    case 'ended':
      return <Trans>Your self-exclusion ended on {when}.</Trans>
    case 'coolingOff':
      return <Trans>You can buy again from {when} on.</Trans>
    default:
      return assertNever(kind)
  }
}

/** In the store of a person who has excluded themselves: that it can be looked at, and no more. */
export function ExclusionBanner() {
  const view = useFeature('controls', (state) => state.view)
  if (view.kind !== 'ok' || view.exclusion.kind === 'none') return null
  return (
    <div className={styles.above}>
      <Banner tone="quiet" title={<Title exclusion={view.exclusion} />}>
        <p><Trans>The store can be looked at.</Trans> <Link className={styles.link} href="/self-exclusion"><Trans>More about it, and where help is</Trans></Link></p>
      </Banner>
    </div>
  )
}
