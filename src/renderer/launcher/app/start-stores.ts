import type { Stores } from './stores.ts'

/** Loads what the first screen needs and follows what main tells; gives the function that stops following. */
export function startStores({ app, catalogue, controls, purchase }: Stores): () => void {
  const stops = [
    app.subscribe(({ status }, before) => {
      const isNews = status !== before.status && before.status !== null
      const canLoad = status?.gateway === 'ready' && catalogue.getState().catalogue.kind === 'unavailable'
      if (isNews && canLoad) void catalogue.getState().load()
    }),
    app.getState().follow(),
    purchase.getState().follow(),
    // Followed on every screen: a warning, or an exclusion that was begun, is told wherever the person is.
    controls.getState().follow(),
  ]
  void catalogue.getState().load()
  return () => {
    for (const stop of stops) stop()
  }
}
