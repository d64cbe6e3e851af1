import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import type { PurchaseId } from '../../../src/domain/brands.ts'
import type { FamilyView } from '../../../src/contract/ipc/household.ts'
import { launcherContract } from '../../../src/contract/ipc/launcher.ts'
import { LogStorageError } from '../../../src/main/ports/event-log.ts'
import { createBuyingWorld } from '../../support/buying-world.ts'
import { adopted, limitOf, looseningAsked, tightened } from '../../support/control-events.ts'
import { approved } from '../../support/events.ts'
import { cleosWeek, createFamilyWorld, type FamilyWorld } from '../../support/family-world.ts'
import { itemOffer, passOffer } from '../../support/fake-offers.ts'
import { accessSet, granted, named, tried } from '../../support/household-events.ts'
import { strangeRisk } from '../../support/risk-events.ts'

const hourMs = 60 * 60_000

function seen(world: FamilyWorld, memberId: string | null): Extract<FamilyView, { kind: 'ok' }> {
  world.as(memberId)
  const view = world.sees()
  if (view.kind !== 'ok') throw new Error(view.kind)
  return view
}

const alertsSeen = (world: FamilyWorld, memberId: string) => seen(world, memberId).alerts.map(({ who, what }) => [who, what])

async function append(world: FamilyWorld, ...events: ReturnType<typeof tried>[]) {
  for (const event of events) await world.log.append(() => event)
}

