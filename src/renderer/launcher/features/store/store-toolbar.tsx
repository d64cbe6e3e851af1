import { Trans, useLingui } from '@lingui/react/macro'
import type { Seller } from '../../../../contract/catalogue.ts'
import { Button } from '../../../ui/button.tsx'
import { SearchField } from '../../../ui/search-field.tsx'
import { Segments } from '../../../ui/segments.tsx'
import { SelectField } from '../../../ui/select-field.tsx'
import { isFiltering, noFilter, type OfferFilter } from './offer-filter.ts'
import { OfferCount } from './offer-count.tsx'
import styles from './store-toolbar.module.css'

interface StoreToolbarProps {
  readonly filter: OfferFilter
  readonly sellers: readonly Seller[]
  readonly count: number
  readonly onChange: (change: Partial<OfferFilter>) => void
}

export function StoreToolbar({ filter, sellers, count, onChange }: StoreToolbarProps) {
  const { t } = useLingui()
  const kinds = [
    { value: 'all', label: t`All` },
    { value: 'item', label: t`Items` },
    { value: 'pass', label: t`Passes` },
    { value: 'bundle', label: t`Bundles` },
  ] as const
  const sorts = [
    { value: 'title', label: t`Title` },
    { value: 'cheapest', label: t`Lowest price` },
    { value: 'dearest', label: t`Highest price` },
  ] as const
  const sellerChoices = [{ value: 'all', label: t`All sellers` }, ...sellers.map(({ id, name }) => ({ value: id, label: name }))]
  return (
    <div className={styles.toolbar} role="search" aria-label={t`Find offers`}>
      <div className={styles.controls}>
        <SearchField label={t`Search the store`} value={filter.text} onChange={(text) => onChange({ text })} />
        <Segments label={t`Kind`} value={filter.kind} choices={kinds} onChange={(kind) => onChange({ kind })} />
        <SelectField label={t`Seller`} value={filter.seller} choices={sellerChoices} onChange={(seller) => onChange({ seller })} />
        <SelectField label={t`Sort by`} value={filter.sort} choices={sorts} onChange={(sort) => onChange({ sort })} />
      </div>
      <div className={styles.found}>
        <p aria-live="polite"><OfferCount count={count} /></p>
        {count > 0 && isFiltering(filter) && (
          <Button look="quiet" className={styles.clear} onPress={() => onChange({ ...noFilter, sort: filter.sort })}><Trans>Clear filters</Trans></Button>
        )}
      </div>
    </div>
  )
}
