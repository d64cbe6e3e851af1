import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { confirmContract, type Question, type Reply } from '../../../src/contract/ipc/confirm.ts'
import { AnsweredPurchaseSchema, MonitoringViewSchema, ThawedSchema } from '../../../src/contract/ipc/monitoring.ts'
import { type BandThresholds, usualThresholds } from '../../../src/domain/risk/bands.ts'
import { riskPauseMs } from '../../../src/domain/watch-purchase.ts'
import { LogStorageError } from '../../../src/main/ports/event-log.ts'
import { reflectionPauseMs } from '../../../src/main/usecases/reflection-pause.ts'
import { type BuyingWorld, createBuyingWorld } from '../../support/buying-world.ts'
import { createFamilyWorld, type FamilyWorld } from '../../support/family-world.ts'
import { approved } from '../../support/events.ts'
import { strangeRisk } from '../../support/risk-events.ts'
import { rightCode, robin } from '../../support/fake-gateway-step-up.ts'
import { itemOffer, passOffer } from '../../support/fake-offers.ts'
import { withHabits } from '../../support/habits.ts'

const hourMs = 60 * 60_000
const pinAndCode = ({ pin, code }: { readonly pin: string; readonly code: string }) => ({ pin, code })

function get(world: BuyingWorld) {
  const view = v.parse(MonitoringViewSchema, world.use.monitoring.reportMonitoring())
  if (view.kind !== 'ok') throw new Error(view.kind)
  return view
}
const answer = async (world: BuyingWorld, purchaseId: string, said: 'me' | 'notMe') => v.parse(AnsweredPurchaseSchema, await world.use.monitoring.answerRisk({ purchaseId, answer: said }))
const thaw = async (world: BuyingWorld, memberId?: string) => v.parse(ThawedSchema, await world.use.monitoring.thawBuying(memberId === undefined ? {} : { memberId }))

function watchedWorld(): BuyingWorld {
  const world = createBuyingWorld()
  world.watching.isOn = true
  return world
}

const inPercent = ({ note, pause, alert }: BandThresholds) => ({ note: note * 100, pause: pause * 100, alert: alert * 100 })

/** Buys it once the person has thought for as long as they have to; gives the purchase's id. */
async function buyIn(world: BuyingWorld, offerId = itemOffer.id): Promise<string> {
  const { challenge, answer: given, outcome } = await world.ask(offerId)
  world.clock.advance(riskPauseMs)
  await world.use.approveChallenge(given)
  expect((await outcome).kind).toBe('succeeded')
  return challenge.content.purchaseId
}

describe('the Monitoring screen', () => {
  it('has every purchase and every attempt as it was judged, newest first, and the numbers of each level', async () => {
    const world = watchedWorld()
    const bought = await buyIn(world)
    const { challenge, outcome } = await world.ask(passOffer.id)
    await world.use.cancelChallenge({ challengeId: challenge.content.challengeId })
    await outcome
    const { scored, watch, levels, frozen } = get(world)
    expect(scored.map(({ purchaseId, state, band }) => [purchaseId, state, band])).toEqual([
      [challenge.content.purchaseId, 'cancelled', 'nothing'],
      [bought, 'succeeded', 'nothing'],
    ])
    expect(scored[0]).toMatchObject({ item: passOffer.title, price: passOffer.price, answer: null, mayAnswer: ['me', 'notMe'] })
    expect(watch).toEqual([{ memberId: null, takeover: 'usual', burst: 'usual', may: 'all' }])
    expect(levels.map(({ level }) => level)).toEqual(['often', 'usual', 'rarely', 'off'])
    expect(levels.at(-1)).toEqual({ level: 'off', takeover: null, burst: null })
    expect(levels[1]?.burst).toEqual(inPercent(usualThresholds.burst))
    expect(frozen).toEqual([])
  })

  it('P10 shows each member their own, a guardian all, and nobody anything while profiles are locked', async () => {
    const world = await createFamilyWorld([])
    world.watching.isOn = true
    for (const memberId of ['adult', 'guardian']) {
      world.as(memberId)
      await buyIn(world)
    }
    const whose = () => get(world).scored.map(({ memberId }) => memberId)
    expect(whose()).toEqual(['guardian', 'adult'])
    expect(get(world).people.map(({ memberId }) => memberId)).toEqual(['guardian', 'adult', 'teen', 'child'])
    expect(get(world).watch.map(({ memberId, may }) => [memberId, may])).toEqual([['guardian', 'all'], ['adult', 'look'], ['teen', 'all'], ['child', 'all']])
    world.as('adult')
    expect([whose(), get(world).people.length]).toEqual([['adult'], 1])
    world.as('teen')
    expect(get(world).watch).toMatchObject([{ memberId: 'teen', may: 'tighten' }])
    world.as(null)
    expect(world.use.monitoring.reportMonitoring()).toEqual({ kind: 'locked' })
  })

  it('is not to be had where the ledger cannot be read', () => {
    const world = watchedWorld()
    world.log.controls = () => {
      throw new LogStorageError({ kind: 'damaged' })
    }
    expect(world.use.monitoring.reportMonitoring()).toEqual({ kind: 'unavailable' })
  })
})

