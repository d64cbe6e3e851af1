/** What an amount counts as in another currency. Nothing is exchanged: it is only counted against limits. */
import sandboxRates from '../../../resources/sandbox-exchange-rates.json' with { type: 'json' }
import { convertUp, type Money } from '../../domain/money.ts'

/** How many major units of the inner currency one of the outer is worth, as a decimal. */
const rates: Readonly<Record<string, Readonly<Record<string, string>>>> = sandboxRates.rates

/** Whether amounts can be counted in the currency. */
export function isCounted(currency: string): boolean {
  return Object.hasOwn(rates, currency)
}

/** Both currencies have to be counted. One for one in the same. */
export function rateFor(from: string, to: string): string {
  const rate = from === to ? '1' : rates[from]?.[to]
  if (rate === undefined) throw new RangeError(`no rate from ${from} to ${to}`)
  return rate
}

/** The amount in the currency, rounded up (P4). */
export function countIn(money: Money, currency: string): Money {
  return convertUp(money, rateFor(money.currency, currency), currency)
}
