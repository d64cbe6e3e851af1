import { Plural, Trans, useLingui } from '@lingui/react/macro'
import Delete from 'lucide-react/icons/delete'
import { useEffect, useRef, useState, type MouseEvent, type PointerEvent } from 'react'
import { followTouch } from '../ui/follow-touch.ts'
import { PlainButton } from '../ui/plain-button.tsx'
import { type DrawnKey, fieldWithFocus, typeInto } from '../ui/type-into.ts'
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
  return () => fieldWithFocus() ?? (last.current?.isConnected ? last.current : null)
}

const keepFocus = (event: PointerEvent) => event.preventDefault()

/** Digits for fingers, below everything else, so that it covers no field. Keys of a keyboard do the same. */
export function NumberPad() {
  const { t } = useLingui()
  const field = useLastField()
  const press = (key: DrawnKey) => ({ isTrusted }: MouseEvent) => {
    const target = field()
    // Nobody but a person types a PIN.
    if (!isTrusted || !target) return
    target.focus()
    typeInto(target, key)
  }
  return (
    <div className={styles.pad} role="group" aria-label={t`Number pad`} onPointerDown={keepFocus}>
      {digits.map((digit) =>
        digit === null
          ? <span key="gap" />
          : <PlainButton key={digit} tabIndex={-1} className={styles.key ?? ''} onClick={press({ kind: 'text', text: digit })}>{digit}</PlainButton>,
      )}
      <PlainButton tabIndex={-1} className={styles.key ?? ''} aria-label={t`Delete a digit`} onClick={press({ kind: 'backspace' })}><Delete size={24} aria-hidden /></PlainButton>
    </div>
  )
}
