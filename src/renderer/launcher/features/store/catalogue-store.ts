import { createStore } from 'zustand/vanilla'
import type { Seller } from '../../../../contract/catalogue.ts'
import type { Bridge } from '../../../../contract/ipc/channel.ts'
import type { LauncherContract, ListedOffer } from '../../../../contract/ipc/launcher.ts'
import type { RefusalReason } from '../../../../contract/ipc/outcome.ts'
import { noFilter, type OfferFilter } from './offer-filter.ts'

export type CatalogueView =
  | { readonly kind: 'loading' }
  | { readonly kind: 'unavailable'; readonly reason: RefusalReason }
  /** The call itself failed: that is a fault of Tuppence. */
  | { readonly kind: 'broken' }
  | { readonly kind: 'ok'; readonly sellers: readonly Seller[]; readonly offers: readonly ListedOffer[] }

export interface CatalogueState {
  readonly catalogue: CatalogueView
  readonly filter: OfferFilter
  readonly load: () => Promise<void>
  readonly setFilter: (change: Partial<OfferFilter>) => void
}

/** What can be bought, and what of it the person wants to see. The filter outlives a visit to another screen. */
export function createCatalogueStore({ catalogue }: Pick<Bridge<LauncherContract>, 'catalogue'>) {
  return createStore<CatalogueState>()((set) => ({
    catalogue: { kind: 'loading' },
    filter: noFilter,
    async load() {
      set({ catalogue: { kind: 'loading' } })
      set({ catalogue: await catalogue.list().catch((): CatalogueView => ({ kind: 'broken' })) })
    },
    setFilter: (change) => set(({ filter }) => ({ filter: { ...filter, ...change } })),
  }))
}
