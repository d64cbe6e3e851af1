import { Trans } from '@lingui/react/macro'
import { useId, useState } from 'react'
import styles from './confirm.module.css'
import { type AskOf, FocusedHeading, QuestionLayout } from './question-layout.tsx'

/** Shown once, so that nobody passes them by without saying that they have them. */
export function RecoveryCodesQuestion({ question: { questionId, name, codes }, ...ask }: AskOf<'recoveryCodes'>) {
  const [hintId, boxId] = [useId(), useId()]
  const [isNoted, setNoted] = useState(false)
  const submit = () => (isNoted ? ask.onAnswer({ kind: 'recoveryCodes', questionId }) : ask.onHint({ kind: 'codesNotNoted' }))
  const box = (
    <div className={styles.question}>
      <input id={boxId} type="checkbox" checked={isNoted} onChange={({ target }) => setNoted(target.checked)} />
      <label htmlFor={boxId}><Trans>I have written them down</Trans></label>
    </div>
  )
  return (
    <QuestionLayout {...ask} above={box} about="code" hintId={hintId} confirm={<Trans>Done</Trans>} isOpen={!isNoted} onSubmit={submit}>
      <div className={styles.text}>
        <FocusedHeading><Trans>Recovery codes of <bdi>{name}</bdi></Trans></FocusedHeading>
        <p><Trans>For when the phone is not at hand: each works once, in the place of the code. They are shown only now. Keep them where others do not look.</Trans></p>
        <ol className={styles.codes}>
          {codes.map((code) => <li key={code}>{code}</li>)}
        </ol>
      </div>
    </QuestionLayout>
  )
}
