/**
 * Whether a purchase is within the controls, what is left afterwards, and which rule stands in its way. The same decision is
 * made by the client and by the gateway.
 */
import { type Period, type Span, spanOf } from './calendar.ts'
import { exclusionOf, hoursOf, isSameKey } from './control-parts.ts'
import type { Controls, Freeze, Limit, LimitWarning } from './controls.ts'
import { type ExclusionState, exclusionState } from './exclusion.ts'
import type { Money } from './money.ts'
import { quietUntil } from './quiet-hours.ts'
import { hasMembers, mayAnswer, memberOf } from './roles.ts'
import { type UsageLine, type Used, usedIn } from './usage.ts'

/** From how much of a limit on a purchase is near it, in per cent. */
export const nearPercent = 80

/** How a limit stands: what is used of it in its span that is now. `span` is null for a limit on each purchase alone. */
export interface Standing extends Used {
  readonly limit: Limit
  readonly span: Span | null
  /** Cap less what is spent and reserved, in minor units; below zero where a limit was tightened after spending. */
  readonly left: bigint
}

export type Block =
  | { readonly kind: 'limit'; readonly standing: Standing }
  | { readonly kind: 'excluded'; readonly state: 'running' | 'ended' | 'coolingOff'; readonly until: string }
  | { readonly kind: 'quietHours'; readonly untilMs: number; readonly memberId?: string }
  | { readonly kind: 'frozen'; readonly freeze: Freeze }
  /** The household has members, and this is none of them. */
  | { readonly kind: 'noMember' }
  /** P8: who is said to have agreed may not. */
  | { readonly kind: 'approver' }

/** Who buys. `approvedBy` is the guardian who said yes to what a minor asked for. */
export interface Buyer {
  /** Null while there are no members. */
  readonly memberId: string | null
  readonly approvedBy?: string | undefined
}

/** What is left of one limit once the purchase is made. `percent` of it is used then, rounded down. */
export interface Headroom {
  readonly limit: Limit
  readonly left: bigint
  readonly percent: number
}

export type Verdict =
  | { readonly kind: 'blocked'; readonly block: Block }
  | {
      readonly kind: 'allowed'
      /** Of the limits that have a period, least left first. */
      readonly headroom: readonly Headroom[]
      /** That are due with this purchase. */
      readonly warnings: readonly LimitWarning[]
    }

export interface Moment {
  /** When the purchase would count, in milliseconds since the epoch. */
  readonly ms: number
  /** What the gateway's clock says, or null while nobody knows. */
  readonly gatewayMs: number | null
}

/** The usage from an instant on, oldest first or in any order. */
export type ReadUsage = (fromMs: number) => readonly UsageLine[]

/** The earliest instant that any limit looks back to. */
function earliest(spans: readonly (Span | null)[]): number {
  return Math.min(...spans.map((span) => span?.startMs ?? Number.POSITIVE_INFINITY))
}

const isPeriod = (period: string): period is Period => period !== 'purchase'

/** How each limit stands at the instant. Empty without a household. */
export function standings({ household, limits }: Controls, usage: ReadUsage, atMs: number): Standing[] {
  if (!household) return []
  const { zone, currency } = household
  const spans = new Map<Period, Span>()
  const spanFor = (period: Period) => {
    const span = spans.get(period) ?? spanOf(period, atMs, zone)
    spans.set(period, span)
    return span
  }
  const all = limits.map((limit) => ({ limit, span: isPeriod(limit.period) ? spanFor(limit.period) : null }))
  const from = earliest(all.map(({ span }) => span))
  const lines = Number.isFinite(from) ? usage(from) : []
  return all.map(({ limit, span }) => {
    const used = span ? usedIn(lines, span, { sellerId: limit.sellerId, memberId: limit.memberId, currency }) : { spent: 0n, reserved: 0n }
    return { limit, span, ...used, left: BigInt(limit.amount) - used.spent - used.reserved }
  })
}

/** P4, P5, P8: what stands in the way of every purchase of theirs, whatever it costs; null for nothing. */
export function blockAtAnyPrice(controls: Controls, { memberId, approvedBy }: Buyer, { ms, gatewayMs }: Moment): Block | null {
  if (hasMembers(controls) && !memberOf(controls, memberId)) return { kind: 'noMember' }
  const excluded = excludedBlock(controls, memberId, gatewayMs)
  if (excluded) return excluded
  const freeze = freezeOf(controls, memberId)
  if (freeze) return { kind: 'frozen', freeze }
  if (approvedBy !== undefined && !mayAnswer(controls, approvedBy, memberId ?? '', gatewayMs)) return { kind: 'approver' }
  const { household } = controls
  if (!household) return null
  const untilMs = quietUntil(hoursOf(controls, undefined), ms, household.zone)
  if (untilMs !== null) return { kind: 'quietHours', untilMs }
  // What a guardian agrees to may be within the member's own hours, and never within those of the household.
  const ownUntilMs = memberId === null || approvedBy !== undefined ? null : quietUntil(hoursOf(controls, memberId), ms, household.zone)
  return ownUntilMs === null || memberId === null ? null : { kind: 'quietHours', untilMs: ownUntilMs, memberId }
}

