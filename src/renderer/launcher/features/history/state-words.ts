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
