/** A household with members at the gateway: who buys is held to what is kept for them, whichever device they buy on. */
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { AuthorisationClaims } from '../../../src/contract/http/claims.ts'
import type { Change, MemberRole, SharedControls } from '../../../src/domain/controls.ts'
import { controlCalls, controlsWithLimit, householdOfFour, memberCap, statementIn } from '../../support/control-calls.ts'
import { inBerlin } from '../../support/control-events.ts'
import { type Answer, claimsOf, type TestDevice } from '../../support/gateway-client.ts'
import { startTestGateway, type TestWorld } from '../../support/test-gateway.ts'

const dayMs = 24 * 60 * 60_000
/** 9 cents. */
const tea = 'nachtzug-tea'

let world: TestWorld
let calls: ReturnType<typeof controlCalls>
let device: TestDevice
let second: TestDevice
beforeEach(async () => {
  world = await startTestGateway()
  calls = controlCalls(world.client)
  device = await world.client.enrolledDevice()
  second = await world.client.enrolledDevice()
})
afterEach(() => world.close())

type Who = Partial<Pick<AuthorisationClaims, 'memberId' | 'approvedBy'>>

const codeOf = ({ body }: Answer) => body['code']
const outcomeOf = ({ body }: Answer) => body['code'] ?? body['status']
const countOf = (answers: readonly Answer[]) => Object.fromEntries([...Map.groupBy(answers, outcomeOf)].map(([outcome, same]) => [outcome, same.length]))
const buy = async (who: Who, by = device) => outcomeOf(await world.client.buy(by, tea, who))
const kept = async (by = device) => (await calls.read(by)).controls
const instantIn = (ms: number) => new Date(world.clock.nowMs + ms).toISOString()
const excluded = (memberId: string, days: number, returnAskedAt: string | null = null) => ({ memberId, begunAt: instantIn(0), until: instantIn(days * dayMs), returnAskedAt })
const roles = ({ members = [] }: SharedControls) => Object.fromEntries(members.map(({ memberId, role }) => [memberId, role]))
const members = (changes: Readonly<Record<string, MemberRole>>) => Object.entries({ ...roles(householdOfFour), ...changes }).map(([memberId, role]) => ({ memberId, role }))

async function tighten(changes: Partial<SharedControls>, by = device): Promise<SharedControls> {
  return statementIn(await calls.tighten(by, { ...householdOfFour, ...changes })).controls
}

describe('who buys', () => {
  it('P4 a household is kept as it was begun, and a second device meets a member’s limit', async () => {
    const begun = { ...householdOfFour, limits: [memberCap('ada', '18'), memberCap('kim', '9'), memberCap('tom', '0')] }
    expect(await tighten(begun)).toEqual(begun)
    expect([await buy({ memberId: 'kim' }), await buy({ memberId: 'kim' }, second)]).toEqual(['succeeded', 'limitReached'])
    expect([await buy({ memberId: 'ada' }, second), await buy({ memberId: 'ada' }), await buy({ memberId: 'ada' }, second)]).toEqual(['succeeded', 'succeeded', 'limitReached'])
    expect([await buy({ memberId: 'tom' }, second), await buy({ memberId: 'gina' }, second)]).toEqual(['limitReached', 'succeeded'])
  })

  it('P4 what somebody bought before there were members is of the household, and of nobody’s own limit', async () => {
    await buy({})
    await tighten({ limits: [memberCap('kim', '9'), ...controlsWithLimit('27').limits] })
    expect([await buy({ memberId: 'kim' }), await buy({ memberId: 'gina' }), await buy({ memberId: 'gina' })]).toEqual(['succeeded', 'succeeded', 'limitReached'])
  })

  it('P4 all members together, on all devices, are held to the household’s limit', async () => {
    await tighten({ limits: [...controlsWithLimit('18').limits] })
    expect([await buy({ memberId: 'ada' }), await buy({ memberId: 'gina' }, second)]).toEqual(['succeeded', 'succeeded'])
    expect([await buy({ memberId: 'ada' }, second), await buy({ memberId: 'gina' })]).toEqual(['limitReached', 'limitReached'])
  })

  it('P4 of two members at once at the household’s last room, exactly one is charged', async () => {
    await tighten({ limits: [...controlsWithLimit('9').limits] })
    const orders = [{ by: device, memberId: 'ada' }, { by: second, memberId: 'gina' }].flatMap((order) => Array.from({ length: 4 }, () => order))
    const requests = await Promise.all(orders.map(async ({ by, memberId }) => ({ by, request: await world.client.approved(by, tea, { memberId }) })))
    const answers = await Promise.all(requests.map(({ by, request }) => world.client.purchase(by, request)))
    expect(countOf(answers)).toEqual({ limitReached: 7, succeeded: 1 })
    expect(await world.client.charges()).toHaveLength(1)
  })

  it('P8 once there are members, a purchase of nobody, of somebody unknown or of somebody removed is refused', async () => {
    expect(await buy({ memberId: 'not-yet' })).toBe('succeeded')
    await tighten({})
    await tighten({ members: members({ ada: 'removed' }) })
    for (const who of [{}, { memberId: 'somebody' }, { memberId: 'ada' }]) expect(await buy(who, second)).toBe('memberInvalid')
    expect(await world.client.charges()).toHaveLength(1)
  })

  it('P1 is in the receipt exactly where the device said so', async () => {
    const receiptOf = async (who: Who) => claimsOf((await world.client.buy(device, tea, who)).body['receipt'] as string)
    expect(await receiptOf({})).not.toHaveProperty('memberId')
    await tighten({})
    expect(await receiptOf({ memberId: 'ada' })).toHaveProperty('memberId', 'ada')
  })

  it('P4 a member’s own quiet hours hold them back, and nobody else', async () => {
    await tighten({ quietHours: [{ weekday: 1, fromMinute: 9 * 60, toMinute: 11 * 60, memberId: 'ada' }] })
    expect([await buy({ memberId: 'ada' }, second), await buy({ memberId: 'gina' })]).toEqual(['quietHours', 'succeeded'])
  })
})

