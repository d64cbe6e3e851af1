import { describe, expect, it } from 'vitest'
import { effectOf } from '../../../src/domain/control-effects.ts'
import { type Change, type Controls, type MemberRole, memberRoles, noControls } from '../../../src/domain/controls.ts'
import {
  hasMembers, isExcluded, isGuardian, isMinor, isWayAround, keepsGuardian, mayAnswer, mayChange, mayExclude, mayReturn, maySee, memberOf, rankOf, roleOf,
} from '../../../src/domain/roles.ts'
import { limitOf } from '../../support/control-events.ts'
import { householdOf } from '../../support/household-events.ts'

/** Two of each role, so that everybody can be looked at by their like; each is named by their role. */
const members = memberRoles.flatMap((role) => [role, `${role}2`].map((memberId) => ({ memberId, role })))
const household = householdOf(members)
const alone = householdOf([])
const single: Controls = noControls
const everybody = [...members.map(({ memberId }) => memberId), 'nobody', null]
const [noonMs, until] = [Date.parse('2026-11-25T12:00:00.000Z'), '2026-11-26T12:00:00.000Z']
const excluded = { begunAt: '2026-11-25T00:00:00.000Z', until, returnAskedAt: null }
const excluding = (...ids: string[]): Controls => ({ ...household, exclusions: ids.map((memberId) => ({ memberId, ...excluded })) })

/** Who of everybody may, by a rule. */
const who = (may: (actorId: string | null) => boolean) => everybody.filter(may)
const twoOf = (...roles: MemberRole[]) => roles.flatMap((role) => [role, `${role}2`])

describe('a role', () => {
  it('is freer the later it comes', () => expect(memberRoles.map(rankOf)).toEqual([0, 1, 2, 3, 4]))
  it('is that of a minor for teens and children', () => expect(memberRoles.filter(isMinor)).toEqual(['child', 'teen']))

  it('is nobody’s who was removed or never there', () => {
    expect(everybody.map((id) => roleOf(household, id))).toEqual([null, null, 'child', 'child', 'teen', 'teen', 'adult', 'adult', 'guardian', 'guardian', null, null])
    expect(memberOf(household, 'teen')).toEqual({ memberId: 'teen', role: 'teen' })
    expect(who((id) => isGuardian(household, id))).toEqual(twoOf('guardian'))
  })

  it('is needed only where there are members', () => expect([hasMembers(single), hasMembers(alone), hasMembers(household)]).toEqual([false, true, true]))
})

describe('P5 who may change', () => {
  const limitFor = (memberId?: string) => limitOf('5', 'week', null, memberId)
  const hoursFor = (memberId?: string): Change => ({ kind: 'quietHours', hours: [], ...(memberId !== undefined && { memberId }) })
  const zone: Change = { kind: 'zone', zone: 'UTC' }

  it.each<[string, Change, boolean, (string | null)[]]>([
    ['the household’s limit, stricter', limitFor(), false, twoOf('guardian')],
    ['the household’s limit, looser', limitFor(), true, twoOf('guardian')],
    ['the household’s quiet hours', hoursFor(), false, twoOf('guardian')],
    ['the zone', zone, true, twoOf('guardian')],
    ['who is there', { kind: 'member', memberId: 'new', role: 'child' }, false, twoOf('guardian')],
    ['a role', { kind: 'member', memberId: 'teen', role: 'adult' }, true, twoOf('guardian')],
    ['a child’s limit, stricter', limitFor('child'), false, twoOf('guardian')],
    ['a child’s limit, looser', limitFor('child'), true, twoOf('guardian')],
    ['a child’s quiet hours', hoursFor('child'), false, twoOf('guardian')],
    ['a teen’s limit, stricter', limitFor('teen'), false, ['teen', ...twoOf('guardian')]],
    ['a teen’s limit, looser', limitFor('teen'), true, twoOf('guardian')],
    ['a teen’s quiet hours, stricter', hoursFor('teen'), false, ['teen', ...twoOf('guardian')]],
    ['a teen’s quiet hours, looser', hoursFor('teen'), true, twoOf('guardian')],
    ['an adult’s limit, stricter', limitFor('adult'), false, ['adult']],
    ['an adult’s limit, looser', limitFor('adult'), true, ['adult']],
    ['an adult’s quiet hours', hoursFor('adult'), true, ['adult']],
    ['a guardian’s limit', limitFor('guardian'), true, ['guardian']],
    ['the limit of somebody who was removed', limitFor('removed'), false, []],
    ['the limit of somebody who was never there', limitFor('nobody'), false, []],
  ])('%s', (_name, change, isLooser, expected) => expect(who((id) => mayChange(household, id, change, isLooser))).toEqual(expected))

  it('anything while there are no members: the one adult', () => {
    for (const change of [limitFor(), limitFor('child'), zone]) expect(mayChange(single, null, change, true)).toBe(true)
  })
})

