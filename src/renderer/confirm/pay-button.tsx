import { useRef, type KeyboardEvent, type MouseEvent, type ReactNode } from 'react'
import { PlainButton } from '../ui/plain-button.tsx'
import { judgePress } from './arming.ts'
import type { Hint } from './confirm-state.ts'

interface PayButtonProps {
  readonly isArmed: boolean
  /** The id of a question that has to be answered before `Pay` counts, or null. */
  readonly openQuestion: string | null
  readonly onPay: () => void
  /** The person pressed it, and it did not count. */
  readonly onHint: (hint: Hint) => void
  readonly children: ReactNode
}

/** The button that spends money. It stays focusable while not armed, so that nothing moves under the person's hand. */
export function PayButton({ isArmed, openQuestion, onPay, onHint, children }: PayButtonProps) {
  const beganUnarmed = useRef(false)
  const begin = () => {
    beganUnarmed.current = !isArmed
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' && event.key !== ' ') return
    // A key that was already held down, perhaps since the game, is not an answer.
    if (event.repeat) event.preventDefault()
    else begin()
  }
  const onClick = (event: MouseEvent) => {
    const verdict = judgePress({ isTrusted: event.isTrusted, isArmed, beganUnarmed: beganUnarmed.current })
    beganUnarmed.current = false
    if (verdict === 'tooSoon') onHint('tooSoon')
    if (verdict !== 'counts') return
    if (openQuestion === null) onPay()
    else onHint('limitNotKnown')
  }
  return (
    <PlainButton
      look="pay"
      aria-disabled={!isArmed || openQuestion !== null}
      aria-describedby={openQuestion ?? undefined}
      onPointerDown={begin}
      onKeyDown={onKeyDown}
      onClick={onClick}
    >
      {children}
    </PlainButton>
  )
}
