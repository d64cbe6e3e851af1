/** The controls of spending as client and gateway speak of them: the same for the gateway in memory and over pinned TLS. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Change } from '../../../src/domain/controls.ts'
import type { AuthorisationClaims } from '../../../src/contract/http/claims.ts'
import type { PurchaseRequest } from '../../../src/contract/http/messages.ts'
import { controlsWithLimit, excludedUntil, householdOfFour, looserDay, memberCap, nothingKept } from '../../support/control-calls.ts'
import { inBerlin } from '../../support/control-events.ts'
import { bundleOffer, itemOffer } from '../../support/fake-offers.ts'
import { problemOf } from './client-under-test.ts'
import { fakeWorld, type GatewayWorld, realWorld } from './gateway-worlds.ts'

const hourMs = 60 * 60_000
const dayMs = 24 * hourMs
const refusal = (code: string) => ({ kind: 'refused', sent: true, code })

describe.each([
  ['in memory', fakeWorld],
  ['over pinned TLS', realWorld],
])('a gateway %s', (_, create) => {
  let world: GatewayWorld
  beforeEach(async () => {
    world = await create()
  })
  afterEach(() => world.close())

  const at = (ms = 0) => new Date(world.now() + ms).toISOString()

  type Who = Partial<Pick<AuthorisationClaims, 'memberId' | 'approvedBy'>>
  const buyAs = (who: Who, key: string) => buy(key, itemOffer.id, null, who)

  async function buy(key: string, offerId = itemOffer.id, countIn: string | null = null, who: Who = {}) {
    const { claims, jws } = await world.gateway.quote(offerId, countIn)
    const { quoteId, sellerId, payee, price } = claims
    const authorisation = await world.device.authorise({
      deviceId: await world.device.id(),
      idempotencyKey: key,
      ...{ quoteId, sellerId, payee, ...price },
      nonce: 'n'.repeat(43),
      challengeDigest: 'd'.repeat(43),
      ...who,
      approvedAt: at(),
    })
    const body: PurchaseRequest = { quote: jws, authorisation }
    return world.gateway.purchase(key, body)
  }

  it('keeps no controls before the first, and says of what it keeps who asked, when it was and how it is', async () => {
    const { claims } = await world.gateway.controls()
    expect(claims).toEqual({ deviceId: await world.device.id(), nonce: claims.nonce, asOf: at(), controls: nothingKept, pending: [] })
    expect((await world.gateway.tighten(controlsWithLimit('500'))).claims.controls).toEqual(controlsWithLimit('500'))
    expect((await world.gateway.controls()).claims.controls).toEqual(controlsWithLimit('500'))
  })

  it('P4 counts a price in the currency that it is asked for, rounded up, and says so in quote and receipt', async () => {
    const { claims } = await world.gateway.quote(bundleOffer.id, 'EUR')
    // 610 yen at 0.006125 are 3.73625 euros.
    expect(claims.counted).toEqual({ amount: '374', currency: 'EUR', rate: '0.006125' })
    expect((await world.gateway.quote(itemOffer.id, 'EUR')).claims.counted).toEqual({ ...itemOffer.price, rate: '1' })
    expect((await world.gateway.quote(itemOffer.id, null)).claims).not.toHaveProperty('counted')
    expect(await problemOf(world.gateway.quote(itemOffer.id, 'XAU'))).toEqual(refusal('badRequest'))
    const counted = { amount: '374', currency: 'EUR' }
    expect(await buy('key-1', bundleOffer.id, 'EUR')).toMatchObject({ receipt: { claims: { counted } } })
    expect(await buy('key-2', bundleOffer.id)).not.toHaveProperty('receipt.claims.counted')
  })

  it('P4 charges up to a limit and no further, and the key stays free', async () => {
    await world.gateway.tighten(controlsWithLimit('198'))
    const first = await buy('key-1')
    expect(await buy('key-2')).toMatchObject({ status: 'succeeded' })
    expect(await problemOf(buy('key-3'))).toEqual(refusal('limitReached'))
    expect(await world.gateway.purchaseByKey('key-3')).toBeNull()
    expect(await world.gateway.purchaseByKey('key-1')).toEqual(first)
    world.advance(2 * dayMs)
    expect(await buy('key-3')).toMatchObject({ status: 'succeeded' })
    expect(await world.charges()).toHaveLength(3)
  })

  it('P4 gives no room for what comes back', async () => {
    await world.gateway.tighten(controlsWithLimit('99'))
    await buy('key-1')
    await world.afterwards('refund', 'key-1')
    expect(await problemOf(buy('key-2'))).toEqual(refusal('limitReached'))
  })

  it('P4 takes the gateway’s rates where a quote was not counted in the currency of the limits', async () => {
    await world.gateway.tighten(controlsWithLimit('747'))
    await buy('key-1', bundleOffer.id, 'USD')
    expect(await problemOf(buy('key-2', bundleOffer.id))).toEqual(refusal('limitReached'))
    await world.gateway.askLoosening({ changeId: 'change-1', change: looserDay('748') })
    world.advance(dayMs)
    await world.gateway.confirmLoosening('change-1')
    await buy('key-3', bundleOffer.id)
    await buy('key-4', bundleOffer.id)
    expect(await problemOf(buy('key-5'))).toEqual(refusal('limitReached'))
  })

  it('P4 counts what was bought before the first control only where that was in its currency, and everything from then on', async () => {
    await buy('key-1', bundleOffer.id)
    await buy('key-2', itemOffer.id)
    await world.gateway.tighten(controlsWithLimit('473'))
    // 99 cents before, and 610 yen as 374 cents; the yen before have no rate that anybody agreed to.
    expect(await buy('key-3', bundleOffer.id)).toMatchObject({ status: 'succeeded' })
    expect(await problemOf(buy('key-4', itemOffer.id))).toEqual(refusal('limitReached'))
  })

  it('P5 a looser limit waits a day for a second yes, and acts with it', async () => {
    await world.gateway.tighten(controlsWithLimit('98'))
    const asked = { changeId: 'change-1', change: looserDay(null) }
    const { claims } = await world.gateway.askLoosening(asked)
    expect(claims).toMatchObject({ controls: controlsWithLimit('98'), pending: [{ ...asked, askedAt: at() }] })
    world.advance(dayMs - 1)
    expect(await problemOf(world.gateway.confirmLoosening('change-1'))).toEqual(refusal('controlTooEarly'))
    expect(await problemOf(buy('key-1'))).toEqual(refusal('limitReached'))
    world.advance(1)
    expect((await world.gateway.confirmLoosening('change-1')).claims).toMatchObject({ controls: { limits: [] }, pending: [] })
    expect((await world.gateway.confirmLoosening('change-1')).claims.controls.limits).toEqual([])
    expect(await buy('key-1')).toMatchObject({ status: 'succeeded' })
  })

  it('P5 it lapses after a week, and comes back only by being asked for anew', async () => {
    await world.gateway.tighten(controlsWithLimit('98'))
    const asked = { changeId: 'change-1', change: looserDay('200') }
    await world.gateway.askLoosening(asked)
    world.advance(7 * dayMs)
    expect((await world.gateway.controls()).claims.pending).toEqual([])
    expect(await problemOf(world.gateway.confirmLoosening('change-1'))).toEqual(refusal('controlUnknown'))
    expect((await world.gateway.askLoosening(asked)).claims.pending).toEqual([])
    const again = await world.gateway.askLoosening({ ...asked, changeId: 'change-2' })
    expect(again.claims.pending).toEqual([{ ...asked, changeId: 'change-2', askedAt: at() }])
  })

  it('P5 asked for twice it waits from the first time on, and the same id is no other change', async () => {
    await world.gateway.tighten(controlsWithLimit('98'))
    const asked = { changeId: 'change-1', change: looserDay('200') }
    const first = await world.gateway.askLoosening(asked)
    world.advance(hourMs)
    expect((await world.gateway.askLoosening(asked)).claims.pending).toEqual(first.claims.pending)
    expect(await problemOf(world.gateway.askLoosening({ ...asked, change: looserDay('300') }))).toEqual(refusal('idempotencyConflict'))
  })

  it('can be withdrawn, once and for all', async () => {
    await world.gateway.tighten(controlsWithLimit('98'))
    const asked = { changeId: 'change-1', change: looserDay('200') }
    await world.gateway.askLoosening(asked)
    for (let count = 0; count < 2; count += 1) expect((await world.gateway.withdrawLoosening('change-1')).claims.pending).toEqual([])
    expect((await world.gateway.askLoosening(asked)).claims.pending).toEqual([])
    world.advance(dayMs)
    expect(await problemOf(world.gateway.confirmLoosening('change-1'))).toEqual(refusal('controlUnknown'))
    expect(await problemOf(world.gateway.withdrawLoosening('unheard-of'))).toEqual(refusal('controlUnknown'))
  })

  it('asks for nothing that is not looser, nor for what cannot be', async () => {
    await world.gateway.tighten(controlsWithLimit('98'))
    const ask = (change: Change) => problemOf(world.gateway.askLoosening({ changeId: 'change-1', change }))
    expect(await ask(looserDay('98'))).toEqual(refusal('controlNotLooser'))
    expect(await ask(looserDay('97'))).toEqual(refusal('controlNotLooser'))
    expect(await ask({ kind: 'zone', zone: inBerlin.zone })).toEqual(refusal('controlNotLooser'))
    expect(await ask({ kind: 'zone', zone: 'Nowhere/AtAll' })).toEqual(refusal('badRequest'))
    expect((await world.gateway.controls()).claims).toMatchObject({ controls: controlsWithLimit('98'), pending: [] })
  })

  it('P5 an exclusion runs to its end, which needs a new yes and another day', async () => {
    await world.gateway.tighten(excludedUntil(at(dayMs), at()))
    expect(await problemOf(buy('key-1'))).toEqual(refusal('excluded'))
    world.advance(dayMs - 1)
    expect(await problemOf(world.gateway.askReturn(null))).toEqual(refusal('controlTooEarly'))
    world.advance(1)
    expect(await problemOf(buy('key-1'))).toEqual(refusal('excluded'))
    const { exclusion } = (await world.gateway.askReturn(null)).claims.controls
    expect(exclusion?.returnAskedAt).toBe(at())
    world.advance(dayMs - 1)
    expect((await world.gateway.askReturn(null)).claims.controls.exclusion).toEqual(exclusion)
    expect(await problemOf(buy('key-1'))).toEqual(refusal('excluded'))
    world.advance(1)
    expect(await buy('key-1')).toMatchObject({ status: 'succeeded' })
  })

  it('has nothing to loosen before the first control, and no return where nobody is excluded', async () => {
    for (const change of [looserDay(null), { kind: 'zone', zone: 'Europe/Paris' }, { kind: 'quietHours', hours: [] }] as const)
      expect(await problemOf(world.gateway.askLoosening({ changeId: 'change-1', change }))).toEqual(refusal('controlNotLooser'))
    expect(await problemOf(world.gateway.askReturn(null))).toEqual(refusal('controlUnknown'))
  })

  it('P4 sells nothing in quiet hours', async () => {
    const always = Array.from({ length: 7 }, (_each, day) => [
      { weekday: day + 1, fromMinute: 0, toMinute: 720 },
      { weekday: day + 1, fromMinute: 720, toMinute: 0 },
    ]).flat()
    await world.gateway.tighten({ ...nothingKept, household: inBerlin, quietHours: always })
    expect(await problemOf(buy('key-1'))).toEqual(refusal('quietHours'))
  })

  describe('with members', () => {
    /** Room for one lamp oil of a child, and for three of the household. */
    const room = { ...householdOfFour, limits: [{ period: 'week' as const, sellerId: null, amount: '297' }, memberCap('kim', '99'), memberCap('tom', '0')] }
    const excludedFor = (memberId: string, days: number) => ({ memberId, begunAt: at(), until: at(days * dayMs), returnAskedAt: null })

    it('P4 P8 keeps them, says so, and holds each purchase to who makes it and who agreed to it', async () => {
      expect((await world.gateway.tighten(room)).claims.controls).toEqual(room)
      expect((await world.gateway.controls()).claims.controls).toEqual(room)
      expect(await buyAs({ memberId: 'kim' }, 'key-1')).toMatchObject({ receipt: { claims: { memberId: 'kim' } } })
      expect(await problemOf(buyAs({ memberId: 'kim' }, 'key-2'))).toEqual(refusal('limitReached'))
      for (const who of [{}, { memberId: 'eve' }, { memberId: 'tom', approvedBy: 'tom' }, { memberId: 'kim', approvedBy: 'ada' }])
        expect(await problemOf(buyAs(who, 'key-2'))).toEqual(refusal('memberInvalid'))
      expect(await buyAs({ memberId: 'tom', approvedBy: 'gina' }, 'key-2')).toMatchObject({ status: 'succeeded', receipt: { claims: { memberId: 'tom' } } })
      expect(await buyAs({ memberId: 'ada' }, 'key-3')).toMatchObject({ status: 'succeeded' })
      expect(await problemOf(buyAs({ memberId: 'kim', approvedBy: 'gina' }, 'key-4'))).toEqual(refusal('limitReached'))
      expect(await world.charges()).toHaveLength(3)
    })

    it('P1 says nothing of members in the receipt where there are none', async () => {
      expect(await buy('key-1')).not.toHaveProperty('receipt.claims.memberId')
    })

    it('P5 a member’s exclusion needs that member’s own return, and lets nobody join meanwhile', async () => {
      const exclusions = [excludedFor('ada', 1), excludedFor('tom', 7)]
      expect((await world.gateway.tighten({ ...room, exclusions })).claims.controls.exclusions).toEqual(exclusions)
      expect(await problemOf(buyAs({ memberId: 'ada' }, 'key-1'))).toEqual(refusal('excluded'))
      expect(await problemOf(buyAs({ memberId: 'tom', approvedBy: 'gina' }, 'key-1'))).toEqual(refusal('excluded'))
      const asked = { changeId: 'change-1', change: { kind: 'member', memberId: 'eve', role: 'adult' } } as const
      expect(await problemOf(world.gateway.askLoosening(asked))).toEqual(refusal('controlExcluded'))
      expect(await problemOf(world.gateway.askReturn('ada'))).toEqual(refusal('controlTooEarly'))
      world.advance(dayMs)
      expect(await problemOf(world.gateway.askReturn(null))).toEqual(refusal('controlUnknown'))
      expect(await problemOf(world.gateway.askReturn('kim'))).toEqual(refusal('controlUnknown'))
      expect((await world.gateway.askReturn('ada')).claims.controls.exclusions).toEqual([{ ...exclusions[0], returnAskedAt: at() }, exclusions[1]])
      world.advance(dayMs)
      expect(await buyAs({ memberId: 'ada' }, 'key-1')).toMatchObject({ status: 'succeeded' })
      expect((await world.gateway.askLoosening(asked)).claims.pending).toMatchObject([asked])
    })

    it('P8 whoever comes in by a posting has nothing to spend, and no grown-up does', async () => {
      await world.gateway.tighten(room)
      const members = [...(room.members ?? []), { memberId: 'eve', role: 'child' } as const, { memberId: 'max', role: 'guardian' } as const]
      const { controls } = (await world.gateway.tighten({ ...room, members, limits: [...room.limits, memberCap('eve', '99'), memberCap('max', '99')] })).claims
      expect(controls.members).toEqual([...(room.members ?? []), { memberId: 'eve', role: 'child' }])
      expect(await problemOf(buyAs({ memberId: 'eve' }, 'key-1'))).toEqual(refusal('limitReached'))
      expect(await problemOf(buyAs({ memberId: 'max' }, 'key-1'))).toEqual(refusal('memberInvalid'))
    })
  })

  it('knows that nothing was asked where there is no connection', async () => {
    await world.goOffline()
    const { gateway } = world
    const calls = [
      () => gateway.controls(),
      () => gateway.tighten(nothingKept),
      () => gateway.askLoosening({ changeId: 'change-1', change: looserDay('1') }),
      () => gateway.confirmLoosening('change-1'),
      () => gateway.withdrawLoosening('change-1'),
      () => gateway.askReturn(null),
    ]
    for (const call of calls) expect(await problemOf(call())).toEqual({ kind: 'unreachable', sent: false })
  })
})
