import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { launcherContract } from '../../../src/contract/ipc/launcher.ts'
import type { Change } from '../../../src/domain/controls.ts'
import { createBuyingWorld, refused } from '../../support/buying-world.ts'
import { excluded, limitOf, looseningAsked, tightened } from '../../support/control-events.ts'
import { named } from '../../support/household-events.ts'
import { cleosWeek, createFamilyWorld, type FamilyWorld } from '../../support/family-world.ts'

const dayMs = 24 * 60 * 60_000
const done = { kind: 'done' }

const limitOfMember = (memberId: string, amount: string | null, period: 'day' | 'week' = 'week'): Change => ({ kind: 'limit', period, sellerId: null, memberId, amount })
const asRole = (memberId: string, role: 'removed' | 'child' | 'teen' | 'adult' | 'guardian'): Change => ({ kind: 'member', memberId, role })
const isExcluded = (memberId?: string) => excluded('2026-03-02T12:00:00.000Z', '2026-03-03T12:00:00.000Z', '24hours', memberId)

function report(world: FamilyWorld, memberId: string | null) {
  world.as(memberId)
  const view = v.parse(launcherContract.calls['controls.get'].output, world.use.controls.reportControls())
  if (view.kind !== 'ok') throw new Error('unavailable')
  return view
}

/** A looser control that was asked for a day ago. */
async function ready(world: FamilyWorld, change: Change): Promise<string> {
  const asked = await world.loosen(change)
  if (asked.kind !== 'asked') throw new Error(JSON.stringify(asked))
  world.clock.advance(dayMs)
  return world.newest('controls.looseningAsked').payload.changeId
}

