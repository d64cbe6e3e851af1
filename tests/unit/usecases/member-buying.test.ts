import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { confirmContract } from '../../../src/contract/ipc/confirm.ts'
import { createShowChallenge } from '../../../src/main/usecases/show-challenge.ts'
import { createBuyingWorld } from '../../support/buying-world.ts'
import { excluded, limitOf, tightened } from '../../support/control-events.ts'
import { cleosWeek, createFamilyWorld, type FamilyWorld } from '../../support/family-world.ts'
import { itemOffer, passOffer } from '../../support/fake-offers.ts'
import { beginFamily } from '../../support/household-people.ts'
import { blockOf } from '../../support/limited-world.ts'

const hourMs = 60 * 60_000

function show(world: FamilyWorld) {
  const appearance = { language: 'en', locale: 'en-IE', theme: 'dark', sandbox: true } as const
  const shown = createShowChallenge({ clock: world.clock, pending: world.use.pending, appearance: () => appearance, currentQuestion: () => null })()
  return v.parse(confirmContract.calls['challenge.get'].output, shown).challenge
}

/** Whether the page is told that a guardian could be asked, and how long to think first. */
const askInOf = (outcome: { readonly kind: string }) => ('askIn' in outcome ? outcome.askIn : undefined)

const allWeek = (memberId?: string) =>
  tightened({
    kind: 'quietHours',
    hours: [1, 2, 3, 4, 5, 6, 7].flatMap((weekday) => [{ weekday, fromMinute: 0, toMinute: 720 }, { weekday, fromMinute: 720, toMinute: 0 }]),
    ...(memberId !== undefined && { memberId }),
  })

const hasGuardianExcluded = excluded('2026-03-02T12:00:00.000Z', '2026-03-03T12:00:00.000Z', '24hours', 'guardian')

describe('who buys', () => {
  it('P8 is nobody while every profile is locked: nothing is asked of the gateway or the person', async () => {
    const world = await createFamilyWorld()
    const before = world.gateway.calls.length
    expect(await world.tries()).toEqual({ kind: 'refused', reason: 'profileLocked' })
    world.as('nobody-1')
    expect(await world.tries()).toEqual({ kind: 'refused', reason: 'profileLocked' })
    expect(world.gateway.calls.slice(before)).toEqual([])
    expect(world.confirmWindow.opened()).toBe(0)
  })

  it('P1 is in the question, the approval, the authorisation, the receipt and the ledger', async () => {
    const world = await createFamilyWorld()
    world.as('adult')
    const { answer, challenge, outcome } = await world.ask()
    expect(challenge.content.memberId).toBe('adult')
    expect(show(world)).toMatchObject({ buyer: { memberId: 'adult', name: 'Ben', role: 'adult' } })
    await world.use.approveChallenge(answer)
    expect(await outcome).toMatchObject({ kind: 'succeeded' })
    expect(world.newest('purchase.approved')).toMatchObject({ actor: 'adult', payload: { challenge: { memberId: 'adult' } } })
    expect(world.device.authorised.at(-1)).toMatchObject({ memberId: 'adult' })
    expect(world.device.authorised.at(-1)).not.toHaveProperty('approvedBy')
    expect(world.log.purchases()[0]).toMatchObject({ memberId: 'adult', state: 'succeeded' })
  })

  it('is whoever asked, also when another profile is open by then, or none', async () => {
    const world = await createFamilyWorld()
    for (const later of ['guardian', null]) {
      world.as('adult')
      const { answer, outcome } = await world.ask()
      world.as(later)
      await world.use.approveChallenge(answer)
      expect(await outcome).toMatchObject({ kind: 'succeeded' })
      expect(world.newest('purchase.approved').payload.challenge.memberId).toBe('adult')
    }
  })

  it('is nobody once their profile was locked before there was a question, and no window opens for somebody else', async () => {
    const world = await createFamilyWorld()
    for (const later of ['child', null]) {
      world.as('adult')
      const outcome = world.use.requestPurchase({ offerId: itemOffer.id })
      world.as(later)
      expect(await outcome).toEqual({ kind: 'refused', reason: 'profileLocked' })
    }
    expect(world.confirmWindow.opened()).toBe(0)
  })

  it('P4 has to be a member still when the yes is written down', async () => {
    const world = await createFamilyWorld()
    world.as('adult')
    const { answer } = await world.ask()
    await world.log.append(() => tightened({ kind: 'member', memberId: 'adult', role: 'removed' }))
    expect(await world.use.approveChallenge(answer)).toEqual({ kind: 'refused', reason: 'profileLocked' })
    expect(world.sent()).toBe(0)
  })

  it('P4 a question from before there were members is no longer anybody’s', async () => {
    const world = createBuyingWorld()
    const { answer } = await world.ask()
    await beginFamily(world.log, world.credentials)
    expect(await world.use.approveChallenge(answer)).toEqual({ kind: 'refused', reason: 'profileLocked' })
    expect(world.sent()).toBe(0)
  })

  it('P4 that only the gateway knows of the members is told as a locked profile, and they are taken over', async () => {
    const world = await createFamilyWorld()
    const alone = createBuyingWorld()
    const { answer, outcome } = await alone.ask()
    alone.gateway.elsewhere.tighten(world.log.controls())
    await alone.use.approveChallenge(answer)
    expect(await outcome).toEqual({ kind: 'refused', reason: 'profileLocked' })
    expect(alone.newest('purchase.voided').payload.reason).toBe('memberInvalid')
    expect(alone.log.controls().members).toEqual(world.log.controls().members)
    expect(alone.gateway.charges).toEqual([])
  })

  it('P9 comes back with the receipt where a restored ledger has forgotten it', async () => {
    const world = await createFamilyWorld()
    world.as('adult')
    await world.buy()
    const restored = await createFamilyWorld()
    restored.gateway.chargeList = world.gateway.chargeList
    restored.gateway.purchaseByKey = world.gateway.purchaseByKey
    await restored.log.append(() => ({ type: 'log.restored', actor: 'person', payload: { backup: { seq: 1, mac: 'm' }, lost: null, lostEvents: 1 } }))
    restored.restart()
    await restored.use.care.reconcileLedger()
    expect(restored.newest('purchase.recovered').payload.memberId).toBe('adult')
    expect(restored.log.usageSince(0)).toEqual(world.log.usageSince(0))
  })

  it('cancels under their own name', async () => {
    const world = await createFamilyWorld()
    world.as('adult')
    await world.use.cancelChallenge((await world.ask()).answer)
    expect(world.newest('purchase.cancelled').actor).toBe('adult')
  })
})

