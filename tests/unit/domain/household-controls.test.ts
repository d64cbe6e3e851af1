/** The controls once there are members. */
import { describe, expect, it } from 'vitest'
import { effectOf, isPossibleChange } from '../../../src/domain/control-effects.ts'
import { hoursOf, sharedOf } from '../../../src/domain/control-parts.ts'
import { type Change, type Controls, coolingOffMs, IllegalControlError, lapsesAfterMs, type Limit, type Member, type MemberRole, memberRoles, nextControls, noControls, type SharedControls } from '../../../src/domain/controls.ts'
import { stricterOf } from '../../../src/domain/stricter-controls.ts'
import type { NewEvent } from '../../../src/domain/events.ts'
import { answerRequest } from '../../../src/domain/kept-controls.ts'
import { adopted, begun, excluded, limitOf, looseningAsked, looseningConfirmed, returnAsked, tightened } from '../../support/control-events.ts'
import { everyRole, householdBegun, householdOf, named, withoutNames } from '../../support/household-events.ts'

const after = (...events: NewEvent[]) => events.reduce(nextControls, noControls)
const askedMs = Date.parse('2026-11-23T09:00:00.000Z')
const later = (ms: number) => new Date(askedMs + ms).toISOString()
const member = (memberId: string, role: MemberRole): Change => ({ kind: 'member', memberId, role })
const hours = (weekdays: readonly number[], memberId?: string): Change => {
  const list = weekdays.map((weekday) => ({ weekday, fromMinute: 0, toMinute: 60 }))
  return { kind: 'quietHours', hours: list, ...(memberId !== undefined && { memberId }) }
}
const ofMember = (memberId: string, amount: string, period: Limit['period'] = 'week'): Limit => ({ period, sellerId: null, memberId, amount })
const begunHousehold = [begun(), householdBegun()]
const roleIn = ({ members = [] }: SharedControls, memberId: string) => members.find((one) => one.memberId === memberId)?.role

describe('a household', () => {
  it('P4 begins with a week’s limit of nothing for each minor, and none for the grown-ups', () => {
    const { members, limits } = after(...begunHousehold)
    expect(members).toEqual(withoutNames(everyRole))
    expect(limits).toEqual([ofMember('child', '0'), ofMember('teen', '0')])
  })

  it('P4 gives a minor what the guardian says instead, and keeps what there was', () => {
    const given = [ofMember('teen', '300', 'day'), ofMember('teen', '900', 'month')]
    const { limits } = after(begun(), tightened(limitOf('5000')), householdBegun(everyRole, given))
    expect(limits).toEqual([{ period: 'week', sellerId: null, amount: '5000' }, ofMember('child', '0'), ...given])
  })

  it.each<[string, NewEvent[]]>([
    ['without a calendar', [householdBegun()]],
    ['twice', [...begunHousehold, householdBegun()]],
    ['without a guardian', [begun(), householdBegun(everyRole.slice(1))]],
    ['without anybody', [begun(), householdBegun([])]],
    ['with somebody twice', [begun(), householdBegun([...everyRole, { memberId: 'teen', role: 'adult', name: 'Cleo' }])]],
    ['with somebody who has no id', [begun(), householdBegun([...everyRole, { memberId: '', role: 'child', name: 'Eve' }])]],
    ['with a limit of nobody who is there', [begun(), householdBegun(everyRole, [ofMember('new', '5')])]],
    ['with another limit of the household', [begun(), tightened(limitOf('50')), householdBegun(everyRole, [{ period: 'week', sellerId: null, amount: '500' }])]],
    ['with a limit that is none', [begun(), householdBegun(everyRole, [ofMember('teen', '-5')])]],
    ['with a higher limit than one before it', [begun(), householdBegun(everyRole, [ofMember('teen', '5'), ofMember('teen', '6')])]],
  ])('P5 does not begin %s', (_name, events) => {
    expect(() => after(...events.slice(0, -1))).not.toThrow()
    expect(() => after(...events)).toThrow(IllegalControlError)
  })

  it('takes the names of its members nowhere that others see', () => {
    const controls = after(...begunHousehold, named('teen', 'Cleopatra'))
    expect(JSON.stringify(controls)).not.toMatch(/Ada|Ben|Cleo|Dot/)
    expect(nextControls(controls, named('teen', 'Cleopatra'))).toBe(controls)
  })
})