describe('a change of a control in a household', () => {
  it.each([
    ['locked', null, limitOf('100')],
    ['notAllowed', 'adult', limitOf('100')],
    ['notAllowed', 'teen', limitOf('100')],
    ['notAllowed', 'child', limitOfMember('child', '100', 'day')],
    ['notAllowed', 'adult', limitOfMember('teen', '100')],
    ['notAllowed', 'guardian', limitOfMember('adult', '100')],
    ['notAllowed', 'teen', limitOfMember('teen', '200')],
    ['notAllowed', 'adult', asRole('child', 'removed')],
    ['impossible', 'guardian', limitOfMember('nobody-1', '100')],
    ['impossible', 'guardian', asRole('nobody-1', 'child')],
    ['impossible', 'guardian', asRole('guardian', 'removed')],
    ['noChange', 'guardian', asRole('child', 'child')],
  ] as const)('P8 is refused as %s to %s: %j', async (reason, memberId, change) => {
    const world = await createFamilyWorld()
    const before = world.log.head()
    world.as(memberId)
    expect(await world.change(change)).toEqual(refused(reason))
    expect(world.person.questions).toEqual([])
    expect(world.log.head()).toEqual(before)
  })

  it.each([
    ['guardian', limitOf('1000')],
    ['guardian', limitOfMember('child', '500', 'day')],
    ['guardian', limitOfMember('guardian', '500', 'day')],
    ['guardian', asRole('teen', 'child')],
    ['guardian', asRole('adult', 'removed')],
    ['adult', limitOfMember('adult', '500')],
    ['teen', limitOfMember('teen', '100')],
    ['teen', { kind: 'quietHours', hours: [{ weekday: 1, fromMinute: 0, toMinute: 60 }], memberId: 'teen' }],
  ] as const)('acts at once where it is tighter, by %s: %j', async (memberId, change) => {
    const world = await createFamilyWorld()
    world.as(memberId)
    expect(await world.change(change)).toEqual(done)
    expect(world.newest('controls.tightened')).toMatchObject({ actor: memberId, payload: { change } })
    await world.use.controls.syncControls()
    expect((await world.gateway.controls()).claims.controls).toMatchObject({ members: world.log.controls().members ?? [] })
  })

  it('lets nobody back in while somebody else is called the same', async () => {
    const world = await createFamilyWorld()
    world.as('guardian')
    await world.change(asRole('adult', 'removed'))
    await world.log.append(() => named('child', 'BEN'))
    expect(await world.loosen(asRole('adult', 'adult'))).toEqual(refused('impossible'))
    await world.log.append(() => named('child', 'Dot'))
    expect(await world.loosen(asRole('adult', 'adult'))).toMatchObject({ kind: 'asked' })
  })

  it('P5 P8 of a minor waits for a guardian’s second yes, with the second factor both times', async () => {
    const world = await createFamilyWorld()
    world.as('guardian')
    const changeId = await ready(world, limitOfMember('teen', '500'))
    world.as('teen')
    const asked = world.gateway.calls.length
    expect(await world.use.controls.confirmLoosening({ changeId })).toEqual(refused('notAllowed'))
    expect(world.gateway.calls).toHaveLength(asked)
    for (const other of ['teen', 'adult', 'child']) {
      world.as(other)
      expect(await world.use.controls.confirmLoosening({ changeId })).toEqual(refused('notAllowed'))
    }
    world.as(null)
    expect(await world.use.controls.confirmLoosening({ changeId })).toEqual(refused('locked'))
    world.as('guardian')
    expect(await world.use.controls.confirmLoosening({ changeId })).toEqual(done)
    expect(world.newest('controls.looseningConfirmed').actor).toBe('guardian')
    expect(world.person.questions.map(({ wantsCode }) => wantsCode)).toEqual([true, true])
    expect(world.person.questions[0]?.message).toContain('For Cleo: Change the limit for each week from €1.50 to €5.00?')
    expect(world.confirmed).toEqual([])
  })

  it('P5 of one’s own waits too, and takes the PIN alone', async () => {
    const world = await createFamilyWorld([{ ...cleosWeek, memberId: 'adult' }])
    world.as('adult')
    const changeId = await ready(world, limitOfMember('adult', null))
    expect(await world.use.controls.confirmLoosening({ changeId })).toEqual(done)
    expect(world.person.questions.map(({ wantsCode }) => wantsCode)).toEqual([undefined, undefined])
  })

  it('P5 that somebody grows older waits, and is told once it is confirmed', async () => {
    const world = await createFamilyWorld()
    world.as('guardian')
    const changeId = await ready(world, asRole('teen', 'adult'))
    expect(world.log.controls().members?.[2]?.role).toBe('teen')
    expect(await world.use.controls.confirmLoosening({ changeId })).toEqual(done)
    expect(world.log.controls().members?.[2]?.role).toBe('adult')
    expect(world.confirmed).toEqual(['teen'])
    expect(world.person.questions[0]?.message).toContain('Have Cleo be an adult in this household?')
  })

  it('P5 a grown-up who is to come in waits as well, and is asked for by name', async () => {
    const world = await createFamilyWorld()
    world.as('guardian')
    const change = asRole('eve', 'adult')
    const { claims } = await world.gateway.askLoosening({ changeId: 'c1', change })
    await world.log.append(() => ({ type: 'member.named', actor: 'guardian', payload: { memberId: 'eve', name: 'Eve' } }))
    await world.log.append(() => looseningAsked('c1', change, claims.asOf))
    expect(await world.use.controls.confirmLoosening({ changeId: 'c1' })).toEqual(refused('tooEarly'))
    world.clock.advance(dayMs)
    expect(await world.use.controls.confirmLoosening({ changeId: 'c1' })).toEqual(done)
    expect(world.person.questions.at(-1)).toMatchObject({ message: 'Let Eve into this household as an adult?', wantsCode: true })
    expect(world.confirmed).toEqual(['eve'])
    world.as('eve')
    expect(await world.buy()).toMatchObject({ kind: 'succeeded' })
  })

  it('P5 the pause is for whoever thought about it', async () => {
    const world = await createFamilyWorld()
    await world.log.append(() => tightened(asRole('adult', 'removed')))
    await world.log.append(() => looseningAsked('c1', asRole('adult', 'guardian'), '2026-03-01T12:00:00.000Z'))
    await world.log.append(() => ({ type: 'controls.looseningConfirmed', actor: 'guardian', payload: { changeId: 'c1', confirmedAt: '2026-03-02T12:00:00.000Z' } }))
    world.as('guardian')
    world.clock.advance(world.use.controls.previewChange({ change: limitOfMember('teen', '500') }).pauseMs)
    world.as('adult')
    expect(await world.change(limitOfMember('teen', '500'))).toEqual(refused('tooSoon'))
  })

  it('P5 whoever is excluded loosens nothing, and can still tighten', async () => {
    const world = await createFamilyWorld()
    world.as('guardian')
    const changeId = await ready(world, limitOfMember('teen', '500'))
    const until = new Date(world.clock.now() + dayMs).toISOString()
    await world.log.append(() => excluded(new Date(world.clock.now()).toISOString(), until, '24hours', 'guardian'))
    expect(await world.use.controls.confirmLoosening({ changeId })).toEqual(refused('excluded'))
    expect(await world.loosen(limitOfMember('teen', '600'))).toEqual(refused('excluded'))
    expect(world.use.controls.previewChange({ change: limitOfMember('teen', '600') })).toEqual({ effect: 'none', pauseMs: 0, actsAt: null })
    expect(await world.change(limitOfMember('teen', '100'))).toEqual(done)
  })

  it('P5 while a grown-up is excluded nobody grows older', async () => {
    const world = await createFamilyWorld()
    await world.log.append(() => isExcluded('adult'))
    world.as('guardian')
    expect(await world.loosen(asRole('teen', 'adult'))).toEqual(refused('excluded'))
    expect(world.person.questions).toEqual([])
    expect(await world.loosen(limitOfMember('teen', '500'))).toMatchObject({ kind: 'asked' })
  })

  it('P5 that the gateway knows of an exclusion which is in the way is told so', async () => {
    const world = await createFamilyWorld()
    world.as('guardian')
    world.gateway.fail('askLoosening', { kind: 'refused', sent: true, code: 'controlExcluded' })
    expect(await world.loosen(asRole('teen', 'adult'))).toEqual(refused('excluded'))
  })

  it('P8 what was allowed when it was asked has to be when it is written down', async () => {
    const world = await createFamilyWorld()
    world.as('guardian')
    world.person.says(true, () => void world.log.append(() => tightened(asRole('child', 'removed'))))
    expect(await world.change(limitOfMember('child', '500', 'day'))).toEqual(refused('impossible'))
    expect(world.log.controls().limits).not.toContainEqual(expect.objectContaining({ period: 'day' }))
  })

  it('P8 is withdrawn by whoever could tighten it', async () => {
    const world = await createFamilyWorld()
    world.as('guardian')
    const changeId = await ready(world, limitOfMember('teen', '500'))
    const withdraw = () => world.use.controls.withdrawLoosening({ changeId })
    world.as(null)
    expect(await withdraw()).toEqual(refused('locked'))
    for (const other of ['child', 'adult']) {
      world.as(other)
      expect(await withdraw()).toEqual(refused('notAllowed'))
    }
    world.as('teen')
    expect(await withdraw()).toEqual(done)
    expect(world.newest('controls.looseningEnded').actor).toBe('teen')
  })

  it('P8 previews nothing of what they may not change', async () => {
    const world = await createFamilyWorld()
    const preview = (memberId: string | null) => {
      world.as(memberId)
      return world.use.controls.previewChange({ change: limitOfMember('teen', '500') })
    }
    for (const other of [null, 'teen', 'child', 'adult']) expect(preview(other)).toEqual({ effect: 'none', pauseMs: 0, actsAt: null })
    expect(preview('guardian')).toMatchObject({ effect: 'looser', pauseMs: 30_000 })
  })

  it('the reminder is set by a guardian', async () => {
    const world = await createFamilyWorld()
    world.as(null)
    expect(await world.use.controls.setReminder({ after: 2 })).toEqual(refused('locked'))
    for (const other of ['adult', 'teen', 'child']) {
      world.as(other)
      expect(await world.use.controls.setReminder({ after: 2 })).toEqual(refused('notAllowed'))
    }
    world.as('guardian')
    expect(await world.use.controls.setReminder({ after: 2 })).toEqual(done)
    expect(world.newest('controls.reminderSet').actor).toBe('guardian')
  })
})

