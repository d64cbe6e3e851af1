/** Whether a purchase is within what the person has decided about their own spending, and what they are told where it is not. */
import type { Outcome } from '../../contract/ipc/outcome.ts'
import { isElsewhere } from '../../domain/imports.ts'
import { isSpending } from '../../domain/ledger.ts'
import { type Block, blockAtAnyPrice, type Buyer, judge, type Moment, type Standing, type Verdict } from '../../domain/limits.ts'
import { fromWire, type Money, toWire } from '../../domain/money.ts'
import { hasMembers, maySee } from '../../domain/roles.ts'
import type { EventLog, PurchaseRecord } from '../ports/event-log.ts'
import { type Gateway, GatewayError } from '../ports/gateway.ts'
import { mayBeLifted } from './guardian-exception.ts'
import { nameFor } from './person-names.ts'
import { asked, refused } from './refusals.ts'
import type { TrustedNow } from './trusted-now.ts'

export interface JudgeDeps {
  readonly gateway: Pick<Gateway, 'catalogue' | 'now' | 'time'>
  readonly quoteNow: TrustedNow
}

type Blocked = Extract<Outcome, { kind: 'blocked' }>
type Refused = Extract<Outcome, { kind: 'refused' }>

/** What a purchase is for, as quote, challenge and offer all have it. */
export interface Wanted {
  readonly sellerId: string
  readonly item: string
  readonly payee: string
  readonly price: { readonly amount: string; readonly currency: string }
  readonly counted?: { readonly amount: string; readonly currency: string }
  /** As quote and challenge have it. */
  readonly fundingSource?: { readonly id: string }
}

/** How many earlier purchases explain a limit. */
const mostBought = 5

const hourMs = 60 * 60_000
const dayMs = 24 * hourMs

/**
 * P4: a purchase never counts in an earlier quarter of an hour than one before it, so that no clock gives room twice. What was imported says
 * nothing about the time: a file can name any.
 */
export function momentOf({ gateway, quoteNow }: Pick<JudgeDeps, 'quoteNow'> & { readonly gateway: Pick<Gateway, 'now'> }, log: EventLog): Moment {
  const nowMs = quoteNow()
  const newestMs = log.usageSince(nowMs).findLast(({ sellerId }) => !isElsewhere(sellerId))?.atMs ?? nowMs
  return { ms: Math.max(nowMs, newestMs), gatewayMs: gateway.now() }
}

/**
 * The decision as the log stands now. Null where it counts in another currency than the household's, because that began
 * after the price had been asked for: then it has to be asked for again.
 */
export function judgePurchase(log: EventLog, wanted: Wanted, { memberId, approvedBy }: Buyer, moment: Moment): Verdict | null {
  const controls = log.controls()
  const counted = countedOf(wanted)
  if (controls.household && controls.household.currency !== counted.currency) return null
  return judge(controls, log.usageSince, { memberId, approvedBy, sellerId: wanted.sellerId, counted }, moment)
}

export function countedOf({ price, counted }: Wanted): Money {
  return fromWire(counted ?? price)
}

/** Who buys has to say so first, or who agreed may no longer: neither is a rule about spending. */
export function blocked(log: EventLog, wanted: Wanted, { memberId }: Buyer, block: Block): Blocked | Refused {
  if (block.kind === 'noMember') return refused('profileLocked')
  if (block.kind === 'approver') return refused('expired')
  return { kind: 'blocked', ...asked(wanted), block: explained(log, wanted, memberId, block) }
}

type Explained = Exclude<Block, { kind: 'noMember' | 'approver' }>

