import { describe, expect, it } from 'vitest'
import { createBeginExclusion } from '../../../src/main/usecases/begin-exclusion.ts'
import { idleLockMs } from '../../../src/main/usecases/profiles.ts'
import { adopted } from '../../support/control-events.ts'
import { householdOf } from '../../support/household-events.ts'
import { beginFamily, wrongPin } from '../../support/household-people.ts'
import { createHouseholdWorld } from '../../support/household-world.ts'

const refused = (reason: string) => ({ kind: 'refused', reason })
const minute = 60_000

async function familyWorld() {
  const world = createHouseholdWorld()
  await beginFamily(world.log, world.credentials)
  return world
}

const becomes = (memberId: string, role: 'removed' | 'child') =>
  ({ type: 'controls.tightened', actor: 'guardian', payload: { change: { kind: 'member', memberId, role } } }) as const

describe('a profile', () => {
  it('is opened by its PIN, in the trusted window, and told of', async () => {
    const world = await familyWorld()
    expect(world.use.actor()).toBeNull()
    expect(await world.open('Dot')).toEqual({ kind: 'done' })
    expect(world.member.questions).toMatchObject([{ kind: 'pin', who: { memberId: 'child', name: 'Dot', role: 'child' } }])
    expect(world.use.actor()).toBe('child')
    expect(world.counts.householdChanged).toBe(1)
    expect(world.confirmWindow.isOpen()).toBe(false)
  })

  it('stays closed after a wrong PIN or a cancel, and one that is open stays open', async () => {
    const world = await familyWorld()
    expect(await world.open('Dot', ({ questionId }) => ({ kind: 'pin', questionId, pin: wrongPin }))).toEqual({ kind: 'declined' })
    expect(world.member.results).toEqual([{ kind: 'wrong', waitMs: 0 }])
    expect(world.use.actor()).toBeNull()
    await world.open('Cleo')
    expect(await world.open('Dot', () => null)).toEqual({ kind: 'declined' })
    expect(world.use.actor()).toBe('teen')
    await world.open('Dot')
    expect(world.use.actor()).toBe('child')
  })

  it('is locked after a start', async () => {
    const world = await familyWorld()
    await world.open('Dot')
    world.restart()
    expect(world.use.actor()).toBeNull()
  })

  it('is locked when somebody says so, once', async () => {
    const world = await familyWorld()
    await world.open('Dot')
    world.use.profiles.lock()
    expect(world.use.actor()).toBeNull()
    expect(world.counts.householdChanged).toBe(2)
    world.use.profiles.lock()
    expect(world.counts.householdChanged).toBe(2)
  })

  it.each(['removed', 'child'] as const)('is open no longer once its member is %s', async (role) => {
    const world = await familyWorld()
    await world.open('Cleo')
    await world.log.append(() => becomes('teen', role))
    expect(world.use.actor()).toBeNull()
    expect(world.counts.householdChanged).toBe(1)
    world.use.profiles.lockWhenDue()
    expect(world.counts.householdChanged).toBe(2)
  })

  it('is open no longer once the ledger is not there', async () => {
    const world = await familyWorld()
    await world.open('Cleo')
    world.ledger.setLog(null)
    expect(world.use.actor()).toBeNull()
  })

  it('is not opened for nobody, for whoever has no PIN here, while something else is asked, or without a keychain', async () => {
    const world = await familyWorld()
    expect(await world.use.profiles.open({ memberId: 'nobody' })).toEqual(refused('gone'))
    await world.log.append(() => becomes('teen', 'removed'))
    expect(await world.use.profiles.open({ memberId: 'teen' })).toEqual(refused('gone'))
    const { members = [] } = world.log.controls()
    await world.log.append(() => adopted({ ...householdOf(), members: [...members, { memberId: 'elsewhere', role: 'child' }] }))
    expect(await world.use.profiles.open({ memberId: 'elsewhere' })).toEqual(refused('noCredentials'))
    world.use.pending.reserve()
    expect(await world.use.profiles.open({ memberId: 'child' })).toEqual(refused('busy'))
    world.use.pending.release()
    world.credentials.fail('locked')
    expect(await world.use.profiles.open({ memberId: 'child' })).toEqual(refused('keychainUnavailable'))
    expect(world.confirmWindow.opened()).toBe(0)
  })
})

describe('a profile with nobody there', () => {
  it('locks after five minutes, to the millisecond', async () => {
    const world = await familyWorld()
    await world.open('Dot')
    world.clock.advance(idleLockMs - 1)
    expect(world.use.actor()).toBe('child')
    world.use.profiles.lockWhenDue()
    expect(world.counts.householdChanged).toBe(1)
    world.clock.advance(1)
    expect(world.use.actor()).toBeNull()
    world.use.profiles.lockWhenDue()
    expect(world.counts.householdChanged).toBe(2)
  })

  it('stays open as long as somebody touches it in time, and not once it was too late', async () => {
    const world = await familyWorld()
    await world.open('Dot')
    for (let count = 0; count < 3; count += 1) {
      world.clock.advance(4 * minute)
      world.use.profiles.touch()
    }
    expect(world.use.actor()).toBe('child')
    world.clock.advance(5 * minute)
    world.use.profiles.touch()
    expect(world.use.actor()).toBeNull()
  })

  it('locks while the computer sleeps, and by no clock that was set back', async () => {
    const world = await familyWorld()
    await world.open('Dot')
    world.clock.suspend(5 * minute)
    expect(world.use.actor()).toBeNull()
    await world.open('Dot')
    world.clock.set(world.clock.now() - 60 * minute)
    world.clock.advance(5 * minute)
    expect(world.use.actor()).toBeNull()
  })
})

