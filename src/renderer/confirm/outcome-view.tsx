import { Trans } from '@lingui/react/macro'
import CircleCheck from 'lucide-react/icons/circle-check'
import CircleHelp from 'lucide-react/icons/circle-question-mark'
import CircleSlash from 'lucide-react/icons/circle-slash'
import Hourglass from 'lucide-react/icons/hourglass'
import { useEffect, useRef, type ReactNode } from 'react'
import type { Challenge } from '../../contract/ipc/confirm.ts'
import type { Outcome } from '../../contract/ipc/outcome.ts'
import { assertNever } from '../assert-never.ts'
import { useFormat } from '../i18n/format-context.ts'
import { BlockText } from '../words/block-words.tsx'
import { declineWords } from '../words/decline-words.ts'
import { ExplanationText, NothingChargedTitle, PaidTitle, UnknownText, UnknownTitle } from '../words/outcome-words.tsx'
import { refusalWords } from '../words/refusal-words.ts'
import styles from './confirm.module.css'

function OutcomeTitle({ outcome }: { outcome: Outcome }) {
  switch (outcome.kind) {
    case 'succeeded':
      return <PaidTitle price={outcome.price} payee={outcome.payee} />
    case 'unknown':
      return <UnknownTitle price={outcome.price} />
    case 'declined':
    case 'refused':
    case 'blocked':
    case 'cancelled':
      return <NothingChargedTitle />
    default:
      return assertNever(outcome)
  }
}

function OutcomeText({ outcome }: { outcome: Outcome }): ReactNode {
  switch (outcome.kind) {
    case 'succeeded':
      return <Trans>Receipt {outcome.receiptNumber}</Trans>
    case 'unknown':
      return <UnknownText />
    case 'declined':
      return <ExplanationText explanation={declineWords[outcome.reason]} />
    case 'refused':
      return <ExplanationText explanation={refusalWords[outcome.reason]} />
    case 'blocked':
      return <BlockText blocked={outcome}><Trans>Your limits, and where help is, are in the launcher.</Trans></BlockText>
    case 'cancelled':
      return null
    default:
      return assertNever(outcome)
  }
}

function OutcomeIcon({ kind }: { kind: Outcome['kind'] }) {
  if (kind === 'succeeded') return <CircleCheck className={styles.good} size={32} aria-hidden />
  if (kind === 'unknown') return <CircleHelp className={styles.open} size={32} aria-hidden />
  return <CircleSlash className={kind === 'blocked' ? styles.quiet : styles.bad} size={32} aria-hidden />
}

interface MessageProps {
  readonly icon?: ReactNode
  readonly title: ReactNode
  readonly text: ReactNode
  /** Null where there never was a question. */
  readonly challenge: Challenge | null
  readonly role?: 'alert' | 'status'
}

/** One plain message instead of the question. Its heading takes the focus that the pay button had. */
function Message({ icon, title, text, challenge, role }: MessageProps) {
  const format = useFormat()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <section className={styles.message} role={role}>
      {icon}
      <h1 className={styles.name} ref={heading} tabIndex={-1}>{title}</h1>
      <div>{text}</div>
      {challenge && (
        <p className={styles.detail}>
          <bdi>{challenge.item}</bdi> · <bdi>{challenge.payee}</bdi> · {format.money(challenge.price)}
        </p>
      )}
    </section>
  )
}

/** What became of the money, then why, then what to do. */
export function OutcomeView({ outcome, challenge }: { outcome: Outcome; challenge: Challenge }) {
  return (
    <Message
      role={outcome.kind === 'succeeded' ? 'status' : 'alert'}
      icon={<OutcomeIcon kind={outcome.kind} />}
      title={<OutcomeTitle outcome={outcome} />}
      text={<OutcomeText outcome={outcome} />}
      challenge={challenge}
    />
  )
}

/** The answer was given, and main did not say what became of it. */
export function BrokenOffView({ challenge }: { challenge: Challenge }) {
  const text = (
    <Trans>
      Something went wrong inside Tuppence. You will not be charged twice: if the purchase was sent, your history shows
      what became of it.
    </Trans>
  )
  const title = <UnknownTitle price={challenge.price} />
  return <Message role="alert" icon={<OutcomeIcon kind="unknown" />} title={title} text={text} challenge={challenge} />
}

export function ChargingView({ challenge }: { challenge: Challenge }) {
  const text = (
    <Trans>You can close this window. The purchase goes on, nothing is lost, and you will not be charged twice.</Trans>
  )
  return <Message role="status" icon={<Hourglass className={styles.pending} size={32} aria-hidden />} title={<Trans>Charging…</Trans>} text={text} challenge={challenge} />
}

/** Main did not give the question. */
export function BrokenView() {
  const text = <Trans>The question could not be shown. Close this window, then press Buy again in the store.</Trans>
  return <Message role="alert" icon={<OutcomeIcon kind="cancelled" />} title={<NothingChargedTitle />} text={text} challenge={null} />
}

export function NothingView() {
  const text = <Trans>Nothing was charged. To buy something, press Buy in the store.</Trans>
  return <Message title={<Trans>There is nothing to confirm.</Trans>} text={text} challenge={null} />
}
