import { useEffect, useRef, useState, type RefObject } from 'react'
import { createHold } from '../gamepad/buttons.ts'
import { followGamepads } from '../gamepad/follow-gamepads.ts'
import { useIsKiosk } from '../ui/kiosk-context.ts'

/**
 * P1: how a game controller answers. A script cannot tell a person's press of one from its own, so a short one answers nothing: the
 * button has to have the focus, and `A` has to be held on it from after the window had stood still. Main measures the calm time
 * itself besides. Gives how much of the long press is over, from 0 to 1.
 */
export function useLongPress(isArmed: boolean, onAnswer: () => void): { readonly button: RefObject<HTMLButtonElement | null>; readonly part: number } {
  const button = useRef<HTMLButtonElement>(null)
  const isKiosk = useIsKiosk()
  const [part, setPart] = useState(0)
  const now = useRef({ isArmed, onAnswer })
  useEffect(() => {
    now.current = { isArmed, onAnswer }
  })
  useEffect(() => {
    if (!isKiosk) return undefined
    const hold = createHold()
    return followGamepads((held, ms) => {
      const isHeld = held && held.has('activate') && document.activeElement === button.current
      const after = hold(isHeld, now.current.isArmed, ms)
      setPart(after.part)
      if (after.counts) now.current.onAnswer()
    })
  }, [isKiosk])
  return { button, part }
}
