import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exclusionOf, startingLimit } from '../../src/domain/control-parts.ts'
import { type Change, type Controls, memberRoles, noControls, type SharedControls } from '../../src/domain/controls.ts'
import { answerRequest, type ControlRequest, type ControlStep, changeIdOf, statedControls } from '../../src/domain/kept-controls.ts'
import { type Buyer, judge } from '../../src/domain/limits.ts'
import { joined, leavesGap } from '../../src/domain/quiet-hours.ts'
import { isMinor, roleOf } from '../../src/domain/roles.ts'
import type { UsageLine } from '../../src/domain/usage.ts'

const dayMs = 24 * 60 * 60_000
const beginMs = Date.parse('2026-11-23T09:00:00.000Z')
const at = (ms: number) => new Date(ms).toISOString()

const minute = fc.integer({ min: 0, max: 1439 })
const quietHours = fc
  .record({ weekday: fc.integer({ min: 1, max: 7 }), fromMinute: minute, toMinute: minute })
  .filter(({ fromMinute, toMinute }) => fromMinute !== toMinute)
const limit = fc.record({
  period: fc.constantFrom('purchase', 'day', 'week', 'month'),
  sellerId: fc.constantFrom(null, 'a', 'b'),
  amount: fc.integer({ min: 0, max: 300 }).map(String),
})
const level = fc.constantFrom('off', 'rarely', 'usual', 'often')
const levels = fc.record({ takeover: level, burst: level })
/** Within two months around the beginning. */
const moment = fc.integer({ min: -30 * 24, max: 30 * 24 }).map((hours) => at(beginMs + hours * 60 * 60_000))
const posted: fc.Arbitrary<SharedControls> = fc.record({
  household: fc.option(fc.record({ zone: fc.constantFrom('Europe/Berlin', 'Pacific/Kiritimati', 'UTC'), currency: fc.constantFrom('EUR', 'JPY') })),
  limits: fc.array(limit, { maxLength: 6 }),
  monitoring: fc.uniqueArray(levels, { maxLength: 1 }),
  quietHours: fc.array(quietHours, { maxLength: 4 }),
  exclusion: fc.option(fc.record({ begunAt: moment, until: moment, returnAskedAt: fc.option(moment) })),
})

/** A keeper that carries out what it is asked, one after the other. */
function keep(requests: readonly ControlRequest[], nowMs = beginMs): Controls {
  const steps: ControlStep[] = []
  let controls = noControls
  for (const request of requests) {
    const answer = answerRequest(controls, request, steps.filter((step) => 'changeId' in request && changeIdOf(step) === request.changeId), nowMs)
    if (answer.kind === 'refused') continue
    controls = answer.controls
    steps.push(...answer.steps)
  }
  return controls
}

const tighten = (controls: SharedControls): ControlRequest => ({ kind: 'tighten', controls })

interface Spend {
  readonly sellerId: string
  readonly amount: bigint
  readonly ms: number
  readonly usage: readonly UsageLine[]
}
const spend: fc.Arbitrary<Spend> = fc
  .record({ sellerId: fc.constantFrom('a', 'b', 'c'), amount: fc.bigInt({ min: 1n, max: 300n }), hours: fc.integer({ min: 0, max: 90 * 24 }), spent: fc.bigInt({ min: 0n, max: 200n }) })
  .map(({ sellerId, amount, hours, spent }) => {
    const ms = beginMs + hours * 60 * 60_000
    return { sellerId, amount, ms, usage: [{ atMs: ms - (ms % 900_000), sellerId: 'a', memberId: null, currency: 'any', spent, reserved: 0n }] }
  })

function isAllowed(controls: Controls, { sellerId, amount, ms, usage }: Spend, buyer: Buyer = { memberId: null }): boolean {
  const currency = controls.household?.currency ?? 'EUR'
  const lines = usage.map((line) => ({ ...line, currency }))
  return judge(controls, () => lines, { ...buyer, sellerId, counted: { amount, currency } }, { ms, gatewayMs: ms }).kind === 'allowed'
}

