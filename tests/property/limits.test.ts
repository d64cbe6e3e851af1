import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalJson } from '../../src/domain/canonical.ts'
import { exclusionOf, isSameKey, levelsOf } from '../../src/domain/control-parts.ts'
import { type Controls, nextControls, noControls, type SharedControls } from '../../src/domain/controls.ts'
import { stricterOf } from '../../src/domain/stricter-controls.ts'
import type { LogEvent } from '../../src/domain/events.ts'
import { judge, type Moment } from '../../src/domain/limits.ts'
import { isLessWatchful } from '../../src/domain/monitoring.ts'
import { leavesGap } from '../../src/domain/quiet-hours.ts'
import { nextRequests } from '../../src/domain/requests.ts'
import { rankOf } from '../../src/domain/roles.ts'
import { usageChange, usageChanges, type UsageLine } from '../../src/domain/usage.ts'
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
    ['P4 what was imported does not count', /P4/, { usageChanges: () => [] }],
    ['P4 refunds that were imported count', /P4/, { usageChanges: (event, ...records) => usageChanges(withChargesOnly(event as LogEvent), ...records) }],
    ['P4 undoing an import gives room', /P4/, { usageChanges: undoing() }],
    ['P4 an approval is not judged again when it is written', /P4 a limit is never passed|P5 nothing is bought|P8 nobody buys who is no member/, { isJudgedAgain: false }],
    ['P4 money that comes back gives room again', /P4/, { usageChange: (before, after) => (after?.refunded ? givenBack(usageChange(null, after)) : usageChange(before, after)) }],
    ['P4 limits of one seller are not looked at', /P4/, judging((controls) => ({ limits: controls.limits.filter(({ sellerId }) => sellerId === null) }))],
    ['P4 the household is taken to live by UTC', /P4/, judging(({ household }) => ({ household: household && { ...household, zone: 'UTC' } }))],
    ['P4 quiet hours are not looked at', /P4 nothing is bought in (a member’s )?quiet hours/, judging(() => ({ quietHours: [] }))],
    ['P5 a second yes counts an hour early', /P5 a second yes takes a day|a second yes in time is taken/, { nextControls: (controls, event) => nextControls(controls, anHourLater(event as LogEvent)) }],
    ['P5 a looser control acts when it is asked for', /P5 nothing but a second yes/, { nextControls: (controls, event) => actingAtOnce(nextControls(controls, event), event as LogEvent) }],
    ['P5 exclusion goes by the clock of the computer', /P5 nothing is bought while/, { clock: 'computer' }],
    ['P5 a new yes acts at once', /P5 nothing is bought while/, judging(({ exclusion }) => ({ exclusion: exclusion?.returnAskedAt ? null : exclusion }))],
    ['P5 an exclusion ends by itself', /P5 (nothing is bought while|no exclusion ends)/, judging(({ exclusion }, { ms }) => ({ exclusion: exclusion && Date.parse(exclusion.until) <= ms ? null : exclusion }))],
    ['P4 limits of members are not looked at', /P4 a limit of a member/, judging((controls) => ({ limits: controls.limits.filter(({ memberId }) => memberId === undefined) }))],
    ['P4 all limits are taken for those of members', /P4/, { judge: (controls, usage, { memberId, ...spend }, now) => judge({ ...controls, limits: controls.limits.filter((one) => memberId === null || one.memberId !== undefined) }, usage, { memberId, ...spend }, now) }],
    ['P4 what members buy is taken for nobody’s', /P4/, { usageChange: (before, after) => nobodys(usageChange(before, after)) }],
    ['P4 a guardian’s yes lifts the limits of the household', /P4 a limit is never passed/, { judge: (controls, usage, spend, now) => judge(spend.approvedBy === undefined ? controls : { ...controls, limits: [] }, usage, spend, now) }],
    ['P4 quiet hours of members are not looked at', /P4 nothing is bought in a member’s quiet hours/, judging(({ quietHours }) => ({ quietHours: quietHours.filter(({ memberId }) => memberId === undefined) }))],
    ['P4 a minor comes in without a limit', /P4 nobody becomes a minor/, { nextControls: (controls, event) => withoutStart(controls, nextControls(controls, event)) }],
    ['P5 exclusions of members are not looked at', /P5 (nothing is bought while|no exclusion ends)/, judging(() => ({ exclusions: [] }))],
    ['P5 an exclusion ends with removal', /P5 (nothing is bought while|no exclusion ends)/, judging(({ exclusions = [], members = [] }) => ({ exclusions: exclusions.filter(({ memberId }) => members.find((one) => one.memberId === memberId)?.role === 'guardian') }))],
    ['P5 somebody new gets around an exclusion', /P5 nobody comes in/, { isWayAround: () => false }],
    ['P5 everybody may change everything', /P5 (only guardians|no minor)/, { mayChange: () => true }],
    ['P5 a grown-up comes in at once', /P5 nothing but a second yes/, { nextControls: (controls, event) => takingAll(controls, nextControls(controls, event), event as LogEvent) }],
    ['P8 who was removed goes on buying', /P8 nobody buys who is no member/, judging(({ members }) => (members ? { members: members.map((one) => (one.role === 'removed' ? { ...one, role: 'adult' } : one)) } : {}))],
    ['P8 anybody may agree', /P8 nobody but a guardian/, { judge: (controls, usage, { approvedBy, ...spend }, now) => judge(approvedBy === undefined ? controls : withoutOwn(controls), usage, spend, now) }],
    ['P8 a yes counts twice', /P8 a request is granted once/, { nextRequests: (all, event) => (event.type === 'purchase.approved' ? all : nextRequests(all, event)) }],
    ['P8 a yes counts for another price', /P8 nothing else is granted/, { nextRequests: (all, event) => nextRequests(all, atAnyPrice(all, event)) }],
    ['a warning is told again', /a warning is told once/, judging(() => ({ warnings: [] }))],
  ])('%s', (_name, law, wrong) => {
    const found = fc.check(fc.property(arbitraryTrace, (trace) => runTrace(trace, createCoverage(), { ...rightRules, ...wrong })), { numRuns: 3_000, seed: 1, endOnFailure: true })
    expect(String(found.errorInstance)).toMatch(law)
  })
})

