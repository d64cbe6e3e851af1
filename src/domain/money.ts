/**
 * Money as whole minor units. Arithmetic is on bigint only; currencies and their minor units come from ISO 4217 through
 * dinero.js, whose number build loses cents and is therefore not used.
 */
import { add as dineroAdd, dinero, toDecimal as dineroToDecimal, toSnapshot } from 'dinero.js/bigint'
import * as iso4217 from 'dinero.js/bigint/currencies'

/** An amount in minor units (cents for EUR, yen for JPY) of an ISO 4217 currency. May be negative in postings. */
export interface Money {
  readonly amount: bigint
  readonly currency: string
}

/** The same as it is written down: minor units as decimal text. */
export interface WireMoney {
  readonly amount: string
  readonly currency: string
}

const currencies = new Map(Object.values(iso4217).map((currency) => [currency.code, currency]))

/** Whether the code is a currency of ISO 4217 with a decimal minor unit, the only kind this project counts in. */
export function isCurrency(code: string): boolean {
  return currencies.get(code)?.base === 10n
}

function asDinero({ amount, currency }: Money) {
  const definition = currencies.get(currency)
  if (!definition) throw new RangeError(`unknown currency ${currency}`)
  return dinero({ amount, currency: definition })
}

/** How many decimals the currency's minor unit has: 2 for EUR, 0 for JPY. Throws RangeError on an unknown code. */
export function minorUnitDigits(currency: string): number {
  return Number(toSnapshot(asDinero({ amount: 0n, currency })).scale)
}

/** The sum. Throws RangeError when the currencies differ: that is a bug, never a rounding matter. */
export function add(a: Money, b: Money): Money {
  if (a.currency !== b.currency) throw new RangeError(`cannot add ${b.currency} to ${a.currency}`)
  return { amount: toSnapshot(dineroAdd(asDinero(a), asDinero(b))).amount, currency: a.currency }
}

export function isEqual(a: Money, b: Money): boolean {
  return a.currency === b.currency && a.amount === b.amount
}

/** The amount in major units as an exact decimal string, `-0.99` for minus 99 EUR cents; for display and export. */
export function toDecimal(money: Money): string {
  return dineroToDecimal(asDinero(money))
}

/** The wire form of an amount: minor units as decimal text. */
export function toWire(money: Money): { amount: string; currency: string } {
  return { amount: money.amount.toString(), currency: money.currency }
}

/** Reads the wire form. Throws on anything that is not a whole number or not a known currency. */
export function fromWire(wire: WireMoney): Money {
  if (!isCurrency(wire.currency)) throw new RangeError(`unknown currency ${wire.currency}`)
  if (!/^-?\d+$/.test(wire.amount)) throw new RangeError(`not a whole number of minor units: ${wire.amount}`)
  return { amount: BigInt(wire.amount), currency: wire.currency }
}

/** Whether the text is a rate of exchange: a decimal above nothing. */
export function isRate(text: string): boolean {
  return /^\d{1,9}(\.\d{1,12})?$/.test(text) && /[1-9]/.test(text)
}

/**
 * An amount in another currency, rounded up to whole minor units, so that a limit is never passed by rounding. `rate` is how
 * many major units of `currency` one major unit is worth, as a decimal. Throws RangeError on anything else.
 */
export function convertUp({ amount, currency: from }: Money, rate: string, currency: string): Money {
  if (!isRate(rate)) throw new RangeError(`not a rate: ${rate}`)
  const [whole = '', fraction = ''] = rate.split('.')
  const scaledRate = BigInt(`${whole}${fraction}`)
  if (amount < 0n) throw new RangeError('only what is paid is converted')
  const numerator = amount * scaledRate * 10n ** BigInt(minorUnitDigits(currency))
  const denominator = 10n ** BigInt(fraction.length + minorUnitDigits(from))
  return { amount: (numerator + denominator - 1n) / denominator, currency }
}

const unitPriceExtraDigits = 2

/**
 * The price of one of `count` units, in major units, with up to two decimals more than the currency has, rounded half
 * up. `exact` says whether rounding changed it. For reading only.
 */
export function unitPrice(price: Money, count: number): { decimal: string; currency: string; exact: boolean } {
  if (!Number.isSafeInteger(count) || count < 1) throw new RangeError(`not a number of units: ${count}`)
  const digits = minorUnitDigits(price.currency) + unitPriceExtraDigits
  const scaled = price.amount * 10n ** BigInt(unitPriceExtraDigits)
  const units = BigInt(count)
  const rounded = (2n * scaled + units) / (2n * units)
  const text = rounded.toString().padStart(digits + 1, '0')
  const fraction = text.slice(-digits).replace(/0+$/, '')
  const whole = text.slice(0, -digits)
  return {
    decimal: fraction ? `${whole}.${fraction}` : whole,
    currency: price.currency,
    exact: rounded * units === scaled,
  }
}
