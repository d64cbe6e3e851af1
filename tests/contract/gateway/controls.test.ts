/** The controls that the gateway keeps, and those who would rather have them looser. */
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { canonicalJson } from '../../../src/domain/canonical.ts'
import { nextControls, noControls, type SharedControls } from '../../../src/domain/controls.ts'
import type { ControlStep } from '../../../src/domain/kept-controls.ts'
import { controlCalls, controlsWithLimit, excludedUntil, looserDay, nothingKept, statementIn } from '../../support/control-calls.ts'
import { inBerlin } from '../../support/control-events.ts'
import { makeDevice, random32, type TestDevice } from '../../support/gateway-client.ts'
import { startTestGateway, type TestWorld } from '../../support/test-gateway.ts'

const dayMs = 24 * 60 * 60_000
const night = { weekday: 1, fromMinute: 22 * 60, toMinute: 6 * 60 }
const own: SharedControls = {
  household: inBerlin,
  limits: controlsWithLimit('500').limits,
  quietHours: [night],
  exclusion: { begunAt: '2026-11-23T09:00:00.000Z', until: '2026-12-23T09:00:00.000Z', returnAskedAt: null },
}

let world: TestWorld
let calls: ReturnType<typeof controlCalls>
let device: TestDevice
beforeEach(async () => {
  world = await startTestGateway()
  calls = controlCalls(world.client)
  device = await world.client.enrolledDevice()
})
afterEach(() => world.close())

const kept = async (by = device) => (await calls.read(by)).controls
const codeOf = (answer: Awaited<ReturnType<typeof calls.tighten>>) => answer.body['code']

it('P5 a tightening acts at once, for every device', async () => {
  expect(statementIn(await calls.tighten(device, own)).controls).toEqual(own)
  expect(await kept(await world.client.enrolledDevice())).toEqual(own)
})

