/** The ledger against the gateway's list of everything that it charged this device: every difference has a name. */
import type { Difference } from './events.ts'
import { isUnsettled, type PurchaseRecord } from './ledger.ts'
import { fromWire, isEqual, type Money, toWire } from './money.ts'

/** One charge as the gateway lists it; amounts in minor units of the price's currency. */
export interface ChargeLine {
  readonly idempotencyKey: string
  readonly receiptNumber: string
  readonly price: { readonly amount: string; readonly currency: string }
  readonly refunded: string
  readonly chargedBack: string
  readonly chargedAt: string
}

export interface Comparison {
  /** Charges that are in both, alike to the last cent. */
  readonly matched: number
  readonly differences: readonly Difference[]
}

/**
 * Compares. A purchase that is still open is none of the ledger's charges yet: where the gateway has charged it, settling
 * will tell, and so it is no difference. The order of either side does not matter.
 */
export function compare(records: readonly PurchaseRecord[], charges: readonly ChargeLine[]): Comparison {
  const listed = new Map(charges.map((charge) => [charge.idempotencyKey, charge]))
  const known = new Set<string>()
  const differences: Difference[] = []
  let matched = 0
  for (const record of records) {
    known.add(record.purchaseId)
    const charge = listed.get(record.purchaseId)
    if (isUnsettled(record) || (!charge && record.receiptNumber === null)) continue
    const difference = charge ? differenceBetween(record, charge) : missingThere(record)
    if (difference) differences.push(difference)
    else matched += 1
  }
  for (const charge of charges) if (!known.has(charge.idempotencyKey)) differences.push(missingHere(charge))
  return { matched, differences }
}

function differenceBetween(record: PurchaseRecord, charge: ChargeLine): Difference | null {
  if (record.receiptNumber === null) return missingHere(charge)
  const price = fromWire(charge.price)
  if (record.receiptNumber !== charge.receiptNumber || !isEqual(record.price, price)) {
    return between('amountDiffers', record, charge, record.price, price)
  }
  const money = (amount: bigint): Money => ({ amount, currency: record.price.currency })
  const refunded = BigInt(charge.refunded)
  if (record.refunded !== refunded) return between('refundDiffers', record, charge, money(record.refunded), money(refunded))
  const chargedBack = BigInt(charge.chargedBack)
  if (record.chargedBack === chargedBack) return null
  return between('chargebackDiffers', record, charge, money(record.chargedBack), money(chargedBack))
}

function between(kind: Difference['kind'], record: PurchaseRecord, charge: ChargeLine, here: Money, there: Money): Difference {
  const { receiptNumber } = charge
  return { kind, purchaseId: record.purchaseId, receiptNumber, here: toWire(here), there: toWire(there) }
}

function missingHere({ idempotencyKey, receiptNumber, price }: ChargeLine): Difference {
  return { kind: 'missingHere', purchaseId: idempotencyKey, receiptNumber, here: null, there: price }
}

function missingThere({ purchaseId, receiptNumber, price }: PurchaseRecord): Difference {
  return { kind: 'missingThere', purchaseId, receiptNumber, here: toWire(price), there: null }
}
