import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { confirmContract } from '../../../src/contract/ipc/confirm.ts'
import { createShowChallenge } from '../../../src/main/usecases/show-challenge.ts'
import type { Given } from '../../../src/main/usecases/approve-challenge.ts'
import type { NewEvent } from '../../../src/domain/events.ts'
import { LogReadOnlyError } from '../../../src/main/ports/event-log.ts'
import { excluded, tightened } from '../../support/control-events.ts'
import { cleosWeek, createFamilyWorld, type FamilyWorld } from '../../support/family-world.ts'
import { notSentProblem } from '../../support/fake-gateway.ts'
import { bundleOffer, itemOffer, passOffer } from '../../support/fake-offers.ts'
import { pinOf, wrongPin } from '../../support/household-people.ts'

const hourMs = 60 * 60_000
const notAnswered = (reason: string) => ({ kind: 'notAnswered', reason })
const isExcluded = (memberId: string) => excluded('2026-03-02T12:00:00.000Z', '2026-03-03T12:00:00.000Z', '24hours', memberId)

function show(world: FamilyWorld) {
  const appearance = { language: 'en', locale: 'en-IE', theme: 'dark', sandbox: true } as const
  const shown = createShowChallenge({ clock: world.clock, pending: world.use.pending, appearance: () => appearance, currentQuestion: () => null })()
  return v.parse(confirmContract.calls['challenge.get'].output, shown).challenge
}

const deny = async (world: FamilyWorld, challengeId: string, given: Given = world.ada()) =>
  v.parse(confirmContract.calls['challenge.deny'].output, await world.use.denyChallenge({ challengeId, guardian: given, reason: 'tooMuch', note: 'Next week?' }))

function refuseDenial(event: NewEvent | null): NewEvent | null {
  if (event?.type === 'request.ended') throw new LogReadOnlyError('tampered')
  return event
}

describe('what a guardian is shown', () => {
  it('P8 is what was asked for, by whom, why it was in the way, and what they bought lately', async () => {
    const world = await createFamilyWorld([{ ...cleosWeek, amount: '600' }])
    for (let count = 0; count < 6; count += 1) {
      world.as('teen')
      const { answer, outcome } = await world.ask()
      await world.use.approveChallenge({ ...answer, knowsLimit: true })
      await outcome
      world.clock.advance(hourMs)
    }
    world.as('adult')
    await world.buy(passOffer.id)
    const requestId = await world.requestedBy('teen')
    world.as(null)
    await world.answering(requestId)
    const challenge = show(world)
    expect(challenge).toMatchObject({
      buyer: { memberId: 'teen', name: 'Cleo', role: 'teen' },
      request: { cause: { kind: 'limit', memberId: 'teen', cap: '600', left: '6' }, guardians: [{ memberId: 'guardian', name: 'Ada', role: 'guardian' }] },
      isNearLimit: true,
      headroom: [{ memberId: 'teen', cap: '600', left: '-93' }],
    })
    expect(challenge?.request?.bought.map(({ item }) => item)).toEqual(Array.from({ length: 5 }, () => itemOffer.title))
    expect(challenge?.request?.bought[0]?.at).toBe('2026-03-02T17:00:03.000Z')
    expect(world.use.pending.current()?.content).toMatchObject({ memberId: 'teen', requestId })
  })

  it('is what they bought in the last seven days', async () => {
    const world = await createFamilyWorld()
    world.as('teen')
    await world.buy()
    world.clock.advance(7 * 24 * hourMs + 1_000)
    await world.log.append(() => tightened({ kind: 'limit', ...cleosWeek, amount: '50' }))
    await world.answering(await world.requestedBy('teen'))
    expect(show(world)?.request?.bought).toEqual([])
  })
})

