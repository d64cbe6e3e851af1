import { Trans, useLingui } from '@lingui/react/macro'
import { useEffect, useRef, useState } from 'react'
import type { DisputeState } from '../../../../contract/ipc/purchase-detail.ts'
import { assertNever } from '../../../assert-never.ts'
import { useFormat } from '../../../i18n/format-context.ts'
import { Banner } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { useFeature } from '../../app/stores.ts'
import { DisputeForm } from './dispute-form.tsx'
import { DisputeToldText } from './dispute-told.tsx'
import { disputeReasonWords, Quoted } from './moment-words.tsx'
import styles from './purchase-detail.module.css'

/** The way to say that something is wrong with a charge, and how that stands. */
export function DisputeCard({ purchaseId, dispute }: { purchaseId: string; dispute: DisputeState }) {
  const told = useFeature('detail', (state) => state.told)
  const heading = useRef<HTMLHeadingElement>(null)
  const isOpened = told?.kind === 'opened'
  useEffect(() => {
    // The button that had the keyboard has gone with its form.
    if (isOpened) heading.current?.focus()
  }, [isOpened])
  return (
    <section className={styles.card} aria-labelledby="purchase-dispute">
      <h2 id="purchase-dispute" ref={heading} tabIndex={-1}><Trans>Something is wrong with this charge</Trans></h2>
      <State purchaseId={purchaseId} dispute={dispute} onLeft={() => heading.current?.focus()} />
      <div role="status" className={styles.told}>{told && <p><DisputeToldText told={told} /></p>}</div>
    </section>
  )
}

interface StateProps {
  readonly purchaseId: string
  readonly dispute: DisputeState
  /** The form has gone, and with it whatever had the keyboard. */
  readonly onLeft: () => void
}

function State({ purchaseId, dispute, onLeft }: StateProps) {
  switch (dispute.kind) {
    case 'possible':
      return <Possible purchaseId={purchaseId} onLeft={onLeft} />
    case 'open':
      return <Open dispute={dispute} />
    case 'nothingLeft':
      return <p className={styles.quiet}><Trans>All of the money came back.</Trans></p>
    case 'notCharged':
      return <p className={styles.quiet}><Trans>Nothing was charged.</Trans></p>
    default:
      return assertNever(dispute)
  }
}

function Open({ dispute: { openedAt, reason, note } }: { dispute: Extract<DisputeState, { kind: 'open' }> }) {
  const { t } = useLingui()
  const format = useFormat()
  return (
    <Banner tone="open" title={<Trans>The gateway has not decided yet.</Trans>}>
      <p>
        <Trans>It was told on <time dateTime={openedAt}>{format.dateTime(openedAt)}</time>:</Trans> {t(disputeReasonWords[reason])}
        {note !== null && <Quoted note={note} />}
      </p>
      <p><Trans>Its answer will be here. Nothing is locked meanwhile, and buying goes on.</Trans></p>
    </Banner>
  )
}

function Possible({ purchaseId, onLeft }: Pick<StateProps, 'purchaseId' | 'onLeft'>) {
  const [isWriting, setIsWriting] = useState(false)
  const forgetTold = useFeature('detail', (state) => state.forgetTold)
  const close = () => {
    setIsWriting(false)
    onLeft()
  }
  if (isWriting) return <DisputeForm purchaseId={purchaseId} onClose={close} />
  return (
    <>
      <p className={styles.quiet}>
        <Trans>You did not buy it, did not get it, or the amount is wrong? Tell the gateway, which can give the money back. Nothing is locked by that.</Trans>
      </p>
      <div>
        <Button
          onPress={() => {
            forgetTold()
            setIsWriting(true)
          }}
        >
          <Trans>Say what is wrong</Trans>
        </Button>
      </div>
    </>
  )
}
