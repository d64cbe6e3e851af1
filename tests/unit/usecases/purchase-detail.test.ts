import { describe, expect, it } from 'vitest'
import type { PurchaseId } from '../../../src/domain/brands.ts'
import type { EventPayloads, NewEvent } from '../../../src/domain/events.ts'
import type { ImportPart } from '../../../src/domain/imports.ts'
import { createBuyingWorld } from '../../support/buying-world.ts'
import { anySignature, detailsOf } from '../../support/detail-world.ts'
import { rightCode, robin } from '../../support/fake-gateway-step-up.ts'
import { approved, cancelled, recovered } from '../../support/events.ts'
import { createFamilyWorld } from '../../support/family-world.ts'
import { bundleOffer, itemOffer } from '../../support/fake-offers.ts'

const laterMs = 5 * 60_000

async function paidWorld(offerId = itemOffer.id) {
  const world = createBuyingWorld()
  await world.buy(offerId)
  const { purchaseId } = world.newest('purchase.approved').payload
  async function later(): Promise<void> {
    world.clock.advance(laterMs)
    await world.use.care.tend()
  }
  return { world, ...detailsOf(world), purchaseId, later }
}

const append = async ({ log }: ReturnType<typeof createBuyingWorld>, ...events: NewEvent[]): Promise<void> => {
  for (const event of events) await log.append(() => event)
}

describe('the life of a purchase', () => {
  it('P9 is shown, approved and charged, with what came back line by line, and never netted', async () => {
    const { world, bought, purchaseId, later } = await paidWorld()
    world.gateway.mail.refund(purchaseId, 30n)
    world.gateway.mail.chargeBack(purchaseId)
    world.gateway.mail.reverseChargeback(purchaseId)
    await later()
    const { life, lines, cost, price, state } = await bought(purchaseId)
    expect(life.map((moment) => [moment.kind, 'amount' in moment ? moment.amount.amount : null])).toEqual([
      ['shown', null],
      ['approved', null],
      ['charged', '99'],
      ['refund', '30'],
      ['chargeback', '69'],
      ['chargebackReversal', '69'],
    ])
    expect(lines.map(({ kind, moved, receiptNumber }) => [kind, moved.amount, receiptNumber])).toEqual([
      ['charge', '99', 'T-2026-1'],
      ['refund', '-30', 'T-2026-1'],
      ['chargeback', '-69', 'T-2026-1'],
      ['chargebackReversal', '69', 'T-2026-1'],
    ])
    const ofLife = life.flatMap((moment) => ('lineId' in moment ? [moment.lineId] : []))
    expect(ofLife).toEqual(lines.map(({ id }) => id))
    expect([price.amount, cost.amount, state]).toEqual(['99', '69', 'partlyRefunded'])
  })

  it.each([
    ['decline', ['shown', 'approved', 'declined'], 'declined'],
    ['answerLost', ['shown', 'approved', 'unknown'], 'unknown'],
  ] as const)('P9 tells what became of one that was not charged for sure: %s', async (fate, kinds, state) => {
    const world = createBuyingWorld()
    world.gateway.meet(fate)
    await world.buy()
    const detail = await detailsOf(world).bought(world.newest('purchase.approved').payload.purchaseId)
    expect(detail.life.map(({ kind }) => kind)).toEqual(kinds)
    expect(detail).toMatchObject({ state, receipt: null, cost: { amount: '0' }, dispute: { kind: 'notCharged' } })
  })

  it('P3 of a recovered one only the receipt is left, and says so', async () => {
    const world = createBuyingWorld()
    await append(world, recovered('lost'))
    const details = detailsOf(world)
    details.settings.signatures = null
    const detail = await details.bought('lost')
    expect(detail.life.map(({ kind }) => kind)).toEqual(['charged', 'recovered'])
    expect(detail).toMatchObject({ shown: null, game: null, limits: null, dispute: { kind: 'possible' } })
  })

  it('is not there for an unknown id, for a question that was cancelled, and before there is a ledger', async () => {
    const { world, look } = await paidWorld()
    await append(world, cancelled('cancelled'))
    expect([await look('unheard-of'), await look('cancelled')]).toEqual([{ kind: 'notFound' }, { kind: 'notFound' }])
    world.ledger.setLog(null)
    world.ledger.setState('vaultUnavailable')
    expect(await look('unheard-of')).toEqual({ kind: 'notFound' })
    world.ledger.setState('unreadable')
    expect(await look('unheard-of')).toEqual({ kind: 'unavailable' })
  })

  it('waits for an index that is being made, and is told to be unverified where the ledger is', async () => {
    const { world, look, settings, purchaseId } = await paidWorld()
    settings.progress = { done: 3, total: 9 }
    expect(await look(purchaseId)).toEqual({ kind: 'building', done: 3, total: 9 })
    settings.progress = null
    world.ledger.setState('tampered')
    expect(await look(purchaseId)).toMatchObject({ kind: 'ok', unverified: true })
  })
})

