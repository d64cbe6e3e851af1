import { useEffect, useRef } from 'react'

/** Escape counts when it went down and up here: half of it never belongs to the window before or after this one. */
export function useEscape(onEscape: (() => void) | undefined) {
  const isDown = useRef(false)
  useEffect(() => {
    const onKeyDown = ({ key, repeat }: KeyboardEvent) => {
      if (key === 'Escape' && !repeat) isDown.current = true
    }
    const onKeyUp = ({ key }: KeyboardEvent) => {
      if (key !== 'Escape') return
      if (isDown.current) onEscape?.()
      isDown.current = false
    }
    const forget = () => {
      isDown.current = false
    }
    window.addEventListener('keydown', onKeyDown)
    window.addEventListener('keyup', onKeyUp)
    window.addEventListener('blur', forget)
    return () => {
      window.removeEventListener('keydown', onKeyDown)
      window.removeEventListener('keyup', onKeyUp)
      window.removeEventListener('blur', forget)
    }
  }, [onEscape])
}
