import { useEffect, useState } from 'react'
import { createArming } from './arming.ts'

/** Whether `Pay` may count now, and a way to start waiting again. */
export function useArming(): { isArmed: boolean; disturb: () => void } {
  const [isArmed, setIsArmed] = useState(false)
  const [arming] = useState(() => createArming(setIsArmed))
  useEffect(() => {
    const { disturb } = arming
    const stopListening = window.confirmation.window.onDisturbed(disturb)
    const windowEvents = ['focus', 'blur', 'resize'] as const
    for (const name of windowEvents) window.addEventListener(name, disturb)
    document.addEventListener('visibilitychange', disturb)
    disturb()
    return () => {
      stopListening()
      for (const name of windowEvents) window.removeEventListener(name, disturb)
      document.removeEventListener('visibilitychange', disturb)
      arming.dispose()
    }
  }, [arming])
  return { isArmed, disturb: arming.disturb }
}