describe('P5 nothing that is posted makes a control looser:', () => {
  beforeEach(async () => {
    await calls.tighten(device, own)
  })

  const exclusion = (changes: Partial<NonNullable<SharedControls['exclusion']>>) => ({ ...own, exclusion: { ...own.exclusion, ...changes } })
  it.each<[string, unknown]>([
    ['nothing at all', nothingKept],
    ['an exclusion that ends sooner', exclusion({ until: '2026-11-24T09:00:00.000Z' })],
    ['one that has ended and was returned from', exclusion({ until: '2026-11-01T09:00:00.000Z', begunAt: '2026-10-01T09:00:00.000Z', returnAskedAt: '2026-11-02T09:00:00.000Z' })],
    ['a return from the one that runs', exclusion({ returnAskedAt: '2026-11-20T09:00:00.000Z' })],
    ['a return at its very end', exclusion({ returnAskedAt: '2026-12-23T09:00:00.000Z' })],
    ['a higher limit', { ...own, limits: controlsWithLimit('501').limits }],
    ['no limit', { ...own, limits: [] }],
    ['no quiet hours', { ...own, quietHours: [] }],
    ['shorter quiet hours', { ...own, quietHours: [{ ...night, toMinute: 5 * 60 }] }],
    ['another zone', { ...own, household: { ...inBerlin, zone: 'Pacific/Kiritimati' } }],
    ['another currency', { ...controlsWithLimit('1'), household: { ...inBerlin, currency: 'JPY' } }],
  ])('%s', async (_name, posted) => {
    expect(statementIn(await calls.tighten(device, posted)).controls).toEqual(own)
    expect(await kept(await world.client.enrolledDevice())).toEqual(own)
  })

  it('a longer exclusion with a return that is only claimed runs to its own end', async () => {
    const until = '2026-12-23T09:00:00.001Z'
    const claimed = exclusion({ until, returnAskedAt: '2026-11-20T09:00:00.000Z' })
    expect(statementIn(await calls.tighten(device, claimed)).controls.exclusion).toEqual({ ...own.exclusion, until })
    world.clock.nowMs = Date.parse(until) - 1
    expect((await world.client.buy(device, 'nachtzug-tea')).body['code']).toBe('excluded')
    world.clock.nowMs = Date.parse(until) + 30 * dayMs
    expect((await world.client.buy(device, 'nachtzug-tea')).body['code']).toBe('excluded')
  })

  it.each<[string, (many: number) => unknown]>([
    ['two limits for the same purchases', () => ({ ...own, limits: [...controlsWithLimit('400').limits, ...controlsWithLimit('900').limits] })],
    ['a limit that is no amount', () => ({ ...own, limits: controlsWithLimit('-1').limits })],
    ['a zone that there is not', () => ({ ...own, household: { ...inBerlin, zone: 'Nowhere/AtAll' } })],
    ['a currency that there is not', () => ({ ...own, household: { ...inBerlin, currency: 'XAU' } })],
    ['a currency that nothing is counted in', () => ({ ...own, household: { ...inBerlin, currency: 'CHF' } })],
    ['quiet hours without length', () => ({ ...own, quietHours: [{ ...night, toMinute: night.fromMinute }] })],
    ['an exclusion for ever', () => exclusion({ until: '9999-12-31T00:00:00.000Z' })],
    ['an exclusion that ends before it begins', () => exclusion({ begunAt: '2027-01-01T00:00:00.000Z', until: '2026-12-31T00:00:00.000Z' })],
    ['more limits than can be signed', (many) => ({ ...own, limits: Array.from({ length: many }, (_, n) => controlsWithLimit('1', 'day', `seller-${n}`).limits[0]) })],
    ['more quiet hours than can be signed', (many) => ({ ...own, quietHours: Array.from({ length: many }, (_, n) => ({ weekday: 1 + (n % 7), fromMinute: 3 * n, toMinute: 3 * n + 1 })) })],
    ['a member more', () => ({ ...own, pending: [] })],
  ])('%s is refused as a whole', async (_name, posted) => {
    const answer = await calls.tighten(device, posted(380))
    expect([answer.status, codeOf(answer)]).toEqual([400, 'badRequest'])
    expect(await kept()).toEqual(own)
  })

  it('and an exclusion can be begun however full the lists are', async () => {
    const sellers = Array.from({ length: 120 }, (_, n) => controlsWithLimit('1', 'day', `${'s'.repeat(60)}${n}`).limits[0])
    let count = 0
    while (codeOf(await calls.tighten(device, { ...own, limits: sellers.slice(count, count + 10) })) === undefined) count += 10
    expect(count).toBeGreaterThan(50)
    expect(codeOf(await calls.ask(device, 'change-1', { kind: 'quietHours', hours: [] }))).toBeUndefined()
    const until = '2027-11-23T09:00:00.000Z'
    expect(statementIn(await calls.tighten(device, excludedUntil(until, '2026-11-23T09:00:00.000Z'))).controls.exclusion?.until).toBe(until)
    expect((await kept()).limits).toHaveLength(count + 1)
  })
})

it('an exclusion that ended and was returned from before the gateway heard of it stops nothing', async () => {
  const past = excludedUntil('2026-11-20T09:00:00.000Z', '2026-11-19T09:00:00.000Z', '2026-11-21T09:00:00.000Z')
  expect(statementIn(await calls.tighten(device, past)).controls.exclusion).toBeNull()
  const since = excludedUntil('2026-11-20T09:00:00.000Z', '2026-11-19T09:00:00.000Z', '2026-11-22T09:00:00.001Z')
  expect(statementIn(await calls.tighten(device, since)).controls.exclusion).toMatchObject({ returnAskedAt: null })
  expect((await world.client.buy(device, 'nachtzug-tea')).body['code']).toBe('excluded')
})

