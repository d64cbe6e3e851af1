/** Everything about one purchase: its detail, and saying that something is wrong with it. */
import type { Handlers } from '../contract/ipc/channel.ts'
import type { LauncherContract } from '../contract/ipc/launcher.ts'
import { createOpenDispute } from './usecases/open-dispute.ts'
import { createPurchaseDetail } from './usecases/purchase-detail.ts'

type Deps = Parameters<typeof createPurchaseDetail>[0] & Parameters<typeof createOpenDispute>[0]

export function createPurchaseDetails(deps: Deps) {
  return { purchaseDetail: createPurchaseDetail(deps), openDispute: createOpenDispute(deps) }
}

export function createPurchaseDetailsHandlers({
  purchaseDetail,
  openDispute,
}: ReturnType<typeof createPurchaseDetails>): Pick<Handlers<LauncherContract>, 'history.purchase' | 'disputes.open'> {
  return { 'history.purchase': purchaseDetail, 'disputes.open': openDispute }
}
