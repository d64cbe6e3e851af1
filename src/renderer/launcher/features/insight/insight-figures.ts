import type { InsightView } from '../../../../contract/ipc/insight.ts'
import type { WireMoney } from '../../../../contract/money.ts'

export type Insight = Extract<InsightView, { kind: 'ok' }>

export function minus(one: WireMoney, other: WireMoney): WireMoney {
  return { amount: String(BigInt(one.amount) - BigInt(other.amount)), currency: one.currency }
}

export const isNothing = ({ amount }: WireMoney): boolean => amount === '0'

/** Without its sign. */
export function size({ amount, currency }: WireMoney): WireMoney {
  return { amount: amount.replace('-', ''), currency }
}

/** How much of the most it is, 0 to 1, to draw with; never to add up. */
export function shareOf(one: WireMoney, most: WireMoney): number {
  const whole = Number(most.amount)
  return whole > 0 ? Math.min(Number(one.amount) / whole, 1) : 0
}
