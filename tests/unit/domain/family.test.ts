import { describe, expect, it } from 'vitest'
import type { LogEvent, NewEvent } from '../../../src/domain/events.ts'
import { type Family, nameOf, nextFamily, noFamily } from '../../../src/domain/family.ts'
import { IllegalRequestError } from '../../../src/domain/requests.ts'
import { adopted, begun, inBerlin, limitOf, tightened } from '../../support/control-events.ts'
import { approved, cancelled } from '../../support/events.ts'
import { accessSet, everyRole, granted, householdBegun, named, requested, requestEnded, tried } from '../../support/household-events.ts'

const next = (family: Family, event: NewEvent) => nextFamily(family, { ...event, seq: 1, id: 'event-1', at: '2026-11-23T09:00:00.000Z', mac: '' } as LogEvent, {})
const after = (...events: NewEvent[]) => events.reduce(next, noFamily)

describe('names', () => {
  it('are given when the household begins, later, and again', () => {
    const { names } = after(householdBegun(), named('new', 'Eve'), named('teen', 'Cleopatra'))
    expect(names).toEqual({ guardian: 'Ada', adult: 'Ben', teen: 'Cleopatra', child: 'Dot', new: 'Eve' })
  })

  it('are nobody’s who is only known elsewhere', () => {
    const family = after(householdBegun(), adopted({ household: inBerlin, limits: [], quietHours: [], exclusion: null, members: [...everyRole, { memberId: 'far', role: 'child' }] }))
    expect([nameOf(family, 'child'), nameOf(family, 'far'), nameOf(family, null)]).toEqual(['Dot', null, null])
  })

  it('may be the same for two, and are never those of things that JavaScript itself has', () => {
    const family = after(named('one', 'Kim'), named('two', 'Kim'))
    expect([nameOf(family, 'one'), nameOf(family, 'two'), nameOf(family, 'constructor')]).toEqual(['Kim', 'Kim', null])
  })
})

describe('P8 tries that a log may have forgotten', () => {
  const restored = (lostEvents: number | null): NewEvent => ({ type: 'log.restored', actor: 'person', payload: { backup: { seq: 2, mac: '' }, lost: null, lostEvents } })
  const failuresIn = ({ tries }: Family) => Object.fromEntries(tries.map(({ memberId, failures, codeFailures, lastAt }) => [memberId, [failures, codeFailures, lastAt]]))
  const many = [7, 7, null]
  const shared = { household: inBerlin, limits: [], quietHours: [], exclusion: null }

  it('count as many for everybody, once events were lost by a repair', () => {
    const before = after(householdBegun(), ...Array.from({ length: 9 }, () => tried('child')))
    for (const lost of [1, null]) expect(failuresIn(next(before, restored(lost)))).toEqual({ guardian: many, adult: many, teen: many, child: [9, 7, null] })
    expect(next(before, restored(0))).toBe(before)
    expect(next(noFamily, restored(3))).toBe(noFamily)
  })

  it('count as many for whom only the gateway knows, as after a ledger was begun anew', () => {
    const members = [...everyRole, { memberId: 'far', role: 'child' as const }]
    const family = after(householdBegun(), adopted({ ...shared, members }))
    expect(failuresIn(family)).toEqual({ far: many })
    expect(next(family, adopted({ ...shared, members }))).toBe(family)
    expect(failuresIn(next(family, accessSet('far', 'pin')))).toEqual({ far: [0, 7, null] })
    expect(after(adopted(shared))).toBe(noFamily)
  })
})

describe('a family', () => {
  it.each([begun(), tightened(limitOf('5')), approved('a'), cancelled('b')])('is the same object after $type, which is not about it', (event) => {
    const family = after(householdBegun(), tried('child'), requested('r1'))
    expect(next(family, event)).toBe(family)
    expect(next(noFamily, event)).toBe(noFamily)
  })

  it('has names, tries and requests, each of its own events', () => {
    const family = after(householdBegun(), tried('child'), granted('child'), requested('r1'), requestEnded('r1', 'withdrawn'))
    expect(family.tries).toMatchObject([{ memberId: 'child', failures: 0 }])
    expect(family.requests).toMatchObject([{ requestId: 'r1', ended: { end: 'withdrawn', by: 'child' } }])
  })

  it('P8 takes no step with requests that may not be', () => expect(() => next(noFamily, requestEnded('r1'))).toThrow(IllegalRequestError))
})
