/** The gateway holds purchases to the controls that it keeps, by its own clock, against clients that have none. */
import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { AuthorisationClaims } from '../../../src/contract/http/claims.ts'
import { controlCalls, controlsWithLimit, excludedUntil, type LimitPeriod, nothingKept } from '../../support/control-calls.ts'
import { inBerlin } from '../../support/control-events.ts'
import { type Answer, claimsOf, type TestDevice } from '../../support/gateway-client.ts'
import { startTestGateway, type TestWorld } from '../../support/test-gateway.ts'

/** 9 cents at the seller `ringbahn`, 49 at another; 29 pence, 39 US cents, 480 yen. */
const [tea, cake, seeds, bell, garden] = ['nachtzug-tea', 'kobolde-cheesecake', 'hedgerow-seeds', 'copperline-bell', 'tsukiusagi-garden'] as const

let world: TestWorld
let calls: ReturnType<typeof controlCalls>
let device: TestDevice
beforeEach(async () => {
  world = await startTestGateway()
  calls = controlCalls(world.client)
  device = await world.client.enrolledDevice()
})
afterEach(() => world.close())

const setClock = (at: string) => void (world.clock.nowMs = Date.parse(at))
const outcomeOf = ({ body }: Answer) => body['code'] ?? body['status']
const countOf = (answers: readonly Answer[]) =>
  Object.fromEntries([...Map.groupBy(answers, outcomeOf)].map(([outcome, same]) => [outcome, same.length]))
const buy = async (offer: string, by = device) => outcomeOf(await world.client.buy(by, offer))
async function tighten(controls: Parameters<typeof calls.tighten>[1]): Promise<void> {
  expect((await calls.tighten(device, controls)).status).toBe(200)
}

describe('every device of the wallet', () => {
  it('P4 a second device meets the same limit', async () => {
    await tighten(controlsWithLimit('18'))
    const second = await world.client.enrolledDevice()
    expect(await buy(tea)).toBe('succeeded')
    expect(await buy(tea, second)).toBe('succeeded')
    expect([await buy(tea, second), await buy(tea)]).toEqual(['limitReached', 'limitReached'])
    expect(await world.client.charges()).toHaveLength(2)
  })

  it('P5 a client that is installed anew, and so knows of no control, meets limits and exclusion all the same', async () => {
    await tighten(controlsWithLimit('9'))
    await buy(tea)
    const anew = await world.client.enrolledDevice()
    expect((await calls.read(anew)).controls.limits).toEqual(controlsWithLimit('9').limits)
    expect(await buy(tea, anew)).toBe('limitReached')
    await tighten(excludedUntil('2027-05-23T09:00:00.000Z', '2026-11-23T09:00:00.000Z'))
    expect(await buy(tea, anew)).toBe('excluded')
    setClock('2027-05-23T08:59:59.999Z')
    expect(await buy(tea, await world.client.enrolledDevice())).toBe('excluded')
  })

  it('P4 of many devices at once with room for one, exactly one is charged', async () => {
    const devices = await Promise.all(Array.from({ length: 8 }, () => world.client.enrolledDevice()))
    for (let round = 1; round <= 3; round += 1) {
      await tighten(controlsWithLimit('9'))
      const requests = await Promise.all(devices.map(async (by) => ({ by, request: await world.client.approved(by, tea) })))
      const answers = await Promise.all(requests.map(({ by, request }) => world.client.purchase(by, request)))
      expect(countOf(answers)).toEqual({ limitReached: 7, succeeded: 1 })
      expect(await world.client.charges()).toHaveLength(round)
      world.clock.nowMs += 24 * 60 * 60_000
    }
  })
})

it('P4 of many requests that were held up and go on in the same moment, one is charged', async () => {
  await tighten(controlsWithLimit('9'))
  const devices = await Promise.all(Array.from({ length: 6 }, () => world.client.enrolledDevice()))
  const requests = await Promise.all(devices.map(async (by) => ({ by, request: await world.client.approved(by, tea) })))
  await world.client.setFaults({ kind: 'slow', times: requests.length, delayMs: 60_000 })
  const answers = Promise.all(requests.map(({ by, request }) => world.client.purchase(by, request)))
  for (const { by, request } of requests) {
    const { idempotencyKey } = claimsOf(request.authorisation) as AuthorisationClaims
    await expect.poll(async () => outcomeOf(await world.client.purchaseByKey(by, idempotencyKey))).toBe('pending')
  }
  // A gateway that closes holds nobody up any longer, and lets what is under way end.
  await world.gateway.close()
  expect(countOf(await answers)).toEqual({ limitReached: 5, succeeded: 1 })
  world = await world.restart()
  expect(await world.client.charges()).toHaveLength(1)
})

