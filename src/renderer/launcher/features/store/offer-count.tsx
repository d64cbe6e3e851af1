import { Plural } from '@lingui/react/macro'

export function OfferCount({ count }: { count: number }) {
  return <Plural value={count} one="# offer" other="# offers" />
}
