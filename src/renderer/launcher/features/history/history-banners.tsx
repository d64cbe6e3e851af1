import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Banner } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { percentOf, Progress } from '../../../ui/progress.tsx'
import { useFeature } from '../../app/stores.ts'
import styles from './history-screen.module.css'

export function OpenBanner({ count }: { count: number }) {
  const settle = useFeature('purchase', (state) => state.settle)
  const isSettling = useFeature('purchase', (state) => state.isSettling)
  return (
    <Banner
      tone="open"
      title={<Plural value={count} one="# purchase is being checked." other="# purchases are being checked." />}
      actions={
        <Button isPending={isSettling} onPress={() => void settle()}>
          {isSettling ? <Trans>Checking…</Trans> : <Trans>Check now</Trans>}
        </Button>
      }
    >
      <p>
        <Trans>
          Tuppence does not know yet whether the gateway charged, and keeps asking it about this very purchase.
          You will not be charged twice.
        </Trans>
      </p>
    </Banner>
  )
}

export function UnverifiedBanner() {
  return (
    <Banner tone="bad" title={<Trans>This history could not be checked.</Trans>}>
      <p><Trans>It is shown as it is on the disk. Compare it with your bank statement before you rely on it.</Trans></p>
    </Banner>
  )
}

/** The history is there, but has to be put in order before it can be searched. */
export function Building({ done, total }: { done: number; total: number }) {
  const { t } = useLingui()
  const percent = percentOf({ done, total })
  return (
    <Banner tone="quiet" title={<Trans>Your history is being put in order: {percent}%</Trans>}>
      <p><Trans>This happens once, after a long time or a repair. You can buy meanwhile.</Trans></p>
      <div className={styles.progress}><Progress label={t`Putting your history in order`} percent={percent} /></div>
    </Banner>
  )
}

export function Unavailable() {
  return (
    <Banner tone="bad" title={<Trans>Your history cannot be shown.</Trans>}>
      <p><Trans>Tuppence cannot read your ledger, the record of your purchases. Nothing was deleted. The notice above says what is wrong.</Trans></p>
    </Banner>
  )
}

export function Locked() {
  return (
    <Banner tone="quiet" title={<Trans>No profile is open.</Trans>}>
      <p><Trans>Open yours to see what you bought.</Trans></p>
    </Banner>
  )
}