describe('the yes of a member', () => {
  const question = { title: 'T', message: 'M?', detail: 'D', confirm: 'Yes', cancel: 'No' }

  it('is asked for in a box of the system while there are no members', async () => {
    const world = createHouseholdWorld()
    expect(await world.use.askPerson(question, 'teen')).toBe(true)
    expect(world.box.questions).toEqual([question])
    world.box.says(false)
    expect(await world.use.askPerson(question, 'teen')).toBe(false)
    expect(world.confirmWindow.opened()).toBe(0)
  })

  it('is asked for in the trusted window, with the PIN of whoever’s profile is open', async () => {
    const world = await familyWorld()
    await world.open('Cleo')
    expect(await world.member.through(world.use.askPerson(question, 'teen'))).toBe(true)
    expect(world.member.questions.at(-1)).toMatchObject({ ...question, kind: 'consent', who: { memberId: 'teen' }, wantsCode: false })
    expect(world.newest('access.granted').payload).toEqual({ memberId: 'teen' })
    expect(world.box.questions).toEqual([])
    expect(world.confirmWindow.isOpen()).toBe(false)
  })

  it('takes a code as well where the question wants one', async () => {
    const world = createHouseholdWorld()
    await world.setUp()
    expect(await world.member.through(world.use.askPerson({ ...question, wantsCode: true }, world.idOf('Ada')))).toBe(true)
    expect(world.newest('access.granted').payload).toMatchObject({ step: expect.any(Number) })
    const withoutCode = await world.member.through(world.use.askPerson({ ...question, wantsCode: true }, world.idOf('Ada')), (asked) => {
      const { code: _, ...reply } = world.member.right(asked) as { kind: 'consent'; questionId: string; pin: string; code?: string }
      return reply
    })
    expect(withoutCode).toBe(false)
  })

  it('is no without an open profile, with a wrong PIN, when it is cancelled, and while something else is asked', async () => {
    const world = await familyWorld()
    expect(await world.use.askPerson(question, 'teen')).toBe(false)
    await world.open('Cleo')
    expect(await world.member.through(world.use.askPerson(question, 'teen'), ({ questionId }) => ({ kind: 'consent', questionId, pin: wrongPin }))).toBe(false)
    expect(await world.member.through(world.use.askPerson(question, 'teen'), () => null)).toBe(false)
    world.use.pending.reserve()
    expect(await world.use.askPerson(question, 'teen')).toBe(false)
    expect(world.box.questions).toEqual([])
  })

  it('is no where the profile was locked meanwhile', async () => {
    const world = await familyWorld()
    await world.open('Cleo')
    const answered = world.member.through(world.use.askPerson(question, 'teen'), (asked) => {
      world.use.profiles.lock()
      return world.member.right(asked)
    })
    expect(await answered).toBe(false)
  })

  it('keeps the profile open, because somebody is there', async () => {
    const world = await familyWorld()
    await world.open('Cleo')
    world.clock.advance(4 * minute)
    await world.member.through(world.use.askPerson(question, 'teen'))
    world.clock.advance(4 * minute)
    expect(world.use.actor()).toBe('teen')
  })

  it('is asked of nobody but whoever decides', async () => {
    const world = await familyWorld()
    await world.open('Cleo')
    for (const by of ['adult', null]) expect(await world.member.through(world.use.askPerson(question, by))).toBe(false)
    expect(world.member.questions.filter(({ kind }) => kind === 'consent')).toEqual([])
  })

  it('P5 excludes nobody else, whose profile was open when the gateway was asked for the time', async () => {
    const world = await familyWorld()
    await world.open('Ben')
    const time = Promise.withResolvers<void>()
    const gateway = { now: world.gateway.now, time: () => time.promise.then(() => world.gateway.time()) }
    const deps = { ...world.deps, gateway, actor: world.use.actor, askPerson: world.use.askPerson, syncNow: async () => {} }
    const style = { language: 'en', locale: 'en-IE', sellerName: (id: string) => id, memberName: (id: string) => id, systemZone: 'UTC' } as const
    const begun = createBeginExclusion({ ...deps, questionStyle: () => style })({ length: '5years' })
    await world.open('Cleo')
    time.resolve()
    expect(await world.member.through(begun)).toEqual({ kind: 'declined' })
    expect(world.log.controls().exclusions ?? []).toEqual([])
  })
})