describe('P5 whatever a device posts', () => {
  it('what was forbidden stays forbidden, at any time and for any purchase', () => {
    fc.assert(
      fc.property(fc.array(posted, { minLength: 1, maxLength: 3 }), posted, fc.array(spend, { minLength: 1, maxLength: 12 }), (before, last, spends) => {
        const [kept, after] = [keep(before.map(tighten)), keep([...before, last].map(tighten))]
        for (const one of spends) if (!isAllowed(kept, one)) expect(isAllowed(after, one)).toBe(false)
      }),
      { numRuns: 2000 },
    )
  })

  it('no loosening acts sooner than a day after it was asked for, nor after a week, nor without its second yes', () => {
    const change: fc.Arbitrary<Change> = fc.oneof(
      fc.record({ kind: fc.constant('limit' as const), period: limit.map(({ period }) => period), sellerId: fc.constantFrom(null, 'a'), amount: fc.option(fc.integer({ min: 0, max: 900 }).map(String)) }),
      fc.record({ kind: fc.constant('quietHours' as const), hours: fc.array(quietHours, { maxLength: 2 }) }),
      levels.map((both) => ({ kind: 'monitoring' as const, ...both })),
    )
    fc.assert(
      fc.property(posted, change, fc.integer({ min: 0, max: 10 * dayMs }), (controls, wanted, waitedMs) => {
        const kept = keep([tighten(controls)])
        const asked = answerRequest(kept, { kind: 'askLoosening', changeId: 'one', change: wanted }, [], beginMs)
        if (asked.kind === 'refused') return
        expect(statedControls(asked.controls, beginMs).controls).toEqual(statedControls(kept, beginMs).controls)
        const nowMs = beginMs + waitedMs
        const confirmed = answerRequest(asked.controls, { kind: 'confirmLoosening', changeId: 'one' }, asked.steps, nowMs)
        expect(confirmed.kind).toBe(waitedMs >= dayMs && waitedMs < 7 * dayMs ? 'kept' : 'refused')
      }),
    )
  })

  it('the same once more takes no step and changes nothing', () => {
    fc.assert(
      fc.property(fc.array(posted, { maxLength: 3 }), posted, (before, last) => {
        const kept = keep([...before, last].map(tighten))
        const again = answerRequest(kept, tighten(last), [], beginMs)
        if (again.kind === 'kept') expect([again.steps, again.controls]).toEqual([[], kept])
      }),
    )
  })
})

const people = ['gina', 'ada', 'tom', 'kim'] as const
const role = fc.constantFrom('removed', 'child', 'teen', 'adult', 'guardian')
const whose = fc.option(fc.constantFrom(...people), { nil: undefined })
/** Of a household that has at least the guardian gina, whatever else it says. */
const postedHousehold: fc.Arbitrary<SharedControls> = fc
  .record({
    posted,
    roles: fc.record({ gina: fc.constantFrom('guardian', 'guardian', 'adult'), ada: role, tom: role, kim: role }),
    isThere: fc.record({ ada: fc.boolean(), tom: fc.boolean(), kim: fc.boolean() }),
    limits: fc.uniqueArray(fc.tuple(limit, whose), { maxLength: 5, selector: ([{ period, sellerId }, memberId]) => `${period} ${sellerId} ${memberId}` }),
    hours: fc.array(fc.tuple(quietHours, whose), { maxLength: 2 }),
    excluded: fc.uniqueArray(fc.record({ memberId: fc.constantFrom(...people), begunAt: moment, until: moment, returnAskedAt: fc.option(moment) }), { maxLength: 2, selector: ({ memberId }) => memberId }),
  })
  .map(({ posted: shared, roles, isThere, limits, hours, excluded }) => {
    const there = people.filter((memberId) => memberId === 'gina' || isThere[memberId])
    const isOfSomebody = ([, memberId]: readonly [unknown, (typeof people)[number] | undefined]) => memberId === undefined || there.includes(memberId)
    return {
      ...shared,
      household: shared.household ?? { zone: 'UTC', currency: 'EUR' },
      members: there.map((memberId) => ({ memberId, role: roles[memberId] })),
      limits: limits.filter(isOfSomebody).map(([one, memberId]) => ({ ...one, ...(memberId && { memberId }) })),
      quietHours: hours.filter(isOfSomebody).map(([one, memberId]) => ({ ...one, ...(memberId && { memberId }) })),
      exclusions: excluded.filter(({ memberId }) => there.includes(memberId)),
    }
  })

