import * as v from 'valibot'
import { expect, it } from 'vitest'
import sandboxCatalogue from '../../../resources/sandbox-catalogue.json' with { type: 'json' }
import { CatalogueSchema } from '../../../src/contract/catalogue.ts'
import { fromWire, unitPrice } from '../../../src/domain/money.ts'
import { createShelf } from '../../../src/gateway/shop/shelf.ts'

const { sellers, offers } = v.parse(CatalogueSchema, sandboxCatalogue)
const count = <T>(items: readonly T[], is: (item: T) => boolean) => items.filter(is).length

it('offers enough of everything to try the launcher with', () => {
  expect(offers.length).toBeGreaterThanOrEqual(44)
  expect(sellers.length).toBeGreaterThanOrEqual(7)
  expect(new Set(offers.map(({ game }) => game)).size).toBeGreaterThanOrEqual(7)
  for (const currency of ['EUR', 'USD', 'GBP', 'JPY'])
    expect(count(offers, ({ price }) => price.currency === currency)).toBeGreaterThanOrEqual(8)
  for (const kind of ['item', 'pass', 'bundle'])
    expect(count(offers, (offer) => offer.kind === kind)).toBeGreaterThanOrEqual(5)
})

it('names each offer and seller once, and lists no seller that sells nothing', () => {
  expect(new Set(offers.map(({ id }) => id)).size).toBe(offers.length)
  expect(new Set(sellers.map(({ id }) => id)).size).toBe(sellers.length)
  expect(new Set(offers.map(({ sellerId }) => sellerId))).toEqual(new Set(sellers.map(({ id }) => id)))
  expect(() => createShelf({ revision: 'r', sellers, offers })).not.toThrow()
})

it('holds what is hard to draw: a 40-character seller, titles near 90, umlauts and Japanese', () => {
  expect(sellers.some(({ name }) => name.length === 40)).toBe(true)
  expect(offers.some(({ title }) => title.length >= 88 && title.length <= 95)).toBe(true)
  expect(offers.some(({ title }) => /[äöüß]/i.test(title))).toBe(true)
  expect(count(offers, ({ title }) => /\p{Script=Han}/u.test(title))).toBeGreaterThanOrEqual(2)
})

it('asks for small sums', () => {
  const cents = offers.filter(({ price }) => price.currency !== 'JPY').map(({ price }) => Number(price.amount))
  expect([Math.min(...cents), Math.max(...cents)]).toEqual([9, 1999])
  expect(count(cents, (amount) => amount <= 499) / cents.length).toBeGreaterThan(0.9)
})

it('states a unit price for each bundle, and the bigger one is not always the better', () => {
  const bundles = offers.flatMap(({ price, bundle }) =>
    bundle ? [{ unit: bundle.unit, count: bundle.count, each: Number(unitPrice(fromWire(price), bundle.count).decimal) }] : [],
  )
  expect(bundles.every(({ each }) => each > 0)).toBe(true)
  const dearer = bundles.filter((one) => bundles.some((two) => two.unit === one.unit && two.count < one.count && two.each < one.each))
  expect(dearer.map(({ count }) => count)).toEqual([1200, 1000])
})

it('describes and does not press', () => {
  const pressing = /last chance|hurry|limited|only today|best value|% off|sale\b|nur heute|letzte chance|rabatt|sparen|jetzt/i
  for (const { title, description } of offers) {
    expect(`${title} ${description}`).not.toMatch(pressing)
    expect(description.length).toBeGreaterThan(10)
  }
})
