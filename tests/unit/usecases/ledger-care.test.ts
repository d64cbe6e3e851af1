import { describe, expect, it } from 'vitest'
import type { NewEvent } from '../../../src/domain/events.ts'
import { LogStorageError } from '../../../src/main/ports/event-log.ts'
import { VaultError } from '../../../src/main/ports/vault.ts'
import { createBuyingWorld } from '../../support/buying-world.ts'
import { lostProblem, unsignedProblem } from '../../support/fake-gateway.ts'

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs

/** A world in which one thing was bought; `key` is that of the purchase. */
async function paidWorld() {
  const world = createBuyingWorld()
  await world.buy()
  const key = world.newest('purchase.approved').payload.key
  /** Enough time that messages are asked for again. */
  const later = async () => {
    world.clock.advance(5 * minuteMs)
    await world.use.care.tend()
  }
  const record = () => world.log.purchase(world.newest('purchase.approved').payload.purchaseId)
  /** As the app is a while after its start: compared, countersigned, and with nothing due. */
  const rest = () => world.use.care.tend()
  const count = (type: NewEvent['type']) => world.eventTypes().filter((one) => one === type).length
  return { ...world, world, key, later, rest, record, count }
}

describe('what the gateway tells of its own accord', () => {
  it('P2 counts a refund once, acknowledges it, and tells the history', async () => {
    const { gateway, key, later, record, count, counts } = await paidWorld()
    await later()
    const changes = counts.historyChanged
    const id = gateway.mail.refund(key, 40n)
    await later()
    expect(record()).toMatchObject({ state: 'partlyRefunded', refunded: 40n })
    expect(gateway.calls).toContain(`acknowledge ${id}`)
    expect(counts.historyChanged).toBeGreaterThan(changes)
    gateway.deliverNext(() => gateway.mail.messages)
    await later()
    expect(count('purchase.refunded')).toBe(1)
    expect(record()).toMatchObject({ refunded: 40n })
  })

  it('P2 comes to the same whatever order it is delivered in, however often', async () => {
    const { gateway, key, later, rest, record } = await paidWorld()
    await rest()
    gateway.mail.refund(key, 30n)
    gateway.mail.chargeBack(key)
    gateway.mail.reverseChargeback(key)
    gateway.mail.refund(key, 20n)
    gateway.deliverNext((messages) => [...messages.slice(2), ...messages.slice(2)])
    await later()
    expect(record()).toMatchObject({ state: 'succeeded', refunded: 0n })
    gateway.deliverNext((messages) => [...messages, ...messages].toReversed())
    await later()
    expect(record()).toMatchObject({ state: 'partlyRefunded', refunded: 50n, chargedBack: 0n, sequence: 5 })
  })

  it('P3 acknowledges nothing that is not in the log', async () => {
    const { gateway, key, later, log, record } = await paidWorld()
    await later()
    const id = gateway.mail.refund(key)
    log.failNextAppend(new LogStorageError({ kind: 'outOfSpace' }))
    await later()
    expect(gateway.calls).not.toContain(`acknowledge ${id}`)
    expect(record()).toMatchObject({ state: 'succeeded' })
    await later()
    expect(record()).toMatchObject({ state: 'refunded' })
  })

  it('P1 tells of a late success, and settles what was unknown', async () => {
    const world = createBuyingWorld()
    world.gateway.meet('answerLost')
    await world.buy()
    world.gateway.fail('purchaseByKey', lostProblem, { lasting: true })
    await world.use.care.tend()
    const { purchaseId } = world.newest('purchase.approved').payload
    expect(world.log.purchase(purchaseId)).toMatchObject({ state: 'succeeded', receiptNumber: 'T-2026-1' })
  })

  it('P2 leaves a purchase alone whose own request is on its way', async () => {
    const world = createBuyingWorld()
    world.gateway.meet('silence')
    const { answer } = await world.ask()
    const answered = Promise.withResolvers<void>()
    world.gateway.before('purchase', answered.resolve)
    void world.use.approveChallenge(answer)
    await answered.promise
    await world.use.care.tend()
    const { purchaseId } = world.newest('purchase.approved').payload
    expect(world.log.purchase(purchaseId)).toMatchObject({ state: 'approved' })
    world.restart()
    await world.use.care.tend()
    expect(world.log.purchase(purchaseId)).toMatchObject({ state: 'succeeded' })
    expect(world.gateway.charges).toHaveLength(1)
  })

  it.each([
    ['the gateway cannot be reached', lostProblem],
    ['a signature is wrong', unsignedProblem],
  ])('is looked for again later when %s', async (_name, problem) => {
    const { gateway, key, later, rest, record, unexpected } = await paidWorld()
    await rest()
    gateway.mail.refund(key)
    gateway.fail('messages', problem)
    await later()
    expect(record()).toMatchObject({ state: 'succeeded' })
    await later()
    expect(record()).toMatchObject({ state: 'refunded' })
    expect(unexpected).toEqual([])
  })
})

