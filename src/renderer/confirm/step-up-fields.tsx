import { Trans, useLingui } from '@lingui/react/macro'
import CircleCheck from 'lucide-react/icons/circle-check'
import { useDeferredValue, useId, type ReactNode } from 'react'
import type { CodeMethod, CodeWay } from '../../contract/account.ts'
import type { Challenge } from '../../contract/ipc/confirm.ts'
import { assertNever } from '../assert-never.ts'
import { useFormat } from '../i18n/format-context.ts'
import field from '../ui/field.module.css'
import { PlainButton } from '../ui/plain-button.tsx'
import { StepUpReasons } from '../words/step-up-words.tsx'
import type { Hint } from './confirm-state.ts'
import styles from './confirm.module.css'
import { isAboutStepUp } from './hint.tsx'
import { AccountCodeField, type Enter } from './secret-field.tsx'
import stepUpStyles from './step-up.module.css'
import type { Sending } from './step-up-ways.ts'
import { minuteAfter } from './typed.ts'
import type { StepUpInput } from './use-step-up.ts'

interface StepUpFieldsProps {
  readonly stepUp: StepUpInput
  readonly hint: Hint | null
  readonly hintId: string
  /** Never there where money is spent. */
  readonly enter?: Enter
}

/** Why the purchase wants the account's second factor, and how it is given. */
export function PurchaseStepUp({ challenge, ...fields }: StepUpFieldsProps & { challenge: Challenge }) {
  const { t } = useLingui()
  if (!challenge.stepUp) return null
  return (
    <section className={stepUpStyles.stepUp} aria-label={t`Second factor of your account`}>
      <p className={stepUpStyles.reasons}>
        {/* Beside a guardian's own code it has to be plain whose this is. */}
        {challenge.request && <><strong><Trans>The account asks as well:</Trans></strong>{' '}</>}
        <StepUpReasons stepUp={challenge.stepUp} payee={challenge.payee} />
      </p>
      <StepUpFields {...fields} />
    </section>
  )
}

/** By which way, the code, and whether one was sent. */
export function StepUpFields({ stepUp, hint, hintId, enter }: StepUpFieldsProps) {
  const { ways, way, isGiven, sending, send, field: codeField, onTyped } = stepUp
  if (isGiven) return <p className={stepUpStyles.given} role="status"><CircleCheck size={18} aria-hidden /><Trans>The second factor of your account is given.</Trans></p>
  const isChecking = hint?.kind === 'checking'
  return (
    <>
      <div className={styles.fields}>
        {ways.length > 1 && <WayChoice {...stepUp} isReadOnly={isChecking} />}
        <AccountCodeField
          key={way.method}
          ref={codeField}
          label={<CodeLabel way={way} isAlone={ways.length === 1} />}
          isRecovery={way.method === 'recovery'}
          onTyped={onTyped}
          isWrong={hint !== null && isAboutStepUp(hint)}
          isReadOnly={isChecking}
          describedBy={hintId}
          enter={enter}
        />
      </div>
      {(way.method === 'sms' || way.method === 'email') && <SendCode way={way} sending={sending} onSend={send} isReadOnly={isChecking} />}
    </>
  )
}

function WayChoice({ ways, way, choose, isReadOnly }: StepUpInput & { isReadOnly: boolean }) {
  const id = useId()
  const { t } = useLingui()
  const names: Record<CodeMethod, string> = {
    totp: t`Authenticator app`,
    sms: t`Text message`,
    email: t`E-mail`,
    recovery: t`Recovery code`,
  }
  return (
    <div className={styles.field}>
      <label htmlFor={id}><Trans>Second factor</Trans></label>
      <select id={id} className={field.input} value={way.method} disabled={isReadOnly} onChange={({ target }) => choose(target.value as CodeMethod)}>
        {ways.map(({ method }) => (
          <option key={method} value={method}>{names[method]}</option>
        ))}
      </select>
    </div>
  )
}

/** Beside a choice of the way it is clear which code is meant. */
function CodeLabel({ way, isAlone }: { way: CodeWay; isAlone: boolean }): ReactNode {
  switch (way.method) {
    case 'totp':
      return isAlone ? <Trans>Code of your authenticator app</Trans> : <Trans>Its code, 6 digits</Trans>
    case 'sms':
    case 'email':
      return isAlone ? <Trans>Code that was sent to you</Trans> : <Trans>Its code, 6 digits</Trans>
    case 'recovery':
      return isAlone ? <Trans>Recovery code</Trans> : <Trans>10 letters and digits</Trans>
    default:
      return assertNever(way.method)
  }
}

interface SendCodeProps {
  readonly way: CodeWay
  readonly sending: Sending
  readonly onSend: () => void
  readonly isReadOnly: boolean
}

function SendCode({ way, sending, onSend, isReadOnly }: SendCodeProps) {
  // Filled only after it is there: only then do screen readers speak it.
  const shown = useDeferredValue(sending, { kind: 'not' } as const)
  return (
    <div className={stepUpStyles.send}>
      <p className={styles.detail} role="status"><SendingText sending={shown} way={way} /></p>
      <PlainButton disabled={isReadOnly || sending.kind === 'sending'} onClick={onSend}>
        {sending.kind === 'not' || sending.kind === 'unavailable' ? <Trans>Send code</Trans> : <Trans>Send again</Trans>}
      </PlainButton>
    </div>
  )
}

function SendingText({ sending, way: { destination = '' } }: { sending: Sending; way: CodeWay }) {
  const format = useFormat()
  switch (sending.kind) {
    case 'not':
      return <Trans>To <bdi>{destination}</bdi></Trans>
    case 'sending':
      return <Trans>A code is being sent…</Trans>
    case 'sent':
      return <Trans>A code was sent to <bdi>{destination}</bdi>. It is good for 5 minutes.</Trans>
    case 'sentAgain':
      return <Trans>Another code was sent to <bdi>{destination}</bdi>. It is good for 5 minutes.</Trans>
    case 'unavailable':
      return <Trans>No code could be sent. Check your internet connection, then try again.</Trans>
    case 'wait': {
      const from = minuteAfter(sending.atMs + sending.waitMs)
      const time = format.timeOfDay(from.getHours() * 60 + from.getMinutes())
      return <Trans>Another code can be sent from <strong>{time}</strong> on.</Trans>
    }
    default:
      return assertNever(sending)
  }
}
