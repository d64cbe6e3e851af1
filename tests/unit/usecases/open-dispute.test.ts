import { describe, expect, it } from 'vitest'
import type { PurchaseId } from '../../../src/domain/brands.ts'
import { LogStorageError } from '../../../src/main/ports/event-log.ts'
import { createBuyingWorld, refused } from '../../support/buying-world.ts'
import { detailsOf } from '../../support/detail-world.ts'
import { recovered } from '../../support/events.ts'
import { createFamilyWorld } from '../../support/family-world.ts'
import { lostProblem, notSentProblem, unsignedProblem } from '../../support/fake-gateway.ts'
import { itemOffer, passOffer } from '../../support/fake-offers.ts'

const laterMs = 5 * 60_000

/** A world in which one thing was bought. */
async function paidWorld() {
  const world = createBuyingWorld()
  await world.buy()
  const { purchaseId } = world.newest('purchase.approved').payload
  const said = { purchaseId, reason: 'notReceived', note: 'Die Kanne war leer' } as const
  /** Enough time that messages are asked for again. */
  async function later(): Promise<void> {
    world.clock.advance(laterMs)
    await world.use.care.tend()
  }
  const record = () => world.log.purchase(purchaseId)
  const count = (type: string) => world.eventTypes().filter((one) => one === type).length
  return { world, ...detailsOf(world), purchaseId, said, later, record, count }
}

