import type { MessageDescriptor } from '@lingui/core'
import { Trans, useLingui } from '@lingui/react/macro'
import type { WireMoney } from '../../contract/money.ts'
import { useFormat } from '../i18n/format-context.ts'
import type { Explanation } from './refusal-words.ts'

/** `Paid €0.99 to Nebula Forge` */
export function PaidTitle({ price, payee }: { price: WireMoney; payee: string }) {
  const money = useFormat().money(price)
  return (
    <Trans>
      Paid {money} to <bdi>{payee}</bdi>
    </Trans>
  )
}

export function NothingChargedTitle() {
  return <Trans>Nothing was charged.</Trans>
}

export function UnknownTitle({ price }: { price: WireMoney }) {
  const money = useFormat().money(price)
  return <Trans>We do not know yet whether {money} was charged.</Trans>
}

export function UnknownText() {
  return (
    <Trans>
      You will not be charged twice. The gateway, the service that takes the payment, did not answer in time; Tuppence
      keeps asking it about this very purchase until it knows, also after a restart.
    </Trans>
  )
}

/** What a refusal or decline means, then what to do next. */
export function ExplanationText({ explanation }: { explanation: Explanation }) {
  const { t } = useLingui()
  const say = (message: MessageDescriptor) => t(message)
  return (
    <>
      {say(explanation.what)} {say(explanation.next)}
    </>
  )
}
