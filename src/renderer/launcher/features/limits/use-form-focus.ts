import { useEffect, useRef, type RefObject } from 'react'

/**
 * Keeps the keyboard where the person is. A form that was opened by a button takes the focus from it, since the button goes
 * away; when the form goes away with the focus in it, the keyboard goes on at the screen.
 */
export function useFormFocus(isOpened: boolean): RefObject<HTMLFormElement | null> {
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (isOpened) form.current?.querySelector<HTMLElement>('input, button')?.focus()
    return () => {
      if (document.activeElement === document.body) document.getElementById('content')?.focus()
    }
  }, [isOpened])
  return form
}