describe('saying that something is wrong with a charge', () => {
  it('is asked once more with all that is sent, and recorded as the gateway has signed it', async () => {
    const { world, dispute, bought, said, purchaseId } = await paidWorld()
    const changes = world.counts.historyChanged
    expect(await dispute(said)).toEqual({ kind: 'opened' })
    expect(world.newest('dispute.opened')).toMatchObject({ actor: 'person', payload: { ...said, disputeId: `${purchaseId}.d01`, acknowledgement: expect.stringMatching(/^\S+\.\S+\.\S+$/) } })
    expect((await bought(purchaseId)).dispute).toMatchObject({ kind: 'open', reason: 'notReceived', note: 'Die Kanne war leer' })
    expect(world.counts.historyChanged).toBe(changes + 1)
  })

  it('P10 the box says word by word what is sent: number, reason and note', async () => {
    const { world, dispute, said, purchaseId } = await paidWorld()
    const sent: unknown[] = []
    const original = world.gateway.dispute
    Object.assign(world.gateway, { dispute: (body: Parameters<typeof original>[0]) => (sent.push(body), original(body)) })
    world.restart()
    await dispute(said)
    const [question] = world.person.questions
    expect(question?.message).toContain('€0.99')
    expect(question?.message).toContain(itemOffer.title)
    expect(question?.detail).toContain(`Number of the purchase: ${purchaseId}\nReason: I did not get what I paid for\nYour note: Die Kanne war leer`)
    expect(question?.detail).toContain('Nothing is locked by it, and buying goes on.')
    expect(sent).toEqual([{ disputeId: `${purchaseId}.d01`, idempotencyKey: purchaseId, reason: said.reason, note: said.note }])
  })

  it('sends nothing after a no', async () => {
    const { world, dispute, said } = await paidWorld()
    world.person.says(false)
    expect(await dispute(said)).toEqual({ kind: 'declined' })
    expect(world.gateway.calls.filter((call) => call.startsWith('dispute'))).toEqual([])
    expect(world.eventTypes()).not.toContain('dispute.opened')
  })

  it('disputing locks nothing: buying goes on', async () => {
    const { world, dispute, said } = await paidWorld()
    const [controls, usage] = [world.log.controls(), world.log.usageSince(0)]
    await dispute(said)
    expect(world.log.controls()).toEqual(controls)
    expect(world.log.usageSince(0)).toEqual(usage)
    expect(await world.buy()).toMatchObject({ kind: 'succeeded' })
    expect(await world.buy(passOffer.id)).toMatchObject({ kind: 'succeeded' })
    world.gateway.mail.decideDispute(said.purchaseId, 'refused')
    world.clock.advance(laterMs)
    await world.use.care.tend()
    expect(await world.buy()).toMatchObject({ kind: 'succeeded' })
  })

  it('disputing locks nothing: buying goes on while the box is open and while the gateway does not answer', async () => {
    const { world, dispute, said } = await paidWorld()
    let meanwhile: Promise<unknown> = Promise.resolve()
    world.person.says(true, () => void (meanwhile = world.buy()))
    world.gateway.fail('dispute', lostProblem)
    expect(await dispute(said)).toEqual(refused('gatewayUnreachable'))
    expect(await meanwhile).toMatchObject({ kind: 'succeeded' })
  })

  it.each([
    ['is not reached', notSentProblem, 'gatewayUnreachable'],
    ['does not answer', lostProblem, 'gatewayUnreachable'],
    ['gives an answer that it has not signed', unsignedProblem, 'gatewayUnreachable'],
    ['has had too many requests', { kind: 'refused', sent: true, code: 'tooManyRequests' }, 'gatewayRefused'],
  ] as const)('P3 records nothing where the gateway %s, and can be tried again', async (_what, problem, reason) => {
    const { world, dispute, said, count } = await paidWorld()
    world.gateway.fail('dispute', problem)
    expect(await dispute(said)).toEqual(refused(reason))
    expect(count('dispute.opened')).toBe(0)
    expect(await dispute(said)).toEqual({ kind: 'opened' })
    expect(count('dispute.opened')).toBe(1)
  })

  it('P2 after an answer that got lost, trying again is the same dispute, in the words that the gateway took in', async () => {
    const { world, dispute, said, count } = await paidWorld()
    world.log.failNextAppend(new LogStorageError({ kind: 'outOfSpace' }))
    expect(await dispute(said)).toEqual(refused('ledgerUnavailable'))
    expect(await dispute({ ...said, reason: 'other', note: 'Something else' })).toEqual({ kind: 'opened' })
    expect(world.newest('dispute.opened').payload).toMatchObject(said)
    expect(count('dispute.opened')).toBe(1)
  })

  it('is possible once at a time, and again once it was decided', async () => {
    const { world, dispute, said, later, purchaseId } = await paidWorld()
    const [one, other] = await Promise.all([dispute(said), dispute(said)])
    expect([one, other]).toEqual([{ kind: 'opened' }, refused('busy')])
    expect(await dispute(said)).toEqual(refused('alreadyOpen'))
    world.gateway.mail.decideDispute(purchaseId, 'refused')
    await later()
    expect(await dispute(said)).toEqual({ kind: 'opened' })
    expect(world.newest('dispute.opened').payload.disputeId).toBe(`${purchaseId}.d02`)
  })

  it('P3 goes on with another number where a restored ledger has forgotten one that was decided', async () => {
    const { world, dispute, said, purchaseId } = await paidWorld()
    await world.gateway.dispute({ disputeId: `${purchaseId}.d01`, idempotencyKey: purchaseId, reason: 'other' })
    world.gateway.mail.decideDispute(purchaseId, 'refused')
    expect(await dispute(said)).toEqual({ kind: 'opened' })
    expect(world.newest('dispute.opened').payload.disputeId).toBe(`${purchaseId}.d02`)
  })

  it('is about a charge of which something is left', async () => {
    const { world, dispute, said, later, purchaseId } = await paidWorld()
    expect(await dispute({ ...said, purchaseId: 'unheard-of' })).toEqual(refused('notFound'))
    world.gateway.meet('decline')
    await world.buy()
    expect(await dispute({ ...said, purchaseId: world.newest('purchase.approved').payload.purchaseId })).toEqual(refused('notCharged'))
    world.gateway.mail.refund(purchaseId)
    await later()
    expect(await dispute(said)).toEqual(refused('nothingLeft'))
    await world.log.append(() => recovered('not-of-this-gateway'))
    expect(await dispute({ ...said, purchaseId: 'not-of-this-gateway' })).toEqual(refused('notCharged'))
  })

  it.each(['locked', 'unlocked'] as const)('P6 needs the ledger and the keychain: %s', async (keychain) => {
    const { world, dispute, said } = await paidWorld()
    if (keychain === 'locked') world.ledger.setVault('locked')
    else world.ledger.setState('tampered')
    expect(await dispute(said)).toEqual(refused(keychain === 'locked' ? 'keychainUnavailable' : 'ledgerUnavailable'))
    expect(world.person.questions).toEqual([])
  })

  it('waits for an index that is being made', async () => {
    const { dispute, said, settings } = await paidWorld()
    settings.progress = { done: 1, total: 2 }
    expect(await dispute(said)).toEqual(refused('building'))
  })
})

