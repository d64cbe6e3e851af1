import { describe, expect, it } from 'vitest'
import { type Controls, type Limit, type LimitWarning, noControls } from '../../../src/domain/controls.ts'
import { type Headroom, isNear, judge, standings, type Verdict } from '../../../src/domain/limits.ts'
import type { UsageLine } from '../../../src/domain/usage.ts'

const at = (text: string) => Date.parse(text)
/** A Wednesday; the week began on the 23rd, the month on the 1st. */
const noon = at('2026-11-25T12:00:00.000Z')
const household = { zone: 'UTC', currency: 'EUR' }
const limit = (period: Limit['period'], amount: string, sellerId: string | null = null): Limit => ({ period, sellerId, amount })
const line = (text: string, spent: bigint, reserved = 0n, sellerId = 'seller-1'): UsageLine => ({ atMs: at(text), sellerId, memberId: null, currency: 'EUR', spent, reserved })

/** Usage in this week, in this month and in the one before. */
const used = [line('2026-10-31T23:45:00Z', 5000n), line('2026-11-22T23:45:00Z', 100n), line('2026-11-24T23:45:00Z', 20n), line('2026-11-25T00:00:00Z', 3n, 4n)]

function verdictOn(amount: bigint, changes: Partial<Controls>, usage: readonly UsageLine[] = used, ms = noon, sellerId = 'seller-1'): Verdict {
  const since = (fromMs: number) => usage.filter(({ atMs }) => atMs >= fromMs)
  return judge({ ...noControls, household, ...changes }, since, { memberId: null, sellerId, counted: { amount, currency: 'EUR' } }, { ms, gatewayMs: ms })
}

const standingOf = (verdict: Verdict) => (verdict.kind === 'blocked' && verdict.block.kind === 'limit' ? verdict.block.standing : null)
const isAllowed = (verdict: Verdict) => verdict.kind === 'allowed'