describe('comparing with the gateway', () => {
  it('is done once a day, and the result is in the log', async () => {
    const { use, clock, count, newest } = await paidWorld()
    await use.care.tend()
    await use.care.tend()
    expect(count('ledger.reconciled')).toBe(1)
    expect(newest('ledger.reconciled').payload).toEqual({ matched: 1, differences: [] })
    clock.advance(dayMs - 1)
    await use.care.tend()
    expect(count('ledger.reconciled')).toBe(1)
    clock.advance(1)
    await use.care.tend()
    expect(count('ledger.reconciled')).toBe(2)
  })

  it('takes in what the gateway has told before it compares', async () => {
    const { use, gateway, key } = await paidWorld()
    gateway.mail.refund(key)
    expect(await use.care.reconcileLedger()).toEqual({ kind: 'compared', matched: 1, differences: [] })
  })

  it('P1 names a charge that nobody approved here, and does not tidy it away', async () => {
    const { use, gateway, record } = await paidWorld()
    const stray = { idempotencyKey: 'stray', receiptNumber: 'R-9', price: { amount: '5', currency: 'EUR' }, refunded: '0', chargedBack: '0', chargedAt: '2026-03-02T12:00:00.000Z' }
    gateway.listNext((charges) => [...charges, stray])
    expect(await use.care.reconcileLedger()).toMatchObject({ differences: [{ kind: 'missingHere', purchaseId: 'stray' }] })
    expect(record()).toMatchObject({ state: 'succeeded' })
  })

  it('names a receipt that the gateway knows nothing of', async () => {
    const { use, gateway, key } = await paidWorld()
    gateway.listNext(() => [])
    expect(await use.care.reconcileLedger()).toMatchObject({ matched: 0, differences: [{ kind: 'missingThere', purchaseId: key }] })
  })

  it('gets back from the gateway what a restored ledger has forgotten', async () => {
    const before = await paidWorld()
    const [line] = await before.gateway.chargeList()
    const fresh = createBuyingWorld()
    await fresh.log.append(() => ({ type: 'log.restored', actor: 'person', payload: { backup: { seq: 1, mac: 'm' }, lost: null, lostEvents: null } }))
    Object.assign(fresh.gateway, { chargeList: async () => [line], purchaseByKey: before.gateway.purchaseByKey, messages: before.gateway.messages })
    expect(await fresh.use.care.reconcileLedger()).toEqual({ kind: 'compared', matched: 1, differences: [] })
    expect(fresh.log.purchases()).toMatchObject([{ purchaseId: before.key, state: 'succeeded', receiptNumber: 'T-2026-1', sequence: 1 }])
    expect(fresh.log.postings()).toHaveLength(2)
  })

  it('says why it could not be done', async () => {
    const { use, gateway, ledger } = await paidWorld()
    gateway.fail('chargeList', lostProblem)
    expect(await use.care.reconcileLedger()).toEqual({ kind: 'gatewayProblem', problem: lostProblem })
    ledger.setState('tampered')
    expect(await use.care.reconcileLedger()).toEqual({ kind: 'ledgerUnavailable' })
  })
})

