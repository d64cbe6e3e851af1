import { msg } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
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

function OutcomeText({ outcome, hasMembers }: { outcome: Outcome; hasMembers: boolean }): ReactNode {
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
      return <BlockText blocked={outcome} hasMembers={hasMembers}><Trans>Your limits, and where help is, are in the launcher.</Trans></BlockText>
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
      {text && <div>{text}</div>}
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
      text={<OutcomeText outcome={outcome} hasMembers={challenge.buyer !== undefined} />}
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

const pendingIcon = <Hourglass className={styles.pending} size={32} aria-hidden />

/** What was typed is looked at first, so that nothing is promised yet. */
export function ChargingView({ challenge }: { challenge: Challenge }) {
  const isChecked = challenge.request !== undefined || challenge.stepUp !== undefined
  const text = challenge.request ? (
    <Trans>PIN and code are checked, then it is paid. You will not be charged twice.</Trans>
  ) : challenge.stepUp ? (
    <Trans>The code is checked, then it is paid. You will not be charged twice.</Trans>
  ) : (
    <Trans>You can close this window. The purchase goes on, nothing is lost, and you will not be charged twice.</Trans>
  )
  const title = isChecked ? <Trans>One moment…</Trans> : <Trans>Charging…</Trans>
  return <Message role="status" icon={pendingIcon} title={title} text={text} challenge={challenge} />
}

/** A question was answered, and the next one, or the end, is about to come. */
export function MomentView() {
  return <Message role="status" icon={<Hourglass className={styles.quiet} size={32} aria-hidden />} title={<Trans>One moment…</Trans>} text={null} challenge={null} />
}

const noTitles = {
  denied: msg`You said no.`,
  gone: msg`This can no longer be answered.`,
  brokenOff: msg`We do not know whether your no has arrived.`,
}
const noTexts = {
  denied: msg`Nothing was charged, and the reason can be read in the launcher.`,
  gone: msg`Nothing was charged. It was answered or withdrawn meanwhile, or had waited for too long.`,
  brokenOff: msg`Something went wrong inside Tuppence. Nothing was charged. Look in the launcher whether it still waits.`,
}

/** What became of a guardian's no. */
export function SaidNoView({ challenge, came }: { challenge: Challenge; came: keyof typeof noTitles }) {
  const { t } = useLingui()
  return (
    <Message
      role={came === 'denied' ? 'status' : 'alert'}
      icon={<CircleSlash className={styles.quiet} size={32} aria-hidden />}
      title={t(noTitles[came])}
      text={t(noTexts[came])}
      challenge={challenge}
    />
  )
}

/** The answer was given, and main did not say what became of it. */
export function QuestionBrokenView() {
  const text = <Trans>Something went wrong inside Tuppence. Close this window; the launcher shows what is the case now.</Trans>
  return <Message role="alert" icon={<OutcomeIcon kind="unknown" />} title={<Trans>We do not know whether your answer has arrived.</Trans>} text={text} challenge={null} />
}

/** Main did not give the question. */
export function BrokenView() {
  const text = <Trans>The question could not be shown. Close this window, then try again in the launcher.</Trans>
  return <Message role="alert" icon={<OutcomeIcon kind="cancelled" />} title={<NothingChargedTitle />} text={text} challenge={null} />
}

export function NothingView() {
  const text = <Trans>Nothing was charged. To buy something, press Buy in the store.</Trans>
  return <Message title={<Trans>There is nothing to confirm.</Trans>} text={text} challenge={null} />
}
