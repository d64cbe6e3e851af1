/** Made-up purchases of other stores, with bursts and a long tail of shops, the same each time. */
export interface ShopRow {
  readonly n: number
  readonly at: string
  readonly item: string
  readonly shop: string
  /** In cents; below nothing for a refund. */
  readonly cents: number
}

export function shopRows(count: number): ShopRow[] {
  let seed = 7
  const random = () => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648
  let atMs = Date.UTC(2016, 0, 1)
  return Array.from({ length: count }, (_, index) => {
    atMs += (random() < 0.7 ? 600_000 : 9_000_000) * random()
    const cents = (random() < 0.04 ? -1 : 1) * (49 + Math.floor(6000 * random() ** 4))
    return { n: index + 1, at: new Date(atMs).toISOString(), item: `Item ${Math.floor(4000 * random() ** 2)}`, shop: `Shop ${Math.floor(120 * random() ** 3)}`, cents }
  })
}

/** As a plain CSV file. */
export function tableOf(rows: readonly ShopRow[]): string {
  const lines = rows.map(({ n, at, item, shop, cents }) => `${at},${item},${shop},${(cents / 100).toFixed(2)},EUR,O-${n}`)
  return `${['Date,Item,Shop,Amount,Currency,Order', ...lines].join('\n')}\n`
}
