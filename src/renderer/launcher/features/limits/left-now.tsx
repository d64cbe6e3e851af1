import { Trans } from '@lingui/react/macro'
import type { LimitKey } from '../../../../contract/controls.ts'
import type { Standing } from '../../../../contract/ipc/controls.ts'
import { useFormat } from '../../../i18n/format-context.ts'
import { keyOf } from './limit-key.ts'

interface LeftNowProps {
  readonly of: LimitKey
  readonly standings: readonly Standing[]
  readonly currency: string
}

/** `€1.90 is left until Mon 30 Nov, 00:00.` Nothing where the limit is gone. */
export function LeftNow({ of, standings, currency }: LeftNowProps) {
  const format = useFormat()
  const standing = standings.find((one) => keyOf(one) === keyOf(of))
  if (!standing || standing.resetsAt === null) return null
  const left = format.money({ amount: BigInt(standing.left) < 0n ? '0' : standing.left, currency })
  return <Trans>{left} is left until {format.moment(standing.resetsAt)}.</Trans>
}
