import { describe, expect, it } from 'vitest'
import { challengeDigest } from '../../../src/domain/canonical.ts'
import { sha256 } from '../../../src/main/adapters/system/sha256.ts'
import type { GatewayProblem } from '../../../src/main/ports/gateway.ts'
import { createBuyingWorld } from '../../support/buying-world.ts'
import { notSentProblem, unsignedProblem } from '../../support/fake-gateway.ts'
import { bundleOffer, itemOffer, passOffer } from '../../support/fake-offers.ts'

const refusal = (reason: string) => ({ kind: 'refused', reason })

describe('asking for a purchase', () => {
  it('asks the person with exactly what the quote says, and sends nothing', async () => {
    const world = createBuyingWorld()
    const { challenge } = await world.ask()
    expect(challenge.content).toMatchObject({
      offerId: 'lamp-oil',
      sellerId: 'nebelfuchs',
      payee: 'Nebelfuchs Spielewerkstatt GmbH',
      item: 'Eine Kanne Lampenöl',
      game: 'Grubenglück',
      price: { amount: '99', currency: 'EUR' },
      tax: { amount: '16', rateBasisPoints: 1900 },
      fundingSource: { id: 'wallet', label: 'Test wallet' },
      shownAt: '2026-03-02T12:00:00.000Z',
      expiresAt: '2026-03-02T12:02:00.000Z',
    })
    expect(challenge.digest).toBe(challengeDigest(challenge.content, sha256))
    expect(world.confirmWindow.isOpen()).toBe(true)
    expect(world.gateway.calls).toEqual(['quote lamp-oil'])
    expect(world.eventTypes()).toEqual([])
  })

  it('carries bundle contents and pass days into the question', async () => {
    const bundle = await createBuyingWorld().ask(bundleOffer.id)
    expect(bundle.challenge.content).toMatchObject({ kind: 'bundle', bundle: { count: 500, unit: 'gems' } })
    const pass = await createBuyingWorld().ask(passOffer.id)
    expect(pass.challenge.content).toMatchObject({ kind: 'pass', passDays: 90 })
  })

  it('P2 makes every challenge with ids and a nonce of its own', async () => {
    const world = createBuyingWorld()
    const first = await world.ask()
    await world.use.cancelChallenge(first.answer)
    await first.outcome
    const second = await world.ask()
    for (const field of ['challengeId', 'purchaseId', 'nonce', 'quoteId'] as const) {
      expect(second.challenge.content[field]).not.toBe(first.challenge.content[field])
    }
    expect(second.challenge.digest).not.toBe(first.challenge.digest)
  })

  it('never lets a question outlive its quote', async () => {
    const world = createBuyingWorld()
    world.gateway.alterNextQuote({ expiresAt: '2026-03-02T12:00:30.000Z' })
    const { challenge, answer, outcome } = await world.ask()
    expect(challenge.content.expiresAt).toBe('2026-03-02T12:00:30.000Z')
    world.clock.advance(29_500)
    expect(await world.use.approveChallenge(answer)).toEqual(refusal('expired'))
    expect(await outcome).toEqual(refusal('expired'))
  })

  it('tells the launcher each step, and always that it is done', async () => {
    const world = createBuyingWorld()
    await world.buy()
    expect(world.progress.map(({ step }) => step)).toEqual(['quoting', 'confirming', 'charging', 'done'])
    expect(world.progress.every(({ offerId }) => offerId === itemOffer.id)).toBe(true)
  })
})

describe('one attempt at a time', () => {
  it('refuses a second request while a question is open, and leaves that question alone', async () => {
    const world = createBuyingWorld()
    const { outcome, answer } = await world.ask()
    expect(await world.use.requestPurchase({ offerId: bundleOffer.id })).toEqual(refusal('purchaseInProgress'))
    expect(world.confirmWindow.isOpen()).toBe(true)
    expect(await world.use.approveChallenge(answer)).toMatchObject({ kind: 'succeeded' })
    expect(await outcome).toMatchObject({ kind: 'succeeded', item: itemOffer.title })
  })

  it('refuses a second request while the price is still being asked for', async () => {
    const world = createBuyingWorld()
    const first = world.ask()
    expect(await world.use.requestPurchase({ offerId: itemOffer.id })).toEqual(refusal('purchaseInProgress'))
    await first
    expect(world.gateway.calls).toEqual(['quote lamp-oil'])
  })

  it('opens one window for a hundred requests at once', async () => {
    const world = createBuyingWorld()
    const first = world.ask()
    const others = await Promise.all(
      Array.from({ length: 100 }, () => world.use.requestPurchase({ offerId: itemOffer.id })),
    )
    expect(others).toEqual(others.map(() => refusal('purchaseInProgress')))
    await first
    expect(world.confirmWindow.opened()).toBe(1)
  })

  it('takes the next request after every kind of end', async () => {
    const world = createBuyingWorld()
    await world.buy()
    world.gateway.fail('quote', notSentProblem)
    expect(await world.use.requestPurchase({ offerId: itemOffer.id })).toEqual(refusal('gatewayUnreachable'))
    expect(await world.buy()).toMatchObject({ kind: 'succeeded' })
    expect(world.gateway.charges).toHaveLength(2)
  })
})

