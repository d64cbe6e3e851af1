import { describe, expect, it } from 'vitest'
import type { NewMember } from '../../../src/contract/ipc/household.ts'
import { VaultError } from '../../../src/main/ports/vault.ts'
import type { HouseholdOrder } from '../../../src/main/usecases/set-up-household.ts'
import { begun, excluded, inBerlin, limitOf, tightened } from '../../support/control-events.ts'
import { notSentProblem } from '../../support/fake-gateway.ts'
import { householdOf } from '../../support/household-events.ts'
import { ada, ben, cleo, codeOf, dot, pinOf, wholeFamily } from '../../support/household-people.ts'
import { createHouseholdWorld, type HouseholdWorld } from '../../support/household-world.ts'

const refused = (reason: string) => ({ kind: 'refused', reason })
const order = (members: readonly NewMember[], changes: Partial<HouseholdOrder> = {}) => ({ ...inBerlin, members: [...members], ...changes })

describe('setting a household up', () => {
  it('asks for a PIN each and the guardian’s second factor, begins the household, and opens the guardian’s profile', async () => {
    const world = createHouseholdWorld()
    expect(await world.setUp()).toEqual({ kind: 'done' })
    const asked = world.member.questions.map((question) => [question.kind, 'name' in question && question.name])
    expect(asked).toEqual([['newPin', 'Ada'], ['secondFactor', 'Ada'], ['recoveryCodes', 'Ada'], ['newPin', 'Ben'], ['newPin', 'Cleo'], ['newPin', 'Dot']])
    expect(world.member.questions.flatMap((question) => (question.kind === 'newPin' ? [question.isOwn] : []))).toEqual([true, false, false, false])
    const [guardian, adult, teen, child] = ['Ada', 'Ben', 'Cleo', 'Dot'].map(world.idOf)
    expect(world.log.controls()).toMatchObject({
      household: inBerlin,
      members: [
        { memberId: guardian, role: 'guardian' },
        { memberId: adult, role: 'adult' },
        { memberId: teen, role: 'teen' },
        { memberId: child, role: 'child' },
      ],
    })
    expect([...world.log.controls().limits].sort((a, b) => (a.amount < b.amount ? -1 : 1))).toEqual([
      { period: 'week', sellerId: null, memberId: child, amount: '0' },
      { period: 'week', sellerId: null, memberId: teen, amount: '1000' },
    ])
    expect(world.use.actor()).toBe(guardian)
    expect(world.confirmWindow.isOpen()).toBe(false)
    expect(world.confirmWindow.opened()).toBe(1)
    expect(world.counts.questionChanged).toBe(5)
    expect(world.use.pending.reserve()).toBe(true)
    expect(world.unexpected).toEqual([])
  })

  it('tells the gateway who there is by id and role, and never a name (P10)', async () => {
    const world = createHouseholdWorld()
    await world.setUp()
    const { claims } = await world.gateway.controls()
    expect(claims.controls.members).toEqual(world.log.controls().members)
    expect(JSON.stringify(claims)).not.toMatch(/Ada|Ben|Cleo|Dot/)
  })

  it('P6 leaves no PIN, secret, code or recovery code in events or errors', async () => {
    const world = createHouseholdWorld()
    await world.setUp()
    const log = JSON.stringify([...world.log.events()])
    const secrets = ['Ada', 'Ben', 'Cleo', 'Dot'].map(pinOf)
    secrets.push(world.member.authenticators.get('Ada') ?? '', ...(world.member.recoveryCodes.get('Ada') ?? []))
    expect(secrets).toHaveLength(15)
    for (const secret of secrets) expect(log).not.toContain(`"${secret}"`)
    expect(log).not.toMatch(/argon2|pinHash|"pin":/)
  })

  it('has the code with which the second factor was tried out count as used', async () => {
    const world = createHouseholdWorld()
    await world.setUp()
    const guardian = world.idOf('Ada')
    const code = codeOf(world.member.authenticators.get('Ada') ?? '', world.clock.now())
    expect(await world.use.identify({ memberId: guardian, pin: pinOf('Ada'), code }, { code: true })).toMatchObject({ kind: 'wrong' })
  })

  it('P7 says in the trusted window what everybody is going to be and may spend, which no page could have changed', async () => {
    const world = createHouseholdWorld()
    await world.setUp()
    expect(world.member.questions.flatMap((question) => (question.kind === 'newPin' ? [question.role] : []))).toEqual([
      'Joins as a guardian.',
      'Joins as an adult.',
      'Joins as a teen. Spends up to €10.00 a week without asking.',
      'Joins as a child. Asks a guardian for each purchase.',
    ])
  })

  it('gives each guardian a second factor', async () => {
    const world = createHouseholdWorld()
    expect(await world.setUp(order([ada, { ...ben, role: 'guardian' }]))).toEqual({ kind: 'done' })
    expect(world.member.questions.map(({ kind }) => kind)).toEqual(['newPin', 'secondFactor', 'recoveryCodes', 'newPin', 'secondFactor', 'recoveryCodes'])
    expect(await world.credentials.has(world.idOf('Ben'))).toEqual({ pin: true, secondFactor: true })
  })

  it('takes no PIN that others try first', async () => {
    const world = createHouseholdWorld()
    const result = await world.member.through(world.use.setUpHousehold(wholeFamily), (question) => ({ kind: 'newPin', questionId: question.questionId, pin: '1234' }))
    expect(result).toEqual({ kind: 'declined' })
    expect(world.member.results).toEqual([{ kind: 'tooEasy' }])
  })

  it('keeps no second factor whose codes do not fit', async () => {
    const world = createHouseholdWorld()
    const result = await world.member.through(world.use.setUpHousehold(wholeFamily), (question) =>
      question.kind === 'secondFactor' ? { kind: 'secondFactor', questionId: question.questionId, code: '000000' } : world.member.right(question),
    )
    expect(result).toEqual({ kind: 'declined' })
    expect(world.member.results.at(-1)).toEqual({ kind: 'wrong', waitMs: 0 })
  })

  it('keeps calendar and currency of whoever set limits before', async () => {
    const world = createHouseholdWorld()
    await world.log.append(() => begun('Europe/Paris', 'EUR'))
    await world.log.append(() => tightened(limitOf('5000')))
    expect(await world.setUp()).toEqual({ kind: 'done' })
    expect(world.log.controls().household).toEqual({ zone: 'Europe/Paris', currency: 'EUR' })
    expect(world.log.controls().limits).toContainEqual({ period: 'week', sellerId: null, amount: '5000' })
  })

  it.each(['newPin', 'secondFactor', 'recoveryCodes', 'last'])('cancelled at %s leaves nothing behind', async (at) => {
    const world = createHouseholdWorld()
    const result = await world.member.through(world.use.setUpHousehold(wholeFamily), (question) => {
      const isHere = at === 'last' ? question.kind === 'newPin' && question.name === 'Dot' : question.kind === at
      return isHere ? null : world.member.right(question)
    })
    expect(result).toEqual({ kind: 'declined' })
    await expectNothing(world)
    expect(await world.setUp()).toEqual({ kind: 'done' })
  })

  async function expectNothing(world: HouseholdWorld) {
    expect(world.eventTypes()).toEqual([])
    for (const memberId of ['member-1', 'member-2', 'member-3', 'member-4']) {
      expect(await world.credentials.has(memberId)).toEqual({ pin: false, secondFactor: false })
    }
    expect(world.confirmWindow.isOpen()).toBe(false)
    expect(world.use.actor()).toBeNull()
    expect((await world.gateway.controls()).claims.controls.members).toBeUndefined()
  }
})