describe('the countersignature of the gateway', () => {
  it('P3 is asked for at the start, and again after sixteen events', async () => {
    const { use, world, gateway, count, newest } = await paidWorld()
    await use.care.tend()
    expect(count('log.countersigned')).toBe(1)
    expect(newest('log.countersigned').payload).toMatchObject({ seq: gateway.heads[0]?.seq, mac: gateway.heads[0]?.mac })
    await use.care.tend()
    expect(gateway.heads).toHaveLength(1)
    while ((world.log.head()?.seq ?? 0) < newest('log.countersigned').seq + 16) await world.buy()
    await use.care.tend()
    expect(count('log.countersigned')).toBe(2)
  })

  it('adds nothing to a log that has not changed since the last one', async () => {
    const { use, clock, log, world } = await paidWorld()
    await use.care.tend()
    while (log.newestOf('log.countersigned')?.seq !== log.head()?.seq) {
      world.restart()
      await world.use.care.tend()
    }
    const head = log.head()
    world.restart()
    clock.advance(minuteMs)
    await world.use.care.tend()
    expect(log.head()).toEqual(head)
    expect(log.state()).toEqual({ kind: 'ready' })
  })

  it.each([
    ['knows a later head', (seq: number, mac: string) => ({ seq: seq + 5, mac })],
    ['knows another head at the same place', (seq: number) => ({ seq: seq + 1, mac: 'x'.repeat(43) })],
    ['has signed an event that is another one here', () => ({ seq: 1, mac: 'x'.repeat(43) })],
  ])('P3 takes a log as put back when the gateway %s: nothing is bought on top of it', async (_name, place) => {
    const { use, world, gateway, log, ledger } = await paidWorld()
    await use.care.tend()
    const [head] = gateway.heads
    if (!head) throw new Error('nothing was signed')
    gateway.heads.push({ ...head, ...place(log.head()?.seq ?? 0, head.mac) })
    world.restart()
    await world.use.care.tend()
    expect(log.state()).toMatchObject({ kind: 'tampered', finding: 'rolledBack' })
    ledger.setState('tampered')
    expect(await world.use.requestPurchase({ offerId: 'lamp-oil' })).toEqual({ kind: 'refused', reason: 'ledgerUnavailable' })
  })

  it('P3 accepts that a restored log is behind, once and because the log says so', async () => {
    const { use, world, gateway, log } = await paidWorld()
    await use.care.tend()
    const [head] = gateway.heads
    if (!head) throw new Error('nothing was signed')
    gateway.heads.push({ ...head, seq: head.seq + 50, mac: 'y'.repeat(43) })
    await log.append(() => ({ type: 'log.restored', actor: 'person', payload: { backup: { seq: 3, mac: 'm' }, lost: null, lostEvents: 0 } }))
    world.restart()
    await world.use.care.tend()
    expect(log.state()).toEqual({ kind: 'ready' })
    expect(gateway.heads.at(-1)?.seq).toBeLessThan(head.seq + 50)
  })
})

describe('looking after the ledger', () => {
  it('goes on with the rest when one thing fails', async () => {
    const { use, gateway, backups, count } = await paidWorld()
    gateway.fail('countersign', lostProblem)
    gateway.fail('messages', new TypeError('a bug'))
    await use.care.tend()
    expect(count('ledger.reconciled')).toBe(1)
    expect(backups.made).toHaveLength(1)
  })

  it('tells of bugs, and of nothing else', async () => {
    const { use, gateway, unexpected } = await paidWorld()
    gateway.fail('countersign', new VaultError('locked'))
    await use.care.tend()
    expect(unexpected).toEqual([])
    const bug = new TypeError('a bug')
    gateway.fail('messages', bug)
    await use.care.reconcileLedger()
    expect(unexpected).toEqual([bug])
  })

  it('P3 does nothing to a ledger that is not ready', async () => {
    const { use, ledger, log, gateway } = await paidWorld()
    ledger.setState('tampered')
    const [head, calls] = [log.head(), gateway.calls.length]
    await use.care.tend()
    expect(log.head()).toEqual(head)
    expect(gateway.calls).toHaveLength(calls)
  })

  it('says what is open, and what asking for it has brought', async () => {
    const world = createBuyingWorld()
    world.gateway.meet('requestLost')
    await world.buy()
    const { purchaseId } = world.newest('purchase.approved').payload
    expect(world.use.settlePurchases.lastAsked(purchaseId)).toBeNull()
    await world.use.care.tend()
    expect(world.use.settlePurchases.lastAsked(purchaseId)).toMatchObject({ found: 'mayStillArrive' })
    world.gateway.fail('purchaseByKey', lostProblem)
    await world.use.care.tend()
    expect(world.use.settlePurchases.lastAsked(purchaseId)).toMatchObject({ found: 'noAnswer' })
  })
})

describe('a purchase older than what the gateway keeps of keys', () => {
  const keptMs = 30 * dayMs

  async function oldWorld() {
    const world = createBuyingWorld()
    world.gateway.meet('answerLost')
    await world.buy()
    const { key, purchaseId } = world.newest('purchase.approved').payload
    world.clock.advance(keptMs + minuteMs)
    world.gateway.tellTime()
    Object.assign(world.gateway, { purchaseByKey: async () => null, messages: async () => [] })
    world.restart()
    return { world, key, purchaseId }
  }

  it('P2 is not taken as never received while the gateway lists its charge', async () => {
    const { world, purchaseId } = await oldWorld()
    await world.use.settlePurchases()
    expect(world.log.purchase(purchaseId)).toMatchObject({ state: 'unknown' })
    expect(world.use.settlePurchases.lastAsked(purchaseId)).toMatchObject({ found: 'receiptGone' })
  })

  it('is voided where the gateway does not list it either', async () => {
    const { world, purchaseId } = await oldWorld()
    world.gateway.listNext(() => [])
    await world.use.settlePurchases()
    expect(world.log.purchase(purchaseId)).toMatchObject({ state: 'voided', reason: 'neverReceived' })
  })
})
