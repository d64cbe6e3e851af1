/** Whether a purchase is within the controls, once there are members. */
import { describe, expect, it } from 'vitest'
import type { Controls, Limit, LimitWarning } from '../../../src/domain/controls.ts'
import { blockAtAnyPrice, type Buyer, judge, standings, type Verdict } from '../../../src/domain/limits.ts'
import type { UsageLine } from '../../../src/domain/usage.ts'
import { everyRole, householdOf } from '../../support/household-events.ts'

const at = (text: string) => Date.parse(text)
/** A Wednesday. */
const noon = at('2026-11-25T12:00:00.000Z')
const limit = (amount: string, memberId?: string, period: Limit['period'] = 'week', sellerId: string | null = null): Limit => ({ period, sellerId, ...(memberId !== undefined && { memberId }), amount })
const line = (memberId: string | null, spent: bigint, sellerId = 'seller-1'): UsageLine => ({ atMs: at('2026-11-24T10:00:00Z'), sellerId, memberId, currency: 'EUR', spent, reserved: 0n })
const used = [line('teen', 100n), line('child', 30n), line('adult', 500n), line(null, 7n)]
const inUtc = (changes: Partial<Controls> = {}): Controls => householdOf(everyRole, { household: { zone: 'UTC', currency: 'EUR' }, limits: [], ...changes })
const yes = { memberId: 'teen', approvedBy: 'guardian' } as const

function verdictOn(amount: bigint, buyer: Buyer, changes: Partial<Controls>, moment: { readonly ms: number; readonly gatewayMs: number | null } = { ms: noon, gatewayMs: noon }): Verdict {
  return judge(inUtc(changes), () => used, { ...buyer, sellerId: 'seller-1', counted: { amount, currency: 'EUR' } }, moment)
}
const isAllowed = (verdict: Verdict) => verdict.kind === 'allowed'
const blockOf = (verdict: Verdict) => (verdict.kind === 'blocked' ? verdict.block : null)

describe('P4 a limit of a member', () => {
  it('counts what that member bought, to the minor unit, and nothing of the others', () => {
    const limits = [limit('150', 'teen')]
    expect(isAllowed(verdictOn(50n, { memberId: 'teen' }, { limits }))).toBe(true)
    expect(blockOf(verdictOn(51n, { memberId: 'teen' }, { limits }))).toMatchObject({ kind: 'limit', standing: { limit: limits[0], spent: 100n, left: 50n } })
  })

  it('stands in the way of nobody else', () => {
    for (const memberId of ['guardian', 'adult', 'child']) expect(isAllowed(verdictOn(9_999n, { memberId }, { limits: [limit('0', 'teen')] }))).toBe(true)
  })

  it('of each purchase is theirs as well', () => {
    const limits = [limit('60', 'teen', 'purchase')]
    expect([isAllowed(verdictOn(60n, { memberId: 'teen' }, { limits })), isAllowed(verdictOn(61n, { memberId: 'teen' }, { limits })), isAllowed(verdictOn(61n, { memberId: 'child' }, { limits }))]).toEqual([true, false, true])
  })

  it('of nothing means: ask', () => expect(blockOf(verdictOn(1n, { memberId: 'child' }, { limits: [limit('0', 'child')] }))).toMatchObject({ kind: 'limit', standing: { limit: { amount: '0' }, left: -30n } }))
})

describe('P4 the household’s limit', () => {
  it('counts what all of them bought, and what was bought before there were members', () => {
    const limits = [limit('700')]
    for (const memberId of ['guardian', 'adult', 'teen', 'child']) {
      expect(isAllowed(verdictOn(63n, { memberId }, { limits }))).toBe(true)
      expect(blockOf(verdictOn(64n, { memberId }, { limits }))).toMatchObject({ standing: { spent: 637n, left: 63n } })
    }
  })

  it('and the member’s both have to have room; the one with the least left is named', () => {
    const [tight, wide] = [limit('640'), limit('150', 'teen')]
    expect(blockOf(verdictOn(60n, { memberId: 'teen' }, { limits: [wide, tight] }))).toMatchObject({ standing: { limit: tight, left: 3n } })
    expect(blockOf(verdictOn(60n, { memberId: 'teen' }, { limits: [limit('1000'), wide] }))).toMatchObject({ standing: { limit: wide, left: 50n } })
  })
})