describe('P5 what waits to be loosened', () => {
  const hours = { kind: 'quietHours', hours: [] } as const

  it('is the same for every device, and any of them can take it back', async () => {
    const other = await world.client.enrolledDevice()
    await calls.tighten(device, controlsWithLimit('500'))
    await calls.ask(device, 'change-1', looserDay('600'))
    expect((await calls.read(other)).pending).toMatchObject([{ changeId: 'change-1' }])
    expect(statementIn(await calls.withdraw(other, 'change-1')).pending).toEqual([])
    world.clock.nowMs += dayMs
    expect(codeOf(await calls.confirm(device, 'change-1'))).toBe('controlUnknown')
  })

  it('waits no more once somebody tightens that control', async () => {
    await calls.tighten(device, { ...own, exclusion: null })
    await calls.ask(device, 'limit', looserDay('600'))
    await calls.ask(device, 'hours', hours)
    const stricter = { ...controlsWithLimit('499'), quietHours: [{ ...night, weekday: 2 }] }
    expect(statementIn(await calls.tighten(await world.client.enrolledDevice(), stricter)).pending).toEqual([])
    world.clock.nowMs += dayMs
    for (const changeId of ['limit', 'hours']) expect(codeOf(await calls.confirm(device, changeId))).toBe('controlUnknown')
    expect(await kept()).toMatchObject({ limits: controlsWithLimit('499').limits, quietHours: [night, { ...night, weekday: 2 }] })
  })

  it('goes on waiting when what is kept is only posted once more', async () => {
    await calls.tighten(device, controlsWithLimit('500'))
    await calls.ask(device, 'change-1', looserDay('600'))
    world.clock.nowMs += dayMs
    await calls.tighten(device, controlsWithLimit('500'))
    expect(statementIn(await calls.confirm(device, 'change-1')).controls.limits).toEqual(controlsWithLimit('600').limits)
  })

  it('is the newer of two for the same control, which waits a day of its own', async () => {
    await calls.tighten(device, controlsWithLimit('500'))
    await calls.ask(device, 'change-1', looserDay('501'))
    world.clock.nowMs += dayMs - 1
    await calls.ask(device, 'change-2', looserDay(null))
    world.clock.nowMs += 1
    expect([codeOf(await calls.confirm(device, 'change-1')), codeOf(await calls.confirm(device, 'change-2'))]).toEqual(['controlUnknown', 'controlTooEarly'])
  })

  it('is asked for once by many equal requests at once, and confirmed once', async () => {
    await calls.tighten(device, controlsWithLimit('500'))
    const asked = await Promise.all(Array.from({ length: 6 }, () => calls.ask(device, 'change-1', looserDay('600'))))
    expect(new Set(asked.map((answer) => canonicalJson(statementIn(answer).pending))).size).toBe(1)
    world.clock.nowMs += dayMs
    const confirmed = await Promise.all(Array.from({ length: 6 }, () => calls.confirm(device, 'change-1')))
    expect(new Set(confirmed.map((answer) => canonicalJson(statementIn(answer).controls))).size).toBe(1)
    expect(stepsOf(world).map(({ type }) => type)).toEqual(['controls.adopted', 'controls.looseningAsked', 'controls.looseningConfirmed'])
  })

  it('once in force cannot be taken back under its id, nor brought into force again', async () => {
    await calls.tighten(device, controlsWithLimit('500'))
    await calls.ask(device, 'change-1', looserDay('600'))
    world.clock.nowMs += dayMs
    await calls.confirm(device, 'change-1')
    await calls.tighten(device, controlsWithLimit('100'))
    expect(codeOf(await calls.withdraw(device, 'change-1'))).toBe('controlUnknown')
    await calls.ask(device, 'change-1', looserDay('600'))
    expect(statementIn(await calls.confirm(device, 'change-1'))).toMatchObject({ controls: controlsWithLimit('100'), pending: [] })
  })

  it('lapses to the millisecond', async () => {
    for (const [waitedMs, code] of [[7 * dayMs - 1, undefined], [7 * dayMs, 'controlUnknown']] as const) {
      await calls.tighten(device, controlsWithLimit('500'))
      await calls.ask(device, `after-${waitedMs}`, looserDay('600'))
      world.clock.nowMs += waitedMs
      expect(codeOf(await calls.confirm(device, `after-${waitedMs}`))).toBe(code)
    }
  })
})

