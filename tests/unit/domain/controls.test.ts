import { describe, expect, it } from 'vitest'
import { effectOf, isPossibleChange } from '../../../src/domain/control-effects.ts'
import { type Change, type Controls, coolingOffMs, IllegalControlError, lapsesAfterMs, type LimitWarning, nextControls, noControls, pendingState } from '../../../src/domain/controls.ts'
import { stricterOf } from '../../../src/domain/stricter-controls.ts'
import type { NewEvent } from '../../../src/domain/events.ts'
import type { QuietHours } from '../../../src/domain/quiet-hours.ts'
import { adopted, begun, excluded, inBerlin, limitOf, looseningAsked, looseningConfirmed, looseningEnded, reminderSet, returnAsked, tightened } from '../../support/control-events.ts'
import { approved, succeeded } from '../../support/events.ts'

const after = (...events: NewEvent[]) => events.reduce(nextControls, noControls)
const quiet = (weekday: number, fromMinute = 0, toMinute = 60) => ({ weekday, fromMinute, toMinute })
const hours = (...weekdays: number[]): Change => ({ kind: 'quietHours', hours: weekdays.map((weekday) => quiet(weekday)) })
const zone = (name: string): Change => ({ kind: 'zone', zone: name })
const askedMs = Date.parse('2026-11-23T09:00:00.000Z')
const later = (ms: number) => new Date(askedMs + ms).toISOString()

describe('a change', () => {
  const controls: Controls = { ...noControls, household: inBerlin, limits: [{ period: 'week', sellerId: null, amount: '500' }], quietHours: [quiet(1), quiet(2)] }

  it.each<[string, Change, 'none' | 'tighter' | 'looser']>([
    ['a higher limit', limitOf('501'), 'looser'],
    ['a limit that is longer as a text', limitOf('1000'), 'looser'],
    ['no limit', limitOf(null), 'looser'],
    ['a lower limit', limitOf('499'), 'tighter'],
    ['a limit of nothing', limitOf('0'), 'tighter'],
    ['the same limit', limitOf('500'), 'none'],
    ['a new limit for a day', limitOf('900', 'day'), 'tighter'],
    ['a new limit at a seller', limitOf('900', 'week', 'seller-1'), 'tighter'],
    ['no limit where there is none', limitOf(null, 'day'), 'none'],
    ['more quiet hours', hours(1, 2, 3), 'tighter'],
    ['the same quiet hours in another order', hours(2, 1), 'none'],
    ['fewer quiet hours', hours(1), 'looser'],
    ['other quiet hours, also where there are more', hours(2, 3, 4, 5), 'looser'],
    ['no quiet hours', hours(), 'looser'],
    ['another zone', zone('Asia/Tokyo'), 'looser'],
    ['the same zone', zone('Europe/Berlin'), 'none'],
  ])('P5 to %s is judged by what it would do', (_name, change, effect) => expect(effectOf(controls, change)).toBe(effect))

  it.each<Change>([
    limitOf('-1'),
    limitOf('01'),
    limitOf('1.5'),
    limitOf(''),
    limitOf('1'.repeat(16)),
    { kind: 'quietHours', hours: [quiet(0)] },
    { kind: 'quietHours', hours: [quiet(8)] },
    { kind: 'quietHours', hours: [quiet(1.5)] },
    { kind: 'quietHours', hours: [quiet(1, 60, 60)] },
    { kind: 'quietHours', hours: [quiet(1, -1)] },
    { kind: 'quietHours', hours: [quiet(1, 0, 1440)] },
    { kind: 'quietHours', hours: Array.from({ length: 29 }, () => quiet(1)) },
    zone('Europe/Atlantis'),
    zone('+01:00'),
  ])('%j is not possible, and never becomes a control', (change) => {
    expect(isPossibleChange(change)).toBe(false)
    const some = after(begun(), tightened(limitOf('500')), tightened(hours(1)))
    expect(() => nextControls(some, tightened(change))).toThrow(IllegalControlError)
    expect(() => nextControls(some, looseningAsked('x', change))).toThrow(IllegalControlError)
  })

  it.each<Change>([limitOf(null), limitOf('0'), limitOf('9'.repeat(15)), hours(), hours(1, 7), zone('Asia/Tokyo')])('%j is possible', (change) => {
    expect(isPossibleChange(change)).toBe(true)
  })
})