describe('in a household', () => {
  async function familyWorld() {
    const world = await createFamilyWorld()
    world.as('adult')
    await world.buy()
    const { purchaseId } = world.newest('purchase.approved').payload
    return { world, ...detailsOf(world), said: { purchaseId, reason: 'notMine' } as const }
  }

  it.each([
    ['teen', refused('notFound')],
    [null, refused('locked')],
    ['adult', { kind: 'opened' }],
    ['guardian', { kind: 'opened' }],
  ])('P7 one’s own charge, and for a guardian everybody’s: %s', async (memberId, result) => {
    const { world, dispute, said } = await familyWorld()
    world.as(memberId)
    expect(await dispute(said)).toEqual(result)
    expect(world.person.questions).toHaveLength(result.kind === 'opened' ? 1 : 0)
  })

  it('P7 counts only while the profile is open that said yes', async () => {
    const { world, dispute, said } = await familyWorld()
    world.person.says(true, () => world.as('guardian'))
    expect(await dispute(said)).toEqual(refused('locked'))
    world.person.says(true, () => world.as(null))
    expect(await dispute(said)).toEqual(refused('locked'))
    world.as('adult')
    world.person.says(true, () => world.as('teen'))
    expect(await dispute(said)).toEqual(refused('notFound'))
    expect(world.eventTypes()).not.toContain('dispute.opened')
  })
})

describe('the decision about a dispute', () => {
  it.each([
    ['refunded', 'refunded', ['dispute.opened', 'purchase.refunded', 'dispute.closed']],
    ['refused', 'succeeded', ['dispute.opened', 'dispute.closed']],
  ] as const)('P2 %s is recorded once, with the refund as an event of its own', async (outcome, state, types) => {
    const { world, dispute, bought, said, later, record, purchaseId } = await paidWorld()
    await later()
    await dispute(said)
    world.gateway.mail.decideDispute(purchaseId, outcome)
    await later()
    world.gateway.deliverNext(() => world.gateway.mail.messages)
    await later()
    expect(world.eventTypes().filter((type) => type.startsWith('dispute.') || type === 'purchase.refunded')).toEqual(types)
    expect(record()).toMatchObject({ state })
    const detail = await bought(purchaseId)
    expect(detail.dispute).toEqual({ kind: outcome === 'refunded' ? 'nothingLeft' : 'possible' })
    expect(detail.life.map(({ kind }) => kind).slice(-2)).toEqual([outcome === 'refunded' ? 'refund' : 'disputed', 'disputeClosed'])
  })

  it('P3 counts also where the ledger has not heard that the gateway took the dispute in', async () => {
    const { world, bought, later, purchaseId } = await paidWorld()
    await world.gateway.dispute({ disputeId: `${purchaseId}.d01`, idempotencyKey: purchaseId, reason: 'other' })
    world.gateway.mail.decideDispute(purchaseId, 'refused')
    await later()
    expect((await bought(purchaseId)).life.at(-1)).toMatchObject({ kind: 'disputeClosed', outcome: 'refused' })
    expect((await bought(purchaseId)).dispute).toEqual({ kind: 'possible' })
  })

  it('P3 about a purchase that nobody made is kept as evidence, and changes nothing', async () => {
    const { world, later } = await paidWorld()
    const closing = { type: 'dispute.closed', idempotencyKey: 'unheard-of' as PurchaseId, disputeId: 'd', outcome: 'refused', closedAt: '2026-03-02T12:00:00.000Z' } as const
    world.gateway.deliverNext((waiting) => [...waiting, { message: { id: 'msg-x', timestamp: 1, body: '{}', signature: `v1a,${'A'.repeat(86)}==` }, content: closing }])
    await later()
    expect(world.newest('message.refused').payload).toMatchObject({ messageId: 'msg-x', reason: 'unknownPurchase' })
    expect(world.eventTypes()).not.toContain('dispute.closed')
  })
})