describe('the limits of a member', () => {
  it('P4 hold them alone, and those of the household hold everybody', async () => {
    const world = await createFamilyWorld([cleosWeek, { period: 'day', sellerId: null, amount: '250' }])
    world.as('teen')
    expect(await world.buy()).toMatchObject({ kind: 'succeeded' })
    expect(blockOf(await world.tries())).toMatchObject({ period: 'week', memberId: 'teen', amount: '150', spent: '99' })
    world.as('adult')
    expect(await world.buy()).toMatchObject({ kind: 'succeeded' })
    const block = blockOf(await world.tries())
    expect(block).toMatchObject({ period: 'day', amount: '250', spent: '198' })
    expect(block).not.toHaveProperty('memberId')
  })

  it('P4 are in the window, beside those of the household', async () => {
    const world = await createFamilyWorld([cleosWeek, { period: 'month', sellerId: null, amount: '9000' }])
    world.as('teen')
    await world.ask()
    expect(show(world)?.headroom).toEqual([
      { period: 'week', sellerId: null, memberId: 'teen', cap: '150', left: '51' },
      { period: 'month', sellerId: null, cap: '9000', left: '8901' },
    ])
  })

  it('P4 P10 tell nobody but a guardian what the others bought', async () => {
    const world = await createFamilyWorld([cleosWeek, { period: 'day', sellerId: null, amount: '250' }])
    world.as('adult')
    await world.buy()
    world.as('teen')
    await world.buy()
    world.as('adult')
    expect(blockOf(await world.tries())).toMatchObject({ spent: '198', bought: [{ item: itemOffer.title }] })
    world.as('guardian')
    expect(blockOf(await world.tries())).toMatchObject({ spent: '198', bought: [{ item: itemOffer.title }, { item: itemOffer.title }] })
  })

  it('P4 warn once for each, by whose they are', async () => {
    const world = await createFamilyWorld([{ ...cleosWeek, amount: '120' }, { period: 'week', sellerId: null, amount: '120' }])
    world.as('teen')
    const { answer } = await world.ask()
    await world.use.approveChallenge({ ...answer, knowsLimit: true })
    const warnings = world.newest('purchase.approved').payload.limitWarnings ?? []
    expect(new Map(warnings.map(({ memberId, percent }) => [memberId, percent]))).toEqual(new Map([['teen', 80], [undefined, 80]]))
  })

  it('the reminder and the warning of a repeated purchase are about their own', async () => {
    const world = await createFamilyWorld()
    await world.log.append(() => ({ type: 'controls.reminderSet', actor: 'guardian', payload: { after: 1 } }))
    world.as('adult')
    await world.buy()
    world.as('guardian')
    const { answer, challenge } = await world.ask()
    expect(challenge.warnings).toEqual([])
    expect(show(world)?.purchasesThisHour).toBeUndefined()
    await world.use.cancelChallenge(answer)
    world.as('adult')
    await world.ask()
    expect(show(world)).toMatchObject({ purchasesThisHour: 2, warnings: ['boughtMomentsAgo'] })
  })
})

