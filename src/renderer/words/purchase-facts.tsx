import { Trans } from '@lingui/react/macro'
import type { OfferKind } from '../../contract/catalogue.ts'
import type { UnitPrice, WireMoney } from '../../contract/money.ts'
import { assertNever } from '../assert-never.ts'
import { useFormat } from '../i18n/format-context.ts'
import { OfferContents } from '../ui/offer-contents.tsx'
import { LeftOf } from './limit-words.tsx'
import styles from './purchase-facts.module.css'
import { shownName } from './shown-name.ts'

/** What is left of one limit afterwards; below nothing where a guardian's yes lets the purchase pass it. */
export interface LeftAfter {
  readonly period: 'day' | 'week' | 'month'
  readonly sellerId: string | null
  readonly memberId?: string
  readonly left: string
}

/** What a purchase is, as the confirm window asks for it and the history shows again what was asked. */
export interface PurchaseFacts {
  readonly payee: string
  readonly item: string
  readonly game: string
  readonly kind: OfferKind
  readonly bundle?: { readonly count: number; readonly unit: string }
  readonly unitPrice?: UnitPrice
  readonly passDays?: number
  readonly price: WireMoney
  readonly tax: { readonly amount: string; readonly rateBasisPoints: number }
  readonly fundingSource: { readonly label: string }
  readonly counted?: WireMoney
  readonly headroom: readonly LeftAfter[]
  readonly buyer?: { readonly name: string }
}

/** Characters beyond which an item's name is set small, so that it cannot push the price out of sight. */
const longItemLength = 60

/** More would not be read; those with the least left come first. */
const shownLimits = 3

interface FactsProps {
  readonly facts: PurchaseFacts
  /** Labels stand beside what they are of, where there is something above that takes room. */
  readonly isBeside?: boolean
}

/** Payee, item and price, always in this order and place, whoever is asked. */
export function Facts({ facts, isBeside = false }: FactsProps) {
  const { payee, item, game, fundingSource, buyer } = facts
  return (
    <dl className={`${styles.facts} ${isBeside ? styles.beside : ''}`}>
      <div>
        <dt><Trans>Pay to</Trans></dt>
        <dd className={styles.name}><bdi>{shownName(payee)}</bdi></dd>
      </div>
      <div>
        <dt><Trans>For</Trans></dt>
        <dd className={item.length > longItemLength ? styles.longName : styles.name}><bdi>{shownName(item)}</bdi></dd>
        <dd className={styles.contents}><OfferContents {...facts} /></dd>
        <dd className={styles.detail}><bdi>{shownName(game)}</bdi></dd>
      </div>
      <div className={styles.amount}>
        <dt><Trans>Price</Trans></dt>
        <Amount facts={facts} />
      </div>
      <div className={styles.side}>
        <dt><Trans>From</Trans></dt>
        <dd><bdi>{fundingSource.label}</bdi></dd>
      </div>
      {buyer && (
        <div className={styles.side}>
          <dt><Trans>Bought by</Trans></dt>
          <dd><bdi>{buyer.name}</bdi></dd>
        </div>
      )}
      <HeadroomFact facts={facts} />
    </dl>
  )
}

function Amount({ facts: { price, tax } }: { facts: PurchaseFacts }) {
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

/** What is left of each limit once this is paid, below where the money comes from. */
function HeadroomFact({ facts: { headroom, counted, price, buyer } }: { facts: PurchaseFacts }) {
  const format = useFormat()
  if (!counted) return null
  const { currency } = counted
  return (
    <>
      {currency !== price.currency && (
        <div className={styles.side}>
          <dt><Trans>Counts as</Trans></dt>
          <dd>{format.money(counted)}</dd>
        </div>
      )}
      {headroom.length > 0 && (
        <div className={styles.side}>
          <dt><Trans>After this</Trans></dt>
          {headroom.slice(0, shownLimits).map((one) => (
            <dd key={`${one.period} ${one.sellerId ?? ''} ${one.memberId ?? ''}`}>
              <LeftLine headroom={one} currency={currency} buyer={buyer} />
            </dd>
          ))}
        </div>
      )}
    </>
  )
}

interface LeftLineProps {
  readonly headroom: LeftAfter
  readonly currency: string
  readonly buyer: PurchaseFacts['buyer'] | undefined
}

/** What is left of one limit, and where there are members whose limit it is: `€3.10 left this week for Mia` */
export function LeftLine({ headroom: { period, sellerId, memberId, left }, currency, buyer }: LeftLineProps) {
  const format = useFormat()
  const over = -BigInt(left)
  const isOneSeller = sellerId !== null
  return (
    <>
      {over > 0n ? (
        <>
          <Over period={period} money={format.money({ amount: over.toString(), currency })} />
          {isOneSeller && <>{' '}<Trans>at this seller</Trans></>}
        </>
      ) : (
        <LeftOf period={period} isOneSeller={isOneSeller} left={{ amount: left, currency }} />
      )}
      {buyer && <>{' '}<Whose isTheirs={memberId !== undefined} name={buyer.name} /></>}
    </>
  )
}

/** A guardian's yes may pass the buyer's own limit: `€1.20 over this week`. */
function Over({ period, money }: { period: LeftAfter['period']; money: string }) {
  switch (period) {
    case 'day':
      return <Trans><strong>{money}</strong> over today</Trans>
    case 'week':
      return <Trans><strong>{money}</strong> over this week</Trans>
    case 'month':
      return <Trans><strong>{money}</strong> over this month</Trans>
    default:
      return assertNever(period)
  }
}

function Whose({ isTheirs, name }: { isTheirs: boolean; name: string }) {
  return isTheirs ? <Trans>for <bdi>{name}</bdi></Trans> : <Trans>for the household</Trans>
}
