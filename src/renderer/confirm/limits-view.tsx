import { Plural, Trans } from '@lingui/react/macro'
import { useDeferredValue, useEffect, useRef } from 'react'
import type { Challenge } from '../../contract/ipc/confirm.ts'
import { useFormat } from '../i18n/format-context.ts'
import { LeftOf } from '../words/limit-words.tsx'
import type { Headroom } from './confirm-state.ts'
import styles from './confirm.module.css'

/** More would not be read; those with the least left come first. */
const shownLimits = 3

/** What is left of each limit once this is paid, below where the money comes from. */
export function HeadroomFact({ challenge: { headroom, counted, price } }: { challenge: Challenge }) {
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
          {headroom.slice(0, shownLimits).map(({ period, sellerId, left }) => (
            <dd key={`${period} ${sellerId ?? ''}`}>
              <LeftOf period={period} isOneSeller={sellerId !== null} left={{ amount: left, currency }} />
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
  readonly currency: string
  readonly isKnown: boolean
  /** `Pay` was pressed while it was open. */
  readonly isWanted: boolean
  readonly onChange: (isKnown: boolean) => void
}

/** The further question of a purchase near a limit. Never ticked beforehand. */
export function LimitQuestion({ id, near, currency, isKnown, isWanted, onChange }: LimitQuestionProps) {
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
          I know: <LeftOf period={near.period} isOneSeller={near.sellerId !== null} left={{ amount: near.left, currency }} />
        </Trans>
      </label>
    </div>
  )
}
