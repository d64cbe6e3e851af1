import { describe, expect, it } from 'vitest'
import { lockOutMs, triesOf } from '../../../src/domain/access.ts'
import type { Credentials } from '../../../src/main/ports/credentials.ts'
import { LogStorageError } from '../../../src/main/ports/event-log.ts'
import { adopted } from '../../support/control-events.ts'
import { notSentProblem } from '../../support/fake-gateway.ts'
import { householdOf } from '../../support/household-events.ts'
import { beginFamily, codeOf, pinOf, wrongPin } from '../../support/household-people.ts'
import { createHouseholdWorld } from '../../support/household-world.ts'

const minute = 60_000
const pinOnly = { code: false }
const withCode = { code: true }
const childs = { memberId: 'child', pin: pinOf('Dot') }
const wrong = { memberId: 'child', pin: wrongPin }

async function familyWorld(through?: (credentials: Credentials) => Credentials) {
  const world = createHouseholdWorld(through)
  const secondFactor = await beginFamily(world.log, world.credentials)
  const code = () => codeOf(secondFactor.secret, world.clock.now())
  const guardians = (changes: { pin?: string; code?: string } = {}) => ({ memberId: 'guardian', pin: pinOf('Ada'), code: code(), ...changes })
  const failures = (memberId = 'child') => triesOf(world.log.family().tries, memberId).failures
  /** Waits by the gateway's clock for as long as is asked, and fails once more. */
  async function failTimes(times: number) {
    for (let count = 0; count < times; count += 1) {
      world.clock.advance(lockOutMs(failures()))
      expect(await world.use.identify(wrong, pinOnly)).toMatchObject({ kind: 'wrong' })
    }
  }
  return { ...world, world, secondFactor, code, guardians, failures, failTimes }
}