describe('the controls after an event', () => {
  it('are the same object where it is about something else', () => {
    for (const event of [approved('a'), succeeded('a')]) expect(nextControls(noControls, event)).toBe(noControls)
  })

  it('have a household once', () => {
    expect(after(begun())).toEqual({ ...noControls, household: inBerlin })
    expect(() => after(begun(), begun())).toThrow(IllegalControlError)
    expect(() => after(begun('Europe/Atlantis'))).toThrow(IllegalControlError)
    expect(() => after(begun('UTC', 'XXQ'))).toThrow(IllegalControlError)
  })

  it('P5 are tighter at once', () => {
    const controls = after(begun(), tightened(limitOf('500')), tightened(limitOf('400')), tightened(limitOf('90', 'day')), tightened(hours(1)))
    expect(controls.limits).toEqual([
      { period: 'day', sellerId: null, amount: '90' },
      { period: 'week', sellerId: null, amount: '400' },
    ])
    expect(controls.quietHours).toEqual([quiet(1)])
  })

  it.each<[string, NewEvent[]]>([
    ['a limit without a household', [tightened(limitOf('500'))]],
    ['a looser limit', [begun(), tightened(limitOf('500')), tightened(limitOf('501'))]],
    ['no limit', [begun(), tightened(limitOf('500')), tightened(limitOf(null))]],
    ['the limit that there is', [begun(), tightened(limitOf('500')), tightened(limitOf('500'))]],
    ['another zone', [begun(), tightened(zone('Asia/Tokyo'))]],
    ['fewer quiet hours', [begun(), tightened(hours(1)), tightened(hours())]],
    ['a tighter limit that waits', [begun(), tightened(limitOf('500')), looseningAsked('x', limitOf('1'))]],
    ['another zone where there is no household', [looseningAsked('x', zone('Asia/Tokyo'))]],
    ['a second yes to nothing', [begun(), looseningConfirmed('x')]],
    ['the end of nothing', [begun(), looseningEnded('x')]],
  ])('P5 are never %s', (_name, events) => {
    expect(() => after(...events.slice(0, -1))).not.toThrow()
    expect(() => after(...events)).toThrow(IllegalControlError)
  })

  it('change nothing but what waits when something looser is asked for', () => {
    const before = after(begun(), tightened(limitOf('500')))
    const asked = nextControls(before, looseningAsked('x', limitOf('900')))
    expect(asked).toEqual({ ...before, pending: [{ changeId: 'x', change: limitOf('900'), askedAt: later(0) }] })
  })

  it('have one change for each control that waits: the newer takes the place of the older', () => {
    const before = [begun(), tightened(limitOf('500')), tightened(limitOf('90', 'day')), looseningAsked('x', limitOf('900')), looseningAsked('y', limitOf(null, 'day'))]
    expect(after(...before, looseningAsked('z', limitOf(null))).pending.map(({ changeId }) => changeId)).toEqual(['y', 'z'])
    expect(() => after(...before, looseningAsked('z', limitOf(null)), looseningConfirmed('x'))).toThrow(IllegalControlError)
  })

  it('let nothing wait for a control that was tightened meanwhile', () => {
    const before = [begun(), tightened(limitOf('500')), tightened(hours(1)), looseningAsked('x', limitOf('900')), looseningAsked('y', hours())]
    expect(after(...before, tightened(limitOf('400'))).pending.map(({ changeId }) => changeId)).toEqual(['y'])
    expect(after(...before, tightened(hours(1, 2))).pending.map(({ changeId }) => changeId)).toEqual(['x'])
  })

  it.each<[number, 'waiting' | 'ready' | 'lapsed']>([
    [-1, 'waiting'],
    [0, 'waiting'],
    [coolingOffMs - 1, 'waiting'],
    [coolingOffMs, 'ready'],
    [lapsesAfterMs - 1, 'ready'],
    [lapsesAfterMs, 'lapsed'],
  ])('P5 take a second yes after %d ms: it is %s', (waitedMs, state) => {
    const asked = [begun(), tightened(limitOf('500')), looseningAsked('x', limitOf('900'))]
    const confirm = () => after(...asked, looseningConfirmed('x', later(waitedMs)))
    expect(pendingState({ changeId: 'x', change: limitOf('900'), askedAt: later(0) }, askedMs + waitedMs)).toBe(state)
    if (state === 'ready') expect(confirm()).toMatchObject({ limits: [{ amount: '900' }], pending: [] })
    else expect(confirm).toThrow(IllegalControlError)
  })

  it('P5 wait from 24 hours to 7 days', () => expect([coolingOffMs, lapsesAfterMs]).toEqual([86_400_000, 604_800_000]))

  it('P5 wait while nobody knows the time of the gateway', () => {
    expect(pendingState({ changeId: 'x', change: limitOf('900'), askedAt: later(0) }, null)).toBe('waiting')
  })

  it('are looser after the second yes: a limit gone, fewer quiet hours, another zone', () => {
    const before = [begun(), tightened(limitOf('500')), tightened(hours(1))]
    const yes = (change: Change) => after(...before, looseningAsked('x', change), looseningConfirmed('x'))
    expect(yes(limitOf(null)).limits).toEqual([])
    expect(yes(hours()).quietHours).toEqual([])
    expect(yes(zone('Asia/Tokyo')).household).toEqual({ zone: 'Asia/Tokyo', currency: 'EUR' })
  })

  it('keep everything but what waited where it is withdrawn or lapses', () => {
    const before = after(begun(), tightened(limitOf('500')))
    for (const reason of ['withdrawn', 'lapsed'] as const) {
      expect([looseningAsked('x', limitOf('900')), looseningEnded('x', reason)].reduce(nextControls, before)).toEqual(before)
    }
  })

  it('remind after as many purchases as was said, or never', () => {
    expect(after(reminderSet(3)).remindAfter).toBe(3)
    expect(after(reminderSet(null)).remindAfter).toBeNull()
  })

  it('remember warnings of the newest span of each limit', () => {
    const warning = (startsAt: string, percent: 80 | 100, period: 'day' | 'week' = 'week'): LimitWarning => ({ period, sellerId: null, startsAt, percent })
    const [first, second, other] = [warning(later(0), 80), warning(later(0), 100), warning(later(0), 80, 'day')]
    const events = [approved('a', { limitWarnings: [first, other] }), approved('b', { limitWarnings: [second] })]
    expect(after(...events).warnings).toEqual([first, other, second])
    const next = warning(later(604_800_000), 80)
    expect(after(...events, approved('c', { limitWarnings: [next] })).warnings).toEqual([other, next])
  })
})

