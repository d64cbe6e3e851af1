import * as v from 'valibot'
import { describe, expect, it, vi } from 'vitest'
import { AnswerResultSchema, confirmContract } from '../../../src/contract/ipc/confirm.ts'
import { challengeDigest } from '../../../src/domain/canonical.ts'
import type { ShownRisk } from '../../../src/domain/events.ts'
import { riskPauseMs } from '../../../src/domain/watch-purchase.ts'
import { sha256 } from '../../../src/main/adapters/system/sha256.ts'
import { VaultError } from '../../../src/main/ports/vault.ts'
import { createShowChallenge } from '../../../src/main/usecases/show-challenge.ts'
import { type BuyingWorld, createBuyingWorld } from '../../support/buying-world.ts'
import { createFamilyWorld } from '../../support/family-world.ts'
import { notSentProblem } from '../../support/fake-gateway.ts'
import { rightCode, robin, totpWay, wrongCode } from '../../support/fake-gateway-step-up.ts'
import { itemOffer, passOffer } from '../../support/fake-offers.ts'
import { withHabits } from '../../support/habits.ts'
import { pinOf } from '../../support/household-people.ts'
import { strangeRisk } from '../../support/risk-events.ts'
import { tried } from '../../support/household-events.ts'

const hourMs = 60 * 60_000

/** Somebody who buys little, at noon; and it is night, after PINs that were wrong. What is bought next at a price of its own is strange. */
async function strangeWorld(world: BuyingWorld = createBuyingWorld(), memberId?: string): Promise<BuyingWorld> {
  await withHabits(world.log, world.clock.now(), memberId)
  world.clock.advance(14 * hourMs)
  world.watching.isOn = true
  const now = new Date(world.clock.now()).toISOString()
  for (let count = 0; count < (memberId === undefined ? 4 : 2); count += 1) {
    const event = memberId === undefined ? ({ type: 'stepUp.failed', actor: 'person', payload: { about: 'purchase', id: 'p', method: 'totp', gatewayAt: now } } as const) : tried(memberId, now, true)
    await world.log.append(() => event)
  }
  return world
}

function show(world: BuyingWorld) {
  const appearance = { language: 'en', locale: 'en-IE', theme: 'dark', sandbox: true } as const
  const { challenge } = createShowChallenge({ clock: world.clock, pending: world.use.pending, appearance: () => appearance, currentQuestion: () => null })()
  return v.parse(confirmContract.calls['challenge.get'].output.entries.challenge, challenge)
}

const approve = async (world: BuyingWorld, answer: object) => v.parse(AnswerResultSchema, await world.use.approveChallenge(answer as { challengeId: string; digest: string }))
const riskIn = (world: BuyingWorld): ShownRisk => world.newest('purchase.approved').payload.challenge.risk!

/** The person thinks for as long as they have to, and then is at the window. */
function think(world: BuyingWorld): void {
  world.clock.advance(riskPauseMs)
  world.clock.wake()
}

describe('a purchase as usual', () => {
  it('says nothing, waits for nothing, and is judged all the same', async () => {
    const world = createBuyingWorld()
    world.watching.isOn = true
    await withHabits(world.log, world.clock.now())
    const { outcome, answer } = await world.ask()
    expect(show(world)).not.toHaveProperty('risk')
    expect(show(world)).not.toHaveProperty('isReflecting')
    await approve(world, answer)
    expect((await outcome).kind).toBe('succeeded')
    expect(riskIn(world)).toMatchObject({ band: 'nothing', levels: { takeover: 'usual', burst: 'usual' } })
  })

  it('is not judged where nobody watches, and in front of a kiosk that is no household’s', async () => {
    const world = await strangeWorld()
    await world.log.append(() => ({ type: 'controls.begun', actor: 'person', payload: { zone: 'Europe/Berlin', currency: 'EUR' } }))
    await world.log.append(() => ({ type: 'controls.looseningAsked', actor: 'person', payload: { changeId: 'c', change: { kind: 'monitoring', takeover: 'off', burst: 'off' }, askedAt: '2026-02-01T00:00:00.000Z' } }))
    await world.log.append(() => ({ type: 'controls.looseningConfirmed', actor: 'person', payload: { changeId: 'c', confirmedAt: '2026-02-02T00:00:00.000Z' } }))
    expect((await world.ask(passOffer.id)).challenge.content).not.toHaveProperty('risk')
    const visited = await strangeWorld()
    visited.watching.isOn = false
    expect((await visited.ask(passOffer.id)).challenge.content).not.toHaveProperty('risk')
  })
})

