import { Trans, useLingui } from '@lingui/react/macro'
import CircleCheck from 'lucide-react/icons/circle-check'
import Hourglass from 'lucide-react/icons/hourglass'
import type { ReactNode } from 'react'
import { useFormat } from '../../../i18n/format-context.ts'
import { Button } from '../../../ui/button.tsx'
import { useFeature } from '../../app/stores.ts'
import styles from './change-review.module.css'
import { controlsRefusalWords } from './control-words.ts'
import type { Draft } from './limits-store.ts'
import { Pause, usePause } from './pause.tsx'

function Effect({ draft: { effect, actsAtMs } }: { draft: Draft }) {
  const format = useFormat()
  switch (effect) {
    case 'none':
      return <p className={styles.effect}><Trans>It is like that already.</Trans></p>
    case 'tighter':
      return <p className={styles.effect}><CircleCheck size={18} aria-hidden /><span><Trans>This acts at once.</Trans></span></p>
    case 'looser': {
      const earliest = format.moment(new Date(actsAtMs).toISOString())
      return (
        <p className={styles.effect}>
          <Hourglass size={18} aria-hidden />
          <span><Trans>This may give you more room to spend, so it acts on <strong>{earliest}</strong> at the earliest, after a second yes.</Trans></span>
        </p>
      )
    }
    case null:
      return null
  }
}

interface ChangeReviewProps {
  /** What the button says where the change acts at once. */
  readonly action: ReactNode
  readonly onCancel?: (() => void) | undefined
}

/** What the change would do, said before anything is asked for, and the buttons of the form that asks for it. */
export function ChangeReview({ action, onCancel }: ChangeReviewProps) {
  const draft = useFeature('limits', (state) => state.draft)
  const isAsking = useFeature('limits', (state) => state.task === 'change')
  const isLooser = draft?.effect === 'looser'
  const leftMs = usePause(isLooser ? draft.askableAtMs : 0)
  return (
    <div className={styles.review}>
      <div aria-live="polite" className={styles.effects}>{draft && <Effect draft={draft} />}</div>
      {isLooser && <Pause leftMs={leftMs} />}
      <div className={styles.actions}>
        <Button type="submit" isPending={isAsking} isDisabled={draft?.effect === 'none' || (isLooser && leftMs > 0)}>
          {isLooser ? <Trans>Ask for it…</Trans> : action}
        </Button>
        {onCancel && <Button look="quiet" onPress={onCancel}><Trans>Cancel</Trans></Button>}
      </div>
      <ChangeResult />
    </div>
  )
}

/** What came of asking, where that is not seen from the form going away. */
function ChangeResult() {
  const { t } = useLingui()
  const told = useFeature('limits', (state) => state.told)
  return (
    <div role="status" className={styles.effects}>
      {told?.kind === 'declined' && <p><Trans>You said no. Nothing was changed.</Trans></p>}
      {told?.kind === 'broken' && <p><Trans>Something in Tuppence itself went wrong. Look at the list before you ask again.</Trans></p>}
      {told?.kind === 'refused' && <p>{t(controlsRefusalWords[told.reason].what)} {t(controlsRefusalWords[told.reason].next)}</p>}
    </div>
  )
}