describe('that a guardian can be asked', () => {
  it('is told where nothing may be spent, at once', async () => {
    const world = await createFamilyWorld()
    world.as('child')
    expect(askInOf(await world.tries())).toEqual({ offerId: itemOffer.id, pauseMs: 0 })
  })

  it('is told where a limit is used up, after half a minute that goes on when they try again', async () => {
    const world = await createFamilyWorld()
    world.as('teen')
    await world.buy()
    expect(askInOf(await world.tries())).toEqual({ offerId: itemOffer.id, pauseMs: 30_000 })
    world.clock.advance(10_000)
    world.turnClockBy(hourMs)
    expect(askInOf(await world.tries())).toEqual({ offerId: itemOffer.id, pauseMs: 20_000 })
    expect(askInOf(await world.tries(passOffer.id))).toEqual({ offerId: passOffer.id, pauseMs: 30_000 })
  })

  it('is told in quiet hours of their own', async () => {
    const world = await createFamilyWorld()
    await world.log.append(() => allWeek('teen'))
    world.as('teen')
    const outcome = await world.tries()
    expect(outcome).toMatchObject({ kind: 'blocked', block: { kind: 'quietHours', memberId: 'teen' }, askIn: { pauseMs: 30_000 } })
  })

  it.each([
    ['the limit of the household', limitOf('98', 'purchase')],
    ['quiet hours of the household', allWeek().payload],
  ])('P4 is not told where %s would stand in the way all the same', async (_, about) => {
    const world = await createFamilyWorld()
    await world.log.append(() => tightened('change' in about ? (about as { change: Parameters<typeof tightened>[0] }).change : (about as Parameters<typeof tightened>[0])))
    for (const minor of ['child', 'teen']) {
      world.as(minor)
      const outcome = await world.tries()
      expect(outcome.kind).toBe('blocked')
      expect(askInOf(outcome)).toBeUndefined()
    }
  })

  it('P4 is not told in their own quiet hours where the limit of the household would be next; that is what is told', async () => {
    const world = await createFamilyWorld([cleosWeek, { period: 'purchase', sellerId: null, amount: '98' }])
    await world.log.append(() => allWeek('teen'))
    world.as('teen')
    const outcome = await world.tries()
    expect(blockOf(outcome)).toMatchObject({ kind: 'limit', period: 'purchase', amount: '98' })
    expect(askInOf(outcome)).toBeUndefined()
  })

  it('P5 is not told to whoever is excluded, nor where every guardian is', async () => {
    const world = await createFamilyWorld()
    await world.log.append(() => excluded('2026-03-02T12:00:00.000Z', '2026-03-03T12:00:00.000Z', '24hours', 'child'))
    world.as('child')
    const outcome = await world.tries()
    expect(outcome).toMatchObject({ kind: 'blocked', block: { kind: 'excluded' } })
    expect(askInOf(outcome)).toBeUndefined()
    await world.log.append(() => hasGuardianExcluded)
    world.as('teen')
    expect(await world.buy()).toMatchObject({ kind: 'succeeded' })
    const used = await world.tries()
    expect(blockOf(used)).toMatchObject({ memberId: 'teen' })
    expect(askInOf(used)).toBeUndefined()
  })

  it('P8 is not told to grown-ups, who change their own limits', async () => {
    const world = await createFamilyWorld([{ ...cleosWeek, memberId: 'adult', amount: '0' }, { ...cleosWeek, memberId: 'guardian', amount: '0' }])
    for (const grownUp of ['adult', 'guardian']) {
      world.as(grownUp)
      const outcome = await world.tries()
      expect(blockOf(outcome)).toMatchObject({ memberId: grownUp })
      expect(askInOf(outcome)).toBeUndefined()
    }
  })

  it('P8 is not looked into for a grown-up in their own quiet hours: no price is asked for', async () => {
    const world = await createFamilyWorld()
    await world.log.append(() => allWeek('adult'))
    world.as('adult')
    const before = world.gateway.calls.length
    const outcome = await world.tries()
    expect(outcome).toMatchObject({ kind: 'blocked', block: { kind: 'quietHours', memberId: 'adult' } })
    expect(askInOf(outcome)).toBeUndefined()
    expect(world.gateway.calls.slice(before)).toEqual(['time', 'catalogue'])
  })

  it('is not told without members', async () => {
    const world = createBuyingWorld()
    await world.change(limitOf('0'))
    expect(askInOf(await world.use.requestPurchase({ offerId: itemOffer.id }))).toBeUndefined()
  })
})