describe('P5 a change of who is there', () => {
  const household = householdOf()
  const ids = ['new', ...everyRole.map(({ memberId }) => memberId)]
  const effects = (memberId: string) => memberRoles.map((role) => effectOf(household, { kind: 'member', memberId, role }))

  it.each<[string, ReturnType<typeof effects>]>([
    ['new', ['none', 'tighter', 'tighter', 'looser', 'looser']],
    ['child', ['tighter', 'none', 'looser', 'looser', 'looser']],
    ['teen', ['tighter', 'tighter', 'none', 'looser', 'looser']],
    ['adult', ['tighter', 'tighter', 'tighter', 'none', 'looser']],
    ['guardian', ['tighter', 'tighter', 'tighter', 'tighter', 'none']],
  ])('%s as removed, child, teen, adult, guardian', (memberId, expected) => {
    expect(ids).toContain(memberId)
    expect(effects(memberId)).toEqual(expected)
  })

  it('is looser for somebody who was removed, whatever they come back as', () => {
    const removed = after(...begunHousehold, tightened(member('child', 'removed')))
    expect(memberRoles.map((role) => effectOf(removed, { kind: 'member', memberId: 'child', role }))).toEqual(['none', 'looser', 'looser', 'looser', 'looser'])
  })

  it('of a new minor acts at once, with nothing to spend', () => {
    const controls = after(...begunHousehold, tightened(member('new', 'teen')))
    expect(controls.members?.at(-1)).toEqual({ memberId: 'new', role: 'teen' })
    expect(controls.limits).toContainEqual(ofMember('new', '0'))
  })

  it('of a grown-up or to an older role waits 24 hours, to the millisecond, and lapses after 7 days', () => {
    for (const change of [member('new', 'adult'), member('new', 'guardian'), member('child', 'teen'), member('teen', 'adult')]) {
      expect(() => after(...begunHousehold, tightened(change))).toThrow(IllegalControlError)
      const asked = [...begunHousehold, looseningAsked('x', change, later(0))]
      expect(after(...asked).members).toEqual(withoutNames(everyRole))
      expect(() => after(...asked, looseningConfirmed('x', later(coolingOffMs - 1)))).toThrow(IllegalControlError)
      expect(after(...asked, looseningConfirmed('x', later(coolingOffMs))).members).toContainEqual({ memberId: 'memberId' in change ? change.memberId : '', role: 'role' in change ? change.role : '' })
      expect(() => after(...asked, looseningConfirmed('x', later(lapsesAfterMs)))).toThrow(IllegalControlError)
    }
  })

  it('to a younger role acts at once, and what waited for an older one is forgotten', () => {
    const controls = after(...begunHousehold, looseningAsked('x', member('teen', 'adult')), looseningAsked('y', member('child', 'teen')), tightened(member('teen', 'child')))
    expect(roleIn(controls, 'teen')).toBe('child')
    expect(controls.pending.map(({ changeId }) => changeId)).toEqual(['y'])
  })

  it('P4 makes nobody a minor without a limit: a grown-up who becomes one starts with nothing, whoever has one keeps it', () => {
    expect(after(...begunHousehold, tightened(member('adult', 'teen'))).limits).toContainEqual(ofMember('adult', '0'))
    const limited = after(...begunHousehold, tightened(limitOf('700', 'month', null, 'adult')), tightened(member('adult', 'teen')))
    expect(limited.limits.filter(({ memberId }) => memberId === 'adult')).toEqual([ofMember('adult', '700', 'month')])
    const back = [tightened(member('adult', 'removed')), looseningAsked('x', member('adult', 'child')), looseningConfirmed('x')]
    expect(after(...begunHousehold, ...back).limits).toContainEqual(ofMember('adult', '0'))
  })

  it('P4 gives a minor nothing more by becoming older or younger', () => {
    const raised = after(begun(), householdBegun(everyRole, [ofMember('teen', '300')]), tightened(member('teen', 'child')))
    expect(raised.limits).toEqual([ofMember('child', '0'), ofMember('teen', '300')])
  })

  it('never takes the last guardian', () => {
    for (const role of ['removed', 'child', 'teen', 'adult'] as const) expect(() => after(...begunHousehold, tightened(member('guardian', role)))).toThrow(IllegalControlError)
    const two = [...begunHousehold, looseningAsked('x', member('adult', 'guardian')), looseningConfirmed('x')]
    expect(() => after(...two, tightened(member('guardian', 'adult')), tightened(member('adult', 'teen')))).toThrow(IllegalControlError)
    expect(roleIn(after(...two, tightened(member('guardian', 'removed'))), 'guardian')).toBe('removed')
  })

  it('keeps whoever was removed in their place', () => {
    const controls = after(...begunHousehold, tightened(member('adult', 'removed')), tightened(member('new', 'child')))
    expect(controls.members?.map(({ role }) => role)).toEqual(['guardian', 'removed', 'teen', 'child', 'child'])
  })

  it('is made only where there are members, and to a role that there is', () => {
    expect(() => after(begun(), tightened(member('new', 'child')))).toThrow(IllegalControlError)
    expect(isPossibleChange(member('', 'child'))).toBe(false)
    expect(isPossibleChange(member('new', 'queen' as MemberRole))).toBe(false)
  })
})