describe('P8 a guardian’s yes', () => {
  it('makes an exception from the member’s own limits', () => {
    expect(isAllowed(verdictOn(1n, { memberId: 'teen' }, { limits: [limit('0', 'teen'), limit('0', 'teen', 'purchase')] }))).toBe(false)
    expect(isAllowed(verdictOn(1n, yes, { limits: [limit('0', 'teen'), limit('0', 'teen', 'purchase')] }))).toBe(true)
  })

  it('makes none from the household’s', () => {
    const limits = [limit('0', 'teen'), limit('640')]
    expect(isAllowed(verdictOn(3n, yes, { limits }))).toBe(true)
    expect(blockOf(verdictOn(4n, yes, { limits }))).toMatchObject({ kind: 'limit', standing: { limit: limits[1] } })
  })

  it('tells what is left of the member’s limit all the same, below zero', () => {
    expect(verdictOn(20n, yes, { limits: [limit('110', 'teen')] })).toMatchObject({ kind: 'allowed', headroom: [{ left: -10n, percent: 109 }], warnings: [{ memberId: 'teen', percent: 100 }] })
  })

  it('makes an exception from the member’s quiet hours, and none from the household’s', () => {
    const noonHours = { weekday: 3, fromMinute: 720, toMinute: 780 }
    const own = { quietHours: [{ ...noonHours, memberId: 'teen' }] }
    expect(blockOf(verdictOn(1n, { memberId: 'teen' }, own))).toEqual({ kind: 'quietHours', untilMs: at('2026-11-25T13:00:00Z'), memberId: 'teen' })
    expect(isAllowed(verdictOn(1n, yes, own))).toBe(true)
    expect(isAllowed(verdictOn(1n, { memberId: 'child' }, own))).toBe(true)
    for (const buyer of [yes, { memberId: 'teen' }]) expect(blockOf(verdictOn(1n, buyer, { quietHours: [noonHours] }))).toEqual({ kind: 'quietHours', untilMs: at('2026-11-25T13:00:00Z') })
  })

  it.each<[string, Buyer, Partial<Controls>]>([
    ['oneself', { memberId: 'teen', approvedBy: 'teen' }, {}],
    ['a guardian, to oneself', { memberId: 'guardian', approvedBy: 'guardian' }, {}],
    ['an adult', { memberId: 'teen', approvedBy: 'adult' }, {}],
    ['another minor', { memberId: 'teen', approvedBy: 'child' }, {}],
    ['nobody who is there', { memberId: 'teen', approvedBy: 'stranger' }, {}],
    ['a guardian who was removed', yes, { members: everyRole.map(({ memberId, role }) => ({ memberId, role: memberId === 'guardian' ? 'removed' : role })) }],
    ['a guardian, to an adult', { memberId: 'adult', approvedBy: 'guardian' }, {}],
    ['a guardian who is excluded', yes, { exclusions: [{ memberId: 'guardian', begunAt: '2026-11-25T00:00:00.000Z', until: '2026-11-26T00:00:00.000Z', returnAskedAt: null }] }],
  ])('of %s counts for nothing', (_name, buyer, changes) => expect(blockOf(verdictOn(1n, buyer, changes))).toEqual({ kind: 'approver' }))

  it('counts for nothing where there are no members', () => {
    const { members: _, ...alone } = inUtc()
    expect(blockAtAnyPrice(alone, { memberId: null, approvedBy: 'guardian' }, { ms: noon, gatewayMs: noon })).toEqual({ kind: 'approver' })
  })
})

