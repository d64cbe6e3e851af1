import { describe, expect, it } from 'vitest'
import * as v from 'valibot'
import { launcherContract } from '../../../src/contract/ipc/launcher.ts'
import type { HouseholdView } from '../../../src/contract/ipc/household.ts'
import { LogStorageError } from '../../../src/main/ports/event-log.ts'
import { adopted, begun, excluded, inBerlin } from '../../support/control-events.ts'
import { approved } from '../../support/events.ts'
import { notSentProblem } from '../../support/fake-gateway.ts'
import { accessSet, householdOf } from '../../support/household-events.ts'
import { ada, ben, cleo, dot, pinOf, wholeFamily, wrongPin } from '../../support/household-people.ts'
import type { Answers } from '../../support/fake-member.ts'
import { createHouseholdWorld, type HouseholdWorld } from '../../support/household-world.ts'

const refused = (reason: string) => ({ kind: 'refused', reason })
const hourMs = 60 * 60_000

async function familyWorld(members = wholeFamily.members) {
  const world = createHouseholdWorld()
  await world.setUp({ ...inBerlin, members })
  return world
}

type Add = Parameters<HouseholdWorld['use']['addMember']>[0]
const adding = (world: HouseholdWorld, order: Add) => world.member.through(world.use.addMember(order))
const emil: Add = { name: 'Emil', role: 'child' }
const flora: Add = { name: 'Flora', role: 'adult' }
const kindsSince = (world: HouseholdWorld, before: number) => world.member.questions.slice(before).map(({ kind }) => kind)

