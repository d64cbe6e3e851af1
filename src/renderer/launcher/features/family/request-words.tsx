import { Trans, useLingui } from '@lingui/react/macro'
import type { Request } from '../../../../contract/ipc/household.ts'
import { assertNever } from '../../../assert-never.ts'
import { useFormat } from '../../../i18n/format-context.ts'
import { denialWords } from '../../../words/denial-words.ts'
import { periodWords } from '../../../words/limit-words.tsx'

/** Why it could not be bought without asking. */
export function CauseText({ request: { cause, counted } }: { request: Request }) {
  const { t } = useLingui()
  const format = useFormat()
  if (cause.kind === 'quietHours') return <Trans>Quiet hours until {format.moment(cause.until)}</Trans>
  if (cause.cap === '0') return <Trans>Nothing to spend without asking</Trans>
  const { currency } = counted
  const [cap, left] = [format.money({ amount: cause.cap, currency }), format.money({ amount: BigInt(cause.left) < 0n ? '0' : cause.left, currency })]
  const period = t(periodWords[cause.period])
  return cause.period === 'purchase' ? <Trans>Limit: {period}, {cap}</Trans> : <Trans>Limit: {period}, {cap}; {left} left</Trans>
}

type Ended = NonNullable<Request['ended']>

/** What became of a request. */
export function EndTitle({ ended: { end, by } }: { ended: Ended }) {
  switch (end) {
    case 'granted':
      return by === null ? <Trans>Allowed</Trans> : <Trans>Allowed by <bdi>{by}</bdi></Trans>
    case 'denied':
      return by === null ? <Trans>Answered with no</Trans> : <Trans><bdi>{by}</bdi> said no</Trans>
    case 'withdrawn':
      return <Trans>Withdrawn</Trans>
    case 'lapsed':
      return <Trans>Lapsed without an answer</Trans>
    case 'changed':
      return <Trans>Price or offer changed</Trans>
    default:
      return assertNever(end)
  }
}

/** More about an end that needs it: the reason and the note of a no, and what can be done. Null where there is no more. */
function useMore({ ended: { end, reason, note }, isOwn }: { ended: Ended; isOwn: boolean }) {
  const { t } = useLingui()
  switch (end) {
    case 'denied':
      return reason ? <>{t(denialWords[reason])}{note && <> “<bdi>{note}</bdi>”</>}</> : null
    case 'lapsed':
      return isOwn ? <Trans>Nobody answered within a day. You can ask again from the store.</Trans> : null
    case 'changed':
      return isOwn ? <Trans>A yes is for exactly what was asked. You can ask again from the store.</Trans> : null
    case 'granted':
      return isOwn ? <Trans>What became of it is in your history.</Trans> : null
    case 'withdrawn':
      return null
    default:
      return assertNever(end)
  }
}

export function EndText({ ended, isOwn }: { ended: Ended; isOwn: boolean }) {
  const more = useMore({ ended, isOwn })
  return more && <>{more} · </>
}
