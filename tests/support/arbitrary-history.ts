/** Histories that could have happened, for property tests. */
import fc from 'fast-check'
import type { NewEvent } from '../../src/domain/events.ts'
import { approved, cancelled, declined, succeeded, unknown, voided } from './events.ts'

type Fate = 'cancelled' | 'open' | 'unknown' | 'succeeded' | 'declined' | 'voided'

const outcomes = { succeeded, declined, voided }

function eventsOf(id: string, fate: Fate, isUnknownFirst: boolean, details: Parameters<typeof approved>[1]): NewEvent[] {
  if (fate === 'cancelled') return [cancelled(id)]
  const events = [approved(id, details)]
  if (fate === 'unknown' || (isUnknownFirst && fate !== 'open')) events.push(unknown(id))
  if (fate !== 'unknown' && fate !== 'open') events.push(outcomes[fate](id))
  return events
}

const price = fc.record({
  amount: fc.bigInt({ min: 0n, max: 999_999_999_999_999_999n }).map(String),
  currency: fc.constantFrom('EUR', 'JPY', 'USD', 'KWD'),
})

const purchase = fc.record({
  fate: fc.constantFrom<Fate>('cancelled', 'open', 'unknown', 'succeeded', 'declined', 'voided'),
  isUnknownFirst: fc.boolean(),
  details: fc.record({
    price,
    sellerId: fc.constantFrom('seller-1', 'seller-2', 'a:b'),
    fundingSourceId: fc.constantFrom('card-1', 'wallet'),
    item: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }),
  }),
})

/** Each purchase keeps its order while several go on at the same time; `log.opened` is not part of it. */
export const arbitraryHistory: fc.Arbitrary<NewEvent[]> = fc
  .tuple(fc.array(purchase, { maxLength: 12 }), fc.infiniteStream(fc.nat()))
  .map(([purchases, choices]) => {
    const waiting = purchases.map(({ fate, isUnknownFirst, details }, index) =>
      eventsOf(`p${index}`, fate, isUnknownFirst, details),
    )
    const history: NewEvent[] = []
    for (let open = waiting.filter((events) => events.length > 0); open.length > 0; ) {
      const next = open[Number(choices.next().value) % open.length]?.shift()
      if (next) history.push(next)
      open = open.filter((events) => events.length > 0)
    }
    return history
  })