describe('whoever says who they are', () => {
  it('is let in by their PIN, which the log has as a try and a grant', async () => {
    const { world } = await familyWorld()
    expect(await world.use.identify(childs, pinOnly)).toEqual({ kind: 'granted' })
    expect(world.newest('access.tried')).toMatchObject({ actor: 'person', payload: { memberId: 'child', gatewayAt: '2026-03-02T12:00:00.000Z' } })
    expect(world.newest('access.granted')).toMatchObject({ actor: 'child', payload: { memberId: 'child' } })
  })

  it('as a guardian needs PIN and code where both are wanted, and is not told which of them is wrong', async () => {
    const { world, guardians } = await familyWorld()
    const results = []
    for (const given of [guardians({ code: '000000' }), guardians({ pin: wrongPin })]) {
      const { use } = await familyWorld()
      results.push(await use.identify(given, withCode))
    }
    expect(results).toEqual([{ kind: 'wrong', waitMs: 0 }, { kind: 'wrong', waitMs: 0 }])
    expect(await world.use.identify({ memberId: 'guardian', pin: pinOf('Ada') }, withCode)).toEqual({ kind: 'wrong', waitMs: 0 })
    expect(await world.use.identify(guardians(), withCode)).toEqual({ kind: 'granted' })
  })

  it('has failed once, whatever of PIN and code was wrong', async () => {
    const { world, guardians, failures } = await familyWorld()
    await world.use.identify(guardians({ code: '000000', pin: wrongPin }), withCode)
    expect(failures('guardian')).toBe(1)
    await world.use.identify(guardians({ code: '000000' }), withCode)
    expect(failures('guardian')).toBe(2)
  })

  it('P8 uses each code up, also where it comes twice at once', async () => {
    const { world, guardians } = await familyWorld()
    const given = guardians()
    const both = await Promise.all([world.use.identify(given, withCode), world.use.identify(given, withCode)])
    expect(both.map(({ kind }) => kind).sort()).toEqual(['granted', 'wrong'])
    expect(await world.use.identify(given, withCode)).toMatchObject({ kind: 'wrong' })
    world.clock.advance(30_000)
    expect(await world.use.identify(guardians(), withCode)).toEqual({ kind: 'granted' })
  })

  it('P8 uses no code of an earlier time step, which somebody may have seen being typed', async () => {
    const { world, guardians, code } = await familyWorld()
    const earlier = code()
    world.clock.advance(30_000)
    expect(await world.use.identify(guardians(), withCode)).toEqual({ kind: 'granted' })
    expect(await world.use.identify(guardians({ code: earlier }), withCode)).toMatchObject({ kind: 'wrong' })
  })

  it('P8 takes no code by a clock that somebody here can set: it would bring back any code that was seen once', async () => {
    const { world, guardians, code } = await familyWorld()
    const seen = { code: code(), atMs: world.clock.now() }
    world.clock.advance(60 * minute)
    world.restart()
    world.clock.set(seen.atMs)
    world.gateway.fail('time', notSentProblem)
    expect(await world.use.identify(guardians({ code: seen.code }), withCode)).toEqual({ kind: 'unavailable' })
    expect(await world.use.identify(guardians(), pinOnly)).toEqual({ kind: 'granted' })
    world.clock.set(seen.atMs + 60 * minute)
    expect(await world.use.identify(guardians({ code: seen.code }), withCode)).toMatchObject({ kind: 'wrong' })
    expect(await world.use.identify(guardians(), withCode)).toEqual({ kind: 'granted' })
  })

  it('P8 uses each recovery code up', async () => {
    const { world, guardians, secondFactor } = await familyWorld()
    const [first, second] = secondFactor.recoveryCodes
    expect(await world.use.identify(guardians({ code: first! }), withCode)).toEqual({ kind: 'granted' })
    expect(world.newest('access.granted').payload).toEqual({ memberId: 'guardian', recovery: 0 })
    expect(await world.use.identify(guardians({ code: first! }), withCode)).toMatchObject({ kind: 'wrong' })
    expect(await world.use.identify(guardians({ code: second! }), withCode)).toEqual({ kind: 'granted' })
  })

  it('P8 uses each recovery code up in the keychain as well, which a repair of the ledger does not bring back', async () => {
    const { world, guardians, secondFactor } = await familyWorld()
    const [first, second] = secondFactor.recoveryCodes
    await world.use.identify(guardians({ pin: wrongPin, code: second! }), withCode)
    expect(await world.use.identify(guardians({ code: first! }), withCode)).toEqual({ kind: 'granted' })
    const compared = async (code: string) => (await world.credentials.compare('guardian', { pin: pinOf('Ada'), code }, world.clock.now()))?.code
    expect([await compared(first!), await compared(second!)]).toEqual([null, { kind: 'recovery', index: 1 }])
  })

  it('P8 uses no code up where none is wanted', async () => {
    const { world, guardians } = await familyWorld()
    expect(await world.use.identify(guardians(), pinOnly)).toEqual({ kind: 'granted' })
    expect(world.newest('access.granted').payload).toEqual({ memberId: 'guardian' })
    expect(await world.use.identify(guardians(), withCode)).toEqual({ kind: 'granted' })
  })

  it('is nobody where they are no member, were removed, or have no PIN or second factor here, and has not tried', async () => {
    const { world, log } = await familyWorld()
    const { members = [] } = log.controls()
    await log.append(() => ({ type: 'controls.tightened', actor: 'guardian', payload: { change: { kind: 'member', memberId: 'adult', role: 'removed' } } }))
    await log.append(() => adopted({ ...householdOf(), members: [...members, { memberId: 'elsewhere', role: 'child' }] }))
    for (const memberId of ['nobody', 'adult', 'elsewhere']) {
      expect(await world.use.identify({ memberId, pin: pinOf('Ben') }, pinOnly)).toEqual({ kind: 'unavailable' })
    }
    expect(await world.use.identify({ ...childs, code: '123456' }, withCode)).toEqual({ kind: 'unavailable' })
    expect(world.eventTypes()).not.toContain('access.tried')
  })

  it('cannot be told while keychain or ledger are not there, and nothing is tried', async () => {
    const { world, ledger, credentials, log } = await familyWorld()
    ledger.setVault('locked')
    expect(await world.use.identify(childs, pinOnly)).toEqual({ kind: 'unavailable' })
    ledger.setVault('ready')
    ledger.setState('tampered')
    expect(await world.use.identify(childs, pinOnly)).toEqual({ kind: 'unavailable' })
    ledger.setState('ready')
    credentials.fail('timedOut')
    expect(await world.use.identify(childs, pinOnly)).toEqual({ kind: 'unavailable' })
    credentials.recover()
    log.failNextAppend(new LogStorageError({ kind: 'outOfSpace' }))
    expect(await world.use.identify(childs, pinOnly)).toEqual({ kind: 'unavailable' })
    expect(world.eventTypes()).not.toContain('access.tried')
  })

  it('is not compared where the try could not be written down', async () => {
    let compared = 0
    const { world, log } = await familyWorld((credentials) => ({
      ...credentials,
      compare: (...given) => {
        compared += 1
        return credentials.compare(...given)
      },
    }))
    log.failNextAppend(new LogStorageError({ kind: 'outOfSpace' }))
    await world.use.identify(childs, pinOnly)
    expect(compared).toBe(0)
    expect(await world.use.identify(childs, pinOnly)).toEqual({ kind: 'granted' })
    expect(compared).toBe(1)
  })

  it('P6 leaves nothing of what they typed in the log or in what they are told', async () => {
    const { world, guardians, secondFactor } = await familyWorld()
    const recovery = secondFactor.recoveryCodes[0]!
    const told = [await world.use.identify(guardians(), withCode), await world.use.identify(guardians({ pin: wrongPin, code: recovery }), withCode)]
    const text = JSON.stringify([told, [...world.log.events()].filter(({ type }) => type.startsWith('access.'))])
    for (const secret of [pinOf('Ada'), wrongPin, recovery, secondFactor.secret]) expect(text).not.toContain(`"${secret}"`)
  })
})

