import type { Catalogue, Offer } from '../../src/contract/catalogue.ts'
import type { QuoteClaims } from '../../src/contract/http/claims.ts'
import { fakeDeviceId } from './fake-device.ts'

export const itemOffer: Offer = {
  id: 'lamp-oil',
  sellerId: 'nebelfuchs',
  kind: 'item',
  title: 'Eine Kanne Lampenöl',
  game: 'Grubenglück',
  description: 'Brennt für drei Schichten.',
  icon: 'flame',
  price: { amount: '99', currency: 'EUR' },
}

export const bundleOffer: Offer = {
  id: 'gems-500',
  sellerId: 'tsukiusagi',
  kind: 'bundle',
  title: '500 月の石',
  game: '月兎',
  description: '',
  icon: 'gem',
  price: { amount: '610', currency: 'JPY' },
  bundle: { count: 500, unit: 'gems' },
}

export const passOffer: Offer = {
  id: 'season-pass',
  sellerId: 'nebelfuchs',
  kind: 'pass',
  title: 'Saisonpass',
  game: 'Grubenglück',
  description: '',
  icon: 'ticket',
  price: { amount: '1299', currency: 'EUR' },
  passDays: 90,
}

export const smallCatalogue: Catalogue = {
  revision: 'test-1',
  sellers: [
    { id: 'nebelfuchs', name: 'Nebelfuchs Spielewerkstatt GmbH' },
    { id: 'tsukiusagi', name: '月兎工房' },
  ],
  offers: [itemOffer, bundleOffer, passOffer],
}

/** What an honest gateway quotes for the lamp oil to the fake device at noon of 2 March 2026. */
export function makeQuoteClaims(changes: Partial<QuoteClaims> = {}): QuoteClaims {
  return {
    quoteId: 'quote-1',
    deviceId: fakeDeviceId,
    offerId: itemOffer.id,
    sellerId: itemOffer.sellerId,
    payee: 'Nebelfuchs Spielewerkstatt GmbH',
    item: itemOffer.title,
    game: itemOffer.game,
    kind: 'item',
    price: itemOffer.price,
    tax: { amount: '16', rateBasisPoints: 1900 },
    fundingSource: { id: 'wallet', label: 'Test wallet' },
    issuedAt: '2026-03-02T12:00:00.000Z',
    expiresAt: '2026-03-02T12:10:00.000Z',
    ...changes,
  }
}
