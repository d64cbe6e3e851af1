/**
 * Arithmetic that gives the same bits in every engine: Math.log and Math.exp may differ in the last one (ECMA-262, "implementation-approximated"),
 * and a state that is rebuilt from the log has to equal the one that was kept. Only + - × ÷ are used, which IEEE 754 rounds exactly.
 */

const ln2 = Math.LN2

/** The natural logarithm of a number above 0, to about 13 digits. */
export function ln(value: number): number {
  if (!(value > 0) || value === Number.POSITIVE_INFINITY) throw new RangeError(`no logarithm of ${value}`)
  let [mantissa, exponent] = [value, 0]
  for (; mantissa >= 1.5; exponent += 1) mantissa /= 2
  for (; mantissa < 0.75; exponent -= 1) mantissa *= 2
  const ratio = (mantissa - 1) / (mantissa + 1)
  const square = ratio * ratio
  let sum = 0
  for (let power = 17; power >= 1; power -= 2) sum = sum * square + 1 / power
  return 2 * ratio * sum + exponent * ln2
}

/** What is left of 1 after so many half-lives, 0 or more. */
export function halved(halfLives: number): number {
  if (halfLives >= 60) return 0
  const whole = Math.floor(halfLives)
  const exponent = (whole - halfLives) * ln2
  let sum = 1
  for (let term = 14; term >= 1; term -= 1) sum = 1 + (sum * exponent) / term
  for (let step = 0; step < whole; step += 1) sum /= 2
  return sum
}

/** e to the power of the number, which is held between -40 and 40. */
export function exp(value: number): number {
  const size = Math.min(40, Math.abs(value)) / ln2
  return value < 0 ? halved(size) : 1 / halved(size)
}

/** The probability with these log odds. */
export function sigmoid(logOdds: number): number {
  return logOdds < 0 ? exp(logOdds) / (1 + exp(logOdds)) : 1 / (1 + exp(-logOdds))
}

export function between(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value))
}

/** Where the value lies on the way from one number to another, 0 to 1. */
export function along(value: number, from: number, to: number): number {
  return between((value - from) / (to - from), 0, 1)
}

/** Four decimals: enough to tell habits apart, and short to write down. */
export function rounded(value: number): number {
  // Plus 0, since JSON has no negative zero.
  return Math.round(value * 10_000) / 10_000 + 0
}
