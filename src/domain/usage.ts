/**
 * How much of the limits is used up, as sums over quarters of an hour. Every time zone's days begin at a quarter of an hour,
 * so that days, weeks and months of any zone are sums of these. Spending is gross: money that comes back later gives no room
 * again. What was approved and is not settled is reserved, and counts as well. What was bought elsewhere counts at its own time, where
 * whoever imported it wants that, and stays counted when the import is undone.
 */
import type { LogEvent } from './events.ts'
import { countingRows } from './import-rules.ts'
import { elsewhereId, type ImportPart } from './imports.ts'
import type { PurchaseRecord } from './ledger.ts'
import type { Money } from './money.ts'

export const quarterMs = 15 * 60_000

/** When the quarter of an hour began that the instant lies in; milliseconds since the epoch. */
export const quarterOf = (atMs: number) => Math.floor(atMs / quarterMs) * quarterMs

/** Minor units of `currency` that were approved in the quarter of an hour from `atMs` on. */
export interface UsageLine {
  readonly atMs: number
  readonly sellerId: string
  /** Null where there were no members. */
  readonly memberId: string | null
  readonly currency: string
  readonly spent: bigint
  readonly reserved: bigint
}

const none = { spent: 0n, reserved: 0n }

function holdingOf(record: PurchaseRecord | null): { readonly spent: bigint; readonly reserved: bigint } {
  if (!record) return none
  switch (record.state) {
    case 'declined':
    case 'voided':
      return none
    case 'approved':
    case 'unknown':
      return { spent: 0n, reserved: record.counted.amount }
    default:
      return { spent: record.counted.amount, reserved: 0n }
  }
}

/** What an event adds to the usage, or takes from it, given its purchase's record around it: one line for each that changes. */
export function usageChanges(event: Pick<LogEvent, 'type' | 'payload'>, before: PurchaseRecord | null, after: PurchaseRecord | null): readonly UsageLine[] {
  const step = event as LogEvent
  if (step.type === 'import.made') return importedUsage(step.payload)
  const change = usageChange(before, after)
  return change ? [change] : []
}

/** P4: charges in full, whatever came back, in the currency that they were made in: no rate is made up. */
function importedUsage(part: ImportPart): readonly UsageLine[] {
  const lines = usageLines()
  for (const { at, payee, amount } of countingRows(part)) {
    const key = { atMs: quarterOf(Date.parse(at)), sellerId: elsewhereId(part.source, payee), memberId: part.memberId ?? null, currency: amount.currency }
    lines.add({ ...key, spent: BigInt(amount.amount), reserved: 0n })
  }
  return lines.since(Number.NEGATIVE_INFINITY)
}

/** The same of a purchase. Null for nothing. */
export function usageChange(before: PurchaseRecord | null, after: PurchaseRecord | null): UsageLine | null {
  if (!after) return null
  const [was, is] = [holdingOf(before), holdingOf(after)]
  const change = { spent: is.spent - was.spent, reserved: is.reserved - was.reserved }
  if (change.spent === 0n && change.reserved === 0n) return null
  const { sellerId, memberId, counted, countedAt } = after
  return { atMs: quarterOf(Date.parse(countedAt)), sellerId, memberId, currency: counted.currency, ...change }
}

/** What is used up of a cap, in minor units. */
export interface Used {
  readonly spent: bigint
  readonly reserved: bigint
}

/**
 * The sum of the lines from one instant up to another, of all sellers or of one, of everybody or of one member. Lines in other
 * currencies do not count.
 */
export function usedIn(
  lines: readonly UsageLine[],
  within: { readonly startMs: number; readonly endMs: number },
  { sellerId, memberId, currency }: { readonly sellerId: string | null; readonly memberId?: string | undefined; readonly currency: Money['currency'] },
): Used {
  let [spent, reserved] = [0n, 0n]
  for (const line of lines) {
    if (line.atMs < within.startMs || line.atMs >= within.endMs || line.currency !== currency) continue
    if (sellerId !== null && line.sellerId !== sellerId) continue
    if (memberId !== undefined && line.memberId !== memberId) continue
    spent += line.spent
    reserved += line.reserved
  }
  return { spent, reserved }
}

/** The lines of a whole history, for whoever keeps them in memory. */
export function usageLines(): { add(change: UsageLine): void; since(fromMs: number): UsageLine[] } {
  const lines = new Map<string, UsageLine>()
  return {
    add(change) {
      const key = JSON.stringify([change.atMs, change.sellerId, change.memberId, change.currency])
      const { spent, reserved } = lines.get(key) ?? none
      const line = { ...change, spent: spent + change.spent, reserved: reserved + change.reserved }
      if (line.spent === 0n && line.reserved === 0n) lines.delete(key)
      else lines.set(key, line)
    },
    since: (fromMs) => [...lines.values()].filter(({ atMs }) => atMs >= quarterOf(fromMs)).sort(byTime),
  }
}

const textOf = ({ sellerId, memberId, currency }: UsageLine) => `${sellerId} ${memberId ?? ''} ${currency}`
const byTime = (one: UsageLine, other: UsageLine) => one.atMs - other.atMs || (textOf(one) < textOf(other) ? -1 : 1)
