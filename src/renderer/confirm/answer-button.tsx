import { useRef, type KeyboardEvent, type MouseEvent, type ReactNode } from 'react'
import type { ButtonLook } from '../ui/button-look.ts'
import { PlainButton } from '../ui/plain-button.tsx'
import { useLongPress } from './use-long-press.ts'
import { judgePress } from './arming.ts'

interface AnswerButtonProps {
  readonly look: ButtonLook
  readonly isArmed: boolean
  /** Something has to be done before it counts; a press is told what. */
  readonly isOpen?: boolean
  /** The id of what has to be answered before. */
  readonly describedBy?: string | undefined
  readonly onAnswer: () => void
  /** The person pressed it, and it did not count because the window had just appeared or moved. */
  readonly onTooSoon: () => void
  readonly children: ReactNode
}

/** A button that answers. It stays focusable while not armed, so that nothing moves under the person's hand. */
export function AnswerButton({ look, isArmed, isOpen = false, describedBy, onAnswer, onTooSoon, children }: AnswerButtonProps) {
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
    if (verdict === 'tooSoon') onTooSoon()
    if (verdict === 'counts') onAnswer()
  }
  const { button, part } = useLongPress(isArmed, onAnswer)
  return (
    <PlainButton
      ref={button}
      look={look}
      data-answers
      style={part > 0 ? { backgroundImage: `linear-gradient(to right, var(--focus) ${part * 100}%, transparent 0)` } : undefined}
      aria-disabled={!isArmed || isOpen}
      aria-describedby={describedBy}
      onPointerDown={begin}
      onKeyDown={onKeyDown}
      onClick={onClick}
    >
      {children}
    </PlainButton>
  )
}
