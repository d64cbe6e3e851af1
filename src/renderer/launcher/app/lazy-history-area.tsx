import { lazy, Suspense, useEffect } from 'react'

const load = () => import('./history-area.tsx')
const LoadedArea = lazy(() => load().then(({ HistoryArea }) => ({ default: HistoryArea })))

/** The history's screens are no part of what the first picture waits for. */
export function HistoryArea() {
  return <Suspense fallback={null}><LoadedArea /></Suspense>
}

/** Has them at hand once the first picture is there, so that going to them is as quick as to any other screen. */
export function useHistoryAtHand(): void {
  useEffect(() => {
    const idle = requestIdleCallback(() => void load().catch(() => null), { timeout: 2000 })
    return () => cancelIdleCallback(idle)
  }, [])
}