describe('this was me', () => {
  it('is written down, teaches, and can be taken back by its opposite alone', async () => {
    const world = watchedWorld()
    const bought = await buyIn(world)
    expect(await answer(world, bought, 'me')).toEqual({ kind: 'thanked' })
    expect(world.newest('risk.answered').payload).toEqual({ purchaseId: bought, answer: 'me', answeredAt: expect.any(String) })
    expect(get(world).scored[0]).toMatchObject({ answer: { answer: 'me', by: null }, mayAnswer: ['notMe'] })
    expect(await answer(world, bought, 'me')).toEqual({ kind: 'refused', reason: 'gone' })
    expect(world.person.questions).toEqual([])
    expect(world.counts.monitoringChanged).toBe(1)
    await answer(world, bought, 'notMe')
    expect(get(world).scored[0]).toMatchObject({ answer: { answer: 'notMe' }, mayAnswer: [] })
    expect(await answer(world, bought, 'me')).toEqual({ kind: 'refused', reason: 'gone' })
  })

  it('of what looked like somebody else’s is asked once more outside of the page, because a stranger would say it too', async () => {
    const world = watchedWorld()
    await world.log.append(() => approved('strange', { risk: strangeRisk }))
    world.person.says(false)
    expect(await answer(world, 'strange', 'me')).toEqual({ kind: 'declined' })
    expect(world.eventTypes()).not.toContain('risk.answered')
    world.person.says(true)
    expect(await answer(world, 'strange', 'me')).toEqual({ kind: 'thanked' })
    expect(world.person.questions).toMatchObject([{ title: 'This was me' }, { title: 'This was me' }])
  })

  it('P8 is nobody’s but whose purchase it is, and a guardian’s for minors', async () => {
    const world = await createFamilyWorld([])
    world.watching.isOn = true
    world.as('adult')
    const bought = await buyIn(world)
    world.as('guardian')
    expect(await answer(world, bought, 'me')).toEqual({ kind: 'refused', reason: 'notAllowed' })
    world.as('teen')
    expect(await answer(world, bought, 'me')).toEqual({ kind: 'refused', reason: 'notAllowed' })
    world.as(null)
    expect(await answer(world, bought, 'me')).toEqual({ kind: 'refused', reason: 'locked' })
    expect(await answer(world, 'nothing-of-that-name', 'me')).toEqual({ kind: 'refused', reason: 'locked' })
  })
})

