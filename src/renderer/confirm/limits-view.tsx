import { Plural, Trans } from '@lingui/react/macro'
import { useDeferredValue, useEffect, useRef } from 'react'
import type { Challenge } from '../../contract/ipc/confirm.ts'
import { assertNever } from '../assert-never.ts'
import { useFormat } from '../i18n/format-context.ts'
import { LeftOf } from '../words/limit-words.tsx'
import type { Headroom } from './confirm-state.ts'
import styles from './confirm.module.css'

/** More would not be read; those with the least left come first. */
const shownLimits = 3

type Buyer = Challenge['buyer']

/** A guardian's yes may pass the buyer's own limit: `€1.20 over this week`. */
function Over({ period, money }: { period: Headroom['period']; money: string }) {
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

interface LeftLineProps {
  readonly headroom: Headroom
  readonly currency: string
  readonly buyer: Buyer
}

/** What is left of one limit, and where there are members whose limit it is: `€3.10 left this week for Mia` */
function LeftLine({ headroom: { period, sellerId, memberId, left }, currency, buyer }: LeftLineProps) {
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

function Whose({ isTheirs, name }: { isTheirs: boolean; name: string }) {
  return isTheirs ? <Trans>for <bdi>{name}</bdi></Trans> : <Trans>for the household</Trans>
}

/** What is left of each limit once this is paid, below where the money comes from. */
export function HeadroomFact({ challenge: { headroom, counted, price, buyer } }: { challenge: Challenge }) {
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

/** Said to people who want to be told how often they buy. */
export function Reminder({ challenge: { purchasesThisHour } }: { challenge: Challenge }) {
  if (purchasesThisHour === undefined) return null
  return (
    <p className={styles.reminder}>
      <Plural
        value={purchasesThisHour}
        one="This would be your first purchase within an hour."
        other="This would be purchase number # within an hour."
      />
    </p>
  )
}

interface LimitQuestionProps {
  readonly id: string
  readonly near: Headroom
  readonly challenge: Challenge
  readonly isKnown: boolean
  /** `Pay` was pressed while it was open. */
  readonly isWanted: boolean
  readonly onChange: (isKnown: boolean) => void
}

/** The further question of a purchase near a limit. Never ticked beforehand. */
export function LimitQuestion({ id, near, challenge: { counted, price, buyer }, isKnown, isWanted, onChange }: LimitQuestionProps) {
  const box = useRef<HTMLDivElement>(null)
  // Together with the hint, which takes room from it.
  const isPointedAt = useDeferredValue(isWanted, false)
  useEffect(() => {
    // In a low window it may be out of sight. The focus stays: a second press of the same key must not tick it.
    if (isPointedAt) box.current?.scrollIntoView({ block: 'end' })
  }, [isPointedAt])
  return (
    <div className={styles.question} ref={box}>
      <input id={`${id}-box`} type="checkbox" checked={isKnown} onChange={({ target }) => onChange(target.checked)} />
      <label id={id} htmlFor={`${id}-box`}>
        <Trans>
          I know: <LeftLine headroom={near} currency={(counted ?? price).currency} buyer={buyer} />
        </Trans>
      </label>
    </div>
  )
}
