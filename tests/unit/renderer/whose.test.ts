import { describe, expect, it } from 'vitest'
import type { Controls } from '../../../src/renderer/launcher/features/limits/controls-store.ts'
import { excludable, exclusionOf, mayReturn } from '../../../src/renderer/launcher/features/exclusion/whom.ts'
import { keyOf } from '../../../src/renderer/launcher/features/limits/limit-key.ts'
import { controlsOf, decidable, mayOf } from '../../../src/renderer/launcher/features/limits/whose.ts'
import { asksFirst } from '../../../src/renderer/launcher/features/store/asks-first.ts'
import { lena, maria, tim } from '../../support/people.ts'

type Rights = Controls['rights']
const right = (memberId: string | null, may: Rights[number]['may'], mayDo = false): Rights[number] => ({ memberId, may, mayExclude: mayDo, mayReturn: mayDo })
const marias = { of: maria.memberId, rights: [right(tim.memberId, 'all', true), right(null, 'all'), right(maria.memberId, 'all', true), right(lena.memberId, 'all', true)] }
const lenas = { of: lena.memberId, rights: [right(null, 'look'), { ...right(lena.memberId, 'tighten'), mayExclude: true }] }
const nobodys = { of: null, rights: [] }

const standing = (amount: string, change: { memberId?: string; sellerId?: string | null } = {}) => ({
  ...{ period: 'week' as const, sellerId: null, amount, spent: '0', reserved: '0', left: amount },
  ...{ startsAt: '2026-11-23T23:00:00.000Z', resetsAt: '2026-11-30T23:00:00.000Z', ...change },
})
const hours = { weekday: 1, fromMinute: 0, toMinute: 360 }
const waits = (changeId: string, change: Controls['pending'][number]['change']) => ({
  ...{ changeId, change, state: 'waiting' as const, askedAt: '2026-11-24T12:00:00.000Z' },
  ...{ readyAt: '2026-11-25T12:00:00.000Z', lapsesAt: '2026-12-01T12:00:00.000Z' },
})

describe('whose controls', () => {
  const controls = {
    standings: [standing('2000'), standing('500', { memberId: lena.memberId })],
    quietHours: [hours, { ...hours, memberId: tim.memberId }],
    pending: [
      waits('zone', { kind: 'zone', zone: 'Europe/Paris' }),
      waits('lenas', { kind: 'limit', period: 'week', sellerId: null, memberId: lena.memberId, amount: '900' }),
      waits('member', { kind: 'member', memberId: tim.memberId, role: 'adult' }),
    ],
  }

  it('are the household’s without those of members, and each member’s alone', () => {
    const numbers = (memberId: string | null) => {
      const { standings, quietHours, pending } = controlsOf(controls, memberId)
      return [standings.map(({ amount }) => amount), quietHours.length, pending.map(({ changeId }) => changeId)]
    }
    expect(numbers(null)).toEqual([['2000'], 1, ['zone']])
    expect(numbers(lena.memberId)).toEqual([['500'], 0, ['lenas']])
    expect(numbers(tim.memberId)).toEqual([[], 1, []])
  })

  it('can be changed as main says, not at all where it says nothing, and freely by one adult alone', () => {
    expect([mayOf(marias, lena.memberId), mayOf(lenas, lena.memberId), mayOf(lenas, null), mayOf(lenas, tim.memberId), mayOf(nobodys, null)]).toEqual([
      'all',
      'tighten',
      'look',
      'look',
      'all',
    ])
  })

  it('can be chosen from: the household’s, one’s own, then those of minors', () => {
    expect(decidable(marias)).toEqual([null, maria.memberId, tim.memberId, lena.memberId])
    expect(decidable(nobodys)).toEqual([null])
  })

  it('a limit of a member is another than the same of the household', () => {
    expect(keyOf(standing('1'))).not.toBe(keyOf(standing('1', { memberId: lena.memberId })))
  })
})

describe('an exclusion', () => {
  it('can be begun by a guardian for minors, and by a minor for nobody else', () => {
    expect(excludable(marias)).toEqual([tim.memberId, lena.memberId])
    expect(excludable(lenas)).toEqual([])
    expect(excludable(nobodys)).toEqual([])
  })

  it('is not offered for somebody whom main does not let them exclude', () => {
    expect(excludable({ ...marias, rights: [right(tim.memberId, 'all', true), right(lena.memberId, 'all', false)] })).toEqual([tim.memberId])
  })

  it('is one’s own, or that of the minor who is looked at', () => {
    const ended = { kind: 'ended' as const, until: '2026-11-25T12:00:00.000Z' }
    const states = { exclusion: { kind: 'none' as const }, exclusions: [{ memberId: tim.memberId, state: ended }] }
    expect([exclusionOf(states, null), exclusionOf(states, tim.memberId), exclusionOf(states, lena.memberId)]).toEqual([{ kind: 'none' }, ended, { kind: 'none' }])
  })

  it('ends by the yes of whoever main says', () => {
    expect([mayReturn(marias, null), mayReturn(marias, tim.memberId), mayReturn(lenas, null), mayReturn(nobodys, null)]).toEqual([true, true, false, true])
  })
})

describe('a button says Ask', () => {
  const asks = (role: Parameters<typeof asksFirst>[0], standings: readonly ReturnType<typeof standing>[], of: string | null = tim.memberId) =>
    asksFirst(role, { of, standings: [...standings] }, 'nebelfuchs')

  it('where a minor has nothing to spend of their own, at all sellers or at this one', () => {
    expect(asks('child', [standing('0', { memberId: tim.memberId })])).toBe(true)
    expect(asks('teen', [standing('0', { memberId: tim.memberId, sellerId: 'nebelfuchs' })])).toBe(true)
  })

  it.each([
    ['there is something to spend', 'child', [standing('500', { memberId: tim.memberId })]],
    ['another seller is meant', 'child', [standing('0', { memberId: tim.memberId, sellerId: 'ringbahn' })]],
    ['the household has nothing to spend, which no guardian lifts', 'child', [standing('0')]],
    ['somebody else has nothing to spend', 'child', [standing('0', { memberId: lena.memberId })]],
    ['it is an adult’s own limit', 'adult', [standing('0', { memberId: tim.memberId })]],
    ['nobody else is there to be asked', 'alone', [standing('0')]],
  ] as const)('but not where %s', (_why, role, standings) => {
    expect(asks(role, standings)).toBe(false)
  })
})