describe('a guardian’s yes', () => {
  beforeEach(() => tighten({ members: members({ rita: 'guardian', olga: 'guardian' }) }))

  it('P4 P8 lifts the member’s limit and quiet hours for this once, on any device', async () => {
    await tighten({ quietHours: [{ weekday: 1, fromMinute: 9 * 60, toMinute: 11 * 60, memberId: 'kim' }] })
    expect([await buy({ memberId: 'kim', approvedBy: 'gina' }, second), await buy({ memberId: 'kim' }, second)]).toEqual(['succeeded', 'quietHours'])
    world.clock.nowMs += 2 * 60 * 60_000
    expect([await buy({ memberId: 'kim' }), await buy({ memberId: 'tom', approvedBy: 'rita' })]).toEqual(['limitReached', 'succeeded'])
  })

  it('P4 lifts no limit and no quiet hours of the household', async () => {
    await tighten({ limits: [...householdOfFour.limits, ...controlsWithLimit('9').limits] })
    expect([await buy({ memberId: 'kim', approvedBy: 'gina' }), await buy({ memberId: 'kim', approvedBy: 'gina' })]).toEqual(['succeeded', 'limitReached'])
    await tighten({ quietHours: [{ weekday: 1, fromMinute: 9 * 60, toMinute: 11 * 60 }] })
    expect(await buy({ memberId: 'tom', approvedBy: 'gina' })).toBe('quietHours')
  })

  it('P5 lifts no exclusion, neither the member’s nor the household’s', async () => {
    await tighten({ exclusions: [excluded('kim', 7)] })
    expect([await buy({ memberId: 'kim', approvedBy: 'gina' }), await buy({ memberId: 'tom', approvedBy: 'gina' })]).toEqual(['excluded', 'succeeded'])
    const { memberId: _, ...exclusion } = excluded('', 7)
    await tighten({ exclusion })
    expect(await buy({ memberId: 'tom', approvedBy: 'gina' })).toBe('excluded')
  })

  it.each<[string, Who]>([
    ['the one who asks', { memberId: 'kim', approvedBy: 'kim' }],
    ['a teen', { memberId: 'kim', approvedBy: 'tom' }],
    ['an adult', { memberId: 'kim', approvedBy: 'ada' }],
    ['a guardian who is excluded', { memberId: 'kim', approvedBy: 'rita' }],
    ['a guardian who was removed', { memberId: 'kim', approvedBy: 'olga' }],
    ['somebody unknown', { memberId: 'kim', approvedBy: 'somebody' }],
    ['a guardian to a grown-up', { memberId: 'ada', approvedBy: 'gina' }],
    ['a guardian to themselves', { memberId: 'gina', approvedBy: 'gina' }],
    ['a guardian to nobody', { approvedBy: 'gina' }],
  ])('P8 is none when it is said by %s', async (_name, who) => {
    await tighten({ members: members({ rita: 'guardian', olga: 'removed' }), exclusions: [excluded('rita', 7)] })
    expect(await buy(who, second)).toBe('memberInvalid')
    expect(await world.client.charges()).toEqual([])
  })
})

