/** Whether a purchase is within what the person has decided about their own spending, and what they are told where it is not. */
import type { Outcome } from '../../contract/ipc/outcome.ts'
import { isSpending } from '../../domain/ledger.ts'
import { type Block, blockAtAnyPrice, judge, type Moment, type Standing, type Verdict } from '../../domain/limits.ts'
import { fromWire, type Money, toWire } from '../../domain/money.ts'
import type { EventLog } from '../ports/event-log.ts'
import { type Gateway, GatewayError } from '../ports/gateway.ts'
import { asked } from './refusals.ts'
import type { TrustedNow } from './trusted-now.ts'

export interface JudgeDeps {
  readonly gateway: Pick<Gateway, 'catalogue' | 'now' | 'time'>
  readonly quoteNow: TrustedNow
}

type Blocked = Extract<Outcome, { kind: 'blocked' }>

/** What a purchase is for, as quote, challenge and offer all have it. */
interface Wanted {
  readonly sellerId: string
  readonly item: string
  readonly payee: string
  readonly price: { readonly amount: string; readonly currency: string }
  readonly counted?: { readonly amount: string; readonly currency: string }
}

/** How many earlier purchases explain a limit. */
const mostBought = 5

const hourMs = 60 * 60_000
const dayMs = 24 * hourMs

/** P4: a purchase never counts in an earlier quarter of an hour than one before it, so that no clock gives room twice. */
export function momentOf({ gateway, quoteNow }: Pick<JudgeDeps, 'quoteNow'> & { readonly gateway: Pick<Gateway, 'now'> }, log: EventLog): Moment {
  const nowMs = quoteNow()
  const newestMs = log.usageSince(nowMs).at(-1)?.atMs ?? nowMs
  return { ms: Math.max(nowMs, newestMs), gatewayMs: gateway.now() }
}

/**
 * The decision as the log stands now. Null where it counts in another currency than the household's, because that began
 * after the price had been asked for: then it has to be asked for again.
 */
export function judgePurchase(log: EventLog, wanted: Wanted, moment: Moment): Verdict | null {
  const controls = log.controls()
  const counted = countedOf(wanted)
  if (controls.household && controls.household.currency !== counted.currency) return null
  return judge(controls, log.usageSince, { sellerId: wanted.sellerId, counted }, moment)
}

function countedOf({ price, counted }: Wanted): Money {
  return fromWire(counted ?? price)
}

export function blocked(log: EventLog, wanted: Wanted, block: Block): Blocked {
  return { kind: 'blocked', ...asked(wanted), block: explained(log, countedOf(wanted), block) }
}

function explained(log: EventLog, counted: Money, block: Block): Blocked['block'] {
  switch (block.kind) {
    case 'limit':
      return {
        ...toStanding(block.standing),
        kind: 'limit',
        currency: counted.currency,
        wanted: counted.amount.toString(),
        bought: boughtIn(log, block.standing, counted.currency),
      }
    case 'excluded':
      return block
    case 'quietHours':
      return { kind: 'quietHours', until: new Date(block.untilMs).toISOString() }
  }
}

/** How a limit stands, as it crosses to the pages. */
export function toStanding({ limit, spent, reserved, left, span }: Standing) {
  return {
    ...limit,
    spent: spent.toString(),
    reserved: reserved.toString(),
    left: left.toString(),
    startsAt: span && new Date(span.startMs).toISOString(),
    resetsAt: span && new Date(span.endMs).toISOString(),
  }
}

/** What counts in the span, newest first. The log is in the order of this computer's clock, which may be wrong by some hours. */
function boughtIn(log: EventLog, { limit, span }: Standing, currency: string) {
  if (!span) return []
  const counts = (atMs: number) => atMs >= span.startMs && atMs < span.endMs
  return log
    .purchasesSince(new Date(span.startMs - dayMs).toISOString())
    .filter((record) => isSpending(record) && record.counted.currency === currency && counts(Date.parse(record.countedAt)))
    .filter(({ sellerId }) => limit.sellerId === null || limit.sellerId === sellerId)
    .slice(0, mostBought)
    .map(({ item, price, countedAt }) => ({ item, price: toWire(price), at: countedAt }))
}

/** How many purchases this would make within an hour, where the person wants to be reminded of that; else null. */
export function purchasesThisHour(log: EventLog, nowMs: number): number | null {
  const { remindAfter } = log.controls()
  if (remindAfter === null) return null
  const before = log.purchasesSince(new Date(nowMs - hourMs).toISOString()).filter(isSpending).length
  return before >= remindAfter ? before + 1 : null
}

/** P4, P5: quiet hours and exclusion need no price. A no by a clock that was carried on for a while is looked at again. */
export async function blockBeforeQuote(deps: JudgeDeps, log: EventLog, offerId: string): Promise<Blocked | 'offerUnavailable' | null> {
  const look = () => blockAtAnyPrice(log.controls(), momentOf(deps, log))
  if (!look()) return null
  await deps.gateway.time().catch(unlessGateway)
  const block = look()
  if (!block) return null
  const { offers, sellers } = await deps.gateway.catalogue()
  const offer = offers.find(({ id }) => id === offerId)
  if (!offer) return 'offerUnavailable'
  const { sellerId, title, price } = offer
  const payee = sellers.find(({ id }) => id === sellerId)?.name ?? sellerId
  return blocked(log, { sellerId, item: title, payee, price }, block)
}

function unlessGateway(error: unknown): void {
  if (!(error instanceof GatewayError)) throw error
}
