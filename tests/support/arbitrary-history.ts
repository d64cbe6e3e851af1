/** Histories that could have happened, for property tests. */
import fc from 'fast-check'
import type { ChallengeContent, NewEvent, WireMoney } from '../../src/domain/events.ts'
import { importSources } from '../../src/domain/imports.ts'
import { begun } from './control-events.ts'
import { approved, cancelled, chargebackReversed, chargedBack, declined, disputeClosed, disputeOpened, refunded, succeeded, unknown, voided, type ApprovalDetails } from './events.ts'
import { householdBegun } from './household-events.ts'

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
  .map(([purchases, choices]) =>
    interleaved(
      purchases.map(({ fate, isUnknownFirst, details, backs }, index) => eventsOf(`p${index}`, fate, isUnknownFirst, details, backs)),
      choices,
    ),
  )

function interleaved(waiting: readonly NewEvent[][], choices: Iterator<number>): NewEvent[] {
  const history: NewEvent[] = []
  for (let open = waiting.filter((events) => events.length > 0); open.length > 0; ) {
    const next = open[Number(choices.next().value) % open.length]?.shift()
    if (next) history.push(next)
    open = open.filter((events) => events.length > 0)
  }
  return history
}

const name = fc.oneof(
  fc.constantFrom('Müller Games', 'MULLER', 'Sternenmantel', 'a-b 10', '星のかけら', 'Gems', 'E\u0301clair', 'İstanbul', '𐐀 deseret', '500 gems'),
  // As src/domain/import-rules.ts takes it: one line of text.
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }).filter((text) => /^[^\p{Cc}\p{Zl}\p{Zp}]+$/u.test(text)),
)

const sold = fc.record({
  payee: name,
  game: name,
  offer: fc.oneof(
    fc.constant({ kind: 'item' } as const),
    fc.record({ kind: fc.constant('pass' as const), passDays: fc.integer({ min: 1, max: 400 }) }),
    fc.record({ kind: fc.constant('bundle' as const), bundle: fc.record({ count: fc.integer({ min: 1, max: 1_000_000 }), unit: name }) }),
  ),
})

/** Times are of a few days, so that several things happen at the same moment. */
const moment = fc
  .tuple(fc.integer({ min: 0, max: 4 }), fc.constantFrom('T00:30:00.000Z', 'T12:00:00.000Z', 'T23:30:00.000Z'))
  .map(([day, time]) => `2026-10-${29 + (day % 3)}${time}`)

const importedRow = fc.record(
  {
    kind: fc.constantFrom('charge', 'refund'),
    at: moment,
    item: name,
    game: name,
    payee: name,
    amount: fc.record({ amount: fc.bigInt({ min: 1n, max: 999_999_999_999n }).map(String), currency: fc.constantFrom('EUR', 'JPY') }),
    order: fc.oneof(fc.string({ minLength: 1, maxLength: 20 }), fc.constantFrom('\u{10400}1', '\uFF211', 'é')),
    reference: fc.constantFrom('GPA-1', 'gpa-2'),
    state: fc.constantFrom('succeeded', 'partlyRefunded', 'refunded'),
    paidWith: fc.constantFrom('Wallet', 'Visa'),
    key: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
  },
  { requiredKeys: ['kind', 'at', 'item', 'payee', 'amount', 'state', 'key'] },
)

const importing = fc
  .record({
    source: fc.constantFrom(...importSources),
    memberId: fc.constantFrom('teen', 'child'),
    counts: fc.boolean(),
    parts: fc.array(fc.array(importedRow, { minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 3 }),
    isUndone: fc.boolean(),
    isCutShort: fc.boolean(),
  })
  .map(({ source, memberId, counts, parts, isUndone, isCutShort }) => (importId: string, isFamily: boolean): NewEvent[] => {
    let n = 0
    // In a household the guardian imports for a member; alone it is for nobody in particular.
    const [actor, whose] = isFamily ? ['guardian', { memberId }] : ['person', {}]
    const about = { importId, source, fileName: `${source}.csv`, ...whose, counts, parts: parts.length }
    const made = parts.map((rows, index): NewEvent => {
      const numbered = rows.map((row) => ({ ...row, n: (n += 1), ...(row.kind === 'refund' && n > 1 && { of: n - 1 }) }))
      return { type: 'import.made', actor, payload: { ...about, part: index + 1, rows: numbered } }
    })
    const there = isCutShort ? made.slice(0, -1) : made
    return isUndone && there.length > 0 ? [...there, { type: 'import.undone', actor, payload: { importId } }] : there
  })

/** As arbitraryHistory, with everything that a history can have: other names and kinds of offers, and imports. */
export const arbitraryFullHistory: fc.Arbitrary<NewEvent[]> = fc
  .tuple(fc.array(fc.tuple(purchase, sold), { maxLength: 12 }), fc.array(importing, { maxLength: 3 }), fc.infiniteStream(fc.nat()), fc.boolean())
  .map(([purchases, imports, choices, isFamily]) => {
    const bought = purchases.map(([{ fate, isUnknownFirst, details, backs }, about], index) =>
      eventsOf(`p${index}`, fate, isUnknownFirst, details, backs).map((event) => soldAs(event, about)),
    )
    const before = isFamily ? [begun(), householdBegun()] : []
    return [...before, ...interleaved([...bought, ...imports.map((made, index) => made(`i-${index}`, isFamily))], choices)]
  })

function soldAs(event: NewEvent, { payee, game, offer }: { payee: string; game: string; offer: Pick<ChallengeContent, 'kind' | 'bundle' | 'passDays'> }): NewEvent {
  if (event.type !== 'purchase.approved') return event
  return { ...event, payload: { ...event.payload, challenge: { ...event.payload.challenge, payee, game, ...offer } } }
}