describe('a household is not set up', () => {
  it.each<[string, HouseholdOrder]>([
    ['without a guardian', order([ben, dot])],
    ['with a guardian who is not the first', order([dot, ada])],
    ['with two names alike', order([ada, ben, { ...dot, name: 'BEN' }])],
    ['with two names that look alike', order([ada, { ...dot, name: 'Ａda' }])],
    ['with more than 20 members', order([ada, ...Array.from({ length: 20 }, (_, n) => ({ ...dot, name: `Dot ${n}` }))])],
    ['in no zone', order([ada], { zone: 'Mars/Olympus' })],
    ['in no currency', order([ada], { currency: 'ZZZ' })],
    ['with a cap that one grown-up would set for another', order([ada, { ...ben, weeklyCap: '100' }])],
    ['with a cap that is none', order([ada, { ...dot, weeklyCap: '-1' }])],
  ])('%s', async (_, wanted) => {
    const world = createHouseholdWorld()
    expect(await world.use.setUpHousehold(wanted)).toEqual(refused('impossible'))
    expect(world.gateway.calls).toEqual([])
  })

  it('can have a guardian with a cap of their own, and 20 members', async () => {
    const world = createHouseholdWorld()
    const twenty = order([{ ...ada, weeklyCap: '3000' }, ...Array.from({ length: 19 }, (_, n) => ({ ...dot, name: `Dot ${n}` }))])
    expect(await world.setUp(twenty)).toEqual({ kind: 'done' })
    expect(world.log.controls().limits).toContainEqual({ period: 'week', sellerId: null, memberId: world.idOf('Ada'), amount: '3000' })
  })

  it('where there is one here', async () => {
    const world = createHouseholdWorld()
    await world.setUp()
    expect(await world.use.setUpHousehold(wholeFamily)).toEqual(refused('exists'))
  })

  it('where the gateway has one, from another device', async () => {
    const world = createHouseholdWorld()
    world.gateway.elsewhere.tighten(householdOf())
    expect(await world.use.setUpHousehold(wholeFamily)).toEqual(refused('exists'))
    expect(world.confirmWindow.opened()).toBe(0)
  })

  it('where one came in from the gateway while the questions were asked', async () => {
    const world = createHouseholdWorld()
    const result = await world.member.through(world.use.setUpHousehold(wholeFamily), (question) => {
      if (question.kind === 'newPin' && question.name === 'Dot') {
        void world.log.append(() => ({ type: 'controls.adopted', actor: 'gateway', payload: { controls: householdOf(), statement: 's' } }))
      }
      return world.member.right(question)
    })
    expect(result).toEqual(refused('exists'))
    expect(world.eventTypes()).toEqual(['controls.adopted'])
    expect(await world.credentials.has('member-1')).toEqual({ pin: false, secondFactor: false })
  })

  it('while the gateway cannot be reached', async () => {
    const world = createHouseholdWorld()
    world.gateway.fail('controls', notSentProblem)
    expect(await world.use.setUpHousehold(wholeFamily)).toEqual(refused('gatewayUnreachable'))
    expect(world.confirmWindow.opened()).toBe(0)
  })

  it('P5 while the one adult is excluded', async () => {
    const world = createHouseholdWorld()
    await world.log.append(() => excluded('2026-03-02T11:00:00.000Z', '2026-03-09T11:00:00.000Z', '7days'))
    expect(await world.use.setUpHousehold(wholeFamily)).toEqual(refused('excluded'))
  })

  it('with caps in another currency than limits are in already', async () => {
    const world = createHouseholdWorld()
    await world.log.append(() => begun('Europe/Berlin', 'JPY'))
    expect(await world.use.setUpHousehold(wholeFamily)).toEqual(refused('impossible'))
    expect(await world.setUp(order([ada, dot]))).toEqual({ kind: 'done' })
  })

  it('while another question is open', async () => {
    const world = createHouseholdWorld()
    world.use.pending.reserve()
    expect(await world.use.setUpHousehold(wholeFamily)).toEqual(refused('busy'))
  })

  it('without keychain or ledger', async () => {
    const world = createHouseholdWorld()
    world.ledger.setVault('locked')
    expect(await world.use.setUpHousehold(wholeFamily)).toEqual(refused('keychainUnavailable'))
    world.ledger.setVault('ready')
    world.ledger.setState('tampered')
    expect(await world.use.setUpHousehold(wholeFamily)).toEqual(refused('ledgerUnavailable'))
  })

  it('where the keychain fails as the last answer is there: the log has nothing of it', async () => {
    const world = createHouseholdWorld((credentials) => ({ ...credentials, setSecondFactor: () => Promise.reject(new VaultError('locked')) }))
    expect(await world.setUp(order([ada, cleo]))).toEqual(refused('keychainUnavailable'))
    expect(world.eventTypes()).toEqual([])
    expect(world.confirmWindow.isOpen()).toBe(false)
  })
})