describe('an exclusion', () => {
  const week = excluded(later(0), later(604_800_000))

  it('P5 is never shortened, and may be longer', () => {
    expect(() => after(week, excluded(later(1), later(604_799_999)))).toThrow(IllegalControlError)
    expect(after(week, excluded(later(1), later(604_800_001))).exclusion).toEqual({ begunAt: later(1), until: later(604_800_001), returnAskedAt: null })
    expect(() => after(excluded(later(0), later(0)))).toThrow(IllegalControlError)
  })

  it('P5 takes a new yes only once its time is over, and once', () => {
    expect(() => after(returnAsked(later(0)))).toThrow(IllegalControlError)
    expect(() => after(week, returnAsked(later(604_799_999)))).toThrow(IllegalControlError)
    const returned = after(week, returnAsked(later(604_800_000)))
    expect(returned.exclusion).toMatchObject({ until: later(604_800_000), returnAskedAt: later(604_800_000) })
    expect(() => nextControls(returned, returnAsked(later(604_800_001)))).toThrow(IllegalControlError)
  })

  it('P5 that begins again needs another yes', () => {
    expect(after(week, returnAsked(later(604_800_000)), excluded(later(604_800_001), later(999_999_999))).exclusion).toMatchObject({ returnAskedAt: null })
  })
})

const byWeekday = (hours: readonly QuietHours[]) => hours.toSorted((one, other) => one.weekday - other.weekday)

describe('the stricter of two', () => {
  const own = after(begun(), tightened(limitOf('500')), tightened(limitOf('90', 'day')), tightened(hours(1)))
  const other = after(begun(), tightened(limitOf('400')), tightened(limitOf('70', 'month')), tightened(hours(2)))

  it('P4 has the lower of both limits, those of either, and the quiet hours of both', () => {
    const both = stricterOf(own, other)
    expect(both.limits.map(({ period, amount }) => [period, amount])).toEqual([['day', '90'], ['week', '400'], ['month', '70']])
    expect(byWeekday(both.quietHours)).toEqual([quiet(1), quiet(2)])
    expect(stricterOf(both, other)).toEqual(both)
  })

  it('P4 has all of the other where there is nothing of its own, and the other way round', () => {
    const { household, limits, quietHours } = stricterOf(noControls, other)
    expect({ household, limits, quietHours }).toEqual({ household: inBerlin, limits: other.limits, quietHours: other.quietHours })
    expect(stricterOf(own, noControls)).toEqual(own)
  })

  it('P4 keeps its own limits where the other counts in another currency, and the quiet hours of both', () => {
    const foreign = after(begun('Asia/Tokyo', 'JPY'), tightened(limitOf('1')), tightened(hours(3)))
    const both = stricterOf(own, foreign)
    expect({ ...both, quietHours: byWeekday(both.quietHours) }).toEqual({ ...own, quietHours: [quiet(1), quiet(3)] })
  })

  it('P5 has the exclusion that ends later, and without a yes where one has none', () => {
    const exclusion = { begunAt: later(0), until: later(2), returnAskedAt: null }
    const of = (one: Controls['exclusion'], two: Controls['exclusion']) => stricterOf({ ...own, exclusion: one }, { ...other, exclusion: two }).exclusion
    for (const lesser of [null, { ...exclusion, until: later(1) }, { ...exclusion, returnAskedAt: later(3) }]) {
      expect(of(exclusion, lesser)).toEqual(exclusion)
      expect(of(lesser, exclusion)).toEqual(exclusion)
    }
    const [early, late] = [{ ...exclusion, returnAskedAt: later(3) }, { ...exclusion, returnAskedAt: later(4) }]
    expect([of(early, late), of(late, early)]).toEqual([late, late])
    expect(stricterOf(noControls, { ...noControls, exclusion }).exclusion).toEqual(exclusion)
  })

  it('P5 lets nothing wait for a control that the other has tightened', () => {
    const waiting = [looseningAsked('x', limitOf('900')), looseningAsked('y', hours()), looseningAsked('z', limitOf(null, 'day'))].reduce(nextControls, own)
    expect(stricterOf(waiting, other).pending.map(({ changeId }) => changeId)).toEqual(['z'])
    expect(stricterOf(waiting, own).pending).toEqual(waiting.pending)
  })

  it('is what adopting comes to', () => expect(nextControls(own, adopted(other))).toEqual(stricterOf(own, other)))
})
