import { createContext, useContext } from 'react'
import { useStore } from 'zustand'
import type { StoreApi } from 'zustand/vanilla'
import type { Bridge } from '../../../contract/ipc/channel.ts'
import type { LauncherContract } from '../../../contract/ipc/launcher.ts'
import { createAccountStore, type AccountState } from '../features/account/account-store.ts'
import { createExclusionStore, type ExclusionScreenState } from '../features/exclusion/exclusion-store.ts'
import { createFamilyStore, type FamilyState } from '../features/family/family-store.ts'
import { createExportStore, type ExportState } from '../features/history/export-store.ts'
import { createHistoryStore, type HistoryState } from '../features/history/history-store.ts'
import { createViewsStore, type ViewsState } from '../features/history/views-store.ts'
import { createHouseholdStore, type HouseholdState } from '../features/household/household-store.ts'
import { createInsightStore, type InsightState } from '../features/insight/insight-store.ts'
import { createImportsStore, type ImportsState } from '../features/imports/imports-store.ts'
import { createKioskStore, type KioskState } from '../features/kiosk/kiosk-store.ts'
import { createLedgerStore, type LedgerScreenState } from '../features/ledger/ledger-store.ts'
import { createControlsStore, type ControlsState } from '../features/limits/controls-store.ts'
import { createLimitsStore, type LimitsState } from '../features/limits/limits-store.ts'
import { createMonitoringStore, type MonitoringState } from '../features/monitoring/monitoring-store.ts'
import { createReceiptStore, type ReceiptState } from '../features/purchase-detail/receipt-store.ts'
import { createPurchaseDetailStore, type PurchaseDetailState } from '../features/purchase-detail/purchase-detail-store.ts'
import { createPurchaseStore, type PurchaseState } from '../features/purchase/purchase-store.ts'
import { createSecurityStore, type SecurityState } from '../features/security/security-store.ts'
import { createStatementsStore, type StatementsState } from '../features/statements/statements-store.ts'
import { createCatalogueStore, type CatalogueState } from '../features/store/catalogue-store.ts'
import { createAppStore, type AppState } from './app-store.ts'

interface LastingStates {
  readonly account: AccountState
  readonly app: AppState
  readonly household: HouseholdState
  readonly kiosk: KioskState
}
interface States extends LastingStates {
  readonly catalogue: CatalogueState
  readonly purchase: PurchaseState
  readonly history: HistoryState
  readonly views: ViewsState
  readonly exporting: ExportState
  readonly receipt: ReceiptState
  readonly insight: InsightState
  readonly detail: PurchaseDetailState
  readonly imports: ImportsState
  readonly ledger: LedgerScreenState
  readonly controls: ControlsState
  readonly limits: LimitsState
  readonly exclusion: ExclusionScreenState
  readonly family: FamilyState
  readonly monitoring: MonitoringState
  readonly security: SecurityState
  readonly statements: StatementsState
}
type StoresOf<S> = { readonly [N in keyof S]: StoreApi<S[N]> }
/** Hold what everybody may see, whoever's profile is open. */
export type LastingStores = StoresOf<LastingStates>
export type Stores = StoresOf<States>

export function createLastingStores(bridge: Bridge<LauncherContract>): LastingStores {
  return { account: createAccountStore(bridge), app: createAppStore(bridge), household: createHouseholdStore(bridge), kiosk: createKioskStore(bridge) }
}

/** One store a feature, wired to main through the bridge. All but the lasting ones hold nothing yet. */
export function createStores(bridge: Bridge<LauncherContract>, lasting: LastingStores): Stores {
  return {
    ...lasting,
    catalogue: createCatalogueStore(bridge),
    purchase: createPurchaseStore(bridge),
    history: createHistoryStore(bridge),
    views: createViewsStore(bridge),
    exporting: createExportStore(bridge),
    receipt: createReceiptStore(bridge),
    insight: createInsightStore(bridge),
    detail: createPurchaseDetailStore(bridge),
    imports: createImportsStore(bridge),
    ledger: createLedgerStore(bridge),
    controls: createControlsStore(bridge),
    limits: createLimitsStore(bridge),
    exclusion: createExclusionStore(bridge),
    family: createFamilyStore(bridge),
    monitoring: createMonitoringStore(bridge),
    security: createSecurityStore(bridge),
    statements: createStatementsStore(bridge),
  }
}

export const StoresContext = createContext<Stores | null>(null)

/** Reads part of one feature's store, and renders again when that part changes. */
export function useFeature<N extends keyof States, R>(name: N, select: (state: States[N]) => R): R {
  const stores = useContext(StoresContext)
  if (!stores) throw new Error('no stores above this component')
  return useStore<StoreApi<States[N]>, R>(stores[name], select)
}