const buyer = fc.record({ memberId: fc.constantFrom(null, ...people), approvedBy: fc.constantFrom(undefined, undefined, ...people) })

describe('P5 P8 whatever a device posts of a household', () => {
  it('whoever could not buy cannot buy, and whoever could not agree cannot agree, by it', () => {
    const spends = fc.array(fc.tuple(spend, buyer), { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(fc.array(postedHousehold, { minLength: 1, maxLength: 3 }), postedHousehold, spends, (earlier, last, all) => {
        const [kept, after] = [keep(earlier.map(tighten)), keep([...earlier, last].map(tighten))]
        fc.pre(kept.members !== undefined)
        for (const [one, who] of all) {
          const before = roleOf(kept, who.memberId)
          // Who is a minor only since then may ask a guardian only since then.
          if (who.approvedBy !== undefined && !(before && isMinor(before))) continue
          if (!isAllowed(kept, one, who)) expect(isAllowed(after, one, who)).toBe(false)
        }
      }),
      { numRuns: 800 },
    )
  })

  it('a guardian is there, nobody who was there is missing or older, and who comes in is a minor with nothing to spend', () => {
    fc.assert(
      fc.property(fc.array(postedHousehold, { minLength: 1, maxLength: 3 }), postedHousehold, (before, last) => {
        const [kept, after] = [keep(before.map(tighten)), keep([...before, last].map(tighten))]
        fc.pre(kept.members !== undefined)
        const roleIn = ({ members = [] }: Controls, id: string) => members.find(({ memberId }) => memberId === id)?.role
        expect(after.members?.some(({ role: one }) => one === 'guardian')).toBe(true)
        for (const { memberId, role: is } of after.members ?? []) {
          const was = roleIn(kept, memberId)
          if (was !== undefined) expect(memberRoles.indexOf(is)).toBeLessThanOrEqual(memberRoles.indexOf(was))
          else if (is !== 'removed') expect([isMinor(is), after.limits]).toEqual([true, expect.arrayContaining([startingLimit(memberId)])])
        }
        for (const { memberId } of kept.members ?? []) expect(roleIn(after, memberId)).toBeDefined()
        for (const { memberId, until } of kept.exclusions ?? []) expect(exclusionOf(after, memberId)?.until.localeCompare(until)).toBeGreaterThanOrEqual(0)
      }),
      { numRuns: 500 },
    )
  })

  it('the same once more takes no step and changes nothing', () => {
    fc.assert(
      fc.property(fc.array(postedHousehold, { maxLength: 3 }), postedHousehold, (before, last) => {
        const kept = keep([...before, last].map(tighten))
        const again = answerRequest(kept, tighten(last), [], beginMs)
        if (again.kind === 'kept') expect([again.steps, again.controls]).toEqual([[], kept])
      }),
    )
  })
})

describe('quiet hours of two keepers', () => {
  it('are quiet wherever one of them was, nowhere else, and in as few stretches as there are', () => {
    fc.assert(
      fc.property(fc.array(quietHours, { maxLength: 6 }), fc.array(quietHours, { maxLength: 6 }), (one, other) => {
        const both = joined(one, other)
        const all = [...one, ...other]
        expect([leavesGap(all, both), leavesGap(both, all)]).toEqual([false, false])
        expect(joined(both, [])).toEqual(both)
        expect(both.length).toBeLessThanOrEqual(Math.max(all.length, 14))
      }),
    )
  })

  it('of a whole week are halves of days', () => {
    const halves = Array.from({ length: 7 }, (_each, day) => [
      { weekday: day + 1, fromMinute: 0, toMinute: 720 },
      { weekday: day + 1, fromMinute: 720, toMinute: 0 },
    ]).flat()
    expect(joined(halves, [])).toEqual(halves)
  })
})
