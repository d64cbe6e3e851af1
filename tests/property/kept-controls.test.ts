import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Change, type Controls, memberRoles, noControls, type SharedControls } from '../../src/domain/controls.ts'
import { answerRequest, type ControlRequest, type ControlStep, changeIdOf, statedControls } from '../../src/domain/kept-controls.ts'
import { judge } from '../../src/domain/limits.ts'
import { joined, leavesGap } from '../../src/domain/quiet-hours.ts'
import type { UsageLine } from '../../src/domain/usage.ts'

const dayMs = 24 * 60 * 60_000
const beginMs = Date.parse('2026-11-23T09:00:00.000Z')
const at = (ms: number) => new Date(ms).toISOString()

const minute = fc.integer({ min: 0, max: 1439 })
const quietHours = fc
  .record({ weekday: fc.integer({ min: 1, max: 7 }), fromMinute: minute, toMinute: minute })
  .filter(({ fromMinute, toMinute }) => fromMinute !== toMinute)
const whose = fc.option(fc.constantFrom('guardian', 'adult', 'kid'), { nil: undefined }).map((memberId) => (memberId === undefined ? {} : { memberId }))
const plainLimit = fc.record({
  period: fc.constantFrom('purchase', 'day', 'week', 'month'),
  sellerId: fc.constantFrom(null, 'a', 'b'),
  amount: fc.integer({ min: 0, max: 300 }).map(String),
})
const limit = fc.tuple(plainLimit, whose).map(([one, who]) => ({ ...one, ...who }))
/** Within two months around the beginning. */
const moment = fc.integer({ min: -30 * 24, max: 30 * 24 }).map((hours) => at(beginMs + hours * 60 * 60_000))
const exclusion = fc.record({ begunAt: moment, until: moment, returnAskedAt: fc.option(moment) })
const plainPosted = fc.record({
  household: fc.option(fc.record({ zone: fc.constantFrom('Europe/Berlin', 'Pacific/Kiritimati', 'UTC'), currency: fc.constantFrom('EUR', 'JPY') })),
  limits: fc.array(limit, { maxLength: 6 }),
  quietHours: fc.array(fc.tuple(quietHours, whose).map(([one, who]) => ({ ...one, ...who })), { maxLength: 4 }),
  exclusion: fc.option(exclusion),
  exclusions: fc.uniqueArray(fc.tuple(exclusion, fc.constantFrom('guardian', 'adult', 'kid')).map(([one, memberId]) => ({ ...one, memberId })), { maxLength: 2, selector: ({ memberId }) => memberId }),
})
const people = fc.option(fc.uniqueArray(fc.record({ memberId: fc.constantFrom('adult', 'kid', 'aunt'), role: fc.constantFrom(...memberRoles) }), { maxLength: 3, selector: ({ memberId }) => memberId }), { freq: 2 })
const posted: fc.Arbitrary<SharedControls> = fc
  .tuple(plainPosted, people)
  .map(([controls, others]) => (others ? { ...controls, members: [{ memberId: 'guardian', role: 'guardian' as const }, ...others] } : controls))

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
  readonly memberId: string
  readonly sellerId: string
  readonly amount: bigint
  readonly ms: number
  readonly usage: readonly UsageLine[]
}
const spend: fc.Arbitrary<Spend> = fc
  .record({ memberId: fc.constantFrom('guardian', 'adult', 'kid', 'aunt'), sellerId: fc.constantFrom('a', 'b', 'c'), amount: fc.bigInt({ min: 1n, max: 300n }), hours: fc.integer({ min: 0, max: 90 * 24 }), spent: fc.bigInt({ min: 0n, max: 200n }) })
  .map(({ memberId, sellerId, amount, hours, spent }) => {
    const ms = beginMs + hours * 60 * 60_000
    return { memberId, sellerId, amount, ms, usage: [{ atMs: ms - (ms % 900_000), sellerId: 'a', memberId, currency: 'any', spent, reserved: 0n }] }
  })

function isAllowed(controls: Controls, { memberId, sellerId, amount, ms, usage }: Spend): boolean {
  const currency = controls.household?.currency ?? 'EUR'
  const lines = usage.map((line) => ({ ...line, currency }))
  return judge(controls, () => lines, { memberId: controls.members ? memberId : null, sellerId, counted: { amount, currency } }, { ms, gatewayMs: ms }).kind === 'allowed'
}

describe('P5 whatever a device posts', () => {
  it('what was forbidden stays forbidden, at any time and for any purchase', () => {
    fc.assert(
      fc.property(fc.array(posted, { minLength: 1, maxLength: 3 }), posted, fc.array(spend, { minLength: 1, maxLength: 12 }), (before, last, spends) => {
        const [kept, after] = [keep(before.map(tighten)), keep([...before, last].map(tighten))]
        for (const one of spends) if (!isAllowed(kept, one)) expect(isAllowed(after, one)).toBe(false)
      }),
      { numRuns: 1000 },
    )
  })

  it('no loosening acts sooner than a day after it was asked for, nor after a week, nor without its second yes', () => {
    const change: fc.Arbitrary<Change> = fc.oneof(
      fc.record({ kind: fc.constant('limit' as const), period: limit.map(({ period }) => period), sellerId: fc.constantFrom(null, 'a'), amount: fc.option(fc.integer({ min: 0, max: 900 }).map(String)) }),
      fc.record({ kind: fc.constant('quietHours' as const), hours: fc.array(quietHours, { maxLength: 2 }) }),
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