describe('a limit', () => {
  it.each<[Limit, bigint]>([
    [limit('purchase', '500'), 500n],
    [limit('day', '507'), 500n],
    [limit('week', '527'), 500n],
    [limit('month', '627'), 500n],
    [limit('week', '527', 'seller-1'), 500n],
    [limit('week', '500', 'seller-2'), 1_000_000n],
  ])('P4 %j has room for exactly %d', (one, room) => {
    expect(isAllowed(verdictOn(room, { limits: [one] }))).toBe(true)
    if (one.sellerId === 'seller-2') return
    expect(verdictOn(room + 1n, { limits: [one] })).toMatchObject({ kind: 'blocked', block: { kind: 'limit', standing: { limit: one, left: room } } })
  })

  it('P4 counts what is reserved like what is spent', () => {
    const reserved = [line('2026-11-25T00:00:00Z', 0n, 90n)]
    expect(isAllowed(verdictOn(10n, { limits: [limit('day', '100')] }, reserved))).toBe(true)
    expect(standingOf(verdictOn(11n, { limits: [limit('day', '100')] }, reserved))).toMatchObject({ spent: 0n, reserved: 90n, left: 10n })
  })

  it('P4 begins anew with its span, to the millisecond', () => {
    const limits = [limit('day', '100')]
    const full = [line('2026-11-25T23:45:00Z', 100n)]
    expect(isAllowed(verdictOn(1n, { limits }, full, at('2026-11-25T23:59:59.999Z')))).toBe(false)
    expect(isAllowed(verdictOn(100n, { limits }, full, at('2026-11-26T00:00:00.000Z')))).toBe(true)
  })

  it('P4 is by the calendar of the household', () => {
    const limits = [limit('day', '100')]
    const full = [line('2026-11-25T18:00:00Z', 100n)]
    const [before, after] = [at('2026-11-25T18:14:59Z'), at('2026-11-25T18:15:00Z')]
    const inKathmandu = { limits, household: { zone: 'Asia/Kathmandu', currency: 'EUR' } }
    expect(isAllowed(verdictOn(1n, inKathmandu, full, before))).toBe(false)
    expect(isAllowed(verdictOn(1n, inKathmandu, full, after))).toBe(true)
  })

  it('P4 of nothing lets nothing through', () => {
    expect(standingOf(verdictOn(1n, { limits: [limit('day', '0')] }, []))).toMatchObject({ left: 0n })
    expect(verdictOn(0n, { limits: [limit('day', '0')] }, [])).toMatchObject({ kind: 'allowed', headroom: [], warnings: [] })
  })

  it('P4 that was tightened below what is spent lets nothing through', () => {
    expect(standingOf(verdictOn(1n, { limits: [limit('week', '10')] }))).toMatchObject({ left: -17n })
  })

  it('P4 of several, the one with the least left is named', () => {
    const limits = [limit('purchase', '50'), limit('month', '137'), limit('week', '47'), limit('day', '107')]
    expect(standingOf(verdictOn(60n, { limits }))).toMatchObject({ limit: limits[1], left: 10n })
    expect(standingOf(verdictOn(60n, { limits: limits.toReversed() }))).toMatchObject({ limit: limits[1] })
  })

  it('P4 is not overlooked because another has room', () => {
    expect(standingOf(verdictOn(60n, { limits: [limit('day', '1000'), limit('purchase', '59')] }))).toMatchObject({ limit: { period: 'purchase' }, span: null })
  })

  it('of a seller does not stand in the way of another', () => {
    const limits = [limit('week', '1', 'seller-1'), limit('month', '500')]
    expect(isAllowed(verdictOn(100n, { limits }, used, noon, 'seller-2'))).toBe(true)
    expect(isAllowed(verdictOn(100n, { limits }, used, noon, 'seller-1'))).toBe(false)
  })

  it('P4 in one currency does not judge an amount in another', () => {
    const controls = { ...noControls, household, limits: [limit('day', '100')] }
    const spend = { memberId: null, sellerId: 's', counted: { amount: 1n, currency: 'JPY' } }
    expect(() => judge(controls, () => [], spend, { ms: noon, gatewayMs: noon })).toThrow(RangeError)
    expect(judge({ ...controls, limits: [] }, () => [], spend, { ms: noon, gatewayMs: noon }).kind).toBe('allowed')
  })

  it('looks back no further than the longest of them, and not at all where none has a period', () => {
    const asked: number[] = []
    const read = (fromMs: number) => (asked.push(fromMs), [])
    standings({ ...noControls, household, limits: [limit('week', '1'), limit('day', '1')] }, read, noon)
    standings({ ...noControls, household, limits: [limit('purchase', '1')] }, read, noon)
    standings({ ...noControls, limits: [limit('day', '1')] }, read, noon)
    expect(asked).toEqual([at('2026-11-23T00:00:00Z')])
  })
})

