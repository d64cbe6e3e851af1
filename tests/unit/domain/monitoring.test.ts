import { describe, expect, it } from 'vitest'
import { effectOf, isAboutSame, isPossibleChange } from '../../../src/domain/control-effects.ts'
import { levelsOf } from '../../../src/domain/control-parts.ts'
import { type Change, type Controls, nextControls, noControls } from '../../../src/domain/controls.ts'
import { blockAtAnyPrice, freezeOf } from '../../../src/domain/limits.ts'
import { bandsOf, type MonitoringLevel, monitoringLevels, thresholdsOf } from '../../../src/domain/monitoring.ts'
import { usualThresholds } from '../../../src/domain/risk/bands.ts'
import { mayChange, maySayWhose } from '../../../src/domain/roles.ts'
import { stricterOf } from '../../../src/domain/stricter-controls.ts'
import { inBerlin } from '../../support/control-events.ts'
import { householdOf } from '../../support/household-events.ts'
import { frozen, thawed } from '../../support/risk-events.ts'

const alone: Controls = { ...noControls, household: inBerlin }
const levels = (takeover: MonitoringLevel, burst: MonitoringLevel, memberId?: string) => ({ takeover, burst, ...(memberId !== undefined && { memberId }) })
const change = (takeover: MonitoringLevel, burst: MonitoringLevel, memberId?: string): Change => ({ kind: 'monitoring', ...levels(takeover, burst, memberId) })

describe('the levels', () => {
  it('say something the earlier the more watchful they are, and nothing where they are off', () => {
    for (const harm of ['takeover', 'burst'] as const) {
      expect(thresholdsOf(harm, 'off')).toBeNull()
      const [rarely, usual, often] = (['rarely', 'usual', 'often'] as const).map((level) => thresholdsOf(harm, level)!)
      for (const band of ['note', 'pause', 'alert'] as const) {
        expect(rarely![band]).toBeGreaterThan(usual![band])
        expect(usual![band]).toBeGreaterThan(often![band])
      }
    }
  })

  it('lead to what the higher harm leads to, each by its own level', () => {
    const note = usualThresholds.burst.note
    const of = (takeover: MonitoringLevel, burst: MonitoringLevel) => bandsOf({ takeover: 0.99, burst: note }, { takeover, burst })
    expect(of('usual', 'usual')).toEqual({ bands: { takeover: 'alert', burst: 'note' }, band: 'alert' })
    expect(of('off', 'usual')).toEqual({ bands: { takeover: 'nothing', burst: 'note' }, band: 'note' })
    expect(of('off', 'rarely').band).toBe('nothing')
    expect(of('off', 'off').band).toBe('nothing')
    expect(bandsOf({ takeover: Number.NaN, burst: 0 }, { takeover: 'usual', burst: 'usual' }).band).toBe('alert')
  })
})

