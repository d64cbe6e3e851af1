import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import type { AnsweredPurchase, MonitoringRefusal } from '../../../../contract/ipc/monitoring.ts'
import { assertNever } from '../../../assert-never.ts'
import type { MonitoringTold } from './monitoring-store.ts'

const refusalWords: Record<MonitoringRefusal, MessageDescriptor> = {
  gone: msg`It was answered already, or is not there any more. Nothing was changed.`,
  notAllowed: msg`Only whose purchase it is, or a guardian, can say that. Nothing was changed.`,
  locked: msg`The profile that said it is not open any more. Nothing was changed. Open it and say it again.`,
  busy: msg`Something else is being asked. Answer that first, then say this again.`,
  gatewayUnreachable: msg`The gateway could not be reached, and the code of your account needs it. Nothing was changed. Try again later.`,
  keychainUnavailable: msg`Your computer’s keychain cannot be used, and without it nobody can show who they are. Unlock it, then try again.`,
  ledgerUnavailable: msg`It could not be written to your ledger. Read the notice at the top of the window, then try again.`,
}

type SignedOut = Extract<AnsweredPurchase, { kind: 'secured' }>['signedOut']

function SignedOutText({ signedOut }: { signedOut: SignedOut }) {
  switch (signedOut) {
    case 'done':
      return <Trans>All devices of your account were signed out.</Trans>
    case 'notSignedIn':
      return <Trans>This computer is not signed in to an account, so no other device had to be signed out.</Trans>
    case 'failed':
      return <Trans>The devices of your account could not be signed out. Do that on your account’s page as soon as you can.</Trans>
    default:
      return assertNever(signedOut)
  }
}

/** What came of an answer, or of ending a freeze. */
export function MonitoringToldText({ told }: { told: MonitoringTold }) {
  const { t } = useLingui()
  switch (told.kind) {
    case 'thanked':
      return <Trans>Noted. What looked unusual about it counts a little less from now on.</Trans>
    case 'secured':
      return <><Trans>Nothing more is bought on this computer for now.</Trans>{' '}<SignedOutText signedOut={told.signedOut} />{' '}<Trans>Look below at what was bought since.</Trans></>
    case 'thawed':
      return <Trans>Buying goes on. Every purchase is asked about as before.</Trans>
    case 'wait':
      return <Plural value={Math.ceil(told.pauseMs / 1000)} one="Take # second to think about it, then press again." other="Take # seconds to think about it, then press again." />
    case 'declined':
      return <Trans>You said no. Nothing was changed.</Trans>
    case 'refused':
      return <>{t(refusalWords[told.reason])}</>
    case 'broken':
      return <Trans>Something in Tuppence itself went wrong. Look at this screen again before you repeat it.</Trans>
    default:
      return assertNever(told)
  }
}
