import { describe, expect, it } from 'vitest'
import type { ListedOffer } from '../../../src/contract/ipc/launcher.ts'
import {
  groupByCurrency,
  isFiltering,
  listOffers,
  noFilter,
  type OfferFilter,
} from '../../../src/renderer/launcher/features/store/offer-filter.ts'

const sellers = [
  { id: 'nebula', name: 'Nebula Forge' },
  { id: 'kessel', name: 'Kupferkessel' },
]

function offer(title: string, change: Partial<ListedOffer['offer']> = {}): ListedOffer {
  return {
    offer: {
      id: title,
      sellerId: 'nebula',
      kind: 'item',
      title,
      game: 'Ashen Vale',
      description: '',
      icon: 'gem',
      price: { amount: '99', currency: 'EUR' },
      ...change,
    },
  }
}

const offers = [
  offer('Cap', { price: { amount: '1000', currency: 'EUR' } }),
  offer('Schiffermütze', { sellerId: 'kessel', price: { amount: '999', currency: 'EUR' } }),
  offer('Charm', { price: { amount: '120', currency: 'JPY' } }),
  offer('Pass', { kind: 'pass', passDays: 30, price: { amount: '90071992547409930', currency: 'EUR' } }),
]

function titles(change: Partial<OfferFilter>): readonly string[] {
  const filter = { ...noFilter, ...change }
  return listOffers(offers, sellers, filter, (a, b) => a.localeCompare(b)).map((listed) => listed.offer.title)
}

describe('offers in the store', () => {
  it('are all there, by title, when nothing is asked for', () => {
    expect(titles({})).toEqual(['Cap', 'Charm', 'Pass', 'Schiffermütze'])
  })

  it('are found by any word of title, game or seller, whatever its case and accents', () => {
    expect(titles({ text: 'MUTZE' })).toEqual(['Schiffermütze'])
    expect(titles({ text: 'kessel vale' })).toEqual(['Schiffermütze'])
    expect(titles({ text: '  ' })).toHaveLength(4)
    expect(titles({ text: 'cap charm' })).toEqual([])
  })

  it('can be narrowed by kind and seller together', () => {
    expect(titles({ kind: 'pass' })).toEqual(['Pass'])
    expect(titles({ seller: 'kessel' })).toEqual(['Schiffermütze'])
    expect(titles({ kind: 'pass', seller: 'kessel' })).toEqual([])
  })

  it('are ordered by exact price, each currency by itself', () => {
    expect(titles({ sort: 'cheapest' })).toEqual(['Schiffermütze', 'Cap', 'Pass', 'Charm'])
    expect(titles({ sort: 'dearest' })).toEqual(['Pass', 'Cap', 'Schiffermütze', 'Charm'])
  })

  it('leaves the list that it was given as it was', () => {
    const before = [...offers]
    titles({ sort: 'dearest' })
    expect(offers).toEqual(before)
  })
})

describe('offers by currency', () => {
  it('are one part for each, in the order given', () => {
    const groups = groupByCurrency(listOffers(offers, sellers, { ...noFilter, sort: 'cheapest' }, (a, b) => a.localeCompare(b)))
    expect(groups.map(([currency, group]) => [currency, group.map((listed) => listed.offer.title)])).toEqual([
      ['EUR', ['Schiffermütze', 'Cap', 'Pass']],
      ['JPY', ['Charm']],
    ])
    expect(groupByCurrency([])).toEqual([])
  })
})

describe('isFiltering', () => {
  it('does not take another order for a filter', () => {
    expect(isFiltering({ ...noFilter, sort: 'dearest' })).toBe(false)
    expect(isFiltering({ ...noFilter, text: 'x' })).toBe(true)
  })
})
