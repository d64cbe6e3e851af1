/** P2: whatever order messages come in, and however often, they come to the same in the end. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { disputesOf } from '../../src/domain/disputes.ts'
import { net, purchaseOf } from '../../src/domain/ledger.ts'
import { createBuyingWorld } from '../support/buying-world.ts'
import { detailsOf } from '../support/detail-world.ts'

const laterMs = 5 * 60_000

type Act = 'dispute' | 'refunded' | 'refused' | 'refund' | 'chargeBack' | 'reverseChargeback' | 'hear'
const act = fc.constantFrom<Act>('dispute', 'dispute', 'refunded', 'refused', 'refund', 'chargeBack', 'reverseChargeback', 'hear')
/** For each delivery: how its messages are shuffled, and which come twice or not at all. */
const shuffle = fc.array(fc.record({ at: fc.nat(), twice: fc.boolean(), lost: fc.boolean() }), { minLength: 1, maxLength: 12 })

function deliver<T>(messages: readonly T[], how: readonly { readonly at: number; readonly twice: boolean; readonly lost: boolean }[]): T[] {
  return messages
    .flatMap((message, index) => {
      const { at, twice, lost } = how[index % how.length]!
      return lost ? [] : [{ at, message }, ...(twice ? [{ at: at * 7, message }] : [])]
    })
    .sort((one, other) => (one.at % 5) - (other.at % 5))
    .map(({ message }) => message)
}

/** What an act cannot do as things stand, the gateway refuses. */
function possible(work: () => unknown): void {
  try {
    work()
  } catch {
    // Nothing has happened then.
  }
}

async function run(acts: readonly Act[], how: Parameters<typeof deliver>[1] | null) {
  const world = createBuyingWorld()
  await world.buy()
  const { purchaseId } = world.newest('purchase.approved').payload
  const { dispute, look } = detailsOf(world)
  const { mail } = world.gateway
  async function hear(shuffled: typeof how): Promise<void> {
    if (shuffled) world.gateway.deliverNext((waiting) => deliver([...waiting, ...mail.messages], shuffled))
    world.clock.advance(laterMs)
    await world.use.care.tend()
  }
  for (const one of acts) {
    if (one === 'dispute') await world.gateway.dispute({ disputeId: `${purchaseId}.d01`, idempotencyKey: purchaseId, reason: 'other' }).catch(() => {})
    else if (one === 'refunded' || one === 'refused') possible(() => mail.decideDispute(purchaseId, one))
    else if (one === 'refund') possible(() => mail.refund(purchaseId, 10n))
    else if (one === 'hear' && how) await hear(how)
    else if (one !== 'hear') possible(() => mail[one](purchaseId))
  }
  await hear(null)
  await hear(null)
  await dispute({ purchaseId, reason: 'other' })
  const events = [...world.log.events()].filter((event) => purchaseOf(event) === purchaseId)
  const record = world.log.purchase(purchaseId)!
  const disputes = disputesOf(events).map(({ disputeId, closed }) => ({ disputeId, outcome: closed?.outcome ?? null }))
  const result = await look(purchaseId)
  const cost = result.kind === 'ok' ? result.purchase.cost.amount : null
  const { state, refunded, chargedBack, sequence } = record
  return { state, refunded, chargedBack, sequence, disputes, cost, net: String(net(record)), types: events.map(({ type }) => type).sort(), waiting: mail.waiting().length }
}

it('P2 refunds, disputes and decisions, delivered in any order and any number of times, end the same', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 10 }), shuffle, async (acts, how) => {
      const [inOrder, shuffled] = [await run(acts, null), await run(acts, how)]
      expect(shuffled).toEqual(inOrder)
      expect(inOrder.cost).toBe(inOrder.net)
      expect(inOrder.waiting).toBe(0)
    }),
    { numRuns: 150 },
  )
})
