import { useEffect, useState } from 'react'
import type { Challenge } from '../../contract/ipc/confirm.ts'

/** Whether the person is still to think before a yes counts. Main says when that is over. */
export function useReflecting({ isReflecting }: Challenge): boolean {
  const [isOver, setIsOver] = useState(isReflecting === undefined)
  useEffect(() => window.confirmation.challenge.onReflected(() => setIsOver(true)), [])
  return !isOver
}