describe('a guardian’s yes', () => {
  it('P2 P8 is one charge, for whoever asked, and says who agreed in log and authorisation', async () => {
    const world = await createFamilyWorld()
    const requestId = await world.requestedBy('child')
    const before = world.counts.familyChanged
    expect(await world.agreesTo(requestId)).toMatchObject({ kind: 'succeeded', item: itemOffer.title })
    expect(world.newest('purchase.approved')).toMatchObject({ actor: 'guardian', payload: { approvedBy: 'guardian', challenge: { memberId: 'child', requestId } } })
    expect(world.device.authorised.at(-1)).toMatchObject({ memberId: 'child', approvedBy: 'guardian' })
    expect(world.log.purchases()[0]).toMatchObject({ memberId: 'child', state: 'succeeded' })
    expect(world.endOf(requestId)).toMatchObject({ end: 'granted', by: 'guardian' })
    expect(world.counts.familyChanged).toBeGreaterThan(before)
    expect(await world.agreesTo(requestId).catch((error: unknown) => error)).toBeInstanceOf(Error)
    expect(world.gateway.charges).toHaveLength(1)
    expect(world.confirmWindow.isOpen()).toBe(false)
  })

  it('P4 counts against the limits, and the next one has to be asked for again', async () => {
    const world = await createFamilyWorld()
    await world.agreesTo(await world.requestedBy('child'))
    world.as('child')
    const block = await world.tries()
    expect(block).toMatchObject({ kind: 'blocked', block: { spent: '99', left: '-99' }, askIn: { pauseMs: 0 } })
  })

  it('P2 P8 a request that the gateway then declines is used up all the same', async () => {
    const world = await createFamilyWorld()
    const requestId = await world.requestedBy('child')
    world.gateway.meet('decline')
    expect(await world.agreesTo(requestId)).toMatchObject({ kind: 'declined' })
    expect(world.endOf(requestId)).toMatchObject({ end: 'granted' })
    expect((await world.answering(requestId)).challenge).toBeNull()
  })

  it.each([
    ['a wrong PIN', { pin: wrongPin }],
    ['a wrong code', { code: '000000' }],
  ])('P8 with %s charges nothing, is one failure, and can be given again', async (_, wrong) => {
    const world = await createFamilyWorld()
    const requestId = await world.requestedBy('child')
    const { answer, result } = await world.answering(requestId)
    const yes = { ...answer, knowsLimit: true } as const
    expect(await world.use.approveChallenge({ ...yes, guardian: { ...world.ada(), ...wrong } })).toEqual({ kind: 'wrong', waitMs: 0 })
    expect(world.log.family().tries).toMatchObject([{ memberId: 'guardian', failures: 1 }])
    expect(world.sent()).toBe(0)
    expect(await world.use.approveChallenge({ ...yes, guardian: world.ada() })).toMatchObject({ kind: 'succeeded' })
    expect(await result).toMatchObject({ kind: 'succeeded' })
  })

  it('P8 has to wait after wrong ones, and a code counts once', async () => {
    const world = await createFamilyWorld()
    const { answer } = await world.answering(await world.requestedBy('child'))
    const yes = { ...answer, knowsLimit: true } as const
    const given = world.ada()
    for (let count = 0; count < 2; count += 1) await world.use.approveChallenge({ ...yes, guardian: { ...given, pin: wrongPin } })
    expect(await world.use.approveChallenge({ ...yes, guardian: { ...given, pin: wrongPin } })).toEqual({ kind: 'wrong', waitMs: 30_000 })
    expect(await world.use.approveChallenge({ ...yes, guardian: given })).toMatchObject({ kind: 'wait' })
    expect(world.sent()).toBe(0)
  })

  it('P8 is nobody’s but a guardian’s who was named: not the minor’s, not another adult’s, and not without saying who it is', async () => {
    const world = await createFamilyWorld()
    const { answer } = await world.answering(await world.requestedBy('child'))
    const yes = { ...answer, knowsLimit: true } as const
    for (const [memberId, name] of [['child', 'Dot'], ['adult', 'Ben'], ['teen', 'Cleo']] as const) {
      await expect(world.use.approveChallenge({ ...yes, guardian: { ...world.ada(), memberId, pin: pinOf(name) } })).rejects.toThrow('who was not asked')
    }
    await expect(world.use.approveChallenge(yes)).rejects.toThrow('who was not asked')
    expect(world.log.family().tries).toEqual([])
    expect(world.sent()).toBe(0)
  })

  it('P4 says near a limit of the household that the guardian knows it', async () => {
    const world = await createFamilyWorld([{ period: 'week', sellerId: null, amount: '110' }])
    const { answer } = await world.answering(await world.requestedBy('child'))
    await expect(world.use.approveChallenge({ ...answer, guardian: world.ada() })).rejects.toThrow('half of what was asked')
    expect(world.log.family().tries).toEqual([])
  })

  it('P8 a purchase that nobody had to ask for takes no guardian', async () => {
    const world = await createFamilyWorld()
    world.as('adult')
    const { answer } = await world.ask()
    await expect(world.use.approveChallenge({ ...answer, guardian: world.ada() })).rejects.toThrow('who was not asked')
  })

  it('P1 counts only once the window has been calm, and in its time', async () => {
    const world = await createFamilyWorld()
    const { answer, result } = await world.answering(await world.requestedBy('child'))
    const yes = { ...answer, knowsLimit: true, guardian: world.ada() } as const
    world.confirmWindow.disturb()
    expect(await world.use.approveChallenge(yes)).toEqual({ kind: 'tooSoon' })
    expect(world.log.family().tries).toEqual([])
    world.clock.advance(120_000)
    expect(await world.use.approveChallenge(yes)).toEqual({ kind: 'refused', reason: 'expired' })
    expect(await result).toEqual({ kind: 'refused', reason: 'expired' })
    expect(world.log.family().tries).toEqual([])
  })

  it('P1 lapses also while the PIN is compared', async () => {
    const world = await createFamilyWorld()
    const requestId = await world.requestedBy('child')
    const { answer, result } = await world.answering(requestId)
    world.clock.advance(89_000)
    const told = world.use.approveChallenge({ ...answer, knowsLimit: true, guardian: world.ada() })
    world.clock.advance(500)
    expect(await told).toEqual({ kind: 'refused', reason: 'expired' })
    expect(await result).toEqual({ kind: 'refused', reason: 'expired' })
    expect(world.endOf(requestId)).toBeNull()
    expect(world.sent()).toBe(0)
  })

  it('P1 P2 of a no and a yes at once, the no counts that came while the PIN was compared', async () => {
    const world = await createFamilyWorld()
    const requestId = await world.requestedBy('child')
    const { answer, result } = await world.answering(requestId)
    const yes = { ...answer, knowsLimit: true, guardian: world.ada() } as const
    const told = world.use.approveChallenge(yes)
    await world.use.cancelChallenge(answer)
    expect(await told).toEqual({ kind: 'refused', reason: 'expired' })
    expect(await result).toEqual({ kind: 'cancelled' })
    expect(world.newest('purchase.cancelled').actor).toBe('person')
    expect(world.endOf(requestId)).toBeNull()
    expect(world.sent()).toBe(0)
  })

  it('P2 of two yeses at once one charges', async () => {
    const world = await createFamilyWorld()
    const { answer, result } = await world.answering(await world.requestedBy('child'))
    const given = world.ada()
    const yes = () => world.use.approveChallenge({ ...answer, knowsLimit: true, guardian: given })
    const told = await Promise.all([yes(), yes()])
    expect(told.filter(({ kind }) => kind === 'succeeded')).toHaveLength(1)
    expect(await result).toMatchObject({ kind: 'succeeded' })
    expect(world.gateway.charges).toHaveLength(1)
  })

  it.each([
    ['the minor takes the request back', async (world: FamilyWorld, requestId: string) => void (await world.use.requests.withdrawRequest({ requestId }))],
    ['the guardian is excluded', async (world: FamilyWorld) => void (await world.log.append(() => isExcluded('guardian')))],
  ])('P8 counts no more once %s', async (_, meanwhile) => {
    const world = await createFamilyWorld()
    const requestId = await world.requestedBy('child')
    const { answer, result } = await world.answering(requestId)
    await meanwhile(world, requestId)
    expect(await world.use.approveChallenge({ ...answer, knowsLimit: true, guardian: world.ada() })).toEqual({ kind: 'refused', reason: 'expired' })
    expect(await result).toEqual({ kind: 'refused', reason: 'expired' })
    expect(world.sent()).toBe(0)
  })

  it('P5 makes no exception from an exclusion that began meanwhile', async () => {
    const world = await createFamilyWorld()
    const { answer, result } = await world.answering(await world.requestedBy('child'))
    await world.log.append(() => isExcluded('child'))
    await world.use.approveChallenge({ ...answer, knowsLimit: true, guardian: world.ada() })
    expect(await result).toMatchObject({ kind: 'blocked', block: { kind: 'excluded' } })
    expect(world.sent()).toBe(0)
  })

  it('P8 is impossible where nobody can tell who says it', async () => {
    const world = await createFamilyWorld()
    const requestId = await world.requestedBy('child')
    const { answer, result } = await world.answering(requestId)
    world.credentials.fail('locked')
    expect(await world.use.approveChallenge({ ...answer, knowsLimit: true, guardian: world.ada() })).toEqual({ kind: 'refused', reason: 'keychainUnavailable' })
    expect(await result).toEqual({ kind: 'refused', reason: 'keychainUnavailable' })
    expect(world.endOf(requestId)).toBeNull()
  })
})

