import { Trans } from '@lingui/react/macro'
import CircleCheck from 'lucide-react/icons/circle-check'
import CircleSlash from 'lucide-react/icons/circle-slash'
import Hourglass from 'lucide-react/icons/hourglass'
import type { ReactNode } from 'react'
import { useFormat } from '../../../i18n/format-context.ts'
import { Button } from '../../../ui/button.tsx'
import { useFeature } from '../../app/stores.ts'
import { useIsHeldBack, useMe } from '../household/use-member-names.ts'
import styles from './change-review.module.css'
import type { Draft } from './limits-store.ts'
import { Pause, usePause } from './pause.tsx'
import { WhatCame } from './what-came.tsx'
import { useWhose } from './whose.ts'

function Looser({ actsAt }: Pick<Draft, 'actsAt'>) {
  const format = useFormat()
  // A guardian's change may be about somebody else.
  const isMember = useMe() !== null
  const earliest = actsAt && format.moment(actsAt)
  return (
    <p className={styles.effect}>
      <Hourglass size={18} aria-hidden />
      <span>
        {isMember
          ? <Trans>This may give more room to spend, so it acts on <strong>{earliest}</strong> at the earliest, after a second yes.</Trans>
          : <Trans>This may give you more room to spend, so it acts on <strong>{earliest}</strong> at the earliest, after a second yes.</Trans>}
      </span>
    </p>
  )
}

function NotLooser() {
  const isHeldBack = useIsHeldBack()
  return (
    <p className={styles.effect}>
      <CircleSlash size={18} aria-hidden />
      <span>
        {isHeldBack
          ? <Trans>You are excluded from buying. Until that is over you can make things stricter, not less strict.</Trans>
          : <Trans>You can be stricter with yourself, not less strict. Ask a guardian to change this.</Trans>}
      </span>
    </p>
  )
}

function Effect({ draft: { effect, actsAt } }: { draft: Draft }) {
  const { may } = useWhose()
  switch (effect) {
    case 'none':
      return <p className={styles.effect}><Trans>It is like that already.</Trans></p>
    case 'tighter':
      return <p className={styles.effect}><CircleCheck size={18} aria-hidden /><span><Trans>This acts at once.</Trans></span></p>
    case 'looser':
      return may === 'tighten' ? <NotLooser /> : <Looser actsAt={actsAt} />
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
  const { may } = useWhose()
  const draft = useFeature('limits', (state) => state.draft)
  const isAsking = useFeature('limits', (state) => state.task === 'change')
  const told = useFeature('limits', (state) => state.told)
  const isLooser = draft?.effect === 'looser'
  const isForbidden = isLooser && may !== 'all'
  const leftMs = usePause(isLooser ? draft.askableAtMs : 0)
  return (
    <div className={styles.review}>
      <div aria-live="polite" className={styles.effects}>{draft && <Effect draft={draft} />}</div>
      {isLooser && !isForbidden && <Pause leftMs={leftMs} />}
      <div className={styles.actions}>
        <Button type="submit" isPending={isAsking} isDisabled={draft?.effect === 'none' || isForbidden || (isLooser && leftMs > 0)}>
          {isLooser && !isForbidden ? <Trans>Ask for it…</Trans> : action}
        </Button>
        {onCancel && <Button look="quiet" onPress={onCancel}><Trans>Cancel</Trans></Button>}
      </div>
      <WhatCame told={told} className={styles.effects} isFailureOnly />
    </div>
  )
}
