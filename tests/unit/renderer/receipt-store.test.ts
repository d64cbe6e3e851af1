import { describe, expect, it } from 'vitest'
import type { SavedReceipt } from '../../../src/contract/ipc/documents.ts'
import { createReceiptStore } from '../../../src/renderer/launcher/features/purchase-detail/receipt-store.ts'

function stage() {
  const calls: { readonly input: object; readonly end: PromiseWithResolvers<SavedReceipt> }[] = []
  const store = createReceiptStore({
    documents: {
      saveReceipt(input) {
        const end = Promise.withResolvers<SavedReceipt>()
        calls.push({ input, end })
        return end.promise
      },
    },
  })
  return { calls, store }
}

describe('saving a receipt from the page', () => {
  it('tells of which purchase, while it goes on and how it ended', async () => {
    const { calls, store } = stage()
    const saving = store.getState().save('p', 'pdf')
    expect(store.getState().view).toEqual({ kind: 'saving', purchaseId: 'p', format: 'pdf' })
    calls[0]?.end.resolve({ kind: 'written', name: 'r.pdf' })
    await saving
    expect(calls[0]?.input).toEqual({ purchaseId: 'p', format: 'pdf' })
    expect(store.getState().view).toEqual({ kind: 'ended', purchaseId: 'p', format: 'pdf', result: { kind: 'written', name: 'r.pdf' } })
  })

  it('is done once at a time', async () => {
    const { calls, store } = stage()
    const saving = store.getState().save('p', 'pdf')
    await store.getState().save('q', 'json')
    expect(calls).toHaveLength(1)
    calls[0]?.end.resolve({ kind: 'cancelled' })
    await saving
    void store.getState().save('q', 'json')
    expect(calls).toHaveLength(2)
  })

  it('tells a fault of Tuppence, and goes on', async () => {
    const { calls, store } = stage()
    const saving = store.getState().save('p', 'json')
    calls[0]?.end.reject(new Error('a bug'))
    await saving
    expect(store.getState().view).toEqual({ kind: 'broken', purchaseId: 'p' })
  })
})