describe('P5 limits and quiet hours', () => {
  it('of a member stay that member’s, and are nobody else’s', () => {
    const controls = after(...begunHousehold, tightened(limitOf('500')), tightened(limitOf('40', 'week', null, 'adult')), tightened(limitOf('30', 'week', 'seller-1', 'adult')))
    expect(controls.limits).toEqual([
      { period: 'week', sellerId: null, amount: '500' },
      ofMember('adult', '40'),
      { ...ofMember('adult', '30'), sellerId: 'seller-1' },
      ofMember('child', '0'),
      ofMember('teen', '0'),
    ])
    expect(effectOf(controls, limitOf('41', 'week', null, 'adult'))).toBe('looser')
    expect(effectOf(controls, limitOf('41', 'week', null, 'guardian'))).toBe('tighter')
  })

  it('of one wait for themselves alone', () => {
    const asked = [looseningAsked('x', limitOf('900', 'week', null, 'teen')), looseningAsked('y', limitOf('900', 'week', null, 'child'))]
    const controls = after(...begunHousehold, ...asked, looseningConfirmed('x'))
    expect(controls.pending.map(({ changeId }) => changeId)).toEqual(['y'])
    expect(controls.limits).toEqual([ofMember('child', '0'), ofMember('teen', '900')])
    expect(after(...begunHousehold, ...asked, looseningAsked('z', limitOf(null, 'week', null, 'teen'))).pending.map(({ changeId }) => changeId)).toEqual(['y', 'z'])
  })

  it('may be quiet for one member, beside the household and the others', () => {
    const controls = after(...begunHousehold, tightened(hours([1])), tightened(hours([2], 'teen')), tightened(hours([3], 'child')), tightened(hours([2, 4], 'teen')))
    const weekdays = (memberId?: string) => hoursOf(controls, memberId).map(({ weekday }) => weekday)
    expect([weekdays(), weekdays('teen'), weekdays('child'), weekdays('adult')]).toEqual([[1], [2, 4], [3], []])
    expect(effectOf(controls, hours([4], 'teen'))).toBe('looser')
    expect(effectOf(controls, hours([], 'adult'))).toBe('none')
    expect(effectOf(controls, hours([1, 2], 'child'))).toBe('looser')
  })
})

describe('P5 the exclusion of a member', () => {
  const week = excluded(later(0), later(604_800_000), '7days', 'teen')

  it('is theirs, whatever there is of others and of the household', () => {
    const controls = after(...begunHousehold, week, excluded(later(0), later(1_000)), excluded(later(1), later(9), '24hours', 'child'))
    expect(controls.exclusion).toMatchObject({ until: later(1_000) })
    expect(controls.exclusions).toEqual([
      { memberId: 'child', begunAt: later(1), until: later(9), returnAskedAt: null },
      { memberId: 'teen', begunAt: later(0), until: later(604_800_000), returnAskedAt: null },
    ])
  })

  it('is never shortened, and may be longer', () => {
    expect(() => after(...begunHousehold, week, excluded(later(1), later(604_799_999), '7days', 'teen'))).toThrow(IllegalControlError)
    expect(after(...begunHousehold, week, excluded(later(1), later(604_800_001), '7days', 'teen')).exclusions).toMatchObject([{ until: later(604_800_001) }])
  })

  it('outlasts removal, another role, and coming back', () => {
    const gone = [...begunHousehold, week, tightened(member('teen', 'removed')), looseningAsked('x', member('teen', 'adult')), looseningConfirmed('x')]
    expect(after(...gone).exclusions).toMatchObject([{ memberId: 'teen', until: later(604_800_000), returnAskedAt: null }])
  })

  it('is returned from after its end, and by nobody else’s', () => {
    expect(() => after(...begunHousehold, week, returnAsked(later(604_799_999), 'teen'))).toThrow(IllegalControlError)
    expect(() => after(...begunHousehold, week, returnAsked(later(604_800_000)))).toThrow(IllegalControlError)
    expect(() => after(...begunHousehold, week, returnAsked(later(604_800_000), 'child'))).toThrow(IllegalControlError)
    expect(after(...begunHousehold, week, returnAsked(later(604_800_000), 'teen')).exclusions).toMatchObject([{ returnAskedAt: later(604_800_000) }])
  })
})