describe('what was shown when it was approved', () => {
  it('says why the second factor of the account was asked for, which the fingerprint covers', async () => {
    const world = createBuyingWorld()
    world.gateway.accounts.signIn({ ...robin, above: { amount: '90', currency: 'EUR' } })
    const { answer, outcome } = await world.ask()
    await world.use.approveChallenge({ ...answer, stepUp: { method: 'totp', code: rightCode } })
    await outcome
    const { shown } = await detailsOf(world).bought(world.newest('purchase.approved').payload.purchaseId)
    expect(shown?.digest).toBe('matches')
    expect(shown?.content.stepUp).toEqual({ reasons: ['firstOnDevice', 'newSeller', 'aboveAmount'], above: { amount: '90', currency: 'EUR' } })
  })

  it('P1 is the content of the challenge, word by word, with the fingerprint that was approved', async () => {
    const { world, bought, purchaseId } = await paidWorld(bundleOffer.id)
    const { challenge, challengeDigest } = world.newest('purchase.approved').payload
    const { payee, item, game, kind, bundle, price, tax, fundingSource } = challenge
    const { shown } = await bought(purchaseId)
    expect(shown).toMatchObject({ digest: 'matches', fingerprint: challengeDigest, at: challenge.shownAt, askedAt: null })
    expect(shown?.content).toEqual({
      ...{ payee, item, game, kind, bundle, price, tax, fundingSource },
      unitPrice: { decimal: '1.22', currency: 'JPY', exact: true },
      headroom: [],
    })
  })

  it.each<[string, (challenge: EventPayloads['purchase.approved']['challenge']) => object]>([
    ['price', ({ price }) => ({ price: { ...price, amount: '98' } })],
    ['payee', () => ({ payee: 'Somebody else' })],
    ['tax', ({ tax }) => ({ tax: { ...tax, amount: '15' } })],
    ['time', () => ({ shownAt: '2026-03-02T11:59:59.999Z' })],
  ])('P3 does not match where its %s was changed afterwards', async (_what, change) => {
    const { world, purchaseId } = await paidWorld()
    const event = world.newest('purchase.approved')
    const { challenge } = event.payload
    const tampered = { ...event, payload: { ...event.payload, challenge: { ...challenge, ...change(challenge) } } }
    const original = world.log.event
    Object.assign(world.log, { event: (seq: number) => (seq === event.seq ? tampered : original(seq)) })
    expect((await detailsOf(world).bought(purchaseId)).shown?.digest).toBe('differs')
  })
})

describe('the receipt', () => {
  it('P3 is verified by the gateway’s key, and then told as the gateway signed it', async () => {
    const { world, bought, purchaseId } = await paidWorld()
    const { chargedAt } = world.newest('purchase.succeeded').payload
    const { price, tax, fundingSource } = world.newest('purchase.approved').payload.challenge
    expect((await bought(purchaseId)).receipt).toEqual({ number: 'T-2026-1', chargedAt, price, tax, fundingSource, signature: 'verified' })
  })

  it('P3 is not verified where nobody signed it, or where it is for something else, and nobody can tell without a key', async () => {
    const { bought, settings, purchaseId } = await paidWorld()
    const signature = async () => (await bought(purchaseId)).receipt?.signature
    settings.signatures = { ...anySignature, receipt: async () => null }
    expect(await signature()).toBe('notVerified')
    settings.signatures = { ...anySignature, receipt: async (jws) => ({ ...(await anySignature.receipt(jws))!, price: { amount: '98', currency: 'EUR' } }) }
    expect(await signature()).toBe('notVerified')
    settings.signatures = null
    expect(await signature()).toBe('noKey')
  })

  it('P3 of a recovered purchase tells no tax that it does not prove', async () => {
    const world = createBuyingWorld()
    const details = detailsOf(world)
    await append(world, recovered('lost'))
    details.settings.signatures = { ...anySignature, receipt: async () => null }
    expect((await details.bought('lost')).receipt).toMatchObject({ signature: 'notVerified', tax: null, fundingSource: { label: null } })
  })
})

