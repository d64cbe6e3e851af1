import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Controls, nextControls, noControls, type SharedControls, stricterOf } from '../../src/domain/controls.ts'
import type { LogEvent } from '../../src/domain/events.ts'
import { judge, type Moment } from '../../src/domain/limits.ts'
import { leavesGap } from '../../src/domain/quiet-hours.ts'
import { usageChange } from '../../src/domain/usage.ts'
import { createCoverage, situations } from '../limits/coverage.ts'
import { runTrace } from '../limits/run-trace.ts'
import { arbitraryShared, arbitraryTrace } from '../limits/steps.ts'
import { type Rules, rightRules } from '../limits/world.ts'

const slice = 600

describe('anything that people, gateway and clocks may do', () => {
  it('P4 P5 never passes a limit, ends an exclusion early or loosens a control by itself', () => {
    const coverage = createCoverage()
    fc.assert(fc.property(arbitraryTrace, (trace) => runTrace(trace, coverage)), { numRuns: slice, seed: 1 })
    expect(situations.filter((situation) => coverage.counts[situation] === 0)).toEqual([])
  })
})

/** Judges by other controls than those that there are. */
function judging(change: (controls: Controls, now: Moment) => Partial<Controls>): Partial<Rules> {
  return { judge: (controls, usage, spend, now) => judge({ ...controls, ...change(controls, now) }, usage, spend, now) }
}

function anHourLater(event: LogEvent): LogEvent {
  if (event.type !== 'controls.looseningConfirmed') return event
  const confirmedAt = new Date(Date.parse(event.payload.confirmedAt) + 3_600_000).toISOString()
  return { ...event, payload: { ...event.payload, confirmedAt } }
}

/** Each is one mistake that a programmer could make; the traces have to find it. */
describe('the traces find out when', () => {
  it.each<[string, RegExp, Partial<Rules>]>([
    ['P4 reservations do not count', /P4/, { usageChange: (before, after) => withoutReservations(usageChange(before, after)) }],
    ['P4 an approval is not judged again when it is written', /P4 a limit is never passed|P5 nothing is bought/, { isJudgedAgain: false }],
    ['P4 money that comes back gives room again', /P4/, { usageChange: (before, after) => (after?.refunded ? givenBack(usageChange(null, after)) : usageChange(before, after)) }],
    ['P4 limits of one seller are not looked at', /P4/, judging((controls) => ({ limits: controls.limits.filter(({ sellerId }) => sellerId === null) }))],
    ['P4 the household is taken to live by UTC', /P4/, judging(({ household }) => ({ household: household && { ...household, zone: 'UTC' } }))],
    ['P4 quiet hours are not looked at', /P4 nothing is bought in quiet hours/, judging(() => ({ quietHours: [] }))],
    ['P5 a second yes counts an hour early', /P5 a second yes takes a day/, { nextControls: (controls, event) => nextControls(controls, anHourLater(event as LogEvent)) }],
    ['P5 a looser control acts when it is asked for', /P5 nothing but a second yes/, { nextControls: (controls, event) => actingAtOnce(nextControls(controls, event), event as LogEvent) }],
    ['P5 exclusion goes by the clock of the computer', /P5 nothing is bought while/, { clock: 'computer' }],
    ['P5 a new yes acts at once', /P5 nothing is bought while/, judging(({ exclusion }) => ({ exclusion: exclusion?.returnAskedAt ? null : exclusion }))],
    ['P5 an exclusion ends by itself', /P5 nothing is bought while/, judging(({ exclusion }, { ms }) => ({ exclusion: exclusion && Date.parse(exclusion.until) <= ms ? null : exclusion }))],
    ['a warning is told again', /a warning is told once/, judging(() => ({ warnings: [] }))],
  ])('%s', (_name, law, wrong) => {
    const found = fc.check(fc.property(arbitraryTrace, (trace) => runTrace(trace, createCoverage(), { ...rightRules, ...wrong })), { numRuns: 3_000, seed: 1, endOnFailure: true })
    expect(String(found.errorInstance)).toMatch(law)
  })
})

function withoutReservations(change: ReturnType<typeof usageChange>) {
  return change && { ...change, reserved: 0n }
}

function givenBack(change: ReturnType<typeof usageChange>) {
  return change && { ...change, spent: -change.spent, reserved: 0n }
}

function actingAtOnce(controls: Controls, { type, payload }: LogEvent): Controls {
  if (type !== 'controls.looseningAsked' || payload.change.kind !== 'limit') return controls
  return { ...controls, limits: [] }
}

describe('the stricter of two keepers', () => {
  const own = (shared: SharedControls): Controls => ({ ...noControls, ...shared })

  it('P4 P5 is the same whoever begins, however they are put together, and once is enough', () => {
    fc.assert(
      fc.property(arbitraryShared, arbitraryShared, arbitraryShared, (a, b, c) => {
        expect(isSame(stricterOf(own(a), b), stricterOf(own(b), a))).toBe(true)
        expect(isSame(stricterOf(stricterOf(own(a), b), c), stricterOf(own(a), stricterOf(own(b), c)))).toBe(true)
        expect(isSame(stricterOf(own(a), a), a)).toBe(true)
        expect(stricterOf(stricterOf(own(a), b), b)).toEqual(stricterOf(own(a), b))
      }),
    )
  })

  it('P4 P5 is never looser than either', () => {
    fc.assert(
      fc.property(arbitraryShared, arbitraryShared, (a, b) => {
        const both = stricterOf(own(a), b)
        for (const one of [a, b]) {
          for (const { period, sellerId, amount } of one.limits) {
            const limit = both.limits.find((other) => other.period === period && other.sellerId === sellerId)
            expect(Number(limit?.amount)).toBeLessThanOrEqual(Number(amount))
          }
          expect(leavesGap(one.quietHours, both.quietHours)).toBe(false)
          if (one.exclusion) expect(Date.parse(both.exclusion?.until ?? '')).toBeGreaterThanOrEqual(Date.parse(one.exclusion.until))
          const isReturned = both.exclusion?.returnAskedAt ?? null
          if (isReturned !== null && one.exclusion) expect(isReturned >= one.exclusion.until).toBe(true)
        }
      }),
    )
  })
})

/** Quiet hours may be the same in other words. */
function isSame(one: SharedControls, other: SharedControls): boolean {
  const plain = ({ household, limits, exclusion }: SharedControls) => JSON.stringify([household, limits.map((limit) => JSON.stringify([limit.period, limit.sellerId, limit.amount])).sort(), exclusion])
  const isQuietAlike = !leavesGap(one.quietHours, other.quietHours) && !leavesGap(other.quietHours, one.quietHours)
  return plain(one) === plain(other) && isQuietAlike
}
