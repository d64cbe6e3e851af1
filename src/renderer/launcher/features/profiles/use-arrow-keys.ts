import { useEffect, useRef, type KeyboardEvent, type RefObject } from 'react'

/** The steps that a key takes in a list of buttons. */
const steps: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }

/** Lets the arrow keys go through the buttons of a list, beside Tab. The first has the keyboard where nothing else has it. */
export function useArrowKeys(): { readonly list: RefObject<HTMLUListElement | null>; readonly onKeyDown: (event: KeyboardEvent) => void } {
  const list = useRef<HTMLUListElement>(null)
  useEffect(() => {
    if (document.activeElement === document.body) list.current?.querySelector('button')?.focus()
  }, [])
  const onKeyDown = (event: KeyboardEvent) => {
    const step = steps[event.key]
    const buttons = [...(list.current?.querySelectorAll('button') ?? [])]
    const at = buttons.findIndex((button) => button === document.activeElement)
    if (step === undefined || at < 0) return
    event.preventDefault()
    buttons.at((at + step) % buttons.length)?.focus()
  }
  return { list, onKeyDown }
}
