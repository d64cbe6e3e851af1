/**
 * The sandbox's tax rates, one for each currency that it sells in, in basis points (1900 is 19 %). They are examples:
 * a real gateway takes the rate from the buyer's country and the kind of goods.
 */
export const sandboxTaxBasisPoints: Readonly<Record<string, number>> = { EUR: 1900, GBP: 2000, USD: 0, JPY: 1000 }

/**
 * The tax that is contained in a gross price, in minor units rounded half up (as Directive 2006/112/EC leaves to the
 * member states). The price itself never changes.
 */
export function includedTax(grossMinorUnits: bigint, rateBasisPoints: number): bigint {
  const rate = BigInt(rateBasisPoints)
  const whole = 10_000n + rate
  return (2n * grossMinorUnits * rate + whole) / (2n * whole)
}
