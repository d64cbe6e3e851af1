/** Offers of the sandbox catalogue that tests buy, with what a person should see of them in English. */
export const cheapOffer = {
  id: 'kobolde-cheesecake',
  title: 'Ein ganzer Käsekuchen',
  seller: 'Käsekuchen & Kobolde',
  amount: '49',
  currency: 'EUR',
  priceText: '€0.49',
} as const

export const bundleOffer = {
  id: 'hedgerow-acorns-80',
  title: '80 Acorns',
  seller: 'Lantern & Loam Ltd',
  amount: '149',
  currency: 'GBP',
  priceText: '£1.49',
} as const

/** No minor unit, and a title in another script. */
export const yenOffer = {
  id: 'tsukiusagi-dango',
  title: '三色団子ひと皿',
  seller: '月兎工房 Tsukiusagi Kōbō',
  amount: '50',
  currency: 'JPY',
  priceText: '¥50',
} as const

/** The longest title of the catalogue, from the seller with the longest name. */
export const longOffer = {
  id: 'grubenglueck-lift',
  title: 'Dampfbetriebener Förderkorb mit Messingbeschlägen und Läutwerk für die Tiefstollen im Westen',
  seller: 'Nebelfuchs Spielewerkstatt GmbH, Leipzig',
  amount: '299',
  currency: 'EUR',
  priceText: '€2.99',
} as const