describe('what another device posts', () => {
  beforeEach(() => tighten({}))

  it('P8 brings in no grown-up, makes nobody older and gives back nobody who was removed', async () => {
    await tighten({ members: members({ ada: 'removed' }) })
    const claimed = await tighten({ members: members({ ada: 'adult', kim: 'teen', tom: 'guardian', eve: 'guardian', bob: 'adult' }) }, second)
    expect(roles(claimed)).toEqual(roles({ ...householdOfFour, members: members({ ada: 'removed' }) }))
    expect(await buy({ memberId: 'eve' }, second)).toBe('memberInvalid')
    expect(await buy({ memberId: 'kim', approvedBy: 'tom' }, second)).toBe('memberInvalid')
  })

  it('P8 leaves out nobody, and makes younger whom it says', async () => {
    expect(roles(await tighten({ members: [{ memberId: 'gina', role: 'guardian' }, { memberId: 'ada', role: 'child' }], limits: [] }, second))).toEqual({ ...roles(householdOfFour), ada: 'child' })
  })

  it('P8 does not take the last guardian away', async () => {
    const claimed = await tighten({ members: members({ gina: 'removed', eve: 'guardian' }) }, second)
    expect(roles(claimed)).toEqual(roles(householdOfFour))
    expect(await buy({ memberId: 'kim', approvedBy: 'gina' })).toBe('succeeded')
  })

  it.each([
    ['no limit', []],
    ['a high limit', [memberCap('eve', '99999')]],
    ['a limit of another kind', [{ ...memberCap('eve', '99999'), period: 'day' as const }]],
  ])('P4 brings in a minor with %s, and nothing to spend', async (_name, limits) => {
    const claimed = await tighten({ members: members({ eve: 'teen' }), limits }, second)
    expect(roles(claimed)).toEqual({ ...roles(householdOfFour), eve: 'teen' })
    expect(claimed.limits).toContainEqual(memberCap('eve', '0'))
    expect([await buy({ memberId: 'eve' }, second), await buy({ memberId: 'eve', approvedBy: 'gina' })]).toEqual(['limitReached', 'succeeded'])
  })

  it('P4 leaves no limit behind for somebody to come', async () => {
    expect(codeOf(await calls.tighten(second, { ...householdOfFour, limits: [memberCap('eve', '99999')] }))).toBe('badRequest')
    await tighten({ members: members({ eve: 'adult' }), limits: [memberCap('eve', '99999')] }, second)
    const inYen = { household: { ...inBerlin, currency: 'JPY' }, members: members({ eve: 'child' }) }
    expect((await tighten(inYen, second)).limits).toContainEqual(memberCap('eve', '0'))
    expect(await buy({ memberId: 'eve' }, second)).toBe('limitReached')
  })

  it('P5 frees nobody who is excluded, and of two exclusions the later holds', async () => {
    await tighten({ exclusions: [excluded('ada', 30), excluded('tom', 1)] })
    const claimed = await tighten({ exclusions: [excluded('ada', 7, instantIn(-2 * dayMs)), excluded('tom', 7, instantIn(0))] }, second)
    expect(claimed.exclusions).toEqual([excluded('ada', 30), excluded('tom', 7)])
    expect((await tighten({}, second)).exclusions).toEqual(claimed.exclusions)
    expect([await buy({ memberId: 'ada' }, second), await buy({ memberId: 'gina' }, second)]).toEqual(['excluded', 'succeeded'])
  })

  it('P5 brings in nobody while a grown-up is excluded, and does while only a minor is', async () => {
    await tighten({ exclusions: [excluded('tom', 1)] })
    expect(roles(await tighten({ members: members({ eve: 'child' }) }, second))).toHaveProperty('eve')
    await tighten({ exclusions: [excluded('ada', 1)] })
    expect(roles(await tighten({ members: members({ max: 'child' }) }, second))).not.toHaveProperty('max')
    world.clock.nowMs += dayMs
    await calls.askReturn(device, 'ada')
    world.clock.nowMs += dayMs
    expect(roles(await tighten({ members: members({ max: 'child' }) }, second))).toHaveProperty('max')
  })

  it.each<[string, Partial<SharedControls>]>([
    ['nobody at all', { members: [], limits: [] }],
    ['nobody who is a guardian', { members: [{ memberId: 'ada', role: 'adult' }], limits: [] }],
    ['somebody twice', { members: [...members({}), { memberId: 'kim', role: 'teen' }] }],
    ['members without a calendar', { household: null }],
    ['an exclusion of somebody unknown', { exclusions: [{ memberId: 'eve', begunAt: '2026-11-23T09:00:00.000Z', until: '2026-11-24T09:00:00.000Z', returnAskedAt: null }] }],
    ['two exclusions of one', { exclusions: Array.from({ length: 2 }, () => ({ memberId: 'kim', begunAt: '2026-11-23T09:00:00.000Z', until: '2026-11-24T09:00:00.000Z', returnAskedAt: null })) }],
    ['quiet hours of somebody unknown', { quietHours: [{ weekday: 1, fromMinute: 0, toMinute: 60, memberId: 'eve' }] }],
    ['an exclusion for ever', { exclusions: [{ memberId: 'kim', begunAt: '2026-11-23T09:00:00.000Z', until: '9999-12-31T00:00:00.000Z', returnAskedAt: null }] }],
  ])('%s is refused as a whole', async (_name, changes) => {
    expect(codeOf(await calls.tighten(second, { ...householdOfFour, ...changes }))).toBe('badRequest')
    expect(await kept()).toEqual(householdOfFour)
  })

  it('P5 however many members there are, each can be excluded and removed, and what is kept can still be read', async () => {
    let count = 0
    const crowd = (from: number) => Object.fromEntries(Array.from({ length: 5 }, (_, n) => [`${'m'.repeat(60)}${from + n}`, 'child' as const]))
    while (codeOf(await calls.tighten(second, { ...householdOfFour, members: members(crowd(count)) })) === undefined) count += 5
    expect(count).toBeGreaterThan(10)
    const all = (await kept()).members ?? []
    const exclusions = all.map(({ memberId }) => excluded(memberId, 7, instantIn(0)))
    const removed = all.map(({ memberId, role }) => ({ memberId, role: role === 'guardian' ? role : ('removed' as const) }))
    expect((await tighten({ members: removed, exclusions }, second)).exclusions).toHaveLength(all.length)
    for (const { memberId } of all) world.clock.nowMs = Math.max(world.clock.nowMs, Date.parse((await kept()).exclusions?.find((one) => one.memberId === memberId)?.until ?? ''))
    for (const { memberId } of all) expect(codeOf(await calls.askReturn(second, memberId))).toBeUndefined()
    expect(((await calls.tighten(second, await kept())).body['controls'] as string).length).toBeLessThan(20_000)
  })

  it('of more people than the contract takes none is kept', async () => {
    const others = Object.fromEntries(Array.from({ length: 46 }, (_, n) => [`member-${n}`, 'removed' as const]))
    expect(Object.keys(roles(await tighten({ members: members(others), limits: [] }, second)))).toHaveLength(50)
    expect(codeOf(await calls.tighten(second, { ...householdOfFour, members: members({ 'one-more': 'removed' }) }))).toBe('badRequest')
  })
})