describe('the effect on limits', () => {
  it('P4 is what it counted as, what was left afterwards and what was warned of', async () => {
    const world = createBuyingWorld()
    await world.change({ kind: 'limit', period: 'week', sellerId: null, amount: '110' })
    const { answer, outcome } = await world.ask()
    await world.use.approveChallenge({ ...answer, knowsLimit: true })
    await outcome
    const { purchaseId, countedAt } = world.newest('purchase.approved').payload
    expect((await detailsOf(world).bought(purchaseId)).limits).toEqual({
      counted: { amount: '99', currency: 'EUR' },
      countedAt,
      isCounting: true,
      headroom: [{ period: 'week', sellerId: null, cap: '110', left: '11' }],
      isNearLimit: true,
      warnings: [{ period: 'week', sellerId: null, percent: 80 }],
    })
  })

  it('P4 is none any more where it was not charged, and none at all before the first limit', async () => {
    const { world, bought, purchaseId } = await paidWorld()
    expect((await bought(purchaseId)).limits).toBeNull()
    await world.change({ kind: 'limit', period: 'week', sellerId: null, amount: '1000' })
    world.gateway.meet('decline')
    await world.buy()
    expect((await bought(world.newest('purchase.approved').payload.purchaseId)).limits).toMatchObject({ isCounting: false })
  })
})

describe('in a household', () => {
  it('P8 tells who asked, and which guardian approved', async () => {
    const world = await createFamilyWorld()
    const requestId = await world.requestedBy('child')
    await world.agreesTo(requestId)
    const { purchaseId } = world.newest('purchase.approved').payload
    const detail = await detailsOf(world).bought(purchaseId)
    expect(detail.life.slice(0, 3)).toMatchObject([
      { kind: 'asked', by: 'Dot' },
      { kind: 'shown' },
      { kind: 'approved', by: 'Ada', guardian: true },
    ])
    expect(detail).toMatchObject({ who: 'Dot', shown: { digest: 'matches', content: { buyer: { name: 'Dot' } } } })
    expect(detail.shown?.askedAt).toBe(world.log.family().requests[0]?.askedAt)
  })

  it.each([
    ['guardian', 'ok'],
    ['adult', 'ok'],
    ['teen', 'notFound'],
    [null, 'locked'],
  ])('P7 shows it to whoever bought it and to guardians, and to everybody else there is none: %s', async (memberId, kind) => {
    const world = await createFamilyWorld()
    world.as('adult')
    await world.buy()
    const { purchaseId } = world.newest('purchase.approved').payload
    world.as(memberId)
    expect((await detailsOf(world).look(purchaseId)).kind).toBe(kind)
  })
})

describe('what the index says', () => {
  it('P3 is believed of nothing but where to look', async () => {
    const { world, purchaseId } = await paidWorld()
    await append(world, approved('other'))
    const own = detailsOf(world)
    const numbers = [...world.log.events()].map(({ seq }) => seq)
    const { createPurchaseDetail } = await import('../../../src/main/usecases/purchase-detail.ts')
    const page = async () => []
    const withNumbers = (eventsOf: () => Promise<number[]>) =>
      createPurchaseDetail({ ...world.deps, language: () => 'en', index: { eventsOf, page, progress: () => null }, signatures: async () => anySignature })
    // Of all events those that are about it are told.
    expect(await withNumbers(async () => numbers)({ purchaseId })).toEqual(await own.look(purchaseId))
    await expect(withNumbers(async () => [])({ purchaseId })).rejects.toThrow('leaves out')
    const { seq } = world.newest('purchase.succeeded')
    await expect(withNumbers(async () => numbers.filter((one) => one !== seq))({ purchaseId })).rejects.toThrow('leaves out')
  })

  it('is asked again where something was added in between', async () => {
    const { world, purchaseId, later } = await paidWorld()
    await later()
    const index = detailsOf(world)
    let isFirst = true
    const { createNaiveHistory } = await import('../../support/naive-history.ts')
    const { createPurchaseDetail } = await import('../../../src/main/usecases/purchase-detail.ts')
    const naive = createNaiveHistory({ log: () => world.log })
    async function eventsOf(id: string): Promise<number[]> {
      const numbers = await naive.eventsOf(id)
      if (isFirst) {
        isFirst = false
        world.gateway.mail.refund(purchaseId, 1n)
        await later()
      }
      return numbers
    }
    const use = createPurchaseDetail({ ...world.deps, language: () => 'en', index: { ...naive, eventsOf }, signatures: async () => anySignature })
    expect(await use({ purchaseId })).toEqual(await index.look(purchaseId))
    expect((await index.bought(purchaseId)).life.at(-1)).toMatchObject({ kind: 'refund' })
  })
})

