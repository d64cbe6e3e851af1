import * as v from 'valibot'
import { MoneySchema } from './money.ts'
import { IdSchema, LineSchema, ParagraphSchema } from './text.ts'

/** What an offer is: one item, a pass for a time, or a bundle of virtual currency. */
export const OfferKindSchema = v.picklist(['item', 'pass', 'bundle'])
export type OfferKind = v.InferOutput<typeof OfferKindSchema>

/** Pictures are drawn by the launcher from these names: a catalogue never brings images or addresses of its own. */
export const OfferIconSchema = v.picklist([
  'award', 'car', 'castle', 'coins', 'crown', 'flame', 'gem', 'ghost', 'hammer', 'heart', 'key', 'leaf', 'map',
  'moon', 'music', 'palette', 'paw', 'puzzle', 'rocket', 'shield', 'shirt', 'skull', 'snowflake', 'sparkles',
  'star', 'sword', 'ticket', 'trophy', 'wand', 'zap',
])
export type OfferIcon = v.InferOutput<typeof OfferIconSchema>

/** How much virtual currency a bundle holds, for example 500 `gems`. */
export const BundleSchema = v.strictObject({
  count: v.pipe(v.number(), v.integer(), v.minValue(2), v.maxValue(10_000_000)),
  unit: v.pipe(LineSchema, v.maxLength(40)),
})

export const SellerSchema = v.strictObject({ id: IdSchema, name: v.pipe(LineSchema, v.maxLength(80)) })
export type Seller = v.InferOutput<typeof SellerSchema>

/** One thing that a seller lists. `bundle` is present exactly for kind `bundle`, `passDays` exactly for `pass`. */
export const OfferSchema = v.pipe(
  v.strictObject({
    id: IdSchema,
    sellerId: IdSchema,
    kind: OfferKindSchema,
    title: LineSchema,
    game: v.pipe(LineSchema, v.maxLength(80)),
    description: ParagraphSchema,
    icon: OfferIconSchema,
    price: MoneySchema,
    bundle: v.exactOptional(BundleSchema),
    passDays: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(366))),
  }),
  v.check(
    (offer) => (offer.kind === 'bundle') === (offer.bundle !== undefined),
    'a bundle states its contents, nothing else does',
  ),
  v.check(
    (offer) => (offer.kind === 'pass') === (offer.passDays !== undefined),
    'a pass states its days, nothing else does',
  ),
)
export type Offer = v.InferOutput<typeof OfferSchema>

export const CatalogueSchema = v.strictObject({
  revision: IdSchema,
  sellers: v.array(SellerSchema),
  offers: v.array(OfferSchema),
})
export type Catalogue = v.InferOutput<typeof CatalogueSchema>
