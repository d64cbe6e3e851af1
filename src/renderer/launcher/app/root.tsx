import { useLayoutEffect } from 'react'
import { useStore } from 'zustand'
import type { StoreApi } from 'zustand/vanilla'
import { App } from './app.tsx'
import { goTo } from './hash-location.ts'
import type { Sitting } from './start-stores.ts'
import { StoresContext } from './stores.ts'

/** The whole page, begun anew for whoever comes next: not even what was typed stays. */
export function Root({ sitting }: { sitting: StoreApi<Sitting> }) {
  const { number, stores } = useStore(sitting)
  useLayoutEffect(() => {
    if (number > 1) goTo('/')
  }, [number])
  return <StoresContext key={number} value={stores}><App /></StoresContext>
}