describe('joining and growing older', () => {
  const role = (memberId: string, to: MemberRole): Change => ({ kind: 'member', memberId, role: to })
  beforeEach(() => tighten({}))

  it('P5 P8 a grown-up comes in, and somebody grows older, a day and a second yes later', async () => {
    await calls.ask(device, 'eve', role('eve', 'adult'))
    await calls.ask(device, 'kim', role('kim', 'teen'))
    world.clock.nowMs += dayMs - 1
    expect([codeOf(await calls.confirm(second, 'eve')), codeOf(await calls.confirm(second, 'kim'))]).toEqual(['controlTooEarly', 'controlTooEarly'])
    expect(await buy({ memberId: 'eve' })).toBe('memberInvalid')
    world.clock.nowMs += 1
    await calls.confirm(second, 'eve')
    expect(roles(statementIn(await calls.confirm(device, 'kim')).controls)).toEqual({ ...roles(householdOfFour), eve: 'adult', kim: 'teen' })
    expect([await buy({ memberId: 'eve' }), await buy({ memberId: 'kim' })]).toEqual(['succeeded', 'limitReached'])
  })

  it('P4 a member’s higher limit is that member’s alone', async () => {
    await calls.ask(device, 'cap', { kind: 'limit', ...memberCap('kim', '9') })
    world.clock.nowMs += dayMs
    expect(statementIn(await calls.confirm(device, 'cap')).controls.limits).toEqual([memberCap('kim', '9'), memberCap('tom', '0')])
    expect([await buy({ memberId: 'kim' }), await buy({ memberId: 'kim' }, second), await buy({ memberId: 'tom' })]).toEqual(['succeeded', 'limitReached', 'limitReached'])
  })

  it('P5 neither is asked for while a grown-up is excluded, nor confirmed', async () => {
    await calls.ask(device, 'eve', role('eve', 'adult'))
    world.clock.nowMs += dayMs
    await tighten({ exclusions: [excluded('ada', 1)] })
    const answer = await calls.confirm(second, 'eve')
    expect([answer.status, codeOf(answer)]).toEqual([409, 'controlExcluded'])
    for (const change of [role('max', 'adult'), role('kim', 'teen')]) expect(codeOf(await calls.ask(second, 'other', change))).toBe('controlExcluded')
    expect(roles(await kept())).toEqual(roles(householdOfFour))
    world.clock.nowMs += dayMs
    await calls.askReturn(device, 'ada')
    world.clock.nowMs += dayMs
    expect(roles(statementIn(await calls.confirm(second, 'eve')).controls)).toHaveProperty('eve', 'adult')
  })

  it('P5 whoever was removed while they were excluded holds nobody out any more once that has ended', async () => {
    await tighten({ members: members({ ada: 'removed' }), exclusions: [excluded('ada', 1)] })
    expect(codeOf(await calls.ask(device, 'early', role('eve', 'adult')))).toBe('controlExcluded')
    world.clock.nowMs += dayMs
    expect(codeOf(await calls.ask(device, 'late', role('eve', 'adult')))).toBeUndefined()
  })

  it('is nothing to ask for where there is no household, or nothing would be looser', async () => {
    for (const change of [role('kim', 'child'), role('ada', 'teen'), role('eve', 'teen')]) expect(codeOf(await calls.ask(device, 'one', change))).toBe('controlNotLooser')
    const other = await startTestGateway()
    const alone = await other.client.enrolledDevice()
    expect(codeOf(await controlCalls(other.client).ask(alone, 'one', role('eve', 'guardian')))).toBe('badRequest')
    await other.close()
  })
})