describe('this was not me', () => {
  it('freezes buying after one question, lists what was bought since, and ends after time to think and another yes', async () => {
    const world = watchedWorld()
    await buyIn(world)
    const bought = await buyIn(world)
    const later = await buyIn(world)
    expect(await answer(world, bought, 'notMe')).toEqual({ kind: 'secured', signedOut: 'notSignedIn' })
    expect(world.person.questions).toMatchObject([{ title: 'This was not me', message: `Say that it was not you who bought ${itemOffer.title} at Nebelfuchs Spielewerkstatt GmbH?` }])
    expect(world.log.riskProfile(null).alarmedMs).not.toBeNull()

    const blocked = await world.use.requestPurchase({ offerId: itemOffer.id })
    expect(blocked).toMatchObject({ kind: 'blocked', block: { kind: 'frozen', by: null, thaw: 'person' } })
    expect(world.gateway.charges).toHaveLength(3)

    const [frozen] = get(world).frozen
    expect(frozen).toMatchObject({ memberId: null, because: bought, thaw: { kind: 'box', pauseMs: reflectionPauseMs } })
    expect(frozen?.since.map(({ purchaseId, dispute }) => [purchaseId, dispute])).toEqual([[bought, 'possible'], [later, 'possible']])

    expect(await thaw(world)).toEqual({ kind: 'wait', pauseMs: reflectionPauseMs })
    world.turnClockBy(hourMs)
    expect((await thaw(world)).kind).toBe('wait')
    world.clock.advance(reflectionPauseMs)
    world.person.says(false)
    expect(await thaw(world)).toEqual({ kind: 'declined' })
    expect((await thaw(world)).kind).toBe('wait')
    world.clock.advance(reflectionPauseMs)
    world.person.says(true)
    expect(await thaw(world)).toEqual({ kind: 'thawed' })
    expect(world.newest('buying.thawed').payload).toEqual({ how: 'box' })
    expect(await thaw(world)).toEqual({ kind: 'refused', reason: 'gone' })
    await buyIn(world)
  })

  it('changes nothing where the person says no', async () => {
    const world = watchedWorld()
    const bought = await buyIn(world)
    world.person.says(false)
    expect(await answer(world, bought, 'notMe')).toEqual({ kind: 'declined' })
    expect(world.eventTypes()).not.toContain('buying.frozen')
    expect(get(world).scored[0]).toMatchObject({ answer: null, mayAnswer: ['me', 'notMe'] })
  })

  it('signs the devices of the account out; ended with its second factor once signed in again', async () => {
    const world = watchedWorld()
    world.gateway.accounts.signIn(robin)
    const { challenge, answer: given, outcome } = await world.ask()
    await world.use.approveChallenge({ ...given, stepUp: { method: 'totp', code: rightCode } })
    await outcome
    expect(await answer(world, challenge.content.purchaseId, 'notMe')).toEqual({ kind: 'secured', signedOut: 'done' })
    expect(await world.gateway.stepUp.account()).toBeNull()
    expect(get(world).frozen[0]?.thaw.kind).toBe('box')
  })

  it('is a guardian’s to end, with PIN and code, and freezes nobody else', async () => {
    const world: FamilyWorld = await createFamilyWorld([])
    world.watching.isOn = true
    world.as('adult')
    const bought = await buyIn(world)
    expect((await world.member.through(answer(world, bought, 'notMe'))).kind).toBe('secured')
    expect(get(world).frozen[0]).toMatchObject({ memberId: 'adult', by: 'Ben', thaw: { kind: 'nobody' } })
    expect(await world.tries()).toMatchObject({ kind: 'blocked', block: { kind: 'frozen', by: 'Ben', thaw: 'guardian' } })
    expect(await thaw(world, 'adult')).toEqual({ kind: 'refused', reason: 'notAllowed' })
    world.as('guardian')
    await buyIn(world)
    const asGuardian = (question: Question): Reply => ({ kind: 'consent', questionId: question.questionId, ...pinAndCode(world.ada()) })
    expect(await world.member.through(thaw(world, 'adult'), asGuardian)).toEqual({ kind: 'thawed' })
    expect(world.member.questions.at(-1)).toMatchObject({ kind: 'consent', wantsCode: true, message: 'Have buying go on for Ben on this computer?' })
    expect(world.newest('buying.thawed')).toMatchObject({ actor: 'guardian', payload: { memberId: 'adult', how: 'guardian' } })
  })
})

describe('this was not me, said in the confirm window', () => {
  const notMe = async (world: BuyingWorld, challengeId: string) => v.parse(confirmContract.calls['challenge.notMe'].output, await world.use.monitoring.sayNotMe({ challengeId }))

  async function strangeQuestion() {
    const world = createBuyingWorld()
    await withHabits(world.log, world.clock.now())
    world.clock.advance(14 * hourMs)
    world.watching.isOn = true
    const gatewayAt = new Date(world.clock.now()).toISOString()
    for (let count = 0; count < 4; count += 1) await world.log.append(() => ({ type: 'stepUp.failed', actor: 'person', payload: { about: 'purchase', id: 'p', method: 'totp', gatewayAt } }))
    return { world, ...(await world.ask(passOffer.id)) }
  }

  it('buys nothing and freezes buying at once, and both window and launcher say why', async () => {
    const { world, challenge, outcome } = await strangeQuestion()
    const said = await notMe(world, challenge.content.challengeId)
    expect(said).toMatchObject({ kind: 'blocked', block: { kind: 'frozen' } })
    expect(await outcome).toEqual(said)
    expect(world.sent()).toBe(0)
    expect(world.eventTypes().slice(-3)).toEqual(['purchase.cancelled', 'buying.frozen', 'risk.answered'])
    expect(get(world).scored[0]).toMatchObject({ state: 'cancelled', answer: { answer: 'notMe' } })
    expect(await notMe(world, challenge.content.challengeId)).toEqual({ kind: 'gone' })
  })

  it('does not count in the first half second, nor where nothing looked like somebody else’s', async () => {
    const { world, challenge } = await strangeQuestion()
    world.confirmWindow.disturb()
    expect(await notMe(world, challenge.content.challengeId)).toEqual({ kind: 'tooSoon' })
    const other = watchedWorld()
    const usual = await other.ask()
    await expect(other.use.monitoring.sayNotMe({ challengeId: usual.challenge.content.challengeId })).rejects.toThrow('not asked')
    expect(other.eventTypes()).not.toContain('buying.frozen')
  })
})