describe('adding a member', () => {
  it('lets a minor in at once with nothing to spend, after the guardian’s PIN and code, with a PIN', async () => {
    const world = await familyWorld()
    const before = world.member.questions.length
    expect(await adding(world, emil)).toEqual({ kind: 'done' })
    expect(kindsSince(world, before)).toEqual(['consent', 'newPin'])
    expect(world.member.questions[before]).toMatchObject({ wantsCode: true, message: 'Add Emil as a child?', who: { name: 'Ada' } })
    expect(world.member.questions[before + 1]).toMatchObject({ name: 'Emil', isOwn: false })
    const memberId = world.idOf('Emil')
    expect(world.log.controls().members).toContainEqual({ memberId, role: 'child' })
    expect(world.log.controls().limits).toContainEqual({ period: 'week', sellerId: null, memberId, amount: '0' })
    expect(await world.credentials.has(memberId)).toEqual({ pin: true, secondFactor: false })
    expect(world.newest('controls.tightened').actor).toBe(world.idOf('Ada'))
    expect((await world.gateway.controls()).claims.controls.members).toContainEqual({ memberId, role: 'child' })
    expect(await world.open('Emil')).toEqual({ kind: 'done' })
  })

  it('P5 has a grown-up wait for a day and a second yes, without a PIN until then', async () => {
    const world = await familyWorld()
    const before = world.member.questions.length
    expect(await adding(world, flora)).toMatchObject({ kind: 'asked', readyAt: expect.stringContaining('2026-03-03T') })
    expect(kindsSince(world, before)).toEqual(['consent'])
    const memberId = world.idOf('Flora')
    expect(world.log.controls().pending).toMatchObject([{ change: { kind: 'member', memberId, role: 'adult' } }])
    expect(world.log.controls().members).not.toContainEqual(expect.objectContaining({ memberId }))
    expect(await world.use.profiles.open({ memberId })).toEqual(refused('gone'))
    expect((await world.gateway.controls()).claims.pending).toHaveLength(1)
  })

  it('declined, or without a PIN, leaves nothing behind', async () => {
    const world = await familyWorld()
    const before = world.log.head()?.seq
    const members = world.log.controls().members
    expect(await world.member.through(world.use.addMember(emil), () => null)).toEqual({ kind: 'declined' })
    expect(world.log.head()?.seq).toBe(before)
    const result = await world.member.through(world.use.addMember(emil), (question) => (question.kind === 'newPin' ? null : world.member.right(question)))
    expect(result).toEqual({ kind: 'declined' })
    expect(world.log.controls().members).toEqual(members)
    expect(world.eventTypes()).not.toContain('member.named')
  })

  it('is a guardian’s to do', async () => {
    const world = await familyWorld()
    for (const name of ['Ben', 'Cleo', 'Dot']) {
      await world.open(name)
      expect(await world.use.addMember(emil), name).toEqual(refused('notAllowed'))
    }
    world.use.profiles.lock()
    expect(await world.use.addMember(emil)).toEqual(refused('locked'))
    expect(await createHouseholdWorld().use.addMember(emil)).toEqual(refused('notAllowed'))
  })

  it("P5 takes the second factor of the account for a grown-up where the device is signed in, and not for a minor", async () => {
    const world = await familyWorld()
    world.gateway.accounts.signIn()
    const before = world.member.questions.length
    expect(await adding(world, flora)).toMatchObject({ kind: 'asked' })
    expect(world.member.questions.slice(before).map(({ kind }) => kind)).toEqual(['consent', 'stepUp'])
    expect(world.newest('controls.looseningAsked').payload.stepUp).toBeTypeOf('string')
    expect(await adding(world, emil)).toEqual({ kind: 'done' })
    expect(world.member.questions.filter(({ kind }) => kind === 'stepUp')).toHaveLength(1)
  })

  it('P5 has nobody come in whose second factor was not given', async () => {
    const world = await familyWorld()
    world.gateway.accounts.signIn()
    const answers: Answers = (question) => (question.kind === 'stepUp' ? null : world.member.right(question))
    expect(await world.member.through(world.use.addMember(flora), answers)).toEqual({ kind: 'declined' })
    expect(world.eventTypes()).not.toContain('member.named')
  })

  it.each<Add>([{ name: 'DOT', role: 'child' }, { name: 'ada', role: 'adult' }])('is impossible with the name of somebody else: %j', async (order) => {
    const world = await familyWorld()
    expect(await world.use.addMember(order)).toEqual(refused('impossible'))
  })

  it('can be with the name of somebody who was removed', async () => {
    const world = await familyWorld()
    const change = { kind: 'member', memberId: world.idOf('Dot'), role: 'removed' } as const
    await world.log.append(() => ({ type: 'controls.tightened', actor: world.idOf('Ada'), payload: { change } }))
    expect(await adding(world, { name: 'Dot', role: 'child' })).toEqual({ kind: 'done' })
  })

  it.each(['Dot\u200b', 'Dot\u202e', '\u2066Dot', 'D\u043et', 'Do\u00adt', 'Emil \u202e05'])('is impossible with a name that hides something or looks like another: %j', async (name) => {
    const world = await familyWorld()
    const before = world.member.questions.length
    expect(await world.use.addMember({ ...emil, name })).toEqual(refused('impossible'))
    expect(await world.use.renameMember({ memberId: world.idOf('Cleo'), name })).toEqual(refused('impossible'))
    expect(await createHouseholdWorld().use.setUpHousehold({ ...inBerlin, members: [ada, { ...dot, name }] })).toEqual(refused('impossible'))
    expect(world.member.questions).toHaveLength(before)
  })

  it('can be with a name of any script, and with emoji', async () => {
    const names = ['Ада', 'Ελένη', 'נועה', 'می\u200cترا', '👩‍🚀 Zoë', '美咲 Misaki']
    const members = names.map((name) => ({ ...dot, name }))
    expect(await createHouseholdWorld().setUp({ ...inBerlin, members: [ada, ...members] })).toEqual({ kind: 'done' })
  })

  it('is impossible with the name of somebody who is to come, and beyond 20 members', async () => {
    const world = await familyWorld([ada, ...Array.from({ length: 18 }, (_, n) => ({ ...dot, name: `Dot ${n}` }))])
    await adding(world, flora)
    expect(await world.use.addMember({ name: 'flora', role: 'child' })).toEqual(refused('impossible'))
    expect(await world.use.addMember(emil)).toEqual(refused('impossible'))
  })

  it('P5 is not possible while a grown-up is excluded', async () => {
    const world = await familyWorld()
    await world.log.append(() => ({ ...excluded('2026-03-02T11:00:00.000Z', '2026-03-09T11:00:00.000Z', '7days'), payload: { memberId: world.idOf('Ben'), length: '7days', begunAt: '2026-03-02T11:00:00.000Z', until: '2026-03-09T11:00:00.000Z' } }) as never)
    expect(await world.use.addMember(emil)).toEqual(refused('excluded'))
    expect(await world.use.addMember(flora)).toEqual(refused('excluded'))
  })

  it('needs the gateway for a grown-up, and not for a minor', async () => {
    const world = await familyWorld()
    world.gateway.fail('controls', notSentProblem, { lasting: true })
    world.gateway.fail('askLoosening', notSentProblem, { lasting: true })
    expect(await adding(world, flora)).toEqual(refused('gatewayUnreachable'))
    expect(world.eventTypes()).not.toContain('member.named')
    expect(await adding(world, emil)).toEqual({ kind: 'done' })
  })

  it('needs the guardian’s second factor, and a window that is free', async () => {
    const world = await familyWorld()
    world.use.pending.reserve()
    expect(await world.use.addMember(emil)).toEqual(refused('busy'))
    world.use.pending.release()
    const without = createHouseholdWorld()
    await without.log.append(() => begun())
    await without.log.append(() => ({ type: 'household.begun', actor: 'g', payload: { members: [{ memberId: 'g', role: 'guardian', name: 'Ada' }], limits: [] } }))
    await without.credentials.setPin('g', pinOf('Ada'))
    await without.open('Ada')
    expect(await without.use.addMember(emil)).toEqual(refused('noCredentials'))
  })
})

