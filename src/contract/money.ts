import * as v from 'valibot'

/**
 * An exact amount of money as it crosses a process or network border.
 * `amount` is a whole number of minor units (cents, yen) written in decimal, because JSON numbers lose
 * precision; `currency` is an ISO 4217 alphabetic code.
 */
export const MoneySchema = v.strictObject({
  amount: v.pipe(v.string(), v.regex(/^(0|-?[1-9]\d{0,17})$/, 'not a whole number of minor units')),
  currency: v.pipe(v.string(), v.regex(/^[A-Z]{3}$/, 'not an ISO 4217 code')),
})
export type WireMoney = v.InferOutput<typeof MoneySchema>

/**
 * The price of one unit of a bundle, as a decimal in major units (for example `0.0499` EUR a gem).
 * It is for reading only, never for arithmetic: `exact` is false where the decimal had to be rounded.
 */
export const UnitPriceSchema = v.strictObject({
  decimal: v.pipe(v.string(), v.regex(/^\d{1,15}(\.\d{1,8})?$/)),
  currency: MoneySchema.entries.currency,
  exact: v.boolean(),
})
export type UnitPrice = v.InferOutput<typeof UnitPriceSchema>
