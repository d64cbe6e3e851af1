/** Controls that another device, another currency or an odd calendar brings in: nobody is stuck, and nothing is lost. */
import { describe, expect, it } from 'vitest'
import type { ControlsClaims } from '../../../src/contract/http/claims.ts'
import { createBuyingWorld } from '../../support/buying-world.ts'
import { begun, limitOf } from '../../support/control-events.ts'

const dayMs = 24 * 60 * 60_000
const exclusion = { begunAt: '2026-03-02T11:00:00.000Z', until: '2026-04-01T11:00:00.000Z', returnAskedAt: null }

describe('another device', () => {
  it('P5 that asks for the same looser limit does not end this one’s waiting, and after its yes this one has its own', async () => {
    const world = createBuyingWorld()
    await world.change(limitOf('2000'))
    await world.loosen(limitOf('3000'))
    const { changeId } = world.newest('controls.looseningAsked').payload
    world.clock.advance(1000)
    await world.gateway.askLoosening({ changeId: 'of-another-device', change: limitOf('3000') })
    await world.use.controls.syncControls()
    expect(world.log.controls().pending).toMatchObject([{ changeId }])
    world.clock.advance(dayMs)
    expect(await world.use.controls.confirmLoosening({ changeId })).toEqual({ kind: 'refused', reason: 'gone' })
    await world.gateway.confirmLoosening('of-another-device')
    await world.use.controls.syncControls()
    expect(await world.use.controls.confirmLoosening({ changeId })).toEqual({ kind: 'done' })
    await world.use.controls.syncControls()
    expect(world.log.controls().limits).toMatchObject([{ amount: '3000' }])
    expect((await world.gateway.controls()).claims.controls.limits).toMatchObject([{ amount: '3000' }])
  })

  it('P5 whose calendar is not known here brings its exclusion and nothing that could not be judged', async () => {
    const world = createBuyingWorld()
    const statement = await world.gateway.controls()
    const controls: ControlsClaims['controls'] = { household: { zone: 'IST', currency: 'EUR' }, limits: [{ period: 'day', sellerId: null, amount: '1' }], quietHours: [], exclusion }
    world.gateway.controls = () => Promise.resolve({ ...statement, claims: { ...statement.claims, controls } })
    await world.use.controls.syncControls()
    expect(world.log.controls()).toMatchObject({ household: null, limits: [], exclusion })
  })
})

describe('an exclusion', () => {
  it('P5 is with the gateway before it is done', async () => {
    const world = createBuyingWorld()
    expect(await world.use.controls.beginExclusion({ length: '7days' })).toEqual({ kind: 'done' })
    const { until } = world.newest('exclusion.begun').payload
    expect((await world.gateway.controls()).claims.controls.exclusion).toMatchObject({ until })
  })

  it('P5 is told to a gateway that cannot keep the limits beside it', async () => {
    const world = createBuyingWorld()
    await world.log.append(() => begun('Europe/Zurich', 'CHF'))
    await world.change(limitOf('2000'))
    expect(await world.use.controls.beginExclusion({ length: '7days' })).toEqual({ kind: 'done' })
    const { controls } = (await world.gateway.controls()).claims
    expect(controls).toMatchObject({ household: null, limits: [], exclusion: { until: world.newest('exclusion.begun').payload.until } })
  })
})

describe('amounts in another currency than was shown', () => {
  it('P5 are not what the person said yes to: a household that came in while the box was open changes nothing', async () => {
    const world = createBuyingWorld()
    world.person.says(true, () => void world.log.append(() => begun('Asia/Tokyo', 'JPY')))
    expect(await world.change(limitOf('2000'))).toEqual({ kind: 'refused', reason: 'impossible' })
    expect(world.log.controls().limits).toEqual([])
  })

  it('P5 are not asked of a gateway that counts in another one', async () => {
    const world = createBuyingWorld()
    await world.change(limitOf('2000'))
    const own = world.gateway.controls
    world.gateway.controls = async () => {
      const statement = await own()
      return { ...statement, claims: { ...statement.claims, controls: { ...statement.claims.controls, household: { zone: 'Asia/Tokyo', currency: 'JPY' } } } }
    }
    expect(await world.loosen(limitOf('3000'))).toEqual({ kind: 'refused', reason: 'impossible' })
    expect(world.gateway.calls).not.toContain('askLoosening')
  })
})

describe('a question that is open while the controls change', () => {
  it('P4 is asked anew where its price does not count in the household’s currency', async () => {
    const world = createBuyingWorld()
    const { answer, outcome } = await world.ask()
    await world.log.append(() => begun('Asia/Tokyo', 'JPY'))
    await world.use.approveChallenge(answer)
    expect(await outcome).toEqual({ kind: 'refused', reason: 'expired' })
  })

  it('P4 is asked anew where a limit has come near that was far', async () => {
    const world = createBuyingWorld()
    await world.change(limitOf('9900'))
    const { answer, outcome } = await world.ask()
    await world.change(limitOf('100'))
    await world.use.approveChallenge(answer)
    expect(await outcome).toEqual({ kind: 'refused', reason: 'expired' })
    expect(world.eventTypes()).not.toContain('purchase.approved')
  })
})
