import { Plural, Trans, useLingui } from '@lingui/react/macro'
import Delete from 'lucide-react/icons/delete'
import { useEffect, useRef, useState, type MouseEvent, type PointerEvent } from 'react'
import { createPresses } from '../gamepad/buttons.ts'
import { followGamepads } from '../gamepad/follow-gamepads.ts'
import { moveFocus } from '../gamepad/move-focus.ts'
import { followTouch } from '../ui/follow-touch.ts'
import { PlainButton } from '../ui/plain-button.tsx'
import { type DrawnKey, fieldWithFocus, firstEmptyField, typeInto } from '../ui/type-into.ts'
import styles from './kiosk-parts.module.css'

/** In kiosk mode: tells that somebody is here, and asks them where nobody seems to be. */
export function KioskTurn() {
  const [leftMs, setLeftMs] = useState<number | null>(null)
  const isWarned = useRef(false)
  useEffect(() => {
    const bridge = window.confirmation.window
    const touch = () => void bridge.touch().catch(() => {})
    // Opening it was a touch.
    touch()
    const stopTouch = followTouch(window, touch, () => isWarned.current)
    const stopTurn = bridge.onTurn((turn) => {
      isWarned.current = turn.leftMs !== null
      setLeftMs(turn.leftMs)
    })
    return () => {
      stopTouch()
      stopTurn()
    }
  }, [])
  if (leftMs === null) return null
  const seconds = Math.ceil(leftMs / 1_000)
  return (
    <p className={styles.turn} role="alert">
      <strong><Trans>Are you still there?</Trans></strong>{' '}
      <Plural value={seconds} one="In # second this is cancelled. Touch the screen to go on." other="In # seconds this is cancelled. Touch the screen to go on." />
    </p>
  )
}

const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9', null, '0'] as const

/** The field that was written into last; a press of a button takes the keyboard away from it on some touch screens. */
function useLastField(): () => HTMLInputElement | null {
  const last = useRef<HTMLInputElement | null>(null)
  useEffect(() => {
    const remember = () => {
      last.current = fieldWithFocus() ?? last.current
    }
    remember()
    document.addEventListener('focusin', remember)
    return () => document.removeEventListener('focusin', remember)
  }, [])
  return () => fieldWithFocus() ?? (last.current?.isConnected ? last.current : firstEmptyField())
}

const keepFocus = (event: PointerEvent) => event.preventDefault()

/** Lets a game controller go through the window. Nothing is answered by it: that takes a long press, see `AnswerButton`. */
export function PadKeys() {
  useEffect(() => {
    const presses = createPresses((action) => {
      void window.confirmation.window.touch().catch(() => {})
      const { activeElement } = document
      if (action === 'back') document.querySelector<HTMLButtonElement>('[data-cancels]')?.click()
      else if (action === 'activate') {
        if (activeElement instanceof HTMLElement && !('answers' in activeElement.dataset)) activeElement.click()
      } else if (action !== 'previous' && action !== 'next') moveFocus(action)
    })
    return followGamepads(presses)
  }, [])
  return null
}

/** Digits for fingers, below everything else, so that it covers no field. Keys of a keyboard do the same. */
export function NumberPad() {
  const { t } = useLingui()
  const field = useLastField()
  const press = (key: DrawnKey) => ({ detail }: MouseEvent) => {
    const target = field()
    if (!target) return
    // A finger goes on at the field; whoever goes through the digits by a controller stays there.
    if (detail > 0) target.focus()
    typeInto(target, key)
  }
  return (
    <div className={styles.pad} role="group" aria-label={t`Number pad`} onPointerDown={keepFocus}>
      {digits.map((digit) =>
        digit === null
          ? <span key="gap" />
          : <PlainButton key={digit} className={styles.key ?? ''} onClick={press({ kind: 'text', text: digit })}>{digit}</PlainButton>,
      )}
      <PlainButton className={styles.key ?? ''} aria-label={t`Delete a digit`} onClick={press({ kind: 'backspace' })}><Delete size={24} aria-hidden /></PlainButton>
    </div>
  )
}
