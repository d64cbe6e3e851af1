import { Trans } from '@lingui/react/macro'
import { useId } from 'react'
import type { ListedOffer, Progress } from '../../../../contract/ipc/launcher.ts'
import { assertNever } from '../../../assert-never.ts'
import { useFormat } from '../../../i18n/format-context.ts'
import { OfferContents } from '../../../ui/offer-contents.tsx'
import { OfferTile } from '../../../ui/offer-tile.tsx'
import { PlainButton } from '../../../ui/plain-button.tsx'
import '../../../ui/tints.css'
import { tintOf } from '../../../ui/tint.ts'
import styles from './offer-card.module.css'

function ProgressText({ step }: { step: Progress['step'] }) {
  switch (step) {
    case 'quoting':
      return <Trans>Asking for the price…</Trans>
    case 'confirming':
      return <Trans>Waiting for your answer in the confirm window…</Trans>
    case 'charging':
      return <Trans>Charging…</Trans>
    case 'done':
      return <Trans>Finishing…</Trans>
    default:
      return assertNever(step)
  }
}

interface OfferCardProps {
  readonly listed: ListedOffer
  readonly seller: string
  /** Null unless this very offer is being bought. */
  readonly step: Progress['step'] | null
  /** The level that fits below the heading above. */
  readonly heading: 'h2' | 'h3'
  /** Nothing can be bought without asking a guardian, and the button says so. */
  readonly isAsking: boolean
  readonly onBuy: (offerId: string) => void
}

/** One offer: what it is, whose it is, what it costs, and the button that asks for it. */
export function OfferCard({ listed, seller, step, heading: Heading, isAsking, onBuy }: OfferCardProps) {
  const { offer, ...unitPrice } = listed
  const format = useFormat()
  const id = useId()
  return (
    <article className={styles.card} data-tint={tintOf(offer.game)} aria-labelledby={`${id}-title`} aria-busy={step !== null}>
      <OfferTile icon={offer.icon} />
      <div className={styles.names}>
        <Heading id={`${id}-title`} className={styles.title}><bdi>{offer.title}</bdi></Heading>
        <p className={styles.quiet}><bdi>{offer.game}</bdi> · <bdi>{seller}</bdi></p>
      </div>
      <div className={styles.about}>
        {step === null ? <p className={styles.description}><bdi>{offer.description}</bdi></p> : null}
        <p className={styles.progress} aria-live="polite">{step !== null && <ProgressText step={step} />}</p>
      </div>
      <div className={styles.deal} id={`${id}-deal`}>
        <p>{offer.kind === 'item' ? <Trans>Single item</Trans> : <OfferContents {...offer} {...unitPrice} />}</p>
        <p className={styles.price}>{format.money(offer.price)}</p>
      </div>
      <PlainButton
        look={isAsking ? 'plain' : 'buy'}
        className={styles.buy ?? ''}
        aria-describedby={`${id}-title ${id}-deal`}
        aria-disabled={step !== null}
        onClick={() => onBuy(offer.id)}
      >
        {isAsking ? <Trans>Ask</Trans> : <Trans>Buy</Trans>}
      </PlainButton>
    </article>
  )
}
