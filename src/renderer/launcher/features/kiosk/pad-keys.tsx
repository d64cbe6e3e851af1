import { useEffect } from 'react'
import { createPresses, type PadAction } from '../../../gamepad/buttons.ts'
import { followGamepads } from '../../../gamepad/follow-gamepads.ts'
import { moveFocus } from '../../../gamepad/move-focus.ts'

/** What closes what is open: as Escape does. */
function goBack(): void {
  const target = document.activeElement ?? document.body
  for (const type of ['keydown', 'keyup']) target.dispatchEvent(new KeyboardEvent(type, { key: 'Escape', code: 'Escape', bubbles: true, cancelable: true }))
}

/** The screen before or after the one that is shown, as they stand in the header. */
function goAside(step: 1 | -1): void {
  const links = [...document.querySelectorAll<HTMLAnchorElement>('header nav a[href]')]
  const at = links.findIndex((link) => link.ariaCurrent === 'page')
  const next = at < 0 ? undefined : links[(at + step + links.length) % links.length]
  next?.click()
  next?.focus({ preventScroll: true })
}

function act(action: PadAction): void {
  switch (action) {
    case 'activate':
      // In the launcher nothing is paid, so that a click need not be a person's own.
      return document.activeElement instanceof HTMLElement ? document.activeElement.click() : undefined
    case 'back':
      return goBack()
    case 'previous':
      return goAside(-1)
    case 'next':
      return goAside(1)
    default:
      return moveFocus(action)
  }
}

/** Lets a game controller go through the launcher. `onPress` is told of each press: it is a sign that somebody is here. */
export function usePadKeys(onPress: () => void): void {
  useEffect(() => {
    const presses = createPresses((action) => {
      onPress()
      act(action)
    })
    return followGamepads(presses)
  }, [onPress])
}