describe('P5 who is excluded', () => {
  const until = (day: number) => `2026-11-${day}T00:00:00.000Z`
  const exclusion = (day: number) => ({ begunAt: until(25), until: until(day), returnAskedAt: null })

  it('buys nothing, while the others do', () => {
    const exclusions = [{ memberId: 'teen', ...exclusion(28) }]
    expect(blockOf(verdictOn(1n, { memberId: 'teen' }, { exclusions }))).toEqual({ kind: 'excluded', state: 'running', until: until(28) })
    expect(isAllowed(verdictOn(1n, { memberId: 'child' }, { exclusions }))).toBe(true)
  })

  it('buys nothing with a guardian’s yes either', () => {
    expect(blockOf(verdictOn(1n, yes, { exclusions: [{ memberId: 'teen', ...exclusion(28) }] }))).toMatchObject({ kind: 'excluded' })
    expect(blockOf(verdictOn(1n, yes, { exclusion: exclusion(28) }))).toMatchObject({ kind: 'excluded' })
  })

  it.each([[27, 29], [29, 27]])('is told the one that lasts longer: of the household until the %dth, of their own until the %dth', (household, own) => {
    const changes = { exclusion: exclusion(household), exclusions: [{ memberId: 'teen', ...exclusion(own) }] }
    expect(blockOf(verdictOn(1n, { memberId: 'teen' }, changes))).toEqual({ kind: 'excluded', state: 'running', until: until(29) })
    expect(blockOf(verdictOn(1n, { memberId: 'child' }, changes))).toMatchObject({ until: until(household) })
  })

  it('stays so while nobody knows the time of the gateway', () => {
    const changes = { exclusions: [{ memberId: 'teen', ...exclusion(28) }] }
    expect(blockOf(verdictOn(1n, { memberId: 'teen' }, changes, { ms: at('2099-01-01T00:00:00Z'), gatewayMs: null }))).toMatchObject({ kind: 'excluded' })
  })
})

describe('P8 whoever is no member', () => {
  it.each(['stranger', null])('buys nothing in a household that has members: %s', (memberId) => expect(blockOf(verdictOn(1n, { memberId }, {}))).toEqual({ kind: 'noMember' }))

  it('is also who was removed, before anything else is looked at', () => {
    const members = everyRole.map(({ memberId, role }) => ({ memberId, role: memberId === 'teen' ? ('removed' as const) : role }))
    expect(blockOf(verdictOn(1n, yes, { members, limits: [limit('0')] }))).toEqual({ kind: 'noMember' })
  })

  it('is who uses it alone, and may buy', () => {
    const { members: _, ...alone } = inUtc()
    expect(isAllowed(judge(alone, () => [], { memberId: null, sellerId: 's', counted: { amount: 1n, currency: 'EUR' } }, { ms: noon, gatewayMs: noon }))).toBe(true)
  })
})

describe('a warning', () => {
  const startsAt = '2026-11-23T00:00:00.000Z'
  const limits = [limit('1000'), limit('125', 'teen'), limit('38', 'child')]
  const told: LimitWarning = { period: 'week', sellerId: null, memberId: 'teen', startsAt, percent: 80 }
  const warningsOf = (memberId: string, amount: bigint, warnings: readonly LimitWarning[] = []) => {
    const verdict = verdictOn(amount, { memberId }, { limits, warnings })
    return verdict.kind === 'allowed' ? verdict.warnings : null
  }

  it('is about the limit of the member who buys, or the household’s, and about no other’s', () => {
    expect(warningsOf('teen', 1n)).toEqual([told])
    expect(warningsOf('child', 1n)).toEqual([{ ...told, memberId: 'child' }])
    expect(warningsOf('adult', 163n)).toEqual([{ period: 'week', sellerId: null, startsAt, percent: 80 }])
    expect(warningsOf('adult', 1n)).toEqual([])
  })

  it('is told once to each, and of the household besides', () => {
    expect(warningsOf('teen', 1n, [told])).toEqual([])
    expect(warningsOf('teen', 25n, [told])).toEqual([{ ...told, percent: 100 }])
    expect(warningsOf('child', 1n, [told])).toEqual([{ ...told, memberId: 'child' }])
    expect(warningsOf('adult', 163n, [told])).toHaveLength(1)
  })
})

describe('how limits stand', () => {
  it('is told for each by whom it is about', () => {
    const all = standings(inUtc({ limits: [limit('1000'), limit('150', 'teen'), limit('150', 'adult', 'week', 'seller-2')] }), () => used, noon)
    expect(all.map(({ spent, left }) => [spent, left])).toEqual([[637n, 363n], [100n, 50n], [0n, 150n]])
  })
})
