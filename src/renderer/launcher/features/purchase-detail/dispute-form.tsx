import { Trans, useLingui } from '@lingui/react/macro'
import { type SyntheticEvent, useEffect, useId, useRef, useState } from 'react'
import { holdsCardNumber } from '../../../../contract/card-number.ts'
import { type DisputeReason, DisputeReasonSchema } from '../../../../contract/dispute.ts'
import { Button } from '../../../ui/button.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { longestNote, readNote } from '../../../words/read-note.ts'
import { useFeature } from '../../app/stores.ts'
import { disputeReasonWords } from './moment-words.tsx'
import styles from './purchase-detail.module.css'

/** Reason and note, and beside them all that will be sent. Main asks once more before it is. */
export function DisputeForm({ purchaseId, onClose }: { purchaseId: string; onClose: () => void }) {
  const { t } = useLingui()
  const id = useId()
  const dispute = useFeature('detail', (state) => state.dispute)
  const isDisputing = useFeature('detail', (state) => state.isDisputing)
  const [reason, setReason] = useState<DisputeReason>('notReceived')
  const [typed, setTyped] = useState('')
  const note = readNote(typed)
  const isAboutCard = note !== null && holdsCardNumber(note)
  const first = useRef<HTMLInputElement>(null)
  useEffect(() => first.current?.focus(), [])
  const noCardNumber = <Trans>There is the number of a card in it, which is never sent. Take it out first.</Trans>
  const send = (event: SyntheticEvent) => {
    event.preventDefault()
    if (!isAboutCard) void dispute({ purchaseId, reason, ...(note !== null && { note }) })
  }
  return (
    <form className={styles.form} onSubmit={send}>
      <fieldset className={styles.reasons}>
        <legend><Trans>What is wrong?</Trans></legend>
        {DisputeReasonSchema.options.map((one) => (
          <label key={one}>
            <input type="radio" name={id} ref={one === reason ? first : undefined} checked={reason === one} onChange={() => setReason(one)} />
            <span>{t(disputeReasonWords[one])}</span>
          </label>
        ))}
      </fieldset>
      <TextField label={t`Note to the gateway, if you like`} value={typed} maxLength={longestNote} error={isAboutCard ? noCardNumber : undefined} onChange={setTyped} />
      <Sent purchaseId={purchaseId} reason={reason} note={isAboutCard ? null : note} />
      <div className={styles.actions}>
        <Button type="submit" look="answer" isPending={isDisputing}>{isDisputing ? <Trans>Sending…</Trans> : <Trans>Send…</Trans>}</Button>
        <Button onPress={onClose} isDisabled={isDisputing}><Trans>Cancel</Trans></Button>
      </div>
    </form>
  )
}

/** P10: nothing but this leaves the computer. */
function Sent({ purchaseId, reason, note }: { purchaseId: string; reason: DisputeReason; note: string | null }) {
  const { t } = useLingui()
  return (
    <div className={styles.sent}>
      <p><Trans>This is sent to the gateway, and nothing else:</Trans></p>
      <dl className={styles.facts}>
        <div><dt><Trans>Number of the purchase</Trans></dt><dd><code>{purchaseId}</code></dd></div>
        <div><dt><Trans>Reason</Trans></dt><dd>{t(disputeReasonWords[reason])}</dd></div>
        {note !== null && <div><dt><Trans>Note</Trans></dt><dd><bdi>{note}</bdi></dd></div>}
      </dl>
      <p><Trans>Nothing is locked by it, and buying goes on. You are asked once more before it is sent.</Trans></p>
    </div>
  )
}
