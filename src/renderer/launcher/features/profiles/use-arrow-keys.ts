import { useEffect, useRef, type RefObject } from 'react'

/** The steps that a key takes in a list of buttons. */
const steps: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }

function buttonsIn(list: Element): readonly HTMLButtonElement[] {
  return [...list.querySelectorAll('button')]
}

/** Lets the arrow keys go through the buttons of a list, beside Tab. The first that does something has the keyboard where nothing else has it. */
export function useArrowKeys(): RefObject<HTMLUListElement | null> {
  const ref = useRef<HTMLUListElement>(null)
  useEffect(() => {
    const list = ref.current
    if (!list) return undefined
    if (document.activeElement === document.body) buttonsIn(list).find(({ ariaDisabled }) => ariaDisabled !== 'true')?.focus()
    const move = (event: KeyboardEvent) => {
      const step = steps[event.key]
      const buttons = buttonsIn(list)
      const at = buttons.findIndex((button) => button === document.activeElement)
      if (step === undefined || at < 0) return
      event.preventDefault()
      buttons.at((at + step) % buttons.length)?.focus()
    }
    list.addEventListener('keydown', move)
    return () => list.removeEventListener('keydown', move)
  }, [])
  return ref
}