describe('a quote that cannot be asked of a person', () => {
  const price = (amount: string, currency = 'EUR') => ({ price: { amount, currency } })
  const tax = (amount: string) => ({ tax: { amount, rateBasisPoints: 1900 } })
  it.each([
    ['another offer', { offerId: 'season-pass' }, 'signatureNotTrusted'],
    ['another device', { deviceId: 'E'.repeat(43) }, 'signatureNotTrusted'],
    ['a price of nothing', price('0'), 'signatureNotTrusted'],
    ['a negative price', price('-99'), 'signatureNotTrusted'],
    ['an unknown currency', price('99', 'ZZZ'), 'signatureNotTrusted'],
    ['more tax than price', tax('100'), 'signatureNotTrusted'],
    ['negative tax', tax('-1'), 'signatureNotTrusted'],
    ['an end in the past', { expiresAt: '2026-03-02T11:59:59.999Z' }, 'expired'],
    ['an end right now', { expiresAt: '2026-03-02T12:00:00.000Z' }, 'expired'],
  ])('P1 is refused when it states %s', async (_, changes, reason) => {
    const world = createBuyingWorld()
    world.gateway.alterNextQuote(changes)
    expect(await world.use.requestPurchase({ offerId: itemOffer.id })).toEqual(refusal(reason))
    expect(world.confirmWindow.opened()).toBe(0)
    expect(world.use.pending.current()).toBeNull()
  })

  it('accepts tax of nothing and tax of the whole price', async () => {
    for (const amount of ['0', '99']) {
      const world = createBuyingWorld()
      world.gateway.alterNextQuote(tax(amount))
      expect((await world.ask()).challenge.content.tax.amount).toBe(amount)
    }
  })
})

describe('what stands in the way is named', () => {
  const code = (name: 'offerUnavailable' | 'quoteExpired' | 'tooManyRequests' | 'priceChanged'): GatewayProblem => ({
    kind: 'refused',
    sent: true,
    code: name,
  })
  it.each<[GatewayProblem, string]>([
    [notSentProblem, 'gatewayUnreachable'],
    [{ kind: 'unreachable', sent: true }, 'gatewayUnreachable'],
    [{ kind: 'certificateNotTrusted', sent: false }, 'certificateNotTrusted'],
    [unsignedProblem, 'signatureNotTrusted'],
    [{ kind: 'notConfigured', sent: false }, 'gatewayNotConfigured'],
    [code('offerUnavailable'), 'offerUnavailable'],
    [code('priceChanged'), 'priceChanged'],
    [code('quoteExpired'), 'expired'],
    [code('tooManyRequests'), 'gatewayRefused'],
  ])('%j while asking for the price becomes %s', async (problem, reason) => {
    const world = createBuyingWorld()
    world.gateway.fail('quote', problem)
    expect(await world.use.requestPurchase({ offerId: itemOffer.id })).toEqual(refusal(reason))
    expect(world.progress.at(-1)).toEqual({ offerId: itemOffer.id, step: 'done' })
  })

  it('says that the seller no longer lists the offer', async () => {
    expect(await createBuyingWorld().use.requestPurchase({ offerId: 'gone' })).toEqual(refusal('offerUnavailable'))
  })

  it.each(['absent', 'locked', 'timedOut'] as const)('P6 refuses before asking anyone when the keychain is %s', async (problem) => {
    const world = createBuyingWorld()
    world.ledger.setVault(problem)
    expect(await world.use.requestPurchase({ offerId: itemOffer.id })).toEqual(refusal('keychainUnavailable'))
    expect(world.gateway.calls).toEqual([])
  })

  it('P6 refuses when the keychain does not give out the device key', async () => {
    const world = createBuyingWorld()
    world.device.fail('locked')
    expect(await world.use.requestPurchase({ offerId: itemOffer.id })).toEqual(refusal('keychainUnavailable'))
    expect(world.confirmWindow.opened()).toBe(0)
  })

  it.each(['vaultUnavailable', 'keyMissing', 'tampered', 'notADatabase', 'foreignDatabase', 'newerVersion', 'unreadable', 'inUse'] as const)(
    'P3 begins nothing that cannot be recorded: ledger %s',
    async (state) => {
      const world = createBuyingWorld()
      world.ledger.setState(state)
      expect(await world.use.requestPurchase({ offerId: itemOffer.id })).toEqual(refusal('ledgerUnavailable'))
      expect(world.gateway.calls).toEqual([])
    },
  )
})