describe('a guardian’s no', () => {
  it('P8 takes the PIN alone, and the minor sees reason and note', async () => {
    const world = await createFamilyWorld()
    const requestId = await world.requestedBy('child')
    const { challenge, result } = await world.answering(requestId)
    const { memberId, pin } = world.ada()
    const before = world.counts.familyChanged
    expect(await deny(world, challenge!.content.challengeId, { memberId, pin })).toEqual({ kind: 'denied' })
    expect(await result).toEqual({ kind: 'denied' })
    expect(world.newest('request.ended')).toMatchObject({ actor: 'guardian', payload: { requestId, end: 'denied', by: 'guardian', reason: 'tooMuch', note: 'Next week?' } })
    expect(world.counts.familyChanged).toBe(before + 1)
    expect(world.confirmWindow.isOpen()).toBe(false)
    expect(world.eventTypes()).not.toContain('purchase.cancelled')
    world.as('child')
    expect(world.sees()).toMatchObject({ requests: [{ ended: { end: 'denied', by: 'Ada', reason: 'tooMuch', note: 'Next week?' } }] })
  })

  it('P8 with a wrong PIN leaves the question open', async () => {
    const world = await createFamilyWorld()
    const requestId = await world.requestedBy('child')
    const { challenge, result } = await world.answering(requestId)
    expect(await deny(world, challenge!.content.challengeId, { ...world.ada(), pin: wrongPin })).toEqual({ kind: 'wrong', waitMs: 0 })
    expect(world.endOf(requestId)).toBeNull()
    await deny(world, challenge!.content.challengeId)
    expect(await result).toEqual({ kind: 'denied' })
  })

  it('P8 is nobody’s but a guardian’s, and only about a request', async () => {
    const world = await createFamilyWorld()
    const { challenge, answer } = await world.answering(await world.requestedBy('child'))
    for (const memberId of ['child', 'adult']) {
      await expect(deny(world, challenge!.content.challengeId, { ...world.ada(), memberId })).rejects.toThrow('not asked')
    }
    await expect(deny(world, 'challenge-0')).rejects.toThrow('not asked')
    await world.use.cancelChallenge(answer)
    world.as('adult')
    const own = await world.ask()
    await expect(deny(world, own.answer.challengeId)).rejects.toThrow('not asked')
  })

  it('counts only once the window has been calm, and in its time', async () => {
    const world = await createFamilyWorld()
    const requestId = await world.requestedBy('child')
    const { challenge, result } = await world.answering(requestId)
    const given = world.ada()
    world.confirmWindow.disturb()
    expect(await deny(world, challenge!.content.challengeId, given)).toEqual({ kind: 'tooSoon' })
    world.clock.advance(500)
    const late = deny(world, challenge!.content.challengeId, given)
    world.clock.advance(120_000)
    expect(await late).toEqual({ kind: 'gone' })
    expect(await result).toEqual({ kind: 'refused', reason: 'expired' })
    expect(world.endOf(requestId)).toBeNull()
  })

  it('comes too late for what was cancelled while the PIN was compared', async () => {
    const world = await createFamilyWorld()
    const { challenge, answer, result } = await world.answering(await world.requestedBy('child'))
    const late = deny(world, challenge!.content.challengeId)
    await world.use.cancelChallenge(answer)
    expect(await late).toEqual({ kind: 'gone' })
    expect(await result).toEqual({ kind: 'cancelled' })
  })

  it('says so where it cannot be said, written down, or nothing waits any more', async () => {
    const world = await createFamilyWorld()
    const requestId = await world.requestedBy('child')
    const keychain = await world.answering(requestId)
    world.credentials.fail('locked')
    expect(await deny(world, keychain.answer.challengeId)).toEqual({ kind: 'gone' })
    expect(await keychain.result).toEqual(notAnswered('keychainUnavailable'))
    world.credentials.recover()
    const ledger = await world.answering(requestId)
    const given = world.ada()
    // The try, the grant, and then the no.
    world.ledger.setLog({ ...world.log, append: (decide) => world.log.append(() => refuseDenial(decide())) })
    expect(await deny(world, ledger.answer.challengeId, given)).toEqual({ kind: 'gone' })
    expect(await ledger.result).toEqual(notAnswered('ledgerUnavailable'))
    world.ledger.setLog(world.log)
    const withdrawn = await world.answering(requestId)
    const late = deny(world, withdrawn.answer.challengeId)
    world.as('child')
    await world.use.requests.withdrawRequest({ requestId })
    expect(await late).toEqual({ kind: 'gone' })
    expect(await withdrawn.result).toEqual(notAnswered('gone'))
  })

  it('P8 is no more that of a guardian who was excluded or removed meanwhile', async () => {
    const world = await createFamilyWorld()
    const requestId = await world.requestedBy('child')
    const { answer, result } = await world.answering(requestId)
    await world.log.append(() => isExcluded('guardian'))
    expect(await deny(world, answer.challengeId)).toEqual({ kind: 'gone' })
    expect(await result).toEqual(notAnswered('gone'))
    expect(world.endOf(requestId)).toBeNull()
  })
})