describe('purchase after purchase', () => {
  it('is first noted and then waits, each with its numbers; nothing is ever stopped, and a cancel counts at once', async () => {
    const world = createBuyingWorld()
    world.watching.isOn = true
    const bands: string[] = []
    for (let count = 0; count < 9; count += 1) {
      const { outcome, answer, challenge } = await world.ask()
      bands.push(challenge.content.risk?.bands.burst ?? 'none')
      if (bands.at(-1) === 'pause' || bands.at(-1) === 'alert') {
        expect(show(world)).toMatchObject({ isReflecting: true })
        expect(await approve(world, answer)).toEqual({ kind: 'reflecting' })
      }
      think(world)
      expect(show(world)).not.toHaveProperty('isReflecting')
      await approve(world, answer)
      expect((await outcome).kind).toBe('succeeded')
      world.clock.advance(40_000)
    }
    expect(bands[0]).toBe('nothing')
    expect(bands.at(-1)).toBe('alert')
    expect(riskIn(world).reasons.map(({ harm }) => harm)).toContain('burst')
    expect(riskIn(world).reasons.length).toBeLessThanOrEqual(3)
    expect(world.gateway.charges).toHaveLength(9)
    // Another one, to which the person says no before the pause is over.
    const { outcome, challenge } = await world.ask()
    await world.use.cancelChallenge({ challengeId: challenge.content.challengeId })
    expect((await outcome).kind).toBe('cancelled')
    expect(world.newest('purchase.cancelled').payload.attempt).toEqual({ item: itemOffer.title, payee: 'Nebelfuchs Spielewerkstatt GmbH', price: itemOffer.price, risk: challenge.content.risk })
  })

  it('waits by the clock that nobody can set, and the window is told when that is over', async () => {
    const world = createBuyingWorld()
    world.watching.isOn = true
    for (let count = 0; count < 8; count += 1) {
      const { answer, outcome } = await world.ask()
      think(world)
      await approve(world, answer)
      await outcome
    }
    const { answer } = await world.ask()
    const told = world.counts.reflected
    world.turnClockBy(hourMs / 60)
    expect(await approve(world, answer)).toEqual({ kind: 'reflecting' })
    world.clock.advance(riskPauseMs - 500 - 1)
    world.clock.wake()
    expect(await approve(world, answer)).toEqual({ kind: 'reflecting' })
    expect(world.counts.reflected).toBe(told)
    world.clock.advance(1)
    world.clock.wake()
    expect(world.counts.reflected).toBe(told + 1)
    expect((await approve(world, answer)).kind).toBe('succeeded')
  })

  it('is covered by the digest, so that nobody else can say that it looked well', async () => {
    const world = createBuyingWorld()
    world.watching.isOn = true
    const { challenge } = await world.ask()
    const { risk: _, ...without } = challenge.content
    expect(challengeDigest(without, sha256)).not.toBe(challenge.digest)
    expect(challengeDigest({ ...without, risk: strangeRisk }, sha256)).not.toBe(challenge.digest)
  })
})