describe('what was imported', () => {
  const part = (change: Partial<ImportPart> = {}): NewEvent => ({
    type: 'import.made',
    actor: change.memberId ?? 'person',
    payload: {
      ...{ importId: 'import-1', part: 1, parts: 1, source: 'steam', fileName: 'history.csv', counts: true },
      rows: [
        { n: 4, kind: 'charge', at: '2025-10-01T12:00:00.000Z', item: 'Grim Tide', payee: 'Steam', amount: { amount: '1999', currency: 'EUR' }, order: 'O-1', state: 'partlyRefunded', paidWith: 'Visa', key: 'k4' },
        { n: 9, of: 4, kind: 'refund', at: '2025-10-03T12:00:00.000Z', item: 'Grim Tide', payee: 'Steam', amount: { amount: '500', currency: 'EUR' }, reference: 'R-1', state: 'partlyRefunded', key: 'k9' },
      ],
      ...change,
    },
  })

  it('P9 is told as its file said it, with its refunds, and whether it counts', async () => {
    const world = createBuyingWorld()
    await append(world, part())
    expect(await detailsOf(world).look('import-1-4')).toMatchObject({
      kind: 'ok',
      purchase: {
        ...{ from: 'elsewhere', purchaseId: 'import-1-4', source: 'steam', fileName: 'history.csv', row: 4, counts: true, item: 'Grim Tide' },
        ...{ price: { amount: '1999' }, cost: { amount: '1499' }, paidWith: 'Visa', order: 'O-1', importedAt: world.newest('import.made').at },
        lines: [{ kind: 'charge', moved: { amount: '1999' } }, { kind: 'refund', moved: { amount: '-500' }, reference: 'R-1' }],
      },
    })
  })

  it('is gone once its import was undone', async () => {
    const world = createBuyingWorld()
    await append(world, part(), { type: 'import.undone', actor: 'person', payload: { importId: 'import-1' } })
    expect(await detailsOf(world).look('import-1-4')).toEqual({ kind: 'notFound' })
  })

  it('P7 is shown to whoever bought it and to guardians', async () => {
    const world = await createFamilyWorld()
    await append(world, { ...part({ memberId: 'teen' }), actor: 'teen' } as NewEvent)
    const seen = async (memberId: string) => {
      world.as(memberId)
      return (await detailsOf(world).look('import-1-4')).kind
    }
    expect([await seen('teen'), await seen('guardian'), await seen('adult')]).toEqual(['ok', 'ok', 'notFound'])
  })

  it('P7 is not shown to others by an index that says too much either', async () => {
    const world = await createFamilyWorld()
    await append(world, { ...part({ memberId: 'teen' }), actor: 'teen' } as NewEvent)
    const { createNaiveHistory } = await import('../../support/naive-history.ts')
    const { createPurchaseDetail } = await import('../../../src/main/usecases/purchase-detail.ts')
    const naive = createNaiveHistory({ log: () => world.log })
    const index = { ...naive, page: (question: Parameters<typeof naive.page>[0], window: Parameters<typeof naive.page>[1]) => naive.page({ ...question, seen: null }, window) }
    const look = createPurchaseDetail({ ...world.deps, language: () => 'en', index, signatures: async () => anySignature })
    world.as('adult')
    expect(await look({ purchaseId: 'import-1-4' })).toEqual({ kind: 'notFound' })
  })

  it('cannot be disputed: the gateway has not charged it', async () => {
    const world = createBuyingWorld()
    await append(world, part())
    expect(await detailsOf(world).dispute({ purchaseId: 'import-1-4' as PurchaseId, reason: 'other' })).toEqual({ kind: 'refused', reason: 'notFound' })
  })
})