describe('P8 a try', () => {
  it('is durable and anchored before anything is compared', async () => {
    const seen: unknown[] = []
    const { world, vault } = await familyWorld((credentials) => ({
      ...credentials,
      compare(...given) {
        seen.push({ failures: world.log.family().tries[0]?.failures, anchor: vault.secrets.get('log-anchor')?.includes(`${world.log.head()?.seq}`) })
        return credentials.compare(...given)
      },
    }))
    await world.use.identify(wrong, pinOnly)
    expect(seen).toEqual([{ failures: 1, anchor: true }])
  })

  it('that cannot be anchored is not compared', async () => {
    let compared = 0
    const { world, vault } = await familyWorld((credentials) => ({
      ...credentials,
      compare: (...given) => {
        compared += 1
        return credentials.compare(...given)
      },
    }))
    await world.log.anchored()
    vault.fail('locked', { operation: 'set', name: 'log-anchor' })
    expect(await world.use.identify(childs, pinOnly)).toEqual({ kind: 'unavailable' })
    expect(compared).toBe(0)
  })

  it('counts where the app is killed while it compares', async () => {
    const dying = { is: true }
    const { world, failures } = await familyWorld((credentials) => ({
      ...credentials,
      compare: (...given) => (dying.is ? new Promise(() => {}) : credentials.compare(...given)),
    }))
    for (let life = 1; life <= 3; life += 1) {
      void world.use.identify(wrong, pinOnly)
      await expect.poll(() => failures()).toBe(life)
      world.restart()
    }
    dying.is = false
    expect(await world.use.identify(childs, pinOnly)).toEqual({ kind: 'wait', waitMs: 30_000 })
  })

  it('at the same time as another is another', async () => {
    const { world, failTimes, failures } = await familyWorld()
    await failTimes(2)
    const both = await Promise.all([world.use.identify(wrong, pinOnly), world.use.identify(childs, pinOnly)])
    expect(both).toEqual([{ kind: 'wrong', waitMs: 30_000 }, { kind: 'wait', waitMs: 30_000 }])
    expect(failures()).toBe(3)
  })

  it('that was wrong at the same time as a right one is not made up for by that', async () => {
    const { world, failures } = await familyWorld()
    const both = await Promise.all([world.use.identify(childs, pinOnly), world.use.identify(wrong, pinOnly)])
    expect(both).toMatchObject([{ kind: 'granted' }, { kind: 'wrong' }])
    expect(failures()).toBe(1)
  })
})

