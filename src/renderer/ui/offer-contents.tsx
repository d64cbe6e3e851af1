import { Plural, Trans } from '@lingui/react/macro'
import type { UnitPrice } from '../../contract/money.ts'
import { useFormat } from '../i18n/format-context.ts'

interface Contents {
  readonly bundle?: { readonly count: number; readonly unit: string }
  readonly unitPrice?: UnitPrice
  readonly passDays?: number
}

function EachPrice({ unitPrice }: { unitPrice: UnitPrice }) {
  const price = useFormat().unitPrice(unitPrice)
  return unitPrice.exact ? <Trans>{price} each</Trans> : <Trans>about {price} each</Trans>
}

/** What exactly one gets: `500 gems · €0.0099 each`, `30-day pass`, or nothing for a single item. */
export function OfferContents({ bundle, unitPrice, passDays }: Contents) {
  const format = useFormat()
  if (passDays !== undefined) return <Plural value={passDays} one="#-day pass" other="#-day pass" />
  if (!bundle) return null
  return (
    <>
      <bdi>
        {format.count(bundle.count)} {bundle.unit}
      </bdi>
      {unitPrice && (
        <>
          {' · '}
          <EachPrice unitPrice={unitPrice} />
        </>
      )}
    </>
  )
}