describe('a grown-up who has come in', () => {
  async function confirmedWorld(role: 'adult' | 'guardian') {
    const world = await familyWorld()
    await adding(world, { name: 'Flora', role })
    world.clock.advance(24 * hourMs)
    await world.open('Ada')
    const { changeId } = world.log.controls().pending[0]!
    await world.gateway.confirmLoosening(changeId)
    const confirmedAt = new Date(world.gateway.now()!).toISOString()
    await world.log.append(() => ({ type: 'controls.looseningConfirmed', actor: world.idOf('Ada'), payload: { changeId, confirmedAt } }))
    return { world, before: world.member.questions.length, memberId: world.idOf('Flora') }
  }

  it('chooses a PIN', async () => {
    const { world, before, memberId } = await confirmedWorld('adult')
    expect(await world.member.through(world.use.welcomeMember(memberId))).toEqual({ kind: 'done' })
    expect(kindsSince(world, before)).toEqual(['newPin'])
    expect(world.member.questions.at(-1)).toMatchObject({ name: 'Flora', isOwn: true })
    expect(await world.open('Flora')).toEqual({ kind: 'done' })
    expect(await world.use.welcomeMember(memberId)).toEqual({ kind: 'done' })
  })

  it('sets up a second factor too as a guardian', async () => {
    const { world, before, memberId } = await confirmedWorld('guardian')
    expect(await world.member.through(world.use.welcomeMember(memberId))).toEqual({ kind: 'done' })
    expect(kindsSince(world, before)).toEqual(['newPin', 'secondFactor', 'recoveryCodes'])
    expect(await world.credentials.has(memberId)).toEqual({ pin: true, secondFactor: true })
  })

  it('who has chosen nothing yet can do so later, when a guardian says yes', async () => {
    const { world, before, memberId } = await confirmedWorld('guardian')
    expect(await world.member.through(world.use.welcomeMember(memberId), () => null)).toEqual({ kind: 'declined' })
    expect(await world.use.profiles.open({ memberId })).toEqual(refused('noCredentials'))
    expect(await world.member.through(world.use.setPin({ memberId }))).toEqual({ kind: 'done' })
    expect(kindsSince(world, before)).toEqual(['newPin', 'consent', 'newPin', 'secondFactor', 'recoveryCodes'])
    expect(world.member.questions.at(-3)).toMatchObject({ isOwn: true })
    expect(await world.use.welcomeMember('nobody')).toEqual(refused('gone'))
  })
})