describe('what is seen of the family', () => {
  it('P10 is locked while every profile is, and unavailable where the ledger cannot be read', async () => {
    const world = await createFamilyWorld()
    world.as(null)
    expect(world.sees()).toEqual({ kind: 'locked' })
    world.ledger.setLog(null)
    expect(world.sees()).toEqual({ kind: 'unavailable' })
    const failing = { ...world.log, controls: () => { throw new LogStorageError({ kind: 'damaged' }) } }
    world.ledger.setLog(failing)
    expect(world.sees()).toEqual({ kind: 'unavailable' })
  })

  it('is empty without members', () => {
    const world = createBuyingWorld()
    expect(world.use.requests.reportFamily()).toEqual({ kind: 'ok', requests: [], alerts: [], changes: [], recoveryCodesLeft: null })
  })

  it('P8 P10 is every request to a guardian, and their own to everybody else', async () => {
    const world = await createFamilyWorld([{ ...cleosWeek, amount: '0' }])
    await world.requestedBy('child')
    await world.requestedBy('teen')
    expect(seen(world, 'guardian').requests.map(({ who }) => who)).toEqual([
      { memberId: 'teen', name: 'Cleo', role: 'teen' },
      { memberId: 'child', name: 'Dot', role: 'child' },
    ])
    expect(seen(world, 'child').requests.map(({ who }) => who.name)).toEqual(['Dot'])
    expect(seen(world, 'teen').requests.map(({ who }) => who.name)).toEqual(['Cleo'])
    expect(seen(world, 'adult').requests).toEqual([])
  })

  it('has those that wait before those that have ended, newest first, with who ended them', async () => {
    const world = await createFamilyWorld()
    const first = await world.requestedBy('child')
    const second = await world.requestedBy('child', passOffer.id)
    world.gateway.setPrice(itemOffer.id, '105')
    const third = await world.requestedBy('child')
    await world.agreesTo(third)
    const { requests } = seen(world, 'child')
    expect(requests.map(({ requestId, ended }) => [requestId, ended?.end ?? null])).toEqual([[second, null], [first, null], [third, 'granted']])
    expect(requests[2]?.ended).toMatchObject({ by: 'Ada' })
    expect(requests[0]).toMatchObject({ price: passOffer.price, lapsesAt: expect.stringMatching(/^2026-03-03/) })
  })

  it('tells of a request that has lapsed before the log does, and nothing of who was removed', async () => {
    const world = await createFamilyWorld()
    await world.requestedBy('child')
    world.clock.advance(24 * hourMs)
    expect(seen(world, 'guardian').requests).toMatchObject([{ ended: { end: 'lapsed', at: '2026-03-03T12:00:00.000Z', by: null } }])
    await world.log.append(() => tightened({ kind: 'member', memberId: 'child', role: 'removed' }))
    expect(seen(world, 'guardian').requests).toEqual([])
  })

  it('P4 tells guardians of every limit that is nearly or wholly used, and others of theirs and the household’s', async () => {
    const world = await createFamilyWorld([{ ...cleosWeek, amount: '120' }, { period: 'day', sellerId: null, amount: '200' }])
    for (const memberId of ['teen', 'adult']) {
      world.as(memberId)
      const { answer, outcome } = await world.ask()
      await world.use.approveChallenge({ ...answer, knowsLimit: true })
      await outcome
      world.clock.advance(1_000)
    }
    expect(alertsSeen(world, 'guardian')).toEqual([[null, 'nearLimit'], ['Cleo', 'nearLimit']])
    expect(alertsSeen(world, 'teen')).toEqual([[null, 'nearLimit'], ['Cleo', 'nearLimit']])
    expect(alertsSeen(world, 'adult')).toEqual([[null, 'nearLimit']])
    await world.log.append(() => approved('more', { memberId: 'teen', countedAt: '2026-03-02T13:00:00.000Z', limitWarnings: [{ ...cleosWeek, startsAt: '2026-03-01T23:00:00.000Z', percent: 100 } as never] }))
    expect(alertsSeen(world, 'guardian')[0]).toEqual(['Cleo', 'atLimit'])
  })

  it('P8 tells guardians once of a run of wrong PINs after which one has to wait', async () => {
    const world = await createFamilyWorld()
    await append(world, tried('child'), tried('child'))
    expect(alertsSeen(world, 'guardian')).toEqual([])
    await append(world, tried('child'))
    expect(alertsSeen(world, 'guardian')).toEqual([['Dot', 'wrongPins']])
    await append(world, tried('child'))
    expect(alertsSeen(world, 'guardian')).toHaveLength(1)
    await append(world, tried('child'), granted('child'), tried('child'))
    expect(alertsSeen(world, 'guardian')).toEqual([['Dot', 'wrongPins']])
    await append(world, tried('child'), tried('child'))
    expect(alertsSeen(world, 'guardian')).toHaveLength(2)
    expect(alertsSeen(world, 'child')).toEqual([])
  })

  it('a third PIN that is right is none', async () => {
    const world = await createFamilyWorld()
    await append(world, tried('child'), tried('child'), tried('child'))
    expect(alertsSeen(world, 'guardian')).toHaveLength(1)
    await append(world, granted('child'))
    expect(alertsSeen(world, 'guardian')).toEqual([])
  })

  it('P5 tells guardians of what is asked to be looser, and of whom', async () => {
    const world = await createFamilyWorld([cleosWeek, { period: 'week', sellerId: null, amount: '2000' }])
    await append(world, looseningAsked('c1', limitOf('3000'), '2026-03-02T12:00:00.000Z'))
    await append(world, looseningAsked('c2', { kind: 'member', memberId: 'teen', role: 'adult' }, '2026-03-02T12:00:00.000Z'))
    expect(alertsSeen(world, 'guardian')).toEqual([['Cleo', 'looserAsked'], [null, 'looserAsked']])
    expect(alertsSeen(world, 'teen')).toEqual([])
  })

  it('P8 tells guardians of what minors buy, or nearly bought, that looks wrong; of nobody grown up, and nobody else', async () => {
    const world = await createFamilyWorld()
    const risk = { ...strangeRisk, bands: { ...strangeRisk.bands, takeover: 'alert' }, band: 'alert' } as const
    for (const memberId of ['teen', 'adult']) await append(world, approved(`by-${memberId}`, { memberId, risk }))
    await append(world, approved('as-usual', { memberId: 'child', risk: { ...strangeRisk, band: 'pause' } }))
    const attempt = { item: 'Lamp', payee: 'Seller', price: { amount: '99', currency: 'EUR' }, memberId: 'child', risk }
    await append(world, { type: 'purchase.cancelled', actor: 'child', payload: { purchaseId: 'p' as PurchaseId, offerId: 'o', reason: 'person', attempt } })
    expect(alertsSeen(world, 'guardian')).toEqual([['Dot', 'looksWrong'], ['Cleo', 'looksWrong']])
    for (const memberId of ['teen', 'adult', 'child']) expect(alertsSeen(world, memberId)).toEqual([])
  })

  it('forgets alerts after thirty days, and lists a hundred', async () => {
    const world = await createFamilyWorld()
    for (let run = 0; run < 102; run += 1) await append(world, tried('child'), tried('child'), tried('child'), accessSet('child', 'pin'))
    expect(seen(world, 'guardian').alerts).toHaveLength(100)
    world.clock.advance(30 * 24 * hourMs)
    expect(seen(world, 'guardian').alerts).toHaveLength(100)
    world.clock.advance(1)
    expect(seen(world, 'guardian').alerts).toEqual([])
  })

  it('counts the recovery codes that a guardian has left', async () => {
    const world = await createFamilyWorld()
    await append(world, tried('guardian'), granted('guardian', { recovery: 3 }))
    expect(seen(world, 'guardian').recoveryCodesLeft).toBe(9)
    expect(seen(world, 'adult').recoveryCodesLeft).toBeNull()
  })
})