describe('a refusal', () => {
  it('P4 says first that nothing was charged, and leaves the key free for when there is room', async () => {
    await tighten(controlsWithLimit('9'))
    await buy(tea)
    const key = randomUUID()
    const request = await world.client.approved(device, tea, { idempotencyKey: key })
    const { status, body } = await world.client.purchase(device, request)
    expect([status, body['code'], body['title']]).toEqual([403, 'limitReached', expect.stringMatching(/^Nothing was charged: /)])
    expect((await world.client.purchaseByKey(device, key)).body['code']).toBe('purchaseNotFound')
    setClock('2026-11-23T23:00:00.000Z')
    const later = await world.client.approved(device, tea, { idempotencyKey: key })
    expect(outcomeOf(await world.client.purchase(device, later))).toBe('succeeded')
  })

  it('P2 does not reach back: a key that was decided on keeps its answer', async () => {
    const request = await world.client.approved(device, tea)
    const first = await world.client.purchase(device, request)
    await world.client.setFaults({ kind: 'decline' })
    const declined = await world.client.approved(device, tea)
    await world.client.purchase(device, declined)
    await tighten({ ...controlsWithLimit('0'), ...{ exclusion: excludedUntil('2027-01-01T00:00:00.000Z', '2026-11-23T09:00:00.000Z').exclusion } })
    expect((await world.client.purchase(device, request)).body).toEqual(first.body)
    expect((await world.client.purchase(device, declined)).body['status']).toBe('declined')
    const { idempotencyKey } = claimsOf(request.authorisation) as AuthorisationClaims
    expect((await world.client.purchaseByKey(device, idempotencyKey)).body).toEqual(first.body)
  })

  it('P4 comes before the funding source is asked, and what that declines takes up no room', async () => {
    await tighten(controlsWithLimit('9'))
    await world.client.setFaults({ kind: 'decline' })
    expect(await buy(cake)).toBe('limitReached')
    await world.client.setFaults({ kind: 'decline' })
    expect([await buy(tea), await buy(tea), await buy(tea)]).toEqual(['declined', 'succeeded', 'limitReached'])
  })

  it('P4 a charge whose answer got lost takes up its room, and a request that is delivered twice only once', async () => {
    await tighten(controlsWithLimit('18'))
    await world.client.setFaults({ kind: 'timeoutAfterCharge', delayMs: 0 })
    await expect(world.client.buy(device, tea)).rejects.toThrow()
    await world.client.setFaults({ kind: 'duplicateDelivery' })
    expect([await buy(tea), await buy(tea)]).toEqual(['succeeded', 'limitReached'])
  })
})