function stepsOf({ dataDir }: TestWorld) {
  const database = new Database(join(dataDir, 'gateway.sqlite'), { readonly: true })
  const rows = database.prepare('SELECT type, device_id, at, payload FROM control_steps ORDER BY seq').all()
  const row = database.prepare('SELECT controls FROM controls').get() as { controls: string }
  database.close()
  const steps = rows as { type: ControlStep['type']; device_id: string; at: string; payload: string }[]
  return Object.assign(steps, { controls: row.controls })
}

describe('the record', () => {
  it('P5 has every step with its device and time, and what is kept is what they add up to', async () => {
    const other = await world.client.enrolledDevice()
    await calls.tighten(device, own)
    await calls.tighten(other, { ...own, limits: controlsWithLimit('400').limits })
    await calls.ask(device, 'change-1', looserDay('600'))
    world.clock.nowMs += 7 * dayMs
    await calls.ask(other, 'change-2', { kind: 'zone', zone: 'Europe/Paris' })
    world.clock.nowMs += dayMs
    await calls.confirm(other, 'change-2')
    world.clock.nowMs = Date.parse(own.exclusion!.until)
    await calls.askReturn(device)
    const steps = stepsOf(world)
    expect(steps.map(({ type, device_id }) => [type, device_id === other.deviceId ? 'other' : 'device'])).toEqual([
      ['controls.adopted', 'device'],
      ['controls.adopted', 'other'],
      ['controls.looseningAsked', 'device'],
      ['controls.looseningEnded', 'other'],
      ['controls.looseningAsked', 'other'],
      ['controls.looseningConfirmed', 'other'],
      ['exclusion.returnAsked', 'device'],
    ])
    expect(steps.at(-1)?.at).toBe(own.exclusion?.until)
    const folded = steps.map(({ type, payload }) => ({ type, payload: JSON.parse(payload) as never })).reduce(nextControls, noControls)
    expect(steps.controls).toBe(canonicalJson(folded))
  })

  it('grows by nothing when the same is posted again', async () => {
    for (let count = 0; count < 3; count += 1) await calls.tighten(device, own)
    expect(stepsOf(world)).toHaveLength(1)
  })

  it('P5 cannot be changed or removed in the database either', async () => {
    await world.client.buy(device, 'nachtzug-tea')
    await calls.tighten(device, own)
    const database = new Database(join(world.dataDir, 'gateway.sqlite'))
    for (const table of ['control_steps', 'spending', 'controls']) expect(() => database.exec(`DELETE FROM ${table}`)).toThrow('never deleted')
    for (const table of ['control_steps', 'spending']) expect(() => database.exec(`UPDATE ${table} SET device_id = 'x'`)).toThrow('never changed')
    database.close()
  })
})

describe('P7 who is not enrolled', () => {
  it('neither reads nor changes the controls', async () => {
    const stranger = await makeDevice()
    await calls.tighten(device, controlsWithLimit('500'))
    const answers = [
      await calls.tighten(stranger, controlsWithLimit('1')),
      await calls.ask(stranger, 'change-1', looserDay('600')),
      await calls.confirm(stranger, 'change-1'),
      await calls.withdraw(stranger, 'change-1'),
      await calls.askReturn(stranger),
    ]
    expect(answers.map(codeOf)).toEqual(Array<string>(5).fill('deviceUnknown'))
    expect((await world.client.send(`/v1/controls?nonce=${random32()}`)).body['code']).toBe('proofInvalid')
    expect(await kept()).toEqual(controlsWithLimit('500'))
  })
})