describe('an exclusion in a household', () => {
  it('P5 is one’s own at any age, or a guardian’s for a minor', async () => {
    const world = await createFamilyWorld()
    const begin = (memberId: string | null, whom?: string) => {
      world.as(memberId)
      return world.use.controls.beginExclusion({ length: '24hours', ...(whom !== undefined && { memberId: whom }) })
    }
    expect(await begin(null)).toEqual(refused('locked'))
    for (const [who, whom] of [['teen', 'child'], ['adult', 'child'], ['guardian', 'adult'], ['guardian', 'nobody-1']] as const) {
      expect(await begin(who, whom)).toEqual(refused('notAllowed'))
    }
    expect(await begin('child')).toEqual(done)
    expect(world.newest('exclusion.begun')).toMatchObject({ actor: 'child', payload: { memberId: 'child' } })
    expect(world.person.questions.at(-1)?.message).toBe('Buy nothing for 24 hours from now on?')
    expect(await begin('guardian', 'teen')).toEqual(done)
    expect(world.newest('exclusion.begun')).toMatchObject({ actor: 'guardian', payload: { memberId: 'teen' } })
    expect(world.person.questions.at(-1)?.message).toBe('Have Cleo buy nothing for 24 hours from now on?')
    const questions = world.person.questions.length
    expect(await begin('guardian', 'teen')).toEqual(refused('notLonger'))
    expect(world.person.questions).toHaveLength(questions)
    expect((await world.gateway.controls()).claims.controls.exclusions?.map(({ memberId }) => memberId)).toEqual(['child', 'teen'])
    world.as('adult')
    expect(await world.buy()).toMatchObject({ kind: 'succeeded' })
  })

  it('P5 is returned from by the grown-up alone, and of a minor by a guardian', async () => {
    const world = await createFamilyWorld()
    for (const memberId of ['adult', 'teen']) {
      world.as(memberId)
      await world.use.controls.beginExclusion({ length: '24hours' })
    }
    const giveYes = (memberId: string | null, whom?: string) => {
      world.as(memberId)
      return world.use.controls.askReturn(whom === undefined ? {} : { memberId: whom })
    }
    expect(await giveYes('adult')).toEqual(refused('notEnded'))
    world.clock.advance(dayMs)
    expect(await giveYes(null)).toEqual(refused('locked'))
    for (const [who, whom] of [['guardian', 'adult'], ['teen', undefined], ['adult', 'teen']] as const) expect(await giveYes(who, whom)).toEqual(refused('notAllowed'))
    expect(await giveYes('adult')).toEqual(done)
    expect(world.newest('exclusion.returnAsked')).toMatchObject({ actor: 'adult', payload: { memberId: 'adult' } })
    expect(world.person.questions.at(-1)?.wantsCode).toBeUndefined()
    expect(await giveYes('guardian', 'teen')).toEqual(done)
    expect(world.person.questions.at(-1)).toMatchObject({ message: 'Let Cleo buy again, in 24 hours?', wantsCode: true })
    world.clock.advance(dayMs)
    world.as('adult')
    expect(await world.buy()).toMatchObject({ kind: 'succeeded' })
  })

  it('P5 of the household from before there were members ends with a guardian’s yes', async () => {
    const world = await createFamilyWorld()
    await world.log.append(() => isExcluded())
    await world.use.controls.syncControls()
    world.clock.advance(dayMs)
    world.as('adult')
    expect(await world.use.controls.askReturn({})).toEqual(refused('notAllowed'))
    world.as('guardian')
    expect(await world.use.controls.askReturn({})).toEqual(done)
    expect(world.newest('exclusion.returnAsked').payload).not.toHaveProperty('memberId')
  })
})

