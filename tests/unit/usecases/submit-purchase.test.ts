import { describe, expect, it } from 'vitest'
import type { ReceiptClaims } from '../../../src/contract/http/claims.ts'
import type { ProblemCode } from '../../../src/contract/http/messages.ts'
import type { PurchaseId } from '../../../src/domain/brands.ts'
import { IllegalTransitionError } from '../../../src/domain/life-cycle.ts'
import { createSubmitPurchase } from '../../../src/main/usecases/submit-purchase.ts'
import type { GatewayProblem } from '../../../src/main/ports/gateway.ts'
import { LogReadOnlyError, LogStorageError } from '../../../src/main/ports/event-log.ts'
import { VaultError } from '../../../src/main/ports/vault.ts'
import { createBuyingWorld } from '../../support/buying-world.ts'
import { approved } from '../../support/events.ts'
import { lostProblem, notSentProblem, unsignedProblem } from '../../support/fake-gateway.ts'

const bought = {
  item: 'Eine Kanne Lampenöl',
  payee: 'Nebelfuchs Spielewerkstatt GmbH',
  price: { amount: '99', currency: 'EUR' },
}
const refusedAs = (code: ProblemCode): GatewayProblem => ({ kind: 'refused', sent: true, code })

describe('what the gateway answers', () => {
  it('P1 a receipt for exactly this purchase is success, stored with its proof', async () => {
    const world = createBuyingWorld()
    const outcome = await world.buy()
    expect(outcome).toMatchObject({ kind: 'succeeded', ...bought, receiptNumber: 'T-2026-1' })
    const { payload, actor } = world.newest('purchase.succeeded')
    expect(actor).toBe('gateway')
    expect(payload).toMatchObject({ receiptNumber: 'T-2026-1', chargedAt: '2026-03-02T12:00:00.500Z' })
    expect(payload.receipt.split('.')).toHaveLength(3)
    expect(world.counts.historyChanged).toBe(1)
  })

  it('a decline is told with its reason and charges nothing', async () => {
    const world = createBuyingWorld()
    world.gateway.meet('decline')
    expect(await world.buy()).toMatchObject({ kind: 'declined', ...bought, reason: 'insufficientFunds' })
    expect(world.newest('purchase.declined').payload.reason).toBe('insufficientFunds')
    expect(world.gateway.charges).toEqual([])
  })

  it('P2 pending is unknown', async () => {
    const world = createBuyingWorld()
    world.gateway.meet('pending')
    expect(await world.buy()).toMatchObject({ kind: 'unknown', ...bought })
    expect(world.newest('purchase.unknown').payload.reason).toBe('pending')
  })

  const wrong: [string, Partial<ReceiptClaims>][] = [
    ['key', { idempotencyKey: 'key-of-another' }],
    ['device', { deviceId: 'E'.repeat(43) }],
    ['digest', { challengeDigest: 'x'.repeat(43) }],
    ['quote', { quoteId: 'quote-of-another' }],
    ['offer', { offerId: 'season-pass' }],
    ['seller', { sellerId: 'tsukiusagi' }],
    ['payee', { payee: 'Nebelfuchs Spielewerkstatt GmbH ' }],
    ['item', { item: 'Zwei Kannen Lampenöl' }],
    ['amount', { price: { amount: '990', currency: 'EUR' } }],
    ['currency', { price: { amount: '99', currency: 'USD' } }],
    ['tax', { tax: { amount: '0', rateBasisPoints: 0 } }],
    ['funding source', { fundingSource: { id: 'wallet', label: "Somebody else's wallet" } }],
    ['currency that nobody knows', { price: { amount: '99', currency: 'ZZZ' } }],
  ]
  it.each(wrong)('P1 a receipt with another %s proves nothing: unknown', async (_, changes) => {
    const world = createBuyingWorld()
    world.gateway.meet({ receipt: (claims) => ({ ...claims, ...changes }) })
    expect(await world.buy()).toMatchObject({ kind: 'unknown', ...bought })
    expect(world.eventTypes()).toEqual(['purchase.approved', 'purchase.unknown'])
    expect(world.newest('purchase.unknown').payload.reason).toBe('receiptNotForThis')
    expect(await world.use.settlePurchases()).toEqual({ stillOpen: 0 })
    expect(world.sent()).toBe(1)
  })
})

