import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { LimitKey } from '../../contract/controls.ts'
import type { WireMoney } from '../../contract/money.ts'
import { assertNever } from '../assert-never.ts'
import { useFormat } from '../i18n/format-context.ts'

export type LimitPeriod = LimitKey['period']

/** How long a limit counts, as a label. */
export const periodWords: Record<LimitPeriod, MessageDescriptor> = {
  purchase: msg`Each purchase`,
  day: msg`Day`,
  week: msg`Week`,
  month: msg`Month`,
}

interface LeftOfProps {
  readonly period: Exclude<LimitPeriod, 'purchase'>
  /** Whether the limit is for the seller of the purchase alone. */
  readonly isOneSeller: boolean
  readonly left: WireMoney
}

/** `€3.10 left this week`, `nothing left today at this seller` */
export function LeftOf({ period, isOneSeller, left }: LeftOfProps) {
  const money = useFormat().money(left)
  const isNothing = BigInt(left.amount) <= 0n
  return (
    <>
      {isNothing ? <NothingLeft period={period} /> : <MoneyLeft period={period} money={money} />}
      {isOneSeller && <>{' '}<Trans>at this seller</Trans></>}
    </>
  )
}

function MoneyLeft({ period, money }: { period: LeftOfProps['period']; money: string }) {
  switch (period) {
    case 'day':
      return <Trans><strong>{money}</strong> left today</Trans>
    case 'week':
      return <Trans><strong>{money}</strong> left this week</Trans>
    case 'month':
      return <Trans><strong>{money}</strong> left this month</Trans>
    default:
      return assertNever(period)
  }
}

function NothingLeft({ period }: { period: LeftOfProps['period'] }) {
  switch (period) {
    case 'day':
      return <Trans>nothing left today</Trans>
    case 'week':
      return <Trans>nothing left this week</Trans>
    case 'month':
      return <Trans>nothing left this month</Trans>
    default:
      return assertNever(period)
  }
}
