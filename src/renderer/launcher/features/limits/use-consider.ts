import { useEffect, useRef } from 'react'
import type { Change } from '../../../../contract/controls.ts'
import { useFeature } from '../../app/stores.ts'

/** Typing comes to rest before main is asked: each look at a looser change begins its pause anew. */
const restMs = 250

/** Keeps the preview of what a form holds up to date. `change` is null while the form holds none. */
export function useConsider(change: Change | null): void {
  const consider = useFeature('limits', (state) => state.consider)
  const latest = useRef(change)
  latest.current = change
  const text = JSON.stringify(change)
  useEffect(() => {
    if (!latest.current) {
      void consider(null)
      return undefined
    }
    const timer = setTimeout(() => void consider(latest.current), restMs)
    return () => clearTimeout(timer)
  }, [text, consider])
}