describe('P5 who may exclude', () => {
  it.each<[string | null, (string | null)[]]>([
    ['child', ['child', ...twoOf('guardian')]],
    ['teen', ['teen', ...twoOf('guardian')]],
    ['adult', ['adult']],
    ['guardian', ['guardian']],
    ['removed', []],
    ['nobody', []],
    [null, []],
  ])('%s', (memberId, expected) => expect(who((id) => mayExclude(household, id, memberId))).toEqual(expected))

  it('the household: the one adult, while there are no members', () => {
    expect([mayExclude(single, null, null), mayExclude(single, null, 'child')]).toEqual([true, false])
  })
})

describe('P5 who may say the yes after an exclusion of', () => {
  it.each<[string | null, (string | null)[]]>([
    ['child', twoOf('guardian')],
    ['teen', twoOf('guardian')],
    ['adult', ['adult']],
    ['guardian', ['guardian']],
    ['removed', []],
    ['nobody', []],
    [null, twoOf('guardian')],
  ])('%s', (memberId, expected) => expect(who((id) => mayReturn(household, id, memberId))).toEqual(expected))

  it('the one adult: that adult', () => expect([mayReturn(single, null, null), mayReturn(single, null, 'child')]).toEqual([true, false]))
})

describe('who may see what', () => {
  it.each<[string | null, (string | null)[]]>([
    ['child', ['child', ...twoOf('guardian')]],
    ['teen', ['teen', ...twoOf('guardian')]],
    ['adult', ['adult', ...twoOf('guardian')]],
    ['guardian', twoOf('guardian')],
    ['removed', twoOf('guardian')],
    [null, twoOf('guardian')],
  ])('%s bought', (memberId, expected) => expect(who((id) => maySee(household, id, memberId))).toEqual(expected))

  it('one adult alone bought: that adult', () => expect(maySee(single, null, null)).toBe(true))
})

describe('P8 who may answer', () => {
  it.each<[string, (string | null)[]]>([
    ['child', twoOf('guardian')],
    ['teen', twoOf('guardian')],
    ['adult', []],
    ['guardian', []],
    ['removed', []],
    ['nobody', []],
  ])('%s', (memberId, expected) => expect(who((id) => mayAnswer(household, id, memberId, noonMs))).toEqual(expected))

  it('is nobody who is excluded, until that is over and returned from', () => {
    expect(who((id) => mayAnswer(excluding('guardian'), id, 'child', noonMs))).toEqual(['guardian2'])
    expect(who((id) => mayAnswer(excluding('guardian'), id, 'child', Date.parse('2099-01-01T00:00:00Z')))).toEqual(['guardian2'])
    const returned = { ...household, exclusions: [{ memberId: 'guardian', ...excluded, returnAskedAt: until }] }
    expect(mayAnswer(returned, 'guardian', 'child', Date.parse(until) + 86_399_999)).toBe(false)
    expect(mayAnswer(returned, 'guardian', 'child', Date.parse(until) + 86_400_000)).toBe(true)
    expect(mayAnswer(returned, 'guardian', 'child', null)).toBe(false)
  })

  it('is nobody while the household is excluded', () => expect(who((id) => mayAnswer({ ...household, exclusion: excluded }, id, 'child', noonMs))).toEqual([]))
})

