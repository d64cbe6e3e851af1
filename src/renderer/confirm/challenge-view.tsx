import { Trans } from '@lingui/react/macro'
import TriangleAlert from 'lucide-react/icons/triangle-alert'
import { useEffect, useRef } from 'react'
import type { Challenge } from '../../contract/ipc/confirm.ts'
import { assertNever } from '../assert-never.ts'
import { useFormat } from '../i18n/format-context.ts'
import { OfferContents } from '../ui/offer-contents.tsx'
import styles from './confirm.module.css'
import { HeadroomFact } from './limits-view.tsx'

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
export function Warnings({ challenge: { warnings, request } }: { challenge: Challenge }) {
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

/** Characters beyond which an item's name is set small, so that it cannot push the price out of sight. */
const longItemLength = 60

function Amount({ challenge: { price, tax } }: { challenge: Challenge }) {
  const format = useFormat()
  const rate = format.rate(tax.rateBasisPoints)
  const amount = format.money({ amount: tax.amount, currency: price.currency })
  return (
    <>
      <dd className={styles.price}>{format.money(price)}</dd>
      <dd className={styles.detail}>
        {tax.amount === '0' ? <Trans>no tax</Trans> : <Trans>including {amount} tax ({rate})</Trans>}
      </dd>
    </>
  )
}

/** `Pay €0.99 to Nebula Forge for Ember Wolf?` */
export function WholeSentence({ challenge }: { challenge: Challenge }) {
  const price = useFormat().money(challenge.price)
  return (
    <Trans>
      Pay {price} to <bdi>{challenge.payee}</bdi> for <bdi>{challenge.item}</bdi>?
    </Trans>
  )
}

/** Payee, item and price, always in this order and place, whoever is asked. */
export function Facts({ challenge }: { challenge: Challenge }) {
  return (
    <dl className={styles.facts}>
      <div>
        <dt><Trans>Pay to</Trans></dt>
        <dd className={styles.name}><bdi>{challenge.payee}</bdi></dd>
      </div>
      <div>
        <dt><Trans>For</Trans></dt>
        <dd className={challenge.item.length > longItemLength ? styles.longName : styles.name}><bdi>{challenge.item}</bdi></dd>
        <dd className={styles.contents}><OfferContents {...challenge} /></dd>
        <dd className={styles.detail}><bdi>{challenge.game}</bdi></dd>
      </div>
      <div className={styles.amount}>
        <dt><Trans>Price</Trans></dt>
        <Amount challenge={challenge} />
      </div>
      <div className={styles.side}>
        <dt><Trans>From</Trans></dt>
        <dd><bdi>{challenge.fundingSource.label}</bdi></dd>
      </div>
      {challenge.buyer && (
        <div className={styles.side}>
          <dt><Trans>Bought by</Trans></dt>
          <dd><bdi>{challenge.buyer.name}</bdi></dd>
        </div>
      )}
      <HeadroomFact challenge={challenge} />
    </dl>
  )
}

/**
 * The question, top to bottom. The heading has the focus at first, not a button: a key pressed too early then neither
 * pays nor throws the question away, and a screen reader begins with the whole sentence.
 */
export function ChallengeView({ challenge }: { challenge: Challenge }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <>
      <h1 className="visually-hidden" ref={heading} tabIndex={-1}><WholeSentence challenge={challenge} /></h1>
      <Facts challenge={challenge} />
    </>
  )
}
