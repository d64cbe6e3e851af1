import { createStore } from 'zustand/vanilla'
import type { Bridge } from '../../../../contract/ipc/channel.ts'
import type { ReceiptFormat, SavedReceipt } from '../../../../contract/ipc/documents.ts'
import type { LauncherContract } from '../../../../contract/ipc/launcher.ts'

export type ReceiptView =
  | { readonly kind: 'idle' }
  | { readonly kind: 'saving'; readonly purchaseId: string; readonly format: ReceiptFormat }
  | { readonly kind: 'ended'; readonly purchaseId: string; readonly format: ReceiptFormat; readonly result: SavedReceipt }
  /** The call itself failed: that is a fault of Tuppence. */
  | { readonly kind: 'broken'; readonly purchaseId: string }

export interface ReceiptState {
  /** Of the receipt that was saved last, or is being saved: one at a time. */
  readonly view: ReceiptView
  readonly save: (purchaseId: string, format: ReceiptFormat) => Promise<void>
}

type NeededDocuments = Pick<Bridge<LauncherContract>['documents'], 'saveReceipt'>

export function createReceiptStore({ documents }: { readonly documents: NeededDocuments }) {
  return createStore<ReceiptState>()((set, get) => ({
    view: { kind: 'idle' },
    async save(purchaseId, format) {
      if (get().view.kind === 'saving') return
      set({ view: { kind: 'saving', purchaseId, format } })
      try {
        set({ view: { kind: 'ended', purchaseId, format, result: await documents.saveReceipt({ purchaseId, format }) } })
      } catch {
        set({ view: { kind: 'broken', purchaseId } })
      }
    },
  }))
}
