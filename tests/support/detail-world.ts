/** The use cases about one purchase, over a world of fakes. */
import * as v from 'valibot'
import type { ReceiptClaims } from '../../src/contract/http/claims.ts'
import { launcherContract } from '../../src/contract/ipc/launcher.ts'
import type { Disputed, OpenDisputeInput, PurchaseDetail, PurchaseDetailResult } from '../../src/contract/ipc/purchase-detail.ts'
import { createNaiveHistory } from './naive-history.ts'
import { createPurchaseDetails } from '../../src/main/create-purchase-details.ts'
import type { GatewaySignatures } from '../../src/main/ports/signatures.ts'
import type { BuyingWorld } from './buying-world.ts'
import { claimsOf } from './tokens.ts'

export type BoughtDetail = Extract<PurchaseDetail, { from: 'tuppence' }>

/** Believes everything, as fakes sign nothing. */
export const anySignature: GatewaySignatures = {
  receipt: async (jws) => claimsOf(jws) as ReceiptClaims,
  logHead: async () => null,
  dispute: async () => null,
  stepUp: async () => null,
  message: () => true,
}

export function detailsOf(world: BuyingWorld) {
  const index = createNaiveHistory({ log: () => world.log })
  const settings: { signatures: GatewaySignatures | null; progress: { done: number; total: number } | null } = { signatures: anySignature, progress: null }
  const use = createPurchaseDetails({
    ...world.deps,
    index: { ...index, progress: () => settings.progress },
    signatures: async () => settings.signatures,
    language: () => 'en',
  })
  async function look(purchaseId: string): Promise<PurchaseDetailResult> {
    return v.parse(launcherContract.calls['history.purchase'].output, await use.purchaseDetail({ purchaseId }))
  }
  return {
    settings,
    look,
    /** What is told of a purchase that was bought here. */
    async bought(purchaseId: string): Promise<BoughtDetail> {
      const result = await look(purchaseId)
      if (result.kind !== 'ok' || result.purchase.from !== 'tuppence') throw new Error(`not there: ${JSON.stringify(result)}`)
      return result.purchase
    },
    async dispute(said: OpenDisputeInput): Promise<Disputed> {
      return v.parse(launcherContract.calls['disputes.open'].output, await use.openDispute(v.parse(launcherContract.calls['disputes.open'].input, said)))
    },
  }
}
