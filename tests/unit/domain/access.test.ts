import { describe, expect, it } from 'vitest'
import { codeTriesOf, isFresh, lockOutMs, nextTries, type Tries, triesOf, waitMs } from '../../../src/domain/access.ts'
import type { LogEvent, NewEvent } from '../../../src/domain/events.ts'
import { cancelled } from '../../support/events.ts'
import { accessSet, granted, tried } from '../../support/household-events.ts'

const [second, minute, hour] = [1_000, 60_000, 3_600_000]
const lastAt = '2026-11-23T09:00:00.000Z'
const lastMs = Date.parse(lastAt)

const logged = (event: NewEvent) => ({ ...event, seq: 1, id: 'event-1', at: '2026-11-23T09:00:05.000Z', mac: '' }) as LogEvent
const after = (...events: NewEvent[]): readonly Tries[] => events.map(logged).reduce(nextTries, [])
const unused = { codeFailures: 0, lastCodeAt: null, newestStep: null, usedRecovery: [] }
const failed = (failures: number, at: string | null = lastAt): Tries => ({ memberId: 'child', failures, lastAt: at, ...unused })

/** Tries in a row, and how long after the last of them no other is taken. */
const lockOut = [
  [0, 0], [1, 0], [2, 0], [3, 30 * second], [4, minute], [5, 5 * minute], [6, 15 * minute], [7, hour], [8, 4 * hour], [9, 24 * hour], [10, 24 * hour], [1_000, 24 * hour],
] as const

describe('P8 how long to wait', () => {
  it.each(lockOut)('after %d wrong ones is %d ms', (failures, ms) => {
    expect(lockOutMs(failures)).toBe(ms)
    expect(waitMs(failed(failures), { gatewayMs: lastMs, runningMs: 0 })).toBe(ms)
  })

  it.each(lockOut.filter(([, ms]) => ms > 0))('after %d wrong ones is over to the millisecond, by signed time or by running', (failures, ms) => {
    expect(waitMs(failed(failures), { gatewayMs: lastMs + ms - 1, runningMs: 0 })).toBe(1)
    expect(waitMs(failed(failures), { gatewayMs: lastMs + ms, runningMs: 0 })).toBe(0)
    expect(waitMs(failed(failures), { gatewayMs: null, runningMs: ms - 1 })).toBe(1)
    expect(waitMs(failed(failures), { gatewayMs: null, runningMs: ms })).toBe(0)
  })

  it('is by the one of both that knows of more time, and not by their sum', () => {
    expect(waitMs(failed(4), { gatewayMs: lastMs + 40 * second, runningMs: 30 * second })).toBe(20 * second)
    expect(waitMs(failed(4), { gatewayMs: lastMs + 30 * second, runningMs: 40 * second })).toBe(20 * second)
  })

  it('is all of it after a start anew while nobody knows the time of the gateway, whatever the computer’s clock says', () => {
    expect(waitMs(failed(7), { gatewayMs: null, runningMs: 0 })).toBe(hour)
    expect(waitMs(failed(7, null), { gatewayMs: Date.parse('2099-01-01T00:00:00Z'), runningMs: 0 })).toBe(hour)
  })

  it('is not made longer by a gateway whose time is before that of the try', () => {
    expect(waitMs(failed(5), { gatewayMs: lastMs - hour, runningMs: 0 })).toBe(5 * minute)
  })

  it('leaves few tries in a week to whoever never waits less than they must', () => {
    let [tries, atMs] = [0, 0]
    for (; atMs < 7 * 24 * hour; tries += 1) atMs += lockOutMs(tries + 1)
    expect(tries).toBeLessThan(20)
  })
})

describe('P8 a try', () => {
  it('counts before anybody knows whether it is right, at the time of the gateway and not at that of the event', () => {
    expect(triesOf(after(tried('child'), tried('child', null)), 'child')).toEqual({ ...failed(2, null) })
    expect(triesOf(after(tried('child', '2026-11-23T09:00:01.000Z')), 'child').lastAt).toBe('2026-11-23T09:00:01.000Z')
  })

  it('is one member’s alone; who has not tried has none', () => {
    const all = after(tried('teen'), tried('child'), tried('teen'), granted('child'))
    expect(all.map(({ memberId, failures }) => [memberId, failures])).toEqual([['child', 0], ['teen', 2]])
    expect(triesOf(all, 'guardian')).toEqual({ ...failed(0, null), memberId: 'guardian' })
  })

  it('that was right makes those before it forgotten, and nothing that was used', () => {
    const all = after(granted('child', { step: 5 }), granted('child', { recovery: 1 }), tried('child'), tried('child'), granted('child', { recovery: 3 }))
    expect(triesOf(all, 'child')).toEqual({ ...failed(0), newestStep: 5, usedRecovery: [1, 3] })
  })

  it('counts anew for a new PIN, and goes on where only the second factor is new', () => {
    expect(triesOf(after(tried('child'), accessSet('child', 'pin')), 'child').failures).toBe(0)
    expect(triesOf(after(tried('child'), accessSet('child', 'secondFactor')), 'child').failures).toBe(1)
  })

  it('is the same list after an event about something else', () => {
    const all = after(tried('child'))
    expect(nextTries(all, logged(cancelled('a')))).toBe(all)
  })
})