describe('P5 the stricter of two households', () => {
  const own = householdOf()
  const withPeople = (...people: Member[]): SharedControls => sharedOf(householdOf(people))
  const guardian: Member = { memberId: 'guardian', role: 'guardian' }

  it('takes in minors, with a limit whatever the other says, and never grown-ups', () => {
    const other = { ...withPeople(guardian, { memberId: 'kid', role: 'child' }, { memberId: 'aunt', role: 'adult' }, { memberId: 'boss', role: 'guardian' }), limits: [] }
    const both = stricterOf(own, other)
    expect(both.members).toEqual([...withoutNames(everyRole), { memberId: 'kid', role: 'child' }])
    expect(stricterOf(own, withPeople(guardian, { memberId: 'gone', role: 'removed' })).members).toContainEqual({ memberId: 'gone', role: 'removed' })
    expect(both.limits).toEqual([ofMember('child', '0'), ofMember('kid', '0'), ofMember('teen', '0')])
  })

  it('takes a minor’s own limit where the other tells one', () => {
    const other = { ...withPeople(guardian, { memberId: 'kid', role: 'child' }), limits: [ofMember('kid', '250', 'day')] }
    expect(stricterOf(own, other).limits).toContainEqual(ofMember('kid', '250', 'day'))
    expect(stricterOf(own, other).limits).not.toContainEqual(ofMember('kid', '0'))
  })

  it('takes in no minor without a limit, in another currency or from where there is no household', () => {
    const kid = withPeople(guardian, { memberId: 'kid', role: 'child' })
    const foreign = { ...kid, household: { zone: 'UTC', currency: 'JPY' }, limits: [ofMember('kid', '9000')] }
    for (const other of [foreign, { ...kid, household: null, limits: [] }]) expect(stricterOf(own, other).limits).toContainEqual(ofMember('kid', '0'))
  })

  it('has the younger of two roles, whoever begins', () => {
    for (const role of memberRoles) {
      const other = withPeople(guardian, { memberId: 'teen', role })
      const younger = memberRoles.indexOf(role) < memberRoles.indexOf('teen') ? role : 'teen'
      expect(roleIn(stricterOf(own, other), 'teen')).toBe(younger)
      expect(roleIn(stricterOf({ ...noControls, ...other }, own), 'teen')).toBe(younger)
    }
  })

  it('gives whoever becomes a minor by it a limit', () => {
    const both = stricterOf(own, { ...withPeople(guardian, { memberId: 'adult', role: 'teen' }), limits: [] })
    expect(both.limits).toContainEqual(ofMember('adult', '0'))
  })

  it('is not left without a guardian by what somebody else says', () => {
    const other = withPeople({ memberId: 'guardian', role: 'adult' }, { memberId: 'boss', role: 'guardian' })
    expect(stricterOf(own, other).members).toEqual(withoutNames(everyRole))
    const two = householdOf([guardian, { memberId: 'adult', role: 'guardian' }])
    expect(stricterOf(two, withPeople({ memberId: 'guardian', role: 'adult' }, { memberId: 'adult', role: 'guardian' })).members).toEqual([
      { memberId: 'guardian', role: 'adult' },
      { memberId: 'adult', role: 'guardian' },
    ])
  })

  it('has everybody of the other where there was nobody', () => {
    expect(stricterOf(noControls, own).members).toEqual(own.members)
    expect(stricterOf(own, noControls).members).toEqual(own.members)
    expect(stricterOf(after(begun(), tightened(limitOf('5'))), own)).toMatchObject({ members: own.members, limits: [{ amount: '5' }, { memberId: 'child' }, { memberId: 'teen' }] })
  })

  it('has of each member the longer exclusion, the lower limits and all quiet hours', () => {
    const [long, short] = [{ begunAt: later(0), until: later(9), returnAskedAt: null }, { begunAt: later(0), until: later(5), returnAskedAt: null }]
    const made = (amount: string, weekday: number, teen: typeof long, child: typeof long): Controls => ({
      ...own,
      limits: [ofMember('teen', amount)],
      quietHours: [{ weekday, fromMinute: 0, toMinute: 60, memberId: 'teen' }],
      exclusions: [{ memberId: 'child', ...child }, { memberId: 'teen', ...teen }],
    })
    const [one, two] = [made('50', 1, long, short), made('40', 2, short, long)]
    for (const both of [stricterOf(one, two), stricterOf(two, one)]) {
      expect(both.limits).toEqual([ofMember('teen', '40')])
      expect(both.exclusions).toEqual([{ memberId: 'child', ...long }, { memberId: 'teen', ...long }])
      expect(hoursOf(both, 'teen').map(({ weekday }) => weekday).toSorted((a, b) => a - b)).toEqual([1, 2])
      expect(hoursOf(both, undefined)).toEqual([])
    }
  })

  it('lets no older role wait where the other made it younger', () => {
    const waiting = [looseningAsked('x', member('teen', 'adult')), looseningAsked('y', member('child', 'teen'))].reduce(nextControls, own)
    const both = stricterOf(waiting, withPeople(guardian, { memberId: 'teen', role: 'child' }))
    expect(both.pending.map(({ changeId }) => changeId)).toEqual(['y'])
  })

  it('is what adopting comes to', () => {
    const other = withPeople(guardian, { memberId: 'teen', role: 'child' }, { memberId: 'kid', role: 'teen' })
    expect(nextControls(own, adopted(other))).toEqual(stricterOf(own, other))
  })
})