describe('a new PIN', () => {
  it('of one’s own is chosen after the one that counts', async () => {
    const world = await familyWorld()
    await world.open('Dot')
    const memberId = world.idOf('Dot')
    const before = world.member.questions.length
    const result = await world.member.through(world.use.setPin({ memberId }), (question) =>
      question.kind === 'newPin' ? { kind: 'newPin', questionId: question.questionId, pin: '8642' } : world.member.right(question),
    )
    expect(result).toEqual({ kind: 'done' })
    expect(kindsSince(world, before)).toEqual(['consent', 'newPin'])
    expect(world.member.questions.slice(before)).toMatchObject([{ wantsCode: false }, { isOwn: true }])
    expect(world.newest('access.set')).toMatchObject({ actor: memberId, payload: { memberId, what: 'pin' } })
    expect(await world.use.identify({ memberId, pin: pinOf('Dot') }, { code: false })).toMatchObject({ kind: 'wrong' })
    expect(await world.use.identify({ memberId, pin: '8642' }, { code: false })).toEqual({ kind: 'granted' })
  })

  it('P8 of a guardian’s own takes a code as well: whoever has seen the PIN takes it over with nothing else', async () => {
    const world = await familyWorld()
    const memberId = world.idOf('Ada')
    const withoutCode: Answers = ({ questionId }) => ({ kind: 'consent', questionId, pin: pinOf('Ada') })
    expect(await world.member.through(world.use.setPin({ memberId }), withoutCode)).toEqual({ kind: 'declined' })
    expect(world.member.questions.at(-1)).toMatchObject({ kind: 'consent', wantsCode: true })
    expect(await world.member.through(world.use.setPin({ memberId }))).toEqual({ kind: 'done' })
  })

  it('is not chosen without the one that counts', async () => {
    const world = await familyWorld()
    await world.open('Dot')
    const memberId = world.idOf('Dot')
    const before = world.member.questions.length
    const result = await world.member.through(world.use.setPin({ memberId }), ({ questionId }) => ({ kind: 'consent', questionId, pin: wrongPin }))
    expect(result).toEqual({ kind: 'declined' })
    expect(kindsSince(world, before)).toEqual(['consent'])
    expect(await world.use.identify({ memberId, pin: pinOf('Dot') }, { code: false })).toEqual({ kind: 'granted' })
  })

  it('of a minor is chosen after the guardian’s PIN and code, and ends their lock-out', async () => {
    const world = await familyWorld()
    const memberId = world.idOf('Dot')
    for (let count = 0; count < 3; count += 1) await world.use.identify({ memberId, pin: wrongPin }, { code: false })
    expect(world.use.waitMs(world.log, memberId)).toBe(30_000)
    const before = world.member.questions.length
    expect(await world.member.through(world.use.setPin({ memberId }))).toEqual({ kind: 'done' })
    expect(world.member.questions.slice(before)).toMatchObject([{ kind: 'consent', wantsCode: true }, { kind: 'newPin', isOwn: false }])
    expect(world.newest('access.set')).toMatchObject({ actor: world.idOf('Ada'), payload: { memberId, what: 'pin' } })
    expect(world.use.waitMs(world.log, memberId)).toBe(0)
  })

  it('of anybody else is not to be had', async () => {
    const world = await familyWorld([ada, ben, cleo, dot, { ...ben, name: 'Greta', role: 'guardian' }])
    await world.open('Ada')
    // What a grown-up has chosen is theirs.
    for (const name of ['Ben', 'Greta']) expect(await world.use.setPin({ memberId: world.idOf(name) }), name).toEqual(refused('notAllowed'))
    await world.open('Ben')
    for (const name of ['Ada', 'Dot', 'Cleo']) expect(await world.use.setPin({ memberId: world.idOf(name) }), name).toEqual(refused('notAllowed'))
    await world.open('Cleo')
    expect(await world.use.setPin({ memberId: world.idOf('Dot') })).toEqual(refused('notAllowed'))
    expect(await world.use.setPin({ memberId: 'nobody' })).toEqual(refused('gone'))
    world.use.profiles.lock()
    expect(await world.use.setPin({ memberId: world.idOf('Cleo') })).toEqual(refused('locked'))
  })
})

