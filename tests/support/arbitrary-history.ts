/** Histories that could have happened, for property tests. */
import fc from 'fast-check'
import type { NewEvent, WireMoney } from '../../src/domain/events.ts'
import { approved, cancelled, chargebackReversed, chargedBack, declined, disputeClosed, disputeOpened, refunded, succeeded, unknown, voided, type ApprovalDetails } from './events.ts'

type Fate = 'cancelled' | 'open' | 'unknown' | 'succeeded' | 'declined' | 'voided'

interface Back {
  readonly isDispute: boolean
  readonly isReversed: boolean
  /** Per cent of what is left of the price. */
  readonly share: number
}

const outcomes = { succeeded, declined, voided }

function eventsOf(id: string, fate: Fate, isUnknownFirst: boolean, details: ApprovalDetails, backs: readonly Back[]): NewEvent[] {
  if (fate === 'cancelled') return [cancelled(id)]
  const events = [approved(id, details)]
  if (fate === 'unknown' || (isUnknownFirst && fate !== 'open')) events.push(unknown(id))
  if (fate !== 'unknown' && fate !== 'open') events.push(outcomes[fate](id))
  const [first] = backs
  // What is said about a charge, and what is decided about that, stands among what happens to it.
  if (fate === 'succeeded' && first?.isDispute) events.push(disputeOpened(id))
  if (fate === 'succeeded') events.push(...moneyBack(id, details.price ?? { amount: '99', currency: 'EUR' }, backs))
  if (fate === 'succeeded' && first?.isReversed) events.push(disputeClosed(id, 'refunded'))
  return events
}

/** Refunds and disputes as far as there is money left for them. */
function moneyBack(id: string, price: WireMoney, backs: readonly Back[]): NewEvent[] {
  const events: NewEvent[] = []
  let left = BigInt(price.amount)
  let sequence = 1
  const next = () => ++sequence
  for (const [index, { isDispute, isReversed, share }] of backs.entries()) {
    const amount = (left * BigInt(share)) / 100n
    if (amount === 0n) continue
    const money = { amount: String(amount), currency: price.currency }
    const of = String(index)
    events.push(isDispute ? chargedBack(id, money, of, next()) : refunded(id, money, of, next()))
    if (isDispute && !isReversed) return events
    if (isDispute) events.push(chargebackReversed(id, of, next()))
    else left -= amount
  }
  return events
}

const price = fc.record({
  amount: fc.bigInt({ min: 0n, max: 99_999_999_999_999_999n }).map(String),
  currency: fc.constantFrom('EUR', 'JPY', 'USD', 'KWD'),
})

const purchase = fc.record({
  fate: fc.constantFrom<Fate>('cancelled', 'open', 'unknown', 'succeeded', 'declined', 'voided'),
  isUnknownFirst: fc.boolean(),
  backs: fc.array(fc.record({ isDispute: fc.boolean(), isReversed: fc.boolean(), share: fc.integer({ min: 1, max: 100 }) }), { maxLength: 3 }),
  details: fc.record(
    {
      memberId: fc.constantFrom('teen', 'child'),
      price,
      sellerId: fc.constantFrom('seller-1', 'seller-2', 'a:b'),
      fundingSourceId: fc.constantFrom('card-1', 'wallet'),
      item: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }),
      counted: price,
      countedAt: fc.date({ min: new Date('2026-11-01'), max: new Date('2026-12-01'), noInvalidDate: true }).map((at) => at.toISOString()),
    },
    { requiredKeys: ['price', 'sellerId', 'fundingSourceId', 'item', 'counted', 'countedAt'] },
  ),
})

/** Each purchase keeps its order while several go on at the same time; `log.opened` is not part of it. */
export const arbitraryHistory: fc.Arbitrary<NewEvent[]> = fc
  .tuple(fc.array(purchase, { maxLength: 12 }), fc.infiniteStream(fc.nat()))
  .map(([purchases, choices]) => {
    const waiting = purchases.map(({ fate, isUnknownFirst, details, backs }, index) =>
      eventsOf(`p${index}`, fate, isUnknownFirst, details, backs),
    )
    const history: NewEvent[] = []
    for (let open = waiting.filter((events) => events.length > 0); open.length > 0; ) {
      const next = open[Number(choices.next().value) % open.length]?.shift()
      if (next) history.push(next)
      open = open.filter((events) => events.length > 0)
    }
    return history
  })
