import { Plural, Trans } from '@lingui/react/macro'
import { useDeferredValue, useEffect, useRef } from 'react'
import type { Challenge } from '../../contract/ipc/confirm.ts'
import { LeftLine } from '../words/purchase-facts.tsx'
import type { Headroom } from './confirm-state.ts'
import styles from './confirm.module.css'

/** Said to people who want to be told how often they buy. */
export function Reminder({ challenge: { purchasesThisHour, risk } }: { challenge: Challenge }) {
  // Of how fast they buy they are told with what looks wrong.
  if (purchasesThisHour === undefined || (risk && risk.bands.burst !== 'nothing')) return null
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
