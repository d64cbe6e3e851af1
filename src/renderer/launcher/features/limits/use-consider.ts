import { useEffect } from 'react'
import type { Change } from '../../../../contract/controls.ts'
import { useFeature } from '../../app/stores.ts'

/** Typing comes to rest before main is asked: each look at a looser change begins its pause anew. */
const restMs = 250

/** Keeps the preview of what a form holds up to date. `change` is null while the form holds none. */
export function useConsider(change: Change | null): void {
  const consider = useFeature('limits', (state) => state.consider)
  // A form makes a new object each time it is drawn; what is in it changes seldom.
  const text = JSON.stringify(change)
  useEffect(() => {
    const held = JSON.parse(text) as Change | null
    const timer = setTimeout(() => void consider(held), held ? restMs : 0)
    return () => clearTimeout(timer)
  }, [text, consider])
}