describe('what is answered', () => {
  it('P8 goes on waiting where the window is closed without an answer', async () => {
    const world = await createFamilyWorld()
    const requestId = await world.requestedBy('child')
    const { result } = await world.answering(requestId)
    world.confirmWindow.closeByPerson()
    expect(await result).toEqual({ kind: 'cancelled' })
    expect(world.endOf(requestId)).toBeNull()
    expect(await world.agreesTo(requestId)).toMatchObject({ kind: 'succeeded' })
  })

  it('P2 P8 is void once price or offer is another', async () => {
    const world = await createFamilyWorld()
    const requestId = await world.requestedBy('child')
    world.gateway.setPrice(itemOffer.id, '100')
    const { result, challenge } = await world.answering(requestId)
    expect(challenge).toBeNull()
    expect(await result).toEqual({ kind: 'changed' })
    expect(world.endOf(requestId)).toMatchObject({ end: 'changed', by: null })
    expect(world.newest('request.ended').actor).toBe('client')
    expect(world.confirmWindow.opened()).toBe(0)
  })

  it('P4 P5 is nothing that stands in the way at the household’s limit or an exclusion', async () => {
    const world = await createFamilyWorld()
    const requestId = await world.requestedBy('child')
    await world.log.append(() => tightened({ kind: 'limit', period: 'purchase', sellerId: null, amount: '98' }))
    expect(await (await world.answering(requestId)).result).toMatchObject({ kind: 'blocked', block: { kind: 'limit', period: 'purchase' } })
    await world.log.append(() => isExcluded('child'))
    expect(await (await world.answering(requestId)).result).toMatchObject({ kind: 'blocked', block: { kind: 'excluded' } })
    expect(world.endOf(requestId)).toBeNull()
    expect(world.confirmWindow.opened()).toBe(0)
  })

  const inTheWay: readonly (readonly [string, (world: FamilyWorld) => unknown])[] = [
    [
      'busy',
      (world) => {
        world.as('adult')
        return world.ask()
      },
    ],
    ['gone', (world) => world.clock.advance(24 * hourMs)],
    ['notAllowed', (world) => world.log.append(() => isExcluded('guardian'))],
    ['notAllowed', (world) => world.log.append(() => tightened({ kind: 'member', memberId: 'child', role: 'removed' }))],
    ['keychainUnavailable', (world) => world.credentials.fail('locked')],
    ['ledgerUnavailable', (world) => world.ledger.setState('tampered')],
    ['offerUnavailable', (world) => world.gateway.fail('quote', { kind: 'refused', sent: true, code: 'offerUnavailable' })],
    ['gatewayUnreachable', (world) => world.gateway.fail('quote', notSentProblem)],
  ]

  it.each(inTheWay)('P8 is refused as %s, and nothing ends', async (reason, make) => {
    const world = await createFamilyWorld()
    const requestId = await world.requestedBy('child')
    await make(world)
    const opened = world.confirmWindow.opened()
    expect(await world.use.requests.answerRequest({ requestId })).toEqual(notAnswered(reason))
    expect(world.endOf(requestId)).toBeNull()
    expect(world.confirmWindow.opened()).toBe(opened)
  })

  it('P8 is refused where the keychain of this computer knows no guardian well enough', async () => {
    const world = await createFamilyWorld()
    const requestId = await world.requestedBy('child')
    const stranger = await createFamilyWorld()
    stranger.ledger.setLog(world.log)
    const has = (known: { readonly pin: boolean; readonly secondFactor: boolean }) => void (stranger.credentials.has = async () => known)
    for (const known of [{ pin: true, secondFactor: false }, { pin: false, secondFactor: true }]) {
      has(known)
      expect(await stranger.use.requests.answerRequest({ requestId })).toEqual(notAnswered('noCredentials'))
    }
    has({ pin: true, secondFactor: true })
    expect((await stranger.answering(requestId)).challenge).not.toBeNull()
  })

  it('is told where its end cannot be written down', async () => {
    const world = await createFamilyWorld()
    const requestId = await world.requestedBy('child')
    world.gateway.setPrice(itemOffer.id, '100')
    world.log.failNextAppend(new LogReadOnlyError('tampered'))
    expect(await world.use.requests.answerRequest({ requestId })).toEqual(notAnswered('ledgerUnavailable'))
  })

  it('tells the launcher how far it is, and frees the slot', async () => {
    const world = await createFamilyWorld()
    const requestId = await world.requestedBy('child', bundleOffer.id)
    const before = world.progress.length
    await world.agreesTo(requestId)
    expect(world.progress.slice(before).map(({ step }) => step)).toEqual(['quoting', 'confirming', 'charging', 'done'])
    world.as('adult')
    expect(await world.buy()).toMatchObject({ kind: 'succeeded' })
  })
})