describe('what counts', () => {
  it('P4 is counted in the currency of the limits, each purchase rounded up', async () => {
    // 480 yen are 2.94 euros, 29 pence 0.343737, 39 US cents 0.359619.
    await tighten(controlsWithLimit(String(294 + 35 + 36 + 9)))
    for (const offer of [garden, seeds, bell, tea]) expect(await buy(offer)).toBe('succeeded')
    expect(await buy(tea)).toBe('limitReached')
    setClock('2026-11-24T09:00:00.000Z')
    await tighten(controlsWithLimit(String(294 + 35 + 36 + 9 - 1)))
    for (const offer of [garden, seeds, bell]) expect(await buy(offer)).toBe('succeeded')
    expect(await buy(tea)).toBe('limitReached')
  })

  it('P4 is also what was charged in the currency of the limits before there was one, and from then on everything', async () => {
    const askIn = async (countIn: string) => {
      const answer = await world.client.sendAs(device, '/v1/quotes', { method: 'POST', body: { offerId: garden, countIn } })
      const quote = answer.body['quote'] as string
      return outcomeOf(await world.client.purchase(device, { quote, authorisation: await world.client.authorise(device, quote) }))
    }
    expect([await askIn('JPY'), await askIn('EUR'), await buy(tea)]).toEqual(['succeeded', 'succeeded', 'succeeded'])
    await tighten(controlsWithLimit(String(294 + 9 + 294)))
    expect([await askIn('JPY'), await buy(tea)]).toEqual(['succeeded', 'limitReached'])
    expect((await world.client.sendAs(device, '/v1/quotes', { method: 'POST', body: { offerId: tea, countIn: 'CHF' } })).body).toMatchObject({
      status: 400,
      code: 'badRequest',
    })
  })

  it('P4 gives no room again when the money comes back', async () => {
    await tighten(controlsWithLimit('9'))
    const request = await world.client.approved(device, tea)
    await world.client.purchase(device, request)
    const { idempotencyKey } = claimsOf(request.authorisation) as AuthorisationClaims
    const headers = { authorization: `Bearer ${world.gateway.controlToken}` }
    for (const path of ['/sandbox/chargebacks', '/sandbox/chargebacks/reversals', '/sandbox/refunds'])
      expect((await world.client.send(path, { method: 'POST', headers, body: { idempotencyKey } })).status).toBe(200)
    expect(await buy(tea)).toBe('limitReached')
  })

  it('P4 is of one seller where the limit is, and of each purchase alone where it has no period', async () => {
    await tighten({ ...controlsWithLimit('9', 'month', 'ringbahn'), limits: [...controlsWithLimit('9', 'month', 'ringbahn').limits, ...controlsWithLimit('49', 'purchase').limits] })
    expect([await buy(tea), await buy(tea), await buy(cake), await buy(cake)]).toEqual(['succeeded', 'limitReached', 'succeeded', 'succeeded'])
    expect(await buy('kobolde-trap')).toBe('limitReached')
  })
})

describe('by the gateway’s clock', () => {
  it.each<[string, LimitPeriod, string, string]>([
    ['a day', 'day', '2026-11-23T12:00:00.000Z', '2026-11-23T23:00:00.000Z'],
    ['a day on which the clocks are set forward', 'day', '2026-03-28T23:00:00.000Z', '2026-03-29T22:00:00.000Z'],
    ['a day on which they are set back', 'day', '2026-10-24T22:00:00.000Z', '2026-10-25T23:00:00.000Z'],
    ['an ISO week over the new year', 'week', '2026-12-27T23:00:00.000Z', '2027-01-03T23:00:00.000Z'],
    ['a month of 31 days', 'month', '2026-09-30T22:00:00.000Z', '2026-10-31T23:00:00.000Z'],
    ['a February', 'month', '2027-01-31T23:00:00.000Z', '2027-02-28T23:00:00.000Z'],
  ])('P4 %s is over at midnight in the household’s zone, and not a millisecond before', async (_name, period, begins, ends) => {
    setClock(begins)
    await tighten(controlsWithLimit('9', period))
    expect(await buy(tea)).toBe('succeeded')
    setClock(new Date(Date.parse(ends) - 1).toISOString())
    expect(await buy(tea)).toBe('limitReached')
    setClock(ends)
    expect([await buy(tea), await buy(tea)]).toEqual(['succeeded', 'limitReached'])
  })

  it('P4 what is bought in the last millisecond of a day counts in that day', async () => {
    setClock('2026-11-23T22:59:59.999Z')
    await tighten(controlsWithLimit('9'))
    expect([await buy(tea), await buy(tea)]).toEqual(['succeeded', 'limitReached'])
    setClock('2026-11-23T23:00:00.000Z')
    expect(await buy(tea)).toBe('succeeded')
  })

  it('P4 quiet hours begin and end to the millisecond, in winter as in summer', async () => {
    const everyNight = Array.from({ length: 7 }, (_each, day) => ({ weekday: day + 1, fromMinute: 22 * 60, toMinute: 6 * 60 }))
    await tighten({ ...nothingKept, household: inBerlin, quietHours: everyNight })
    for (const [begins, ends] of [
      ['2026-11-23T21:00:00.000Z', '2026-11-24T05:00:00.000Z'],
      ['2027-06-30T20:00:00.000Z', '2027-07-01T04:00:00.000Z'],
    ] as const) {
      setClock(begins)
      world.clock.nowMs -= 1
      expect(await buy(tea)).toBe('succeeded')
      world.clock.nowMs += 1
      expect(await buy(tea)).toBe('quietHours')
      setClock(ends)
      world.clock.nowMs -= 1
      expect(await buy(tea)).toBe('quietHours')
      world.clock.nowMs += 1
      expect(await buy(tea)).toBe('succeeded')
    }
  })
})
