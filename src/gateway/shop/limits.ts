/** Holds every purchase of a funding source to the controls that are kept for it, whichever device makes it. */
import type { AuthorisationClaims, QuoteClaims } from '../../contract/http/claims.ts'
import type { ProblemCode } from '../../contract/http/messages.ts'
import { type Block, type Buyer, judge } from '../../domain/limits.ts'
import { fromWire, type Money } from '../../domain/money.ts'
import { quarterOf, type UsageLine } from '../../domain/usage.ts'
import { instant } from '../environment.ts'
import { problem } from '../problems.ts'
import type { Store } from '../store/open-store.ts'
import type { NewCharge } from '../store/tables.ts'
import type { CoveredPurchase } from './authorisation.ts'
import { readControls } from './controls.ts'
import { countIn } from './exchange.ts'

/** No limit looks back further: the longest month, and the hours by which clocks are changed in it. */
const longestSpanMs = 32 * 24 * 60 * 60_000

const codeOf: Readonly<Record<Block['kind'], ProblemCode>> = {
  limit: 'limitReached',
  excluded: 'excluded',
  /** Of a device alone: what the gateway keeps is never frozen. */
  frozen: 'excluded',
  quietHours: 'quietHours',
  noMember: 'memberInvalid',
  approver: 'memberInvalid',
}

/** Who buys and who agreed to it, as the device has signed it. */
export function buyerIn({ memberId, approvedBy }: Pick<AuthorisationClaims, 'memberId' | 'approvedBy'>): Buyer {
  return { memberId: memberId ?? null, approvedBy }
}

/**
 * P4, P5, P8: throws `limitReached`, `excluded`, `quietHours` or `memberInvalid` where the purchase is not within the controls at
 * that time of the gateway's. Gives what it counts as. Call it inside the transaction that charges, so that no other comes in
 * between.
 */
export async function assertWithinControls(store: Store, { quote, authorisation }: CoveredPurchase, nowMs: number): Promise<Money> {
  const controls = await readControls(store, quote.fundingSource.id)
  const currency = controls.household?.currency
  const counted = countedIn(currency, quote)
  // The lines are read beforehand, because the verdict waits for nothing.
  const isLimited = currency !== undefined && controls.limits.length > 0
  const usage = isLimited ? await readUsage(store, quote.fundingSource.id, currency, nowMs - longestSpanMs) : []
  const verdict = judge(controls, () => usage, { ...buyerIn(authorisation), sellerId: quote.sellerId, counted }, { ms: nowMs, gatewayMs: nowMs })
  if (verdict.kind === 'blocked') throw problem(codeOf[verdict.block.kind])
  return counted
}

/** By the signed quote where it counts in that currency, by the gateway's rates otherwise. */
function countedIn(currency: string | undefined, { price, counted }: Pick<QuoteClaims, 'price' | 'counted'>): Money {
  if (currency === undefined || counted?.currency === currency) return fromWire(counted ?? price)
  return countIn(fromWire(price), currency)
}

/**
 * What all devices were charged from an instant on, refunded or not. From the first control on everything counts in its
 * currency; what was charged in another one before then has no rate that anybody agreed to, and counts nowhere.
 */
async function readUsage(store: Store, fundingSourceId: string, currency: string, fromMs: number): Promise<UsageLine[]> {
  const rows = await store
    .selectFrom('spending')
    .innerJoin('charges', (join) =>
      join
        .onRef('charges.device_id', '=', 'spending.device_id')
        .onRef('charges.idempotency_key', '=', 'spending.idempotency_key'),
    )
    .select(['spending.counted_minor_units', 'spending.charged_at', 'spending.member_id', 'charges.seller_id'])
    .where('spending.funding_source_id', '=', fundingSourceId)
    .where('spending.counted_currency', '=', currency)
    .where('spending.charged_at', '>=', instant(fromMs))
    .execute()
  return rows.map(({ counted_minor_units: spent, charged_at: at, seller_id: sellerId, member_id: memberId }) => ({
    atMs: quarterOf(Date.parse(at)),
    ...{ sellerId, memberId, currency, spent, reserved: 0n },
  }))
}

/** Writes what a charge counts as, and by which sign-in it was made; call it inside the transaction that makes the charge. */
export async function recordSpending(
  store: Store,
  { quote, authorisation }: CoveredPurchase,
  charge: NewCharge,
  counted: Money,
  sessionId: string | undefined,
): Promise<void> {
  await store
    .insertInto('spending')
    .values({
      device_id: charge.device_id,
      idempotency_key: charge.idempotency_key,
      funding_source_id: quote.fundingSource.id,
      counted_minor_units: counted.amount,
      counted_currency: counted.currency,
      charged_at: charge.charged_at,
      member_id: buyerIn(authorisation).memberId,
      session_id: sessionId ?? null,
    })
    .execute()
}
