import { Trans, useLingui } from '@lingui/react/macro'
import { useId, useRef } from 'react'
import styles from './confirm.module.css'
import { empty } from './credentials.ts'
import { QrCode } from '../ui/qr-code.tsx'
import { type AskOf, fieldState, FocusedHeading, QuestionLayout, useFieldFocus } from './question-layout.tsx'
import { StepCodeField } from './secret-field.tsx'
import { inFours, readStepCode } from './typed.ts'

/** Scan it, or type it in, and show by a code that it works. */
export function SecondFactorQuestion({ question: { questionId, name, qr, secret }, ...ask }: AskOf<'secondFactor'>) {
  const { t } = useLingui()
  const hintId = useId()
  const field = useRef<HTMLInputElement>(null)
  useFieldFocus(field, ask.hint, false)
  const onTooSoon = () => ask.onHint({ kind: 'tooSoon' })
  const submit = () => {
    const code = readStepCode(field.current?.value ?? '')
    if (code === null) {
      field.current?.focus()
      return ask.onHint({ kind: 'codeMissing' })
    }
    empty(field)
    ask.onAnswer({ kind: 'secondFactor', questionId, code })
  }
  return (
    <QuestionLayout {...ask} about="code" hintId={hintId} confirm={<Trans>Confirm</Trans>} onSubmit={submit}>
      <div className={styles.text}>
        <FocusedHeading><Trans>A second factor for <bdi>{name}</bdi></Trans></FocusedHeading>
        <p><Trans>Scan this with an authenticator app on your phone, then type the code that it shows.</Trans></p>
        <QrCode rows={qr} label={t`QR code for the authenticator. The same can be typed in with the key below.`} />
        <dl className={styles.key}>
          <dt><Trans>Or type in this key</Trans></dt>
          <dd>{inFours(secret)}</dd>
        </dl>
        <StepCodeField
          ref={field}
          label={<Trans>Code of the authenticator, 6 digits</Trans>}
          {...fieldState(ask.hint, hintId)}
          enter={{ isArmed: ask.isArmed, onAnswer: submit, onTooSoon }}
        />
      </div>
    </QuestionLayout>
  )
}