describe('what is seen of the controls in a household', () => {
  const limits = [cleosWeek, { ...cleosWeek, memberId: 'adult' }, { period: 'month' as const, sellerId: null, amount: '9000' }]

  it('P10 is everybody’s to a guardian, their own and the household’s to everybody else, and nothing while locked', async () => {
    const world = await createFamilyWorld(limits)
    await world.log.append(() => tightened({ kind: 'quietHours', hours: [{ weekday: 1, fromMinute: 0, toMinute: 60 }], memberId: 'teen' }))
    await world.log.append(() => looseningAsked('c1', limitOfMember('teen', '500'), '2026-03-02T12:00:00.000Z'))
    const whose = (memberId: string | null) => report(world, memberId).standings.map((standing) => standing.memberId ?? null)
    expect(whose('guardian')).toEqual([null, 'adult', 'child', 'teen'])
    expect(whose('adult')).toEqual([null, 'adult'])
    expect(whose('child')).toEqual([null, 'child'])
    expect(whose(null)).toEqual([])
    for (const [memberId, count] of [['guardian', 1], ['teen', 1], ['adult', 0], ['child', 0], [null, 0]] as const) {
      expect(report(world, memberId).quietHours).toHaveLength(count)
      expect(report(world, memberId).pending).toHaveLength(count)
    }
    expect(report(world, 'adult').events.map(({ about }) => about)).not.toContain('Cleo')
    expect(report(world, 'guardian').events.map(({ about }) => about)).toContain('Cleo')
    expect(report(world, null)).toMatchObject({ of: null, rights: [], events: [] })
  })

  it('P8 says what they may do about whose', async () => {
    const world = await createFamilyWorld()
    const rights = (memberId: string) => report(world, memberId).rights.map(({ memberId: whose, may, mayExclude, mayReturn }) => [whose, may, mayExclude, mayReturn])
    expect(rights('guardian')).toEqual([
      [null, 'all', false, true],
      ['guardian', 'all', true, true],
      ['teen', 'all', true, true],
      ['child', 'all', true, true],
    ])
    expect(rights('adult')).toEqual([[null, 'look', false, false], ['adult', 'all', true, true]])
    expect(rights('teen')).toEqual([[null, 'look', false, false], ['teen', 'tighten', true, false]])
    expect(rights('child')).toEqual([[null, 'look', false, false], ['child', 'look', true, false]])
    await world.log.append(() => isExcluded('guardian'))
    expect(rights('guardian').map(([, may]) => may)).toEqual(['tighten', 'tighten', 'tighten', 'tighten'])
  })

  it('P5 says which exclusion holds them, and to a guardian which minors are excluded', async () => {
    const world = await createFamilyWorld()
    await world.log.append(() => isExcluded('teen'))
    await world.log.append(() => isExcluded('adult'))
    const state = { kind: 'running', until: '2026-03-03T12:00:00.000Z' }
    expect(report(world, 'teen')).toMatchObject({ exclusion: state, exclusions: [] })
    expect(report(world, 'guardian')).toMatchObject({ exclusion: { kind: 'none' }, exclusions: [{ memberId: 'teen', state }] })
    await world.log.append(() => excluded('2026-03-02T12:00:00.000Z', '2026-03-09T12:00:00.000Z', '7days'))
    expect(report(world, 'teen').exclusion).toEqual({ kind: 'running', until: '2026-03-09T12:00:00.000Z' })
  })
})

