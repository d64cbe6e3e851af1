import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { LineView } from '../../../../contract/ipc/history.ts'

/** One word or two for each state of a purchase, the same in table and search. An export has the states by their own names, in every language. */
export const stateWords: Record<LineView['state'], MessageDescriptor> = {
  approved: msg`Being checked`,
  unknown: msg`Being checked`,
  succeeded: msg`Paid`,
  partlyRefunded: msg`Partly refunded`,
  refunded: msg`Refunded`,
  chargedBack: msg`Charged back`,
  declined: msg`Declined`,
  voided: msg`Not charged`,
}

/** What became of the money of a line: where it went once, of how the purchase stands now. */
export function lineWords({ kind, state }: Pick<LineView, 'kind' | 'state'>): MessageDescriptor {
  switch (kind) {
    case 'refund':
    case 'chargeback':
      return msg`Came back`
    case 'chargebackReversal':
      return msg`Charged again`
    case 'charge':
    case 'pending':
    case 'notCharged':
      return stateWords[state]
  }
}

export const kindWords: Record<LineView['kind'], MessageDescriptor> = {
  charge: msg`Charges`,
  refund: msg`Refunds`,
  chargeback: msg`Chargebacks`,
  chargebackReversal: msg`Reversed chargebacks`,
  pending: msg`Being checked`,
  notCharged: msg`Not charged`,
}

/** Where it was bought. Names of others are the same in every language. */
export const sourceWords: Record<LineView['source'], MessageDescriptor> = {
  tuppence: msg`Tuppence`,
  steam: msg`Steam`,
  googlePlay: msg`Google Play`,
  playStation: msg`PlayStation`,
  xbox: msg`Xbox`,
  csv: msg`CSV file`,
  ofx: msg`OFX file`,
}