describe('the log of every change', () => {
  it('P10 is a guardian’s alone, with who decided it and about whom, by the names of now', async () => {
    const world = await createFamilyWorld()
    world.as('teen')
    await world.change({ kind: 'limit', period: 'day', sellerId: null, memberId: 'teen', amount: '100' })
    await append(world, { ...accessSet('child', 'pin'), actor: 'guardian' }, accessSet('guardian', 'secondFactor'), named('teen', 'Clea'))
    await append(world, tightened({ kind: 'member', memberId: 'adult', role: 'removed' }), looseningAsked('c1', { kind: 'member', memberId: 'teen', role: 'adult' }, '2026-03-02T12:00:00.000Z'))
    const changes = seen(world, 'guardian').changes.map(({ by, about, what }) => [by, about, what.kind])
    expect(changes).toEqual([
      [null, 'Clea', 'looseningAsked'],
      [null, 'Ben', 'tightened'],
      ['Ada', 'Clea', 'renamed'],
      ['Ada', 'Ada', 'secondFactorSet'],
      ['Ada', 'Dot', 'pinSet'],
      ['Clea', 'Clea', 'tightened'],
      ['Ada', null, 'householdBegun'],
      ['Ada', null, 'begun'],
    ])
    for (const other of ['teen', 'child']) expect(seen(world, other).changes).toEqual([])
  })

  it('P4 says of a warning whose limit it was, and of how much', async () => {
    const world = await createFamilyWorld([{ ...cleosWeek, amount: '120' }, { period: 'week', sellerId: null, amount: '110' }])
    world.as('teen')
    const { answer, outcome } = await world.ask()
    await world.use.approveChallenge({ ...answer, knowsLimit: true })
    await outcome
    const warned = seen(world, 'guardian').changes.filter(({ what }) => what.kind === 'warned')
    expect(warned).toMatchObject([
      { by: 'Cleo', about: 'Cleo', what: { memberId: 'teen', amount: '120', percent: 80 } },
      { by: 'Cleo', about: null, what: { amount: '110', percent: 80 } },
    ])
  })

  it('calls whom only the gateway knows by their place', async () => {
    const world = createBuyingWorld()
    const { household, members, limits } = (await createFamilyWorld()).log.controls()
    await world.log.append(() => adopted({ household, limits, quietHours: [], exclusion: null, ...(members && { members }) }))
    world.profile.open = 'guardian'
    await world.log.append(() => tightened({ kind: 'quietHours', hours: [{ weekday: 1, fromMinute: 0, toMinute: 60 }], memberId: 'teen' }))
    const view = v.parse(launcherContract.calls['family.get'].output, world.use.requests.reportFamily())
    expect(view).toMatchObject({ changes: [{ about: 'Member 3' }, { by: null, what: { kind: 'adopted' } }] })
  })
})