describe('P8 the lock-out', () => {
  it('begins anew with a ledger that was repaired while the app ran, however long that was', async () => {
    const { world, log, clock } = await familyWorld()
    const { identify } = world.use
    expect(await identify(wrong, pinOnly)).toEqual({ kind: 'wrong', waitMs: 0 })
    clock.advance(24 * 60 * minute)
    await log.append(() => ({ type: 'log.restored', actor: 'person', payload: { backup: { seq: 2, mac: '' }, lost: null, lostEvents: 1 } }))
    expect(await identify(childs, pinOnly)).toEqual({ kind: 'wait', waitMs: 60 * minute })
    clock.advance(60 * minute)
    expect(await identify(childs, pinOnly)).toEqual({ kind: 'granted' })
  })

  it('is longer after each failure from the third on, up to a day', async () => {
    const { world, failTimes } = await familyWorld()
    const waits: number[] = []
    for (let count = 1; count <= 11; count += 1) {
      await failTimes(1)
      waits.push(world.use.waitMs(world.log, 'child'))
    }
    expect(waits.map((ms) => ms / minute)).toEqual([0, 0, 0.5, 1, 5, 15, 60, 240, 1440, 1440, 1440])
  })

  it('ends to the millisecond, and takes no right PIN before', async () => {
    const { world, failTimes, clock } = await familyWorld()
    await failTimes(5)
    const before = world.eventTypes().length
    clock.advance(5 * minute - 1)
    expect(await world.use.identify(childs, pinOnly)).toEqual({ kind: 'wait', waitMs: 1 })
    expect(world.eventTypes()).toHaveLength(before)
    clock.advance(1)
    expect(await world.use.identify(childs, pinOnly)).toEqual({ kind: 'granted' })
  })

  it('begins anew after a right PIN', async () => {
    const { world, failTimes, clock, failures } = await familyWorld()
    await failTimes(4)
    clock.advance(minute)
    expect(await world.use.identify(childs, pinOnly)).toEqual({ kind: 'granted' })
    expect(failures()).toBe(0)
    await failTimes(2)
    expect(world.use.waitMs(world.log, 'child')).toBe(0)
  })

  it('is each member’s own', async () => {
    const { world, failTimes } = await familyWorld()
    await failTimes(6)
    expect(await world.use.identify({ memberId: 'teen', pin: pinOf('Cleo') }, pinOnly)).toEqual({ kind: 'granted' })
  })

  it('outlives a restart, which is no waiting: only what the gateway has signed since, or this process has seen, is', async () => {
    const { world, failTimes, clock } = await familyWorld()
    await failTimes(5)
    clock.advance(4 * minute)
    world.restart()
    expect(world.use.waitMs(world.log, 'child')).toBe(5 * minute)
    world.knowTime(true)
    expect(world.use.waitMs(world.log, 'child')).toBe(minute)
    clock.advance(minute)
    expect(await world.use.identify(childs, pinOnly)).toEqual({ kind: 'granted' })
  })

  it('counts the time of the gateway while the computer was off', async () => {
    const { world, failTimes, clock } = await familyWorld()
    await failTimes(9)
    clock.suspend(24 * 60 * minute)
    world.restart()
    world.knowTime(true)
    expect(world.use.waitMs(world.log, 'child')).toBe(0)
  })

  it('without a connection counts what this life has seen, and nothing from before a restart', async () => {
    const { world, failTimes, clock } = await familyWorld()
    world.knowTime(false)
    await failTimes(5)
    expect(world.newest('access.tried').payload).toEqual({ memberId: 'child', gatewayAt: null })
    clock.advance(4 * minute)
    world.restart()
    clock.advance(4 * minute)
    expect(world.use.waitMs(world.log, 'child')).toBe(minute)
    world.knowTime(true)
    expect(world.use.waitMs(world.log, 'child')).toBe(minute)
    clock.advance(minute)
    expect(await world.use.identify(childs, pinOnly)).toEqual({ kind: 'granted' })
  })

  it.each([1, -1])('knows no clock of the computer: set by %d years it changes nothing', async (years) => {
    const { world, failTimes, clock } = await familyWorld()
    await failTimes(5)
    clock.set(clock.now() + years * 365 * 24 * 60 * minute)
    expect(await world.use.identify(childs, pinOnly)).toEqual({ kind: 'wait', waitMs: 5 * minute })
    world.restart()
    expect(await world.use.identify(childs, pinOnly)).toEqual({ kind: 'wait', waitMs: 5 * minute })
  })
})

describe('P8 a code', () => {
  it('is not looked at while the PIN has to wait', async () => {
    const { world, guardians } = await familyWorld()
    for (let count = 0; count < 3; count += 1) await world.use.identify({ memberId: 'guardian', pin: wrongPin }, pinOnly)
    expect(await world.use.identify(guardians(), withCode)).toEqual({ kind: 'wait', waitMs: 30_000 })
  })

  it('is not guessed at faster by whoever knows the PIN and types it in between', async () => {
    const { world, guardians, clock } = await familyWorld()
    const guess = () => world.use.identify(guardians({ code: '000000' }), withCode)
    const openProfile = () => world.use.identify({ memberId: 'guardian', pin: pinOf('Ada') }, pinOnly)
    for (let count = 0; count < 3; count += 1) {
      expect(await guess()).toMatchObject({ kind: 'wrong' })
      clock.advance(count === 2 ? 30_000 : 0)
      expect(await openProfile()).toEqual({ kind: 'granted' })
    }
    expect(await guess()).toMatchObject({ kind: 'wrong', waitMs: minute })
    clock.advance(minute - 1)
    expect(await openProfile()).toEqual({ kind: 'granted' })
    expect(await guess()).toEqual({ kind: 'wait', waitMs: 1 })
    clock.advance(1)
    expect(await world.use.identify(guardians(), withCode)).toEqual({ kind: 'granted' })
    expect(await guess()).toMatchObject({ kind: 'wrong', waitMs: 0 })
  })
})