function explained(log: EventLog, wanted: Wanted, memberId: string | null, block: Explained): Blocked['block'] {
  const counted = countedOf(wanted)
  switch (block.kind) {
    case 'limit':
      return {
        ...toStanding(block.standing),
        kind: 'limit',
        currency: counted.currency,
        wanted: counted.amount.toString(),
        bought: boughtIn(log, { memberId, fundingSourceId: wanted.fundingSource?.id ?? '' }, block.standing, counted.currency),
      }
    case 'excluded':
      return block
    case 'frozen':
      return { kind: 'frozen', since: block.freeze.frozenAt, by: nameFor(log, block.freeze.by), thaw: hasMembers(log.controls()) ? 'guardian' : 'person' }
    case 'quietHours':
      return {
        kind: 'quietHours',
        until: new Date(block.untilMs).toISOString(),
        ...(block.memberId !== undefined && { memberId: block.memberId }),
      }
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

/** What counts in the span, newest first, as far as they may see it: P10, without members what was paid from the same wallet. The log is in the order of this computer's clock, which may be wrong by some hours. */
function boughtIn(log: EventLog, purse: Purse, { limit, span }: Standing, currency: string) {
  if (!span) return []
  const counts = (atMs: number) => atMs >= span.startMs && atMs < span.endMs
  return log
    .purchasesSince(new Date(span.startMs - dayMs).toISOString())
    .filter((record) => isSpending(record) && record.counted.currency === currency && counts(Date.parse(record.countedAt)))
    .filter(({ sellerId }) => limit.sellerId === null || limit.sellerId === sellerId)
    .filter((record) => limit.memberId === undefined || limit.memberId === record.memberId)
    .filter((record) => (purse.memberId === null ? isFromSame(log, purse, record) : maySee(log.controls(), purse.memberId, record.memberId)))
    .slice(0, mostBought)
    .map(toBought)
}

function toBought({ item, price, countedAt }: PurchaseRecord) {
  return { item, price: toWire(price), at: countedAt }
}

/** What they bought in the last seven days, newest first, a few at most. */
export function boughtLately(log: EventLog, memberId: string, nowMs: number) {
  const since = log.purchasesSince(new Date(nowMs - 7 * dayMs).toISOString())
  return since.filter((record) => isSpending(record) && record.memberId === memberId).slice(0, mostBought).map(toBought)
}

/** Who buys, and from which wallet: where there are no members, each account's purchases are its own. */
export interface Purse {
  readonly memberId: string | null
  readonly fundingSourceId: string
}

/** Whether it was bought by the same: P10, what somebody else has bought is nobody's business. */
export function isFromSame(log: EventLog, { memberId, fundingSourceId }: Purse, record: PurchaseRecord): boolean {
  if (record.memberId !== memberId) return false
  return memberId !== null || log.approval(record.purchaseId)?.payload.challenge.fundingSource.id === fundingSourceId
}

/** How many purchases of theirs this would make within an hour, where the person wants to be reminded of that; else null. */
export function purchasesThisHour(log: EventLog, purse: Purse, nowMs: number): number | null {
  const { remindAfter } = log.controls()
  if (remindAfter === null) return null
  const since = log.purchasesSince(new Date(nowMs - hourMs).toISOString())
  const before = since.filter((record) => isSpending(record) && isFromSame(log, purse, record)).length
  return before >= remindAfter ? before + 1 : null
}

/**
 * P4, P5: quiet hours and exclusion need no price. A no by a clock that was carried on for a while is looked at again. What a
 * guardian could lift for once is left to the judgement with the price, because that says whether it is all that stands in the way.
 */
export async function blockBeforeQuote(
  deps: JudgeDeps,
  log: EventLog,
  { offerId, memberId }: { readonly offerId: string; readonly memberId: string | null },
): Promise<Blocked | Refused | null> {
  const look = () => {
    const moment = momentOf(deps, log)
    const block = blockAtAnyPrice(log.controls(), { memberId }, moment)
    return block && mayBeLifted(log.controls(), block, memberId) ? null : block
  }
  if (!look()) return null
  await deps.gateway.time().catch(unlessGateway)
  const block = look()
  if (!block) return null
  const { offers, sellers } = await deps.gateway.catalogue()
  const offer = offers.find(({ id }) => id === offerId)
  if (!offer) return refused('offerUnavailable')
  const { sellerId, title, price } = offer
  const payee = sellers.find(({ id }) => id === sellerId)?.name ?? sellerId
  return blocked(log, { sellerId, item: title, payee, price }, { memberId }, block)
}

function unlessGateway(error: unknown): void {
  if (!(error instanceof GatewayError)) throw error
}
