import { createContext, useContext } from 'react'
import { useStore } from 'zustand'
import type { StoreApi } from 'zustand/vanilla'
import type { Bridge } from '../../../contract/ipc/channel.ts'
import type { LauncherContract } from '../../../contract/ipc/launcher.ts'
import { createExclusionStore, type ExclusionScreenState } from '../features/exclusion/exclusion-store.ts'
import { createLedgerStore, type LedgerScreenState } from '../features/ledger/ledger-store.ts'
import { createHistoryStore, type HistoryState } from '../features/history/history-store.ts'
import { createControlsStore, type ControlsState } from '../features/limits/controls-store.ts'
import { createLimitsStore, type LimitsState } from '../features/limits/limits-store.ts'
import { createPurchaseStore, type PurchaseState } from '../features/purchase/purchase-store.ts'
import { createCatalogueStore, type CatalogueState } from '../features/store/catalogue-store.ts'
import { createAppStore, type AppState } from './app-store.ts'

interface States {
  readonly app: AppState
  readonly catalogue: CatalogueState
  readonly purchase: PurchaseState
  readonly history: HistoryState
  readonly ledger: LedgerScreenState
  readonly controls: ControlsState
  readonly limits: LimitsState
  readonly exclusion: ExclusionScreenState
}
export type Stores = { readonly [N in keyof States]: StoreApi<States[N]> }

/** One store a feature, wired to main through the bridge. */
export function createStores(bridge: Bridge<LauncherContract>): Stores {
  return {
    app: createAppStore(bridge),
    catalogue: createCatalogueStore(bridge),
    purchase: createPurchaseStore(bridge),
    history: createHistoryStore(bridge),
    ledger: createLedgerStore(bridge),
    controls: createControlsStore(bridge),
    limits: createLimitsStore(bridge),
    exclusion: createExclusionStore(bridge),
  }
}

export const StoresContext = createContext<Stores | null>(null)

/** Reads part of one feature's store, and renders again when that part changes. */
export function useFeature<N extends keyof States, R>(name: N, select: (state: States[N]) => R): R {
  const stores = useContext(StoresContext)
  if (!stores) throw new Error('no stores above this component')
  return useStore<StoreApi<States[N]>, R>(stores[name], select)
}