describe('P5 a keeper of many devices', () => {
  const kept = householdOf()
  const keptAfter = (controls: SharedControls, before = kept) => {
    const answer = answerRequest(before, { kind: 'tighten', controls }, [], askedMs)
    return answer.kind === 'kept' ? answer.controls : answer.refusal
  }
  const guardian: Member = { memberId: 'guardian', role: 'guardian' }
  const kid: Member = { memberId: 'kid', role: 'child' }

  it('takes in no minor with more to spend than nothing, whatever a device says', () => {
    const limits = [ofMember('kid', '250'), ofMember('kid', '90', 'day')]
    expect(keptAfter({ ...sharedOf(kept), members: [guardian, kid], limits })).toMatchObject({ limits: [ofMember('child', '0'), ofMember('kid', '90', 'day'), ofMember('kid', '0'), ofMember('teen', '0')] })
  })

  it('takes in all of the first household that it is told', () => {
    const { members: _, ...nobody } = sharedOf(householdOf([]))
    const first = { ...sharedOf(kept), members: [guardian, kid], limits: [ofMember('kid', '250')] }
    expect(keptAfter(first, { ...noControls, ...nobody })).toMatchObject({ members: [guardian, kid], limits: [ofMember('kid', '250')] })
  })

  it.each<[string, SharedControls]>([
    ['that has no guardian', { ...sharedOf(kept), members: [kid] }],
    ['that has somebody twice', { ...sharedOf(kept), members: [guardian, kid, kid] }],
    ['that has no calendar', { ...sharedOf(kept), household: null, members: [guardian, kid] }],
  ])('takes no household %s', (_name, controls) => expect(keptAfter(controls)).toBe('impossible'))

  it('lets nobody come in or grow older while a grown-up is excluded: neither asking nor the second yes', () => {
    const change = member('teen', 'adult')
    const shut = after(begun(), householdBegun(), excluded(later(0), later(604_800_000), '7days', 'adult'))
    expect(answerRequest(shut, { kind: 'askLoosening', changeId: 'x', change }, [], askedMs)).toEqual({ kind: 'refused', refusal: 'excluded' })
    const asked = answerRequest(kept, { kind: 'askLoosening', changeId: 'x', change }, [], askedMs)
    const waiting = asked.kind === 'kept' ? nextControls(asked.controls, excluded(later(0), later(604_800_000), '7days', 'guardian')) : kept
    expect(answerRequest(waiting, { kind: 'confirmLoosening', changeId: 'x' }, [], askedMs + coolingOffMs)).toEqual({ kind: 'refused', refusal: 'excluded' })
  })
})
