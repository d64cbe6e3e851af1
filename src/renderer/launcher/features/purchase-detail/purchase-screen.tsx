export function PurchaseScreen({ purchaseId }: { purchaseId: string }) {
  return <p>{purchaseId}</p>
}