describe('a household on another device', () => {
  it('P5 members, their limits and exclusions are told, and taken over', async () => {
    const world = await createFamilyWorld()
    world.as('adult')
    await world.use.controls.beginExclusion({ length: '7days' })
    const { claims, jws } = await world.gateway.controls()
    const other = createBuyingWorld()
    other.gateway.controls = async () => ({ claims: { ...claims, asOf: new Date(other.clock.now()).toISOString() }, jws })
    await other.use.controls.syncControls()
    const { members, exclusions, limits } = other.log.controls()
    expect(members).toEqual(world.log.controls().members)
    expect(exclusions).toMatchObject([{ memberId: 'adult' }])
    expect(limits).toEqual(world.log.controls().limits)
    expect(other.log.family().names).toEqual({})
  })

  it('P5 what the gateway cannot keep of the household keeps no member’s exclusion from it', async () => {
    const world = await createFamilyWorld()
    world.as('adult')
    world.gateway.fail('tighten', { kind: 'refused', sent: true, code: 'badRequest' })
    await world.use.controls.beginExclusion({ length: '7days' })
    expect((await world.gateway.controls()).claims.controls.exclusions).toMatchObject([{ memberId: 'adult' }])
    expect(world.unexpected).toEqual([])
  })

  it('P5 a member’s new yes that the gateway knows of and this log does not is not undone', async () => {
    const world = await createFamilyWorld()
    world.as('adult')
    await world.use.controls.beginExclusion({ length: '24hours' })
    world.clock.advance(dayMs)
    await world.gateway.askReturn('adult')
    const before = world.gateway.calls.length
    await world.use.controls.syncControls()
    expect(world.gateway.calls.slice(before)).toEqual(['controls'])
  })
})
