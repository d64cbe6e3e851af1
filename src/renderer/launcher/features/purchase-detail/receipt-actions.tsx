/** What can be done with the receipt of a purchase: to be saved as a file. */
export function ReceiptActions(_: { readonly purchaseId: string }) {
  return null
}