describe('P5 how watchful Tuppence is', () => {
  it('is as usual for whoever has decided nothing, and usual again leaves no trace', () => {
    expect(levelsOf(alone, undefined)).toEqual(levels('usual', 'usual'))
    const often = nextControls(alone, { type: 'controls.tightened', payload: { change: change('often', 'usual') } })
    expect(often.monitoring).toEqual([levels('often', 'usual')])
    expect(levelsOf(often, undefined)).toEqual(levels('often', 'usual'))
    const askedFor = nextControls(often, { type: 'controls.looseningAsked', payload: { changeId: 'c', change: change('usual', 'usual'), askedAt: '2026-11-23T09:00:00.000Z' } })
    const back = nextControls(askedFor, { type: 'controls.looseningConfirmed', payload: { changeId: 'c', confirmedAt: '2026-11-24T09:00:00.000Z' } })
    expect(back).toEqual(alone)
  })

  it('is looser where any harm is watched less, whatever the other one', () => {
    const effects = monitoringLevels.map((level) => effectOf(alone, change(level, 'usual')))
    expect(effects).toEqual(['looser', 'looser', 'none', 'tighter'])
    expect(effectOf(alone, change('often', 'rarely'))).toBe('looser')
    expect(effectOf({ ...alone, monitoring: [levels('off', 'off', 'teen')] }, change('off', 'off'))).toBe('looser')
    expect(() => nextControls(alone, { type: 'controls.tightened', payload: { change: change('often', 'off') } })).toThrow('not a tighter control')
  })

  it('is each buyer’s own, and says something possible', () => {
    expect(isAboutSame(change('off', 'off'), change('often', 'often'))).toBe(true)
    expect(isAboutSame(change('off', 'off', 'teen'), change('off', 'off'))).toBe(false)
    expect(isPossibleChange(change('off', 'rarely', 'teen'))).toBe(true)
    expect(isPossibleChange(change('now and then' as MonitoringLevel, 'off'))).toBe(false)
    expect(isPossibleChange(change('off', 'off', ''))).toBe(false)
  })

  it.each<[string, string | undefined, boolean, boolean]>([
    ['guardian', 'guardian', true, true],
    ['guardian', 'teen', true, true],
    ['guardian', 'child', true, true],
    ['guardian', 'adult', false, false],
    ['guardian', undefined, false, false],
    ['adult', 'adult', true, true],
    ['adult', 'teen', false, false],
    ['teen', 'teen', true, false],
    ['child', 'child', false, false],
  ])('P5 %s decides for %s: tighter %s, looser %s', (actor, memberId, tighter, looser) => {
    expect(mayChange(householdOf(), actor, change('often', 'often', memberId), false)).toBe(tighter)
    expect(mayChange(householdOf(), actor, change('off', 'off', memberId), true)).toBe(looser)
  })

  it('is the more watchful of two keepers; who has no household yet takes over what the other one has', () => {
    const one: Controls = { ...alone, monitoring: [levels('often', 'rarely'), levels('off', 'off', 'teen')] }
    expect(stricterOf(one, { ...alone, monitoring: [levels('usual', 'often'), levels('rarely', 'usual', 'teen')] }).monitoring).toEqual([levels('often', 'often'), levels('rarely', 'usual', 'teen')])
    expect(stricterOf(one, alone).monitoring).toEqual([levels('often', 'usual')])
    expect(stricterOf(one, noControls).monitoring).toEqual(one.monitoring)
    expect(stricterOf(noControls, one).monitoring).toEqual(one.monitoring)
    expect(stricterOf(noControls, { ...noControls, monitoring: [levels('off', 'off')] })).not.toHaveProperty('monitoring')
  })

  it('P5 what waits to be looser is over once somebody is more watchful', () => {
    const waiting: Controls = { ...alone, pending: [{ changeId: 'c', change: change('off', 'off'), askedAt: '2026-11-23T09:00:00.000Z' }] }
    expect(stricterOf(waiting, { ...alone, monitoring: [levels('often', 'usual')] }).pending).toEqual([])
    expect(stricterOf(waiting, alone).pending).toHaveLength(1)
  })
})

describe('a freeze', () => {
  const now = { ms: 0, gatewayMs: 0 }
  const after = (controls: Controls, ...events: Parameters<typeof nextControls>[1][]) => events.reduce(nextControls, controls)

  it('stands in the way of every purchase of theirs at any price, and of nobody else’s', () => {
    const controls = after(householdOf(), frozen('p', 'teen', 'guardian'))
    expect(blockAtAnyPrice(controls, { memberId: 'teen' }, now)).toMatchObject({ kind: 'frozen', freeze: { because: 'p', by: 'guardian' } })
    expect(blockAtAnyPrice(controls, { memberId: 'teen', approvedBy: 'guardian' }, now)?.kind).toBe('frozen')
    expect(blockAtAnyPrice(controls, { memberId: 'adult' }, now)).toBeNull()
    expect(blockAtAnyPrice(after(controls, thawed('teen')), { memberId: 'teen' }, now)).toBeNull()
  })

  it('of the one adult holds everybody: nobody comes around it by becoming a member', () => {
    const { frozen: freezes } = after(alone, frozen('p'))
    expect(freezeOf({ ...householdOf(), ...(freezes && { frozen: freezes }) }, 'guardian')).toMatchObject({ memberId: null })
  })
})

describe('who says whether a purchase was theirs', () => {
  it.each<[string | null, string | null, boolean]>([
    ['teen', 'teen', true],
    ['child', 'child', true],
    ['guardian', 'teen', true],
    ['guardian', null, true],
    ['guardian', 'adult', false],
    ['adult', 'teen', false],
    ['adult', null, false],
    [null, null, false],
    [null, 'teen', false],
  ])('P8 %s about what %s bought: %s', (actor, memberId, may) => {
    expect(maySayWhose(householdOf(), actor, memberId)).toBe(may)
  })

  it('is whoever uses this alone', () => {
    expect(maySayWhose(alone, null, null)).toBe(true)
  })
})
