import { useFeature } from '../../app/stores.ts'

/** What limits can be counted in, the most frequent in the store first. */
export function useCurrencies(): readonly string[] {
  const catalogue = useFeature('catalogue', (state) => state.catalogue)
  if (catalogue.kind !== 'ok') return ['EUR']
  const groups = [...Map.groupBy(catalogue.offers, ({ offer }) => offer.price.currency)]
  const codes = groups.sort(([, one], [, other]) => other.length - one.length).map(([code]) => code)
  return codes.length === 0 ? ['EUR'] : codes
}