const triedWithCode = (at = lastAt): NewEvent => ({ type: 'access.tried', actor: 'person', payload: { memberId: 'child', gatewayAt: at, withCode: true } })

describe('P8 a try with a code', () => {
  const later = '2026-11-23T09:10:00.000Z'
  const codeTries = (...events: NewEvent[]) => {
    const { failures, lastAt: at } = codeTriesOf(triesOf(after(...events), 'child'))
    return { failures, at }
  }

  it('counts for both, and one without for the PIN alone', () => {
    const events = [triedWithCode(), tried('child', later)]
    expect(triesOf(after(...events), 'child')).toMatchObject({ failures: 2, lastAt: later, codeFailures: 1, lastCodeAt: lastAt })
    expect(codeTries(...events)).toEqual({ failures: 1, at: lastAt })
  })

  it('is made up for by a right code, and by no right PIN', () => {
    const wrong = [triedWithCode(), triedWithCode()]
    expect(codeTries(...wrong, tried('child', later), granted('child'))).toEqual({ failures: 2, at: lastAt })
    expect(triesOf(after(...wrong, granted('child')), 'child').failures).toBe(0)
    expect(codeTries(...wrong, granted('child', { step: 0 })).failures).toBe(0)
    expect(codeTries(...wrong, granted('child', { recovery: 0 })).failures).toBe(0)
  })

  it('is forgotten with a new second factor, and not with a new PIN', () => {
    expect(codeTries(triedWithCode(), accessSet('child', 'pin')).failures).toBe(1)
    expect(codeTries(triedWithCode(), accessSet('child', 'secondFactor')).failures).toBe(0)
  })
})

describe('P8 a code', () => {
  it('with which a new second factor was tried out is used up by that', () => {
    const set: NewEvent = { type: 'access.set', actor: 'guardian', payload: { memberId: 'guardian', what: 'secondFactor', step: 7 } }
    const tries = triesOf(after(granted('guardian', { step: 100 }), set), 'guardian')
    expect(isFresh(tries, { kind: 'step', step: 7 })).toBe(false)
    expect(isFresh(tries, { kind: 'step', step: 8 })).toBe(true)
  })

  const used = after(granted('guardian', { step: 100 }), granted('guardian', { recovery: 4 }), granted('guardian'))

  it.each<[string, Parameters<typeof isFresh>[1], boolean]>([
    ['of the step that was used', { kind: 'step', step: 100 }, false],
    ['of a step before that', { kind: 'step', step: 99 }, false],
    ['of a later step', { kind: 'step', step: 101 }, true],
    ['for recovery that was used', { kind: 'recovery', index: 4 }, false],
    ['for recovery that was not', { kind: 'recovery', index: 3 }, true],
  ])('%s is good: %j %s', (_name, code, expected) => expect(isFresh(triesOf(used, 'guardian'), code)).toBe(expected))

  it('of whoever has used none is good, also that of step 0', () => expect(isFresh(triesOf([], 'guardian'), { kind: 'step', step: 0 })).toBe(true))

  it('may be of any step again once the second factor is a new one, and no sooner', () => {
    const code = { kind: 'step', step: 1 } as const
    expect(isFresh(triesOf(nextTries(used, logged(accessSet('guardian', 'pin'))), 'guardian'), code)).toBe(false)
    const anew = triesOf(nextTries(used, logged(accessSet('guardian', 'secondFactor'))), 'guardian')
    expect([isFresh(anew, code), isFresh(anew, { kind: 'recovery', index: 4 })]).toEqual([true, true])
  })

  it('of an older step does not make the newest one older', () => {
    const stepAfter = (step: number) => triesOf(nextTries(used, logged(granted('guardian', { step }))), 'guardian').newestStep
    expect([stepAfter(99), stepAfter(101)]).toEqual([100, 101])
  })
})
