import { Trans, useLingui } from '@lingui/react/macro'
import { useEffect } from 'react'
import type { Posture } from '../../../../contract/ipc/posture.ts'
import { useFormat } from '../../../i18n/format-context.ts'
import { BrokenScreen } from '../../../ui/broken-screen.tsx'
import { Button } from '../../../ui/button.tsx'
import { useFeature } from '../../app/stores.ts'
import { CardDataCard, DoneCard, MayDoCard } from './done-cards.tsx'
import { KeychainCard } from './keychain-card.tsx'
import { SafeguardsCard } from './safeguards-card.tsx'
import { SaveActions } from './save-actions.tsx'
import styles from './security.module.css'
import { SentCard } from './sent-card.tsx'
import { usePostureWords } from './use-posture-words.ts'

function Headline({ posture }: { posture: Posture }) {
  const { t } = useLingui()
  const format = useFormat()
  const words = usePostureWords()
  const isMeasuring = useFeature('security', (state) => state.isMeasuring)
  const measure = useFeature('security', (state) => state.measure)
  const good = posture.safeguards.filter(({ state }) => state === 'good').length
  const when = format.dateTime(posture.measuredAt)
  return (
    <header className={styles.headline}>
      <div>
        <p className={styles.count} role="status">{words.headline(good, posture.safeguards.length)}</p>
        <p className={styles.when}><time dateTime={posture.measuredAt}><Trans>Measured {when}</Trans></time></p>
      </div>
      <Button isPending={isMeasuring} onPress={() => void measure()}>{isMeasuring ? t`Measuring…` : t`Measure again`}</Button>
    </header>
  )
}

function SecurityContent({ posture }: { posture: Posture }) {
  return (
    <div className={styles.page}>
      <Headline posture={posture} />
      <SafeguardsCard safeguards={posture.safeguards} />
      <div className={styles.columns}>
        <MayDoCard denied={posture.denied} />
        <CardDataCard />
      </div>
      <DoneCard hosts={posture.hosts} files={posture.files} />
      <SentCard lastPurchase={posture.lastPurchase} />
      <KeychainCard secrets={posture.keychain} />
      <SaveActions />
    </div>
  )
}

/** The state of every safeguard, measured when this is opened, and what Tuppence may do and has done. */
export function SecurityScreen() {
  const { t } = useLingui()
  const view = useFeature('security', (state) => state.view)
  const open = useFeature('security', (state) => state.open)
  const measure = useFeature('security', (state) => state.measure)
  useEffect(() => open(), [open])
  return (
    <section aria-label={t`Security`}>
      <h1 className="visually-hidden"><Trans>Security</Trans></h1>
      {view.kind === 'loading' && <p className={styles.loading}><Trans>Measuring…</Trans></p>}
      {view.kind === 'ok' && <SecurityContent posture={view.posture} />}
      {view.kind === 'broken' && <BrokenScreen onRetry={() => void measure()} />}
    </section>
  )
}