describe('a new second factor', () => {
  it('takes the place of the earlier one, after PIN and a code of that', async () => {
    const world = await familyWorld()
    const [earlier] = world.member.recoveryCodes.get('Ada')!
    const before = world.member.questions.length
    expect(await world.member.through(world.use.setSecondFactor())).toEqual({ kind: 'done' })
    expect(kindsSince(world, before)).toEqual(['consent', 'secondFactor', 'recoveryCodes'])
    expect(world.member.questions[before]).toMatchObject({ wantsCode: true })
    const given = { memberId: world.idOf('Ada'), pin: pinOf('Ada') }
    expect(await world.use.identify({ ...given, code: earlier! }, { code: true })).toMatchObject({ kind: 'wrong' })
    expect(await world.use.identify({ ...given, code: world.member.code('Ada') }, { code: true })).toEqual({ kind: 'granted' })
  })

  it('can be set up with a recovery code where the authenticator is lost', async () => {
    const world = await familyWorld()
    const [recovery] = world.member.recoveryCodes.get('Ada')!
    const result = await world.member.through(world.use.setSecondFactor(), (question) =>
      question.kind === 'consent' ? { kind: 'consent', questionId: question.questionId, pin: pinOf('Ada'), code: recovery! } : world.member.right(question),
    )
    expect(result).toEqual({ kind: 'done' })
  })

  it('cancelled before the recovery codes were seen leaves the earlier one', async () => {
    const world = await familyWorld()
    const secret = world.member.authenticators.get('Ada')!
    const result = await world.member.through(world.use.setSecondFactor(), (question) => (question.kind === 'recoveryCodes' ? null : world.member.right(question)))
    expect(result).toEqual({ kind: 'declined' })
    world.member.authenticators.set('Ada', secret)
    const given = { memberId: world.idOf('Ada'), pin: pinOf('Ada'), code: world.member.code('Ada') }
    expect(await world.use.identify(given, { code: true })).toEqual({ kind: 'granted' })
  })

  it('is for guardians, and takes the PIN alone where there is none here', async () => {
    const world = await familyWorld()
    await world.open('Ben')
    expect(await world.use.setSecondFactor()).toEqual(refused('notAllowed'))
    world.use.profiles.lock()
    expect(await world.use.setSecondFactor()).toEqual(refused('locked'))
    const without = createHouseholdWorld()
    await without.log.append(() => begun())
    await without.log.append(() => ({ type: 'household.begun', actor: 'g', payload: { members: [{ memberId: 'g', role: 'guardian', name: 'Ada' }], limits: [] } }))
    await without.credentials.setPin('g', pinOf('Ada'))
    await without.open('Ada')
    expect(await without.member.through(without.use.setSecondFactor())).toEqual({ kind: 'done' })
    expect(without.member.questions.map((question) => [question.kind, 'wantsCode' in question && question.wantsCode])).toEqual([
      ['pin', false],
      ['consent', false],
      ['secondFactor', false],
      ['recoveryCodes', false],
    ])
  })
})

