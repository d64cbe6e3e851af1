import { Trans } from '@lingui/react/macro'
import { useDeferredValue } from 'react'
import { assertNever } from '../assert-never.ts'
import { useFormat } from '../i18n/format-context.ts'
import type { Hint } from './confirm-state.ts'
import styles from './confirm.module.css'
import { minuteAfter } from './typed.ts'

/** What the answer would have done, which the hint says did not happen; and what was to be typed for it. */
export type HintAbout = 'payment' | 'denial' | 'pin' | 'pinAndCode' | 'code' | 'stepUp'

interface PressHintProps {
  /** Fields say by it what is wrong with them. */
  readonly id: string
  readonly hint: Hint | null
  readonly about: HintAbout
}

/**
 * Says that a press did not count. The line grows upwards from the buttons, which stay where they are. It is filled only
 * after it is there: only then do screen readers speak it.
 */
export function PressHint({ id, hint, about }: PressHintProps) {
  const shown = useDeferredValue(hint, null)
  return (
    <p id={id} className={`${styles.hint} ${shown && (isAboutTyped(shown) || isAboutStepUp(shown)) ? styles.bad : ''}`} role="status">
      {shown && <HintText hint={shown} about={about} />}
    </p>
  )
}

/** Whether the hint is about what was typed, so that the fields are marked. */
export function isAboutTyped({ kind }: Hint): boolean {
  return kind === 'wrong' || kind === 'wait' || kind === 'pinsDiffer' || kind === 'tooEasy'
}

/** Whether the hint is about the account's second factor beside something else that is typed. */
export function isAboutStepUp({ kind }: Hint): boolean {
  return kind === 'stepUpWrong' || kind === 'stepUpWait'
}

function HintText({ hint, about }: { hint: Hint; about: HintAbout }) {
  switch (hint.kind) {
    case 'tooSoon':
      return about === 'payment' ? (
        <Trans>This window had just opened or moved. Nothing was paid – press Pay again.</Trans>
      ) : (
        <Trans>This window had just opened or moved, so that did not count – press again.</Trans>
      )
    case 'reflecting':
      return <Trans>Nothing was paid. Read the note above first; Pay can be pressed in a moment.</Trans>
    case 'limitNotKnown':
      return <Trans>Nothing was paid – tick the box above first, then press Pay.</Trans>
    case 'wrong':
      return <><WrongText about={about} /><NextTry {...hint} /></>
    case 'wait':
      return <><TooEarlyText about={about} /><NextTry {...hint} /></>
    case 'stepUpWrong':
      return <><Trans>The code of your account is wrong. Nothing was paid.</Trans><NextTry {...hint} /></>
    case 'stepUpWait':
      return <><TooEarlyText about="payment" /><NextTry {...hint} /></>
    case 'stepUpCodeMissing':
      return about === 'payment' ? <Trans>Nothing was paid – type the code of your account first, then press Pay.</Trans> : <Trans>Type the code of your account first.</Trans>
    case 'stepUpUnavailable':
      return <Trans>The code could not be checked, because the gateway or the keychain did not answer. Nothing was paid – try again.</Trans>
    case 'pinMissing':
      return <Trans>Type the PIN first: it has 4 to 12 digits.</Trans>
    case 'codeMissing':
      return about === 'code' ? <Trans>Type the 6 digits first.</Trans> : <Trans>Type the code first: 6 digits, or a recovery code.</Trans>
    case 'pinsDiffer':
      return <Trans>The two PINs are not the same. Type both again.</Trans>
    case 'reasonMissing':
      return <Trans>Choose a reason first.</Trans>
    case 'cardNumber':
      return <Trans>There is the number of a card in your word, which is never kept. Take it out first.</Trans>
    case 'codesNotNoted':
      return <Trans>Tick the box above first, once the codes are written down.</Trans>
    case 'tooEasy':
      return <Trans>This PIN is one of those that others try first. Choose another one.</Trans>
    case 'unavailable':
      return <Trans>This cannot be checked now, because the keychain, the ledger or the gateway cannot be used. Nothing was changed.</Trans>
    case 'checking':
      return <Trans>Checking…</Trans>
    default:
      return assertNever(hint)
  }
}

function WrongText({ about }: { about: HintAbout }) {
  switch (about) {
    case 'payment':
      return <Trans>PIN or code is wrong. Nothing was paid.</Trans>
    case 'denial':
      return <Trans>The PIN is wrong. Nothing was answered.</Trans>
    case 'pin':
      return <Trans>The PIN is wrong.</Trans>
    case 'pinAndCode':
      return <Trans>PIN or code is wrong. Nothing was changed.</Trans>
    case 'code':
      return <Trans>That code does not fit. Type the one that the authenticator shows now; if none fits, set the clock of the phone right.</Trans>
    case 'stepUp':
      return <Trans>The code of your account is wrong. Nothing was changed.</Trans>
    default:
      return assertNever(about)
  }
}

function TooEarlyText({ about }: { about: HintAbout }) {
  if (about === 'payment') return <Trans>It is too early for another try. Nothing was paid.</Trans>
  return <Trans>It is too early for another try.</Trans>
}

/** A clock time rather than a countdown, which would only press people. */
function NextTry({ atMs, waitMs }: { atMs: number; waitMs: number }) {
  const format = useFormat()
  if (waitMs === 0) return null
  const from = minuteAfter(atMs + waitMs)
  const isToday = from.toDateString() === new Date(atMs).toDateString()
  const time = isToday ? format.timeOfDay(from.getHours() * 60 + from.getMinutes()) : format.moment(from.toISOString())
  return <>{' '}<Trans>No try counts before <strong>{time}</strong>.</Trans></>
}