function nobodys(change: ReturnType<typeof usageChange>) {
  return change && { ...change, memberId: null }
}

/** A minor who was not there before, and the limit that they were given. */
function withoutStart(before: Controls, after: Controls): Controls {
  const isKnown = (id: string | undefined) => id === undefined || before.members === undefined || before.members.some(({ memberId }) => memberId === id)
  return before.members === after.members ? after : { ...after, limits: after.limits.filter(({ memberId }) => isKnown(memberId)) }
}

function takingAll(before: Controls, after: Controls, { type, payload }: LogEvent): Controls {
  if (type !== 'controls.adopted' || !before.members) return after
  const added = (payload.controls.members ?? []).filter(({ memberId }) => !after.members?.some((one) => one.memberId === memberId))
  return { ...after, members: [...(after.members ?? []), ...added] }
}

const withoutOwn = (controls: Controls): Controls => ({
  ...controls,
  limits: controls.limits.filter(({ memberId }) => memberId === undefined),
  quietHours: controls.quietHours.filter(({ memberId }) => memberId === undefined),
})

/** As if the price that was asked for were the one that is paid. */
function atAnyPrice(all: Parameters<typeof nextRequests>[0], event: LogEvent): LogEvent {
  if (event.type !== 'purchase.approved') return event
  const request = all.find(({ requestId }) => requestId === event.payload.challenge.requestId)
  return request ? { ...event, payload: { ...event.payload, challenge: { ...event.payload.challenge, price: request.price } } } : event
}

/** Imported refunds taken for charges. */
function withChargesOnly(event: LogEvent): LogEvent {
  if (event.type !== 'import.made') return event
  return { ...event, payload: { ...event.payload, rows: event.payload.rows.map((row) => ({ ...row, kind: 'charge' as const })) } }
}

/** Remembers what each import counted, and takes it back. */
function undoing(): Rules['usageChanges'] {
  const counted = new Map<string, readonly UsageLine[]>()
  return (event, ...records) => {
    const step = event as LogEvent
    if (step.type === 'import.undone') return (counted.get(step.payload.importId) ?? []).map((line) => ({ ...line, spent: -line.spent }))
    const lines = usageChanges(event, ...records)
    if (step.type === 'import.made') counted.set(step.payload.importId, lines)
    return lines
  }
}

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
          for (const { amount, ...key } of one.limits) {
            const limit = both.limits.find((other) => isSameKey(other, key))
            expect(Number(limit?.amount)).toBeLessThanOrEqual(Number(amount))
          }
          expect(leavesGap(one.quietHours, both.quietHours)).toBe(false)
          // Who has no household yet has decided nothing.
          for (const who of [undefined, 'guardian', 'adult']) expect(one.household !== null && isLessWatchful(levelsOf(both, who), levelsOf(one, who))).toBe(false)
          for (const { memberId, role } of one.members ?? []) expect(rankOf(roleIn(both, memberId))).toBeLessThanOrEqual(rankOf(role))
          for (const { memberId, until } of one.exclusions ?? []) expect(Date.parse(exclusionOf(both, memberId)?.until ?? '')).toBeGreaterThanOrEqual(Date.parse(until))
          if (one.exclusion) expect(Date.parse(both.exclusion?.until ?? '')).toBeGreaterThanOrEqual(Date.parse(one.exclusion.until))
          const isReturned = both.exclusion?.returnAskedAt ?? null
          if (isReturned !== null && one.exclusion) expect(isReturned >= one.exclusion.until).toBe(true)
        }
      }),
    )
  })
})

const roleIn = ({ members = [] }: SharedControls, memberId: string) => members.find((member) => member.memberId === memberId)?.role ?? 'guardian'

/** Quiet hours may be the same in other words, and members may be in another order. */
function isSame(one: SharedControls, other: SharedControls): boolean {
  const inOrder = (all: readonly object[] = []) => all.map((each) => canonicalJson(each)).sort()
  const plain = ({ household, limits, exclusion, exclusions, members, monitoring }: SharedControls) =>
    JSON.stringify([household, inOrder(limits), exclusion, inOrder(exclusions), inOrder(members), monitoring])
  const isQuietAlike = !leavesGap(one.quietHours, other.quietHours) && !leavesGap(other.quietHours, one.quietHours)
  return plain(one) === plain(other) && isQuietAlike
}