/** That of the one adult holds everybody, so that nobody comes around it by becoming a member. */
export function freezeOf({ frozen = [] }: Pick<Controls, 'frozen'>, memberId: string | null): Freeze | null {
  return frozen.find((freeze) => freeze.memberId === null || freeze.memberId === memberId) ?? null
}

/** The exclusion that they are held to: of the household's and their own the one that lasts longer. */
export function exclusionHeldTo(controls: Controls, memberId: string | null, gatewayMs: number | null): ExclusionState {
  const own = memberId === null ? null : exclusionOf(controls, memberId)
  const states = [exclusionState(controls.exclusion, gatewayMs), exclusionState(own, gatewayMs)]
  const running = states.filter((state): state is Exclude<ExclusionState, { kind: 'none' }> => state.kind !== 'none')
  return running.toSorted((one, other) => (one.until > other.until ? -1 : 1))[0] ?? { kind: 'none' }
}

function excludedBlock(controls: Controls, memberId: string | null, gatewayMs: number | null): Block | null {
  const held = exclusionHeldTo(controls, memberId, gatewayMs)
  return held.kind === 'none' ? null : { kind: 'excluded', state: held.kind, until: held.until }
}

/**
 * P4, P5: judges a purchase at a seller that counts as `counted` in the household's currency. Of several limits without room
 * the one with the least left is named. A guardian's yes makes an exception from the member's own limits for this once, and
 * from none of the household's. Throws RangeError where `counted` is in another currency.
 */
export function judge(
  controls: Controls,
  usage: ReadUsage,
  spend: Buyer & { readonly sellerId: string; readonly counted: Money },
  moment: Moment,
): Verdict {
  const block = blockAtAnyPrice(controls, spend, moment)
  if (block) return { kind: 'blocked', block }
  const { household } = controls
  if (!household) return { kind: 'allowed', headroom: [], warnings: [] }
  const { amount, currency } = spend.counted
  if (controls.limits.length > 0 && currency !== household.currency) throw new RangeError(`limits are in ${household.currency}, not ${currency}`)
  const limits = controls.limits.filter((limit) => isConcerned(limit, spend))
  const concerned = standings({ ...controls, limits }, usage, moment.ms)
  const short = concerned.filter(({ limit, left }) => amount > left && (limit.memberId === undefined || spend.approvedBy === undefined))
  const governing = short.toSorted(byLeft)[0]
  if (governing) return { kind: 'blocked', block: { kind: 'limit', standing: governing } }
  // One of nothing means to ask: there is nothing that could be left of it, or used up.
  const timed = concerned.filter((standing): standing is Standing & { span: Span } => standing.span !== null && standing.limit.amount !== '0')
  return {
    kind: 'allowed',
    headroom: timed.map((standing) => headroomAfter(standing, amount)).sort(byLeft),
    warnings: timed.flatMap((standing) => warningsAfter(controls, standing, amount)),
  }
}

function isConcerned(limit: Limit, { sellerId, memberId }: { readonly sellerId: string; readonly memberId: string | null }): boolean {
  return (limit.sellerId === null || limit.sellerId === sellerId) && (limit.memberId === undefined || limit.memberId === memberId)
}

const byLeft = (one: { readonly left: bigint }, other: { readonly left: bigint }) => (one.left < other.left ? -1 : one.left > other.left ? 1 : 0)

function headroomAfter({ limit, left }: Standing, amount: bigint): Headroom {
  const after = left - amount
  const cap = BigInt(limit.amount)
  return { limit, left: after, percent: Number(((cap - after) * 100n) / cap) }
}

/** Told once in each span at 80 and at 100 per cent; one purchase that reaches both tells the higher only. */
function warningsAfter({ warnings }: Controls, standing: Standing & { readonly span: Span }, amount: bigint): LimitWarning[] {
  const { percent } = headroomAfter(standing, amount)
  const reached = percent >= 100 ? 100 : percent >= nearPercent ? 80 : null
  if (reached === null) return []
  const { amount: _, ...key } = standing.limit
  const warning: LimitWarning = { ...key, startsAt: new Date(standing.span.startMs).toISOString(), percent: reached }
  return warnings.some((told) => covers(told, warning)) ? [] : [warning]
}

function covers(told: LimitWarning, next: LimitWarning): boolean {
  return isSameKey(told, next) && told.startsAt === next.startsAt && told.percent >= next.percent
}

/** Whether the purchase needs one more question: it brings some limit near its end. */
export function isNear(headroom: readonly Headroom[]): boolean {
  return headroom.some(({ percent }) => percent >= nearPercent)
}

