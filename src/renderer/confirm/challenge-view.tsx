import { Trans } from '@lingui/react/macro'
import TriangleAlert from 'lucide-react/icons/triangle-alert'
import { useEffect, useRef } from 'react'
import type { Challenge } from '../../contract/ipc/confirm.ts'
import { assertNever } from '../assert-never.ts'
import { useFormat } from '../i18n/format-context.ts'
import { Facts } from '../words/purchase-facts.tsx'
import { shownName } from '../words/shown-name.ts'
import styles from './confirm.module.css'

type Warning = Challenge['warnings'][number]

function WarningText({ warning, isYours }: { warning: Warning; isYours: boolean }) {
  switch (warning) {
    case 'boughtMomentsAgo':
      return isYours ? <Trans>You bought exactly this a few minutes ago.</Trans> : <Trans>Exactly this was bought a few minutes ago.</Trans>
    case 'unusualCharacters':
      return <Trans>Unusual characters in a name, as imitations use them. Do you know this seller?</Trans>
    default:
      return assertNever(warning)
  }
}

/** Anything unusual. It stands right above the buttons, where it cannot be scrolled out of sight. */
export function Warnings({ challenge: { warnings: all, request, risk } }: { challenge: Challenge }) {
  // How often it was bought is said with what looks wrong.
  const isSaid = risk?.reasons.some(({ sign }) => sign.code === 'sameAgain') === true
  const warnings = all.filter((warning) => warning !== 'boughtMomentsAgo' || !isSaid)
  if (warnings.length === 0) return null
  return (
    <ul className={styles.warnings}>
      {warnings.map((warning) => (
        <li key={warning}>
          <TriangleAlert size={18} aria-hidden />
          <span>
            <WarningText warning={warning} isYours={!request} />
          </span>
        </li>
      ))}
    </ul>
  )
}

/** `Pay €0.99 to Nebula Forge for Ember Wolf?` */
export function WholeSentence({ challenge }: { challenge: Challenge }) {
  const price = useFormat().money(challenge.price)
  const [payee, item] = [shownName(challenge.payee), shownName(challenge.item)]
  return (
    <Trans>
      Pay {price} to <bdi>{payee}</bdi> for <bdi>{item}</bdi>?
    </Trans>
  )
}

/** What is asked besides takes room: then the facts stand closer together, so that the price is in sight before anything is scrolled. */
function isCrowded({ stepUp, warnings, isNearLimit, purchasesThisHour }: Challenge): boolean {
  return stepUp !== undefined && (warnings.length > 0 || isNearLimit || purchasesThisHour !== undefined)
}

/**
 * The question, top to bottom. The heading has the focus at first, not a button: a key pressed too early then neither
 * pays nor throws the question away, and a screen reader begins with the whole sentence. After a wrong code it is elsewhere.
 */
export function ChallengeView({ challenge, takesFocus }: { challenge: Challenge; takesFocus: boolean }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (takesFocus) heading.current?.focus()
  }, [takesFocus])
  return (
    <>
      <h1 className="visually-hidden" ref={heading} tabIndex={-1}><WholeSentence challenge={challenge} /></h1>
      <Facts facts={challenge} isBeside={isCrowded(challenge)} />
    </>
  )
}
