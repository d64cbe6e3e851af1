import { ReceiptActions } from './receipt-actions.tsx'

export function PurchaseScreen({ purchaseId }: { purchaseId: string }) {
  return <ReceiptActions purchaseId={purchaseId} />
}
