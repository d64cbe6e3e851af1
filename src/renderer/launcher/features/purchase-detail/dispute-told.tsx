import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import type { DisputeRefusal } from '../../../../contract/ipc/purchase-detail.ts'
import { assertNever } from '../../../assert-never.ts'
import type { DisputeTold } from './purchase-detail-store.ts'

const refusalWords: Record<DisputeRefusal, MessageDescriptor> = {
  locked: msg`The profile that said it is not open any more. Nothing was sent. Open it and say it again.`,
  notFound: msg`This purchase is not there any more, or not yours. Nothing was sent.`,
  notCharged: msg`The gateway has charged nothing for this. There is nothing to give back.`,
  nothingLeft: msg`All of the money has come back already. Nothing was sent.`,
  alreadyOpen: msg`The gateway has been told already, and has not decided yet.`,
  busy: msg`This is being sent already.`,
  building: msg`The history is being put in order. Nothing was sent. Try again in a moment.`,
  gatewayUnreachable: msg`The gateway could not be reached. Nothing is lost: try again later, and it will be the same message, never a second one.`,
  gatewayRefused: msg`The gateway turned it down. Try again in a minute; if it stays this way, tell support.`,
  keychainUnavailable: msg`Your computer’s keychain cannot be used, and without it Tuppence cannot sign what it sends. Unlock it, then try again.`,
  ledgerUnavailable: msg`It could not be written to your ledger. Read the notice at the top of the window, then try again: it will be the same message, never a second one.`,
}

/** What came of saying that something is wrong. */
export function DisputeToldText({ told }: { told: DisputeTold }) {
  const { t } = useLingui()
  switch (told.kind) {
    case 'opened':
      return <Trans>The gateway has taken it in.</Trans>
    case 'declined':
      return <Trans>You said no. Nothing was sent.</Trans>
    case 'refused':
      return <>{t(refusalWords[told.reason])}</>
    case 'broken':
      return <Trans>Something in Tuppence itself went wrong. Look at this screen again before you repeat it.</Trans>
    default:
      return assertNever(told)
  }
}