describe('a new name', () => {
  const renaming = (world: HouseholdWorld, of: string, name: string) => world.member.through(world.use.renameMember({ memberId: world.idOf(of), name }))

  it('is given by a guardian, or by an adult to themselves, after their PIN', async () => {
    const world = await familyWorld()
    expect(await renaming(world, 'Dot', 'Dotty')).toEqual({ kind: 'done' })
    expect(world.member.questions.at(-1)).toMatchObject({ kind: 'consent', wantsCode: false, message: 'Call Dot Dotty from now on?' })
    expect(world.newest('member.named')).toMatchObject({ actor: world.idOf('Ada'), payload: { memberId: world.idOf('Dotty'), name: 'Dotty' } })
    await world.open('Ben')
    expect(await renaming(world, 'Ben', 'BEN')).toEqual({ kind: 'done' })
    expect(await world.use.renameMember({ memberId: world.idOf('Ada'), name: 'Eda' })).toEqual(refused('notAllowed'))
  })

  it('is not given by minors, to nobody, or where somebody else has it', async () => {
    const world = await familyWorld()
    expect(await world.use.renameMember({ memberId: world.idOf('Dot'), name: 'ada' })).toEqual(refused('impossible'))
    expect(await world.use.renameMember({ memberId: 'nobody', name: 'Eda' })).toEqual(refused('gone'))
    expect(await world.member.through(world.use.renameMember({ memberId: world.idOf('Dot'), name: 'Eda' }), () => null)).toEqual({ kind: 'declined' })
    await world.open('Cleo')
    expect(await world.use.renameMember({ memberId: world.idOf('Cleo'), name: 'Eda' })).toEqual(refused('notAllowed'))
    world.use.profiles.lock()
    expect(await world.use.renameMember({ memberId: world.idOf('Cleo'), name: 'Eda' })).toEqual(refused('locked'))
    expect(world.eventTypes()).not.toContain('member.named')
  })
})

describe('what the start screen is told', () => {
  const report = async (world: HouseholdWorld): Promise<HouseholdView> =>
    v.parse(launcherContract.calls['household.get'].output, await world.use.reportHousehold())
  const systemZone = inBerlin.zone

  it('is that nobody has said who uses this, until somebody has', async () => {
    const world = createHouseholdWorld()
    expect(await report(world)).toEqual({ kind: 'unset', systemZone })
    world.settings.isAlone = true
    expect(await report(world)).toEqual({ kind: 'alone', systemZone })
  })

  it('is that one adult uses this where there are limits or purchases from before there were households', async () => {
    const limits = createHouseholdWorld()
    await limits.log.append(() => begun())
    expect(await report(limits)).toEqual({ kind: 'alone', systemZone })
    const purchases = createHouseholdWorld()
    await purchases.log.append(() => approved('p'))
    expect(await report(purchases)).toEqual({ kind: 'alone', systemZone })
  })

  it('is who there is, whose PIN is here, who has to wait, and whose profile is open', async () => {
    const world = await familyWorld()
    const memberId = world.idOf('Dot')
    for (let count = 0; count < 3; count += 1) await world.use.identify({ memberId, pin: wrongPin }, { code: false })
    expect(await report(world)).toMatchObject({
      kind: 'members',
      profiles: [
        { name: 'Ada', role: 'guardian', hasPin: true, waitMs: 0 },
        { name: 'Ben', role: 'adult', hasPin: true, waitMs: 0 },
        { name: 'Cleo', role: 'teen', hasPin: true, waitMs: 0 },
        { name: 'Dot', role: 'child', hasPin: true, waitMs: 30_000 },
      ],
      open: { name: 'Ada' },
    })
    world.use.profiles.lock()
    expect(await report(world)).toMatchObject({ open: null })
  })

  it('leaves out who was removed, and has no PIN of those who only the gateway knows', async () => {
    const world = createHouseholdWorld()
    await world.log.append(() => adopted({ ...householdOf(), members: [{ memberId: 'g', role: 'guardian' }, { memberId: 'r', role: 'removed' }, { memberId: 'c', role: 'child' }] }))
    await world.log.append(() => accessSet('g', 'pin'))
    expect(await report(world)).toMatchObject({ profiles: [{ name: 'Guardian 1', hasPin: false }, { name: 'Member 3', hasPin: false, waitMs: 0 }] })
  })

  it('has nobody’s PIN while the keychain is not there', async () => {
    const world = await familyWorld([ada, dot])
    world.credentials.fail('locked')
    expect(await report(world)).toMatchObject({ profiles: [{ hasPin: null }, { hasPin: null }] })
  })

  it('is nothing where the ledger cannot be read', async () => {
    const world = createHouseholdWorld()
    world.ledger.setLog(null)
    expect(await report(world)).toEqual({ kind: 'unavailable' })
    const failing = () => {
      throw new LogStorageError({ kind: 'damaged' })
    }
    world.ledger.setLog({ ...world.log, controls: failing })
    expect(await report(world)).toEqual({ kind: 'unavailable' })
  })
})