describe('what goes wrong on the way', () => {
  it.each<[string, GatewayProblem, string]>([
    ['unreachable', notSentProblem, 'gatewayUnreachable'],
    ['a stranger', { kind: 'certificateNotTrusted', sent: false }, 'certificateNotTrusted'],
    ['not configured', { kind: 'notConfigured', sent: false }, 'gatewayNotConfigured'],
    ['not enrolled', { kind: 'refused', sent: false, code: 'internal' }, 'gatewayRefused'],
    ['the time not signed', { kind: 'signatureNotTrusted', sent: false }, 'signatureNotTrusted'],
  ])('P2 what was not sent is voided and refused: %s', async (_, problem, reason) => {
    const world = createBuyingWorld()
    world.gateway.fail('purchase', problem)
    expect(await world.buy()).toEqual({ kind: 'refused', reason })
    expect(world.eventTypes()).toEqual(['purchase.approved', 'purchase.voided'])
    expect(world.newest('purchase.voided').payload.reason).toBe('notSent')
  })

  it.each<[ProblemCode, string]>([
    ['priceChanged', 'priceChanged'],
    ['offerUnavailable', 'offerUnavailable'],
    ['quoteExpired', 'expired'],
    ['quoteInvalid', 'gatewayRefused'],
    ['authorisationInvalid', 'gatewayRefused'],
    ['badRequest', 'gatewayRefused'],
    ['clockSkew', 'gatewayRefused'],
    ['deviceUnknown', 'gatewayRefused'],
    ['proofInvalid', 'gatewayRefused'],
    ['tooManyRequests', 'gatewayRefused'],
  ])('P2 a refusal for good is voided: %s', async (code, reason) => {
    const world = createBuyingWorld()
    world.gateway.fail('purchase', refusedAs(code))
    expect(await world.buy()).toEqual({ kind: 'refused', reason })
    expect(world.newest('purchase.voided').payload.reason).toBe(code)
  })

  it.each<ProblemCode>(['limitReached', 'excluded', 'quietHours'])(
    'P4 P5 a refusal by the controls that the gateway keeps is voided, and gives back what was reserved: %s',
    async (code) => {
      const world = createBuyingWorld()
      world.gateway.fail('purchase', refusedAs(code))
      await world.buy()
      expect(world.eventTypes()).toEqual(['purchase.approved', 'purchase.voided'])
      expect(world.newest('purchase.voided').payload.reason).toBe(code)
    },
  )

  it.each<ProblemCode>(['idempotencyConflict', 'quoteUsed', 'proofReplayed', 'internal', 'notFound', 'purchaseNotFound'])(
    'P2 a refusal that does not rule out an earlier charge leaves it unknown: %s',
    async (code) => {
      const world = createBuyingWorld()
      world.gateway.fail('purchase', refusedAs(code))
      expect(await world.buy()).toMatchObject({ kind: 'unknown' })
      expect(world.eventTypes()).toEqual(['purchase.approved', 'purchase.unknown'])
    },
  )

  it.each([lostProblem, unsignedProblem])('P2 no answer that can be trusted is unknown: %j', async (problem) => {
    const world = createBuyingWorld()
    world.gateway.fail('purchase', problem)
    expect(await world.buy()).toMatchObject({ kind: 'unknown', ...bought })
    expect(world.newest('purchase.unknown').payload.reason).toBe(problem.kind)
  })

  it('P6 a keychain that fails before anything is sent voids it', async () => {
    const world = createBuyingWorld()
    world.gateway.fail('purchase', new VaultError('locked'))
    expect(await world.buy()).toEqual({ kind: 'refused', reason: 'keychainUnavailable' })
    expect(world.eventTypes()).toEqual(['purchase.approved', 'purchase.voided'])
  })

  it('P2 a keychain that fails after the charge does not make it look unsent', async () => {
    const world = createBuyingWorld()
    world.gateway.before('purchase', () => world.device.fail('locked'))
    expect(await world.buy()).toMatchObject({ kind: 'succeeded' })
    expect(world.gateway.charges).toHaveLength(1)
    expect(world.eventTypes()).toEqual(['purchase.approved', 'purchase.succeeded'])
  })
})

describe('an outcome that cannot be made durable', () => {
  const errors = [new VaultError('timedOut'), new LogReadOnlyError('closed'), new LogStorageError({ kind: 'outOfSpace' })]
  it.each(errors)('P3 after the charge is unknown, never paid, and settles later: %s', async (error) => {
    const world = createBuyingWorld()
    world.gateway.before('purchase', () => world.log.failNextAppend(error))
    expect(await world.buy()).toMatchObject({ kind: 'unknown', ...bought })
    expect(world.eventTypes()).toEqual(['purchase.approved'])
    expect(world.gateway.charges).toHaveLength(1)
    expect(await world.use.settlePurchases()).toEqual({ stillOpen: 0 })
    expect(world.eventTypes()).toEqual(['purchase.approved', 'purchase.succeeded'])
    expect(world.sent()).toBe(1)
  })

  it('P3 after a decline is unknown too, and settles as declined', async () => {
    const world = createBuyingWorld()
    world.gateway.meet('decline')
    world.gateway.before('purchase', () => world.log.failNextAppend(new LogStorageError({ kind: 'outOfSpace' })))
    expect(await world.buy()).toMatchObject({ kind: 'unknown' })
    await world.use.settlePurchases()
    expect(world.eventTypes()).toEqual(['purchase.approved', 'purchase.declined'])
  })
})

describe('sending', () => {
  it('P1 refuses to send what has no approval in the log', async () => {
    const world = createBuyingWorld()
    const submit = createSubmitPurchase(world.deps)
    await expect(submit('purchase-99' as never)).rejects.toThrow('P1')
    expect(world.sent()).toBe(0)
    world.ledger.setLog(null)
    await expect(submit('purchase-99' as never)).rejects.toThrow(LogReadOnlyError)
    expect(world.sent()).toBe(0)
    expect(submit.isUnderWay('purchase-99')).toBe(false)
  })

  it('P2 is known to be under way for exactly as long as it is', async () => {
    const world = createBuyingWorld()
    const submit = createSubmitPurchase(world.deps)
    world.gateway.fail('purchase', lostProblem)
    await world.log.append(() => approved('a'))
    const purchaseId = 'a' as PurchaseId
    const sending = submit(purchaseId)
    expect(submit.isUnderWay(purchaseId)).toBe(true)
    await sending
    expect(submit.isUnderWay(purchaseId)).toBe(false)
  })

  it.each(['answerLost', 'decline', null] as const)('P2 never sends again what was sent and is %s', async (fate) => {
    const world = createBuyingWorld()
    if (fate) world.gateway.meet(fate)
    await world.buy()
    const { purchaseId } = world.newest('purchase.approved').payload
    await expect(createSubmitPurchase(world.deps)(purchaseId)).rejects.toThrow(IllegalTransitionError)
    expect(world.sent()).toBe(1)
  })
})