describe('P5 an exclusion', () => {
  it('of one member is theirs alone; one of the household is everybody’s', () => {
    expect(who((id) => isExcluded(excluding('teen'), id, noonMs))).toEqual(['teen'])
    expect(who((id) => isExcluded({ ...household, exclusion: excluded }, id, noonMs))).toEqual(everybody)
  })
})

describe('P5 a way around an exclusion', () => {
  const changes = memberRoles.flatMap((role) => ['new', 'child', 'adult'].map((memberId): Change => ({ kind: 'member', memberId, role })))
  const barred = (controls: Controls, gatewayMs: number | null = noonMs) => changes.filter((change) => isWayAround(controls, change, gatewayMs)).map((change) => ('role' in change ? `${change.memberId} as ${change.role}` : ''))
  const all = ['new as removed', 'new as child', 'new as teen', 'child as teen', 'new as adult', 'child as adult', 'new as guardian', 'child as guardian', 'adult as guardian']

  it.each<[string, Controls, string[]]>([
    ['nobody', household, []],
    ['the household', { ...household, exclusion: excluded }, all],
    ['a guardian', excluding('guardian2'), all],
    ['an adult', excluding('adult2'), all],
    ['somebody who was removed', excluding('removed2'), all],
    ['a teen', excluding('teen2'), []],
    ['a child', excluding('child'), []],
  ])('while %s is excluded', (_name, controls, expected) => expect(barred(controls)).toEqual(expected))

  it('is shut until the exclusion was returned from for a day, and while nobody knows the time', () => {
    const returned = { ...household, exclusions: [{ memberId: 'adult', ...excluded, returnAskedAt: until }] }
    expect(barred(excluding('adult'), Date.parse('2099-01-01T00:00:00Z'))).toEqual(all)
    expect(barred(returned, Date.parse(until) + 86_399_999)).toEqual(all)
    expect(barred(returned, Date.parse(until) + 86_400_000)).toEqual([])
    expect(barred(returned, null)).toEqual(all)
  })

  it('is shut by somebody who was removed as long as their exclusion runs: they give no new yes', () => {
    expect(barred(excluding('removed'), Date.parse(until) - 1)).toEqual(all)
    expect(barred(excluding('removed'), Date.parse(until))).toEqual([])
    expect(barred(excluding('removed'), null)).toEqual(all)
  })

  it('is no change of limits, hours or the zone', () => {
    const others: Change[] = [limitOf('9'), { kind: 'quietHours', hours: [] }, { kind: 'zone', zone: 'UTC' }]
    for (const change of others) expect(isWayAround({ ...household, exclusion: excluded }, change, noonMs)).toBe(false)
  })
})

describe('a guardian stays', () => {
  const oneGuardian = householdOf([{ memberId: 'guardian', role: 'guardian' }, { memberId: 'adult', role: 'adult' }])

  it.each(memberRoles)('whoever becomes %s', (role) => {
    const isLast = { kind: 'member', memberId: 'guardian', role } as const
    expect(keepsGuardian(household, isLast)).toBe(true)
    expect(keepsGuardian(oneGuardian, isLast)).toBe(role === 'guardian')
    expect(keepsGuardian(oneGuardian, { kind: 'member', memberId: 'adult', role })).toBe(true)
    expect(keepsGuardian(oneGuardian, limitOf('1'))).toBe(true)
  })

  it('of two that go one after the other the second stays', () => {
    const change = { kind: 'member', memberId: 'guardian2', role: 'removed' } as const
    const left = { ...household, members: members.map((member) => (member.memberId === 'guardian' ? { ...member, role: 'adult' as const } : member)) }
    expect([effectOf(left, change), keepsGuardian(left, change)]).toEqual(['tighter', false])
  })
})
