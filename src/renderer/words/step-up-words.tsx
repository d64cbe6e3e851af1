import { Trans } from '@lingui/react/macro'
import type { ToldStepUpReason } from '../../contract/account.ts'
import type { WireMoney } from '../../contract/money.ts'
import { assertNever } from '../assert-never.ts'
import { useFormat } from '../i18n/format-context.ts'
import { shownName } from './shown-name.ts'

/** Why a purchase wanted the account's second factor. `above` is the price from which the person asked to be asked. */
export interface StepUpShown {
  readonly reasons: readonly ToldStepUpReason[]
  readonly above?: WireMoney
}

/** One whole sentence for each reason, one after the other. */
export function StepUpReasons({ stepUp: { reasons, above }, payee }: { stepUp: StepUpShown; payee: string }) {
  return reasons.map((reason, index) => (
    <span key={reason}>
      {index > 0 && ' '}
      <Reason reason={reason} above={above} payee={payee} />
    </span>
  ))
}

function Reason({ reason, above, payee }: { reason: ToldStepUpReason; above: WireMoney | undefined; payee: string }) {
  const format = useFormat()
  const [name, amount] = [shownName(payee), above && format.money(above)]
  switch (reason) {
    case 'firstOnDevice':
      return <Trans>First purchase on this computer.</Trans>
    case 'newSeller':
      return <Trans>You have never bought from <bdi>{name}</bdi>.</Trans>
    case 'aboveAmount':
      if (!above || above.amount === '0') return <Trans>You asked to be asked each time.</Trans>
      return <Trans>{amount} or more: you asked to be asked.</Trans>
    case 'looksWrong':
      return <Trans>It does not look like your purchases: show that it is you.</Trans>
    case 'looserControl':
      return null
    default:
      return assertNever(reason)
  }
}