describe('a purchase that looks like somebody else’s', () => {
  it('says so with its reasons alone, and without account and household waits', async () => {
    const world = await strangeWorld()
    const { outcome, answer } = await world.ask(passOffer.id)
    const shown = show(world)
    expect(shown).toMatchObject({ isReflecting: true, risk: { bands: { burst: 'nothing' } } })
    expect(shown?.risk?.reasons.every(({ harm }) => harm === 'takeover')).toBe(true)
    expect(shown?.risk?.reasons).not.toHaveLength(0)
    expect(shown).not.toHaveProperty('buyerShows')
    expect(shown).not.toHaveProperty('stepUp')
    think(world)
    await approve(world, answer)
    expect((await outcome).kind).toBe('succeeded')
  })

  it('takes the account’s second factor where this device is signed in, also where the gateway asks for none', async () => {
    const world = createBuyingWorld()
    world.gateway.accounts.signIn(robin)
    // The gateway knows device and seller by now.
    const first = await world.ask()
    await approve(world, { ...first.answer, stepUp: { method: 'totp', code: rightCode } })
    await strangeWorld(world)
    const { outcome, answer, challenge } = await world.ask(passOffer.id)
    expect(challenge.content.stepUp).toEqual({ accountId: robin.accountId, reasons: ['looksWrong'] })
    expect(show(world)?.stepUp?.ways).toContainEqual(totpWay)
    think(world)
    await expect(world.use.approveChallenge(answer)).rejects.toThrow('half of what was asked')
    expect((await approve(world, { ...answer, stepUp: { method: 'totp', code: wrongCode } })).kind).toBe('stepUpWrong')
    expect(world.newest('stepUp.failed').payload).toMatchObject({ gatewayAt: expect.any(String) })
    await approve(world, { ...answer, stepUp: { method: 'totp', code: rightCode } })
    expect((await outcome).kind).toBe('succeeded')
    expect(world.newest('purchase.approved').payload.stepUp).toEqual(expect.any(String))
  })

  it('is not asked about without it, where nobody can tell whether this device is signed in', async () => {
    const world = await strangeWorld()
    world.gateway.accounts.signIn(robin)
    world.gateway.fail('account', notSentProblem)
    const { outcome, challenge } = await world.request(itemOffer.id)
    expect([(await outcome).kind, challenge]).toEqual(['refused', null])
  })

  it.each([['adult', 'Ben', 'pin'], ['guardian', 'Ada', 'pinAndCode']] as const)('takes the PIN of the %s who buys', async (memberId, name, shows) => {
    const world = await createFamilyWorld()
    await strangeWorld(world, memberId)
    world.as(memberId)
    const { outcome, answer } = await world.ask(passOffer.id)
    expect(show(world)).toMatchObject({ buyerShows: shows, buyer: { memberId, name } })
    think(world)
    await expect(world.use.approveChallenge(answer)).rejects.toThrow('somebody who was not asked')
    const right = memberId === 'guardian' ? world.ada() : { memberId, pin: pinOf(name) }
    await expect(world.use.approveChallenge({ ...answer, buyer: { ...right, memberId: 'teen' } })).rejects.toThrow('somebody who was not asked')
    await expect(world.use.approveChallenge({ ...answer, guardian: right })).rejects.toThrow('somebody who was not asked')
    expect((await approve(world, { ...answer, buyer: { ...right, pin: '99999' } })).kind).toBe('wrong')
    expect(world.sent()).toBe(0)
    world.clock.advance(30_000)
    await approve(world, { ...answer, buyer: memberId === 'guardian' ? world.ada() : right })
    expect((await outcome).kind).toBe('succeeded')
    expect(world.newest('purchase.approved').payload).not.toHaveProperty('approvedBy')
  })

  it('waits alone where the keychain holds no PIN, and is not asked about where it does not answer', async () => {
    const world = await createFamilyWorld()
    await strangeWorld(world, 'adult')
    world.as('adult')
    const has = vi.spyOn(world.credentials, 'has').mockResolvedValueOnce({ pin: false, secondFactor: false })
    const first = await world.ask(passOffer.id)
    expect(first.challenge.content).not.toHaveProperty('buyerShows')
    world.confirmWindow.closeByPerson()
    await first.outcome
    has.mockRejectedValueOnce(new VaultError('locked'))
    const { outcome, challenge } = await world.request(passOffer.id)
    expect([await outcome, challenge]).toEqual([{ kind: 'refused', reason: 'keychainUnavailable' }, null])
  })
})

describe('a limit that stood in the way', () => {
  it('is written down once an hour, and says something about what is bought next', async () => {
    const world = createBuyingWorld()
    await world.change({ kind: 'limit', period: 'day', sellerId: null, amount: '50' })
    for (let count = 0; count < 3; count += 1) expect((await world.use.requestPurchase({ offerId: itemOffer.id })).kind).toBe('blocked')
    const met = () => world.eventTypes().filter((type) => type === 'risk.capMet').length
    expect(met()).toBe(1)
    expect(world.log.riskProfile(null).cappedMs).toBe(Date.parse(world.newest('risk.capMet').payload.metAt))
    world.clock.advance(hourMs + 1)
    await world.use.requestPurchase({ offerId: itemOffer.id })
    expect(met()).toBe(2)
  })
})