describe('exclusion and quiet hours', () => {
  const until = '2026-11-26T00:00:00.000Z'
  const exclusion = { begunAt: '2026-11-25T00:00:00.000Z', until, returnAskedAt: null }
  const quietHours = [{ weekday: 3, fromMinute: 720, toMinute: 780 }]

  it('P5 an exclusion stands before everything else', () => {
    expect(verdictOn(1n, { exclusion, quietHours, limits: [limit('day', '0')] })).toEqual({ kind: 'blocked', block: { kind: 'excluded', state: 'running', until } })
  })

  it('P5 an exclusion needs no household, and no clock of the gateway to stand', () => {
    const spend = { memberId: null, sellerId: 's', counted: { amount: 1n, currency: 'EUR' } }
    const verdict = judge({ ...noControls, exclusion }, () => [], spend, { ms: at('2099-01-01T00:00:00Z'), gatewayMs: null })
    expect(verdict).toMatchObject({ kind: 'blocked', block: { state: 'running' } })
  })

  it.each<[string, string | null, string]>([
    ['ended', null, '2026-11-26T00:00:00.000Z'],
    ['coolingOff', '2026-11-26T00:00:00.000Z', '2026-11-26T23:59:59.999Z'],
  ])('P5 an exclusion that has %s still stands', (state, returnAskedAt, now) => {
    expect(verdictOn(1n, { exclusion: { ...exclusion, returnAskedAt } }, [], at(now))).toMatchObject({ kind: 'blocked', block: { state } })
  })

  it('P5 an exclusion is over a day after the new yes', () => {
    expect(isAllowed(verdictOn(1n, { exclusion: { ...exclusion, returnAskedAt: until } }, [], at('2026-11-27T00:00:00.000Z')))).toBe(true)
  })

  it('P4 quiet hours say when they are over', () => {
    expect(verdictOn(1n, { quietHours })).toEqual({ kind: 'blocked', block: { kind: 'quietHours', untilMs: at('2026-11-25T13:00:00Z') } })
    expect(isAllowed(verdictOn(1n, { quietHours }, [], at('2026-11-25T13:00:00Z')))).toBe(true)
  })
})

describe('what is left afterwards', () => {
  it('is told of every limit with a period that is concerned, least first', () => {
    const limits = [limit('month', '1000'), limit('purchase', '100'), limit('day', '107'), limit('week', '500', 'seller-2')]
    expect(verdictOn(50n, { limits })).toMatchObject({
      headroom: [
        { limit: limits[2], left: 50n, percent: 53 },
        { limit: limits[0], left: 823n, percent: 17 },
      ],
    })
  })

  it('is nothing to tell without limits', () => {
    expect(verdictOn(1n, {})).toEqual({ kind: 'allowed', headroom: [], warnings: [] })
    expect(verdictOn(1n, { household: null })).toEqual({ kind: 'allowed', headroom: [], warnings: [] })
  })

  it.each([[79, false], [80, true], [100, true]])('at %d per cent is near: %s', (percent, near) => {
    const headroom: Headroom = { limit: limit('day', '100'), left: 1n, percent }
    expect(isNear([{ ...headroom, percent: 0 }, headroom])).toBe(near)
  })
})

describe('a warning', () => {
  const startsAt = '2026-11-23T00:00:00.000Z'
  const week = (percent: 80 | 100, changes: Partial<LimitWarning> = {}): LimitWarning => ({ period: 'week', sellerId: null, startsAt, percent, ...changes })
  const warningsOf = (amount: bigint, warnings: readonly LimitWarning[] = [], limits = [limit('week', '1027')]) => {
    const verdict = verdictOn(amount, { limits, warnings })
    return verdict.kind === 'allowed' ? verdict.warnings : null
  }

  it('is due from 80 per cent on, to the minor unit', () => {
    expect(warningsOf(794n)).toEqual([])
    expect(warningsOf(795n)).toEqual([week(80)])
    expect(warningsOf(999n)).toEqual([week(80)])
  })

  it('is due at 100 per cent, and then only that one', () => expect(warningsOf(1000n)).toEqual([week(100)]))

  it('is told once in a span', () => {
    expect(warningsOf(900n, [week(80)])).toEqual([])
    expect(warningsOf(1000n, [week(80)])).toEqual([week(100)])
    expect(warningsOf(1000n, [week(100)])).toEqual([])
    expect(warningsOf(900n, [week(100)])).toEqual([])
  })

  it('is told again in the next span, and for another limit', () => {
    expect(warningsOf(900n, [week(80, { startsAt: '2026-11-16T00:00:00.000Z' })])).toEqual([week(80)])
    expect(warningsOf(900n, [week(80, { period: 'day' }), week(80, { sellerId: 'seller-1' })])).toEqual([week(80)])
  })

  it('is not due for a limit on each purchase', () => expect(warningsOf(100n, [], [limit('purchase', '100')])).toEqual([]))
})
