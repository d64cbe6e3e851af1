/**
 * How long it takes to decide whether a purchase is within the limits, with a long log behind them: eight limits of one adult alone,
 * and those with three of each of twenty members' own. Alone:
 * `node tests/bench/limits.bench.ts [EVENTS]`.
 */
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { EventId } from '../../src/domain/brands.ts'
import { limitPeriods } from '../../src/domain/controls.ts'
import { judge } from '../../src/domain/limits.ts'
import { quarterMs } from '../../src/domain/usage.ts'
import { openEventLog } from '../../src/main/adapters/sqlite/open-event-log.ts'
import type { EventLog } from '../../src/main/ports/event-log.ts'
import { begun, limitOf, tightened } from '../support/control-events.ts'
import { householdBegun } from '../support/household-events.ts'
import { writeLongLog } from './long-log.ts'
import { quantile, round } from './statistics.ts'

export interface LimitFigures {
  readonly events: number
  readonly members: number
  readonly limits: number
  /** What was summed for each decision: quarters of an hour with purchases in this month. */
  readonly lines: number
  /** Of one decision, in milliseconds. Goal: less than 2. */
  readonly medianMs: number
  readonly p95Ms: number
}

const decisions = 2_000
const warmUp = 200
const plenty = '999999999999999'
const sellers = [null, 'seller-1']
const ownPeriods = ['day', 'week', 'month'] as const

export async function benchLimits(events: number, members = 0): Promise<LimitFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'tuppence-bench-'))
  const file = join(folder, 'long.sqlite')
  try {
    const people = Array.from({ length: members }, (_, index) => ({ memberId: `member-${index}`, role: index === 0 ? ('guardian' as const) : ('adult' as const), name: `Member ${index}` }))
    // One after the other sits down at the computer, for a quarter of an hour each.
    const vault = await writeLongLog(file, events, (atMs) => people[Math.floor(atMs / quarterMs) % Math.max(1, members)]?.memberId)
    const log = await openEventLog({ file, vault, clock: { now: () => 0 }, ids: { eventId: () => randomUUID() as EventId } })
    await log.append(() => begun())
    for (const period of limitPeriods) for (const sellerId of sellers) await log.append(() => tightened(limitOf(plenty, period, sellerId)))
    if (members > 0) await log.append(() => householdBegun(people))
    for (const { memberId } of people) for (const period of ownPeriods) await log.append(() => tightened(limitOf(plenty, period, null, memberId)))
    const figures = decide(log, people[1]?.memberId ?? null)
    await log.close()
    return { events, members, ...figures }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function decide(log: EventLog, memberId: string | null): Omit<LimitFigures, 'events' | 'members'> {
  const now = { ms: log.newestAtMs(), gatewayMs: log.newestAtMs() }
  const spend = { memberId, sellerId: 'seller-1', counted: { amount: 99n, currency: 'EUR' } }
  const times: number[] = []
  let lines = 0
  const usage = (fromMs: number) => {
    const found = log.usageSince(fromMs)
    lines = found.length
    return found
  }
  for (let turn = 0; turn < warmUp + decisions; turn += 1) {
    const startedAt = performance.now()
    const verdict = judge(log.controls(), usage, spend, now)
    if (turn >= warmUp) times.push(performance.now() - startedAt)
    if (verdict.kind !== 'allowed' || verdict.headroom.length !== (memberId === null ? 6 : 9)) throw new Error('it was not decided by all limits')
  }
  return { limits: log.controls().limits.length, lines, medianMs: round(quantile(times, 0.5), 3), p95Ms: round(quantile(times, 0.95), 3) }
}

if (import.meta.main) for (const members of [0, 20]) console.log(await benchLimits(Number(process.argv[2] ?? 1_000_000), members))
