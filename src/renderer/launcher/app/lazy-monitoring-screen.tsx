import { lazy, Suspense } from 'react'

const Loaded = lazy(async () => ({ default: (await import('../features/monitoring/monitoring-screen.tsx')).MonitoringScreen }))

/** With what draws charts, which nobody needs before. */
export function MonitoringScreen() {
  return <Suspense fallback={null}><Loaded /></Suspense>
}
