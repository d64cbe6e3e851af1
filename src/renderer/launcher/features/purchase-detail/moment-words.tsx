import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import type { DisputeReason } from '../../../../contract/dispute.ts'
import { DeclineReasonSchema } from '../../../../contract/http/messages.ts'
import type { Moment } from '../../../../contract/ipc/purchase-detail.ts'
import { assertNever } from '../../../assert-never.ts'
import { useFormat } from '../../../i18n/format-context.ts'
import { declineWords } from '../../../words/decline-words.ts'

/** What a person says is wrong with a charge, in their own voice. */
export const disputeReasonWords: Record<DisputeReason, MessageDescriptor> = {
  notMine: msg`I did not buy this`,
  notReceived: msg`I did not get what I paid for`,
  wrongAmount: msg`The amount is wrong`,
  byMistake: msg`I bought it by mistake`,
  other: msg`Something else`,
}

/** Why nothing was charged, by what the ledger has recorded; what else the gateway refuses is told in general. */
const voidWords: Readonly<Record<string, MessageDescriptor>> = {
  notSent: msg`Nothing was sent to the gateway.`,
  neverReceived: msg`The gateway never received the request, and its price has run out.`,
  quoteExpired: msg`The price had run out.`,
  priceChanged: msg`The price had changed.`,
  offerUnavailable: msg`The seller no longer offered it.`,
  limitReached: msg`A limit at the gateway had no room for it.`,
  excluded: msg`An exclusion was in force at the gateway.`,
  quietHours: msg`These were quiet hours at the gateway.`,
}

/** In words, why a purchase that was approved came to nothing. */
export function useReasonWords() {
  const { t } = useLingui()
  return (kind: 'declined' | 'voided', reason: string): string => {
    const isDecline = (text: string): text is keyof typeof declineWords => DeclineReasonSchema.options.some((known) => known === text)
    if (kind === 'declined') return isDecline(reason) ? t(declineWords[reason].what) : ''
    return t(voidWords[reason] ?? msg`The gateway turned the request down.`)
  }
}

/** One moment in a sentence. */
export function MomentText({ moment }: { moment: Moment }) {
  const format = useFormat()
  const { t } = useLingui()
  const reasonOf = useReasonWords()
  switch (moment.kind) {
    case 'asked':
      return moment.by === null ? <Trans>A guardian was asked for it.</Trans> : <Trans><bdi>{moment.by}</bdi> asked a guardian for it.</Trans>
    case 'shown':
      return <Trans>The confirm window showed what it is and what it costs.</Trans>
    case 'approved':
      return <ApprovedText moment={moment} />
    case 'unknown':
      return <Trans>No answer came that could be trusted. From then on the gateway was asked what had become of it.</Trans>
    case 'declined':
      return <><Trans>The gateway declined. Nothing was charged.</Trans> {reasonOf('declined', moment.reason)}</>
    case 'voided':
      return <><Trans>Nothing was charged.</Trans> {reasonOf('voided', moment.reason)}</>
    case 'charged':
    case 'refund':
    case 'chargeback':
    case 'chargebackReversal':
      return <MoneyText kind={moment.kind} money={format.money(moment.amount)} />
    case 'disputed':
      return (
        <>
          <Trans>The gateway was told that something is wrong:</Trans> {t(disputeReasonWords[moment.reason])}
          {moment.note !== null && <Quoted note={moment.note} />}
        </>
      )
    case 'disputeClosed':
      return moment.outcome === 'refunded'
        ? <Trans>The gateway decided that the money comes back.</Trans>
        : <Trans>The gateway decided that the charge stands.</Trans>
    case 'recovered':
      return <Trans>A backup was put back that had lost this purchase. The gateway’s receipt is all that is left of it.</Trans>
    default:
      return assertNever(moment)
  }
}

/** What somebody wrote, after what it is about. */
export function Quoted({ note }: { note: string }) {
  return <>{' – '}<Trans>“<bdi>{note}</bdi>”</Trans></>
}

function ApprovedText({ moment: { by, guardian } }: { moment: Extract<Moment, { kind: 'approved' }> }) {
  if (by === null) return <Trans>It was approved in the confirm window.</Trans>
  return guardian ? <Trans><bdi>{by}</bdi> approved it as a guardian, with PIN and code.</Trans> : <Trans><bdi>{by}</bdi> approved it.</Trans>
}

type MoneyKind = Extract<Moment, { lineId: string }>['kind']

function MoneyText({ kind, money }: { kind: MoneyKind; money: string }) {
  switch (kind) {
    case 'charged':
      return <Trans><strong>{money}</strong> was charged.</Trans>
    case 'refund':
      return <Trans><strong>{money}</strong> came back as a refund.</Trans>
    case 'chargeback':
      return <Trans><strong>{money}</strong> was charged back by whoever the money is from.</Trans>
    case 'chargebackReversal':
      return <Trans>The chargeback was undone: <strong>{money}</strong> is with the seller again.</Trans>
    default:
      return assertNever(kind)
  }
}