describe('P5 an exclusion of a member', () => {
  it('holds on every device until a new yes after its end, and a day; each has their own', async () => {
    await tighten({ exclusions: [excluded('ada', 1), excluded('gina', 2)] })
    expect([await buy({ memberId: 'ada' }, second), codeOf(await calls.askReturn(second, 'ada'))]).toEqual(['excluded', 'controlTooEarly'])
    world.clock.nowMs += dayMs
    expect([codeOf(await calls.askReturn(device)), codeOf(await calls.askReturn(device, 'kim')), codeOf(await calls.askReturn(device, 'gina'))]).toEqual(['controlUnknown', 'controlUnknown', 'controlTooEarly'])
    await calls.askReturn(device, 'ada')
    expect((await kept()).exclusions?.map(({ memberId, returnAskedAt }) => [memberId, returnAskedAt])).toEqual([['ada', instantIn(0)], ['gina', null]])
    world.clock.nowMs += dayMs - 1
    expect(await buy({ memberId: 'ada' }, second)).toBe('excluded')
    world.clock.nowMs += 1
    expect([await buy({ memberId: 'ada' }, second), await buy({ memberId: 'gina' }, second)]).toEqual(['succeeded', 'excluded'])
  })

  it('of the household holds for everybody, and its return is no member’s', async () => {
    const { memberId: _, ...exclusion } = excluded('', 1)
    await tighten({ exclusion })
    for (const memberId of ['gina', 'ada', 'kim']) expect(await buy({ memberId }, second)).toBe('excluded')
    world.clock.nowMs += dayMs
    expect(codeOf(await calls.askReturn(device, 'ada'))).toBe('controlUnknown')
    expect(statementIn(await calls.askReturn(device)).controls.exclusion?.returnAskedAt).toBe(instantIn(0))
  })
})

it('P4 whose spending it was cannot be changed in the database either', async () => {
  await tighten({})
  await buy({ memberId: 'ada' })
  const database = new Database(join(world.dataDir, 'gateway.sqlite'))
  expect(database.prepare('SELECT member_id FROM spending').all()).toEqual([{ member_id: 'ada' }])
  expect(() => database.exec(`UPDATE spending SET member_id = 'kim'`)).toThrow('never changed')
  database.close()
})
