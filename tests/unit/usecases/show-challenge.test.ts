import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { confirmContract } from '../../../src/contract/ipc/confirm.ts'
import type { Appearance } from '../../../src/contract/ipc/status.ts'
import { createShowChallenge } from '../../../src/main/usecases/show-challenge.ts'
import { type BuyingWorld, createBuyingWorld } from '../../support/buying-world.ts'
import { reminderSet } from '../../support/control-events.ts'
import { bundleOffer, passOffer } from '../../support/fake-offers.ts'

const appearance: Appearance = { language: 'en', locale: 'en-IE', theme: 'dark', sandbox: true }
const show = (world: BuyingWorld) => createShowChallenge({ clock: world.clock, pending: world.use.pending, appearance: () => appearance, currentQuestion: () => null })()

describe('what the confirm window shows', () => {
  it('is nothing when nothing is asked', () => {
    expect(show(createBuyingWorld())).toEqual({ challenge: null, question: null, appearance })
  })

  it('is the question that is asked besides purchases', () => {
    const question = { kind: 'recoveryCodes', questionId: 'q', name: 'Ada', codes: ['A'] } as const
    const { clock, use: { pending } } = createBuyingWorld()
    const shown = createShowChallenge({ clock, pending, appearance: () => appearance, currentQuestion: () => ({ ...question, codes: [...question.codes] }) })()
    expect(v.parse(confirmContract.calls['challenge.get'].output, shown)).toEqual({ challenge: null, question, appearance })
  })

  it('P1 is what the digest covers, in the form of the contract', async () => {
    const world = createBuyingWorld()
    const { challenge: asked, answer } = await world.ask()
    const shown = v.parse(confirmContract.calls['challenge.get'].output, show(world))
    const { payee, item, game, kind, price, tax, fundingSource, expiresAt } = asked.content
    const noLimit = { headroom: [], isNearLimit: false }
    expect(shown.challenge).toEqual({ ...answer, payee, item, game, kind, price, tax, fundingSource, ...noLimit, expiresAt, warnings: [] })
  })

  it('P7 tells the page no nonce, quote, purchase or seller id', async () => {
    const world = createBuyingWorld()
    const { challenge: asked } = await world.ask()
    const text = JSON.stringify(show(world))
    const { nonce, quoteId, purchaseId } = asked.content
    for (const hidden of [nonce, quoteId, purchaseId, asked.quoteJws]) expect(text).not.toContain(hidden)
  })

  it('works out what one of a bundle costs, and tells for how long a pass is', async () => {
    const bundle = createBuyingWorld()
    await bundle.ask(bundleOffer.id)
    expect(show(bundle).challenge).toMatchObject({
      bundle: { count: 500, unit: 'gems' },
      unitPrice: { decimal: '1.22', currency: 'JPY', exact: true },
    })
    const pass = createBuyingWorld()
    await pass.ask(passOffer.id)
    expect(show(pass).challenge).toMatchObject({ passDays: 90 })
  })

  it('warns when the same item was bought moments ago, and not about another or a longer ago', async () => {
    const world = createBuyingWorld()
    await world.buy()
    const again = await world.ask()
    expect(show(world).challenge?.warnings).toEqual(['boughtMomentsAgo'])
    await world.use.cancelChallenge(again.answer)
    await again.outcome
    const other = await world.ask(passOffer.id)
    expect(show(world).challenge?.warnings).toEqual([])
    await world.use.cancelChallenge(other.answer)
    await other.outcome
    world.clock.advance(600_000)
    await world.ask()
    expect(show(world).challenge?.warnings).toEqual([])
  })

  it('P10 tells whoever pays from another wallet nothing of what was bought from the one before', async () => {
    const world = createBuyingWorld()
    await world.log.append(() => reminderSet(1))
    await world.buy()
    const { quote } = world.gateway
    Object.assign(world.gateway, {
      async quote(offerId: string, countIn: string | null) {
        const quoted = await quote(offerId, countIn)
        return { ...quoted, claims: { ...quoted.claims, fundingSource: { id: 'wallet-other', label: 'Wallet of somebody else' } } }
      },
    })
    const other = await world.ask()
    expect([show(world).challenge?.warnings, show(world).challenge?.purchasesThisHour]).toEqual([[], undefined])
    await world.use.cancelChallenge(other.answer)
    await other.outcome
    Object.assign(world.gateway, { quote })
    await world.ask()
    expect([show(world).challenge?.warnings, show(world).challenge?.purchasesThisHour]).toEqual([['boughtMomentsAgo'], 2])
  })

  it('does not warn about a purchase that was declined', async () => {
    const world = createBuyingWorld()
    world.gateway.meet('decline')
    await world.buy()
    await world.ask()
    expect(show(world).challenge?.warnings).toEqual([])
  })

  it('is nothing again after the answer', async () => {
    const world = createBuyingWorld()
    await world.buy()
    expect(show(world).challenge).toBeNull()
  })
})
