import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import type { MonitoringLevel } from '../../contract/controls.ts'
import type { AnsweredPurchase, MonitoringRefusal } from '../../contract/ipc/monitoring.ts'
import type { Band, Harm } from '../../contract/ipc/risk.ts'
import { assertNever } from '../assert-never.ts'

/** What is watched for. */
export const harmWords: Record<Harm, MessageDescriptor> = {
  takeover: msg`Somebody else is buying`,
  burst: msg`Buying faster than usual`,
}

/** When something is said. */
export const levelWords: Record<MonitoringLevel, MessageDescriptor> = {
  often: msg`Early`,
  usual: msg`As usual`,
  rarely: msg`Only when it is clear`,
  off: msg`Never`,
}

/** What followed from how a purchase was judged. */
export const bandWords: Record<Band, MessageDescriptor> = {
  nothing: msg`Nothing looked wrong.`,
  note: msg`The window said so.`,
  pause: msg`The window said so, and a yes had to wait.`,
  alert: msg`It looked very wrong: the window said so, and a yes had to wait.`,
}

const refusalWords: Record<MonitoringRefusal, MessageDescriptor> = {
  gone: msg`It was answered already, or is over.`,
  notAllowed: msg`That is for whoever bought it to say, or for a guardian.`,
  locked: msg`No profile is open. Open yours, then try again.`,
  busy: msg`Something else is being asked. Answer that first.`,
  gatewayUnreachable: msg`The gateway did not answer. Check your internet connection, then try again.`,
  keychainUnavailable: msg`Your computer’s keychain cannot be used. Unlock it, then try again.`,
  ledgerUnavailable: msg`Nothing can be written to your ledger. The notice above says what is wrong.`,
}

/** Why nothing was changed. */
export function MonitoringRefusalText({ reason }: { reason: MonitoringRefusal }) {
  const { t } = useLingui()
  return t(refusalWords[reason])
}

/** What came of saying whose a purchase was. */
export function AnsweredText({ answered }: { answered: AnsweredPurchase | { readonly kind: 'broken' } }) {
  switch (answered.kind) {
    case 'thanked':
      return <Trans>Thank you. Purchases like this look less wrong from now on.</Trans>
    case 'secured':
      return <><Trans>Buying is frozen on this computer. On the Monitoring screen you see what was bought since, and can dispute it.</Trans>{' '}<SignedOutText signedOut={answered.signedOut} /></>
    case 'declined':
      return <Trans>Nothing was changed.</Trans>
    case 'refused':
      return <MonitoringRefusalText reason={answered.reason} />
    case 'broken':
      return <Trans>Something went wrong inside Tuppence. Look at the Monitoring screen for what is the case now.</Trans>
    default:
      return assertNever(answered)
  }
}

function SignedOutText({ signedOut }: { signedOut: 'done' | 'notSignedIn' | 'failed' }) {
  switch (signedOut) {
    case 'done':
      return <Trans>All devices of your account are signed out.</Trans>
    case 'notSignedIn':
      return null
    case 'failed':
      return <Trans>The devices of your account could not be signed out: do that under Account, or on its page in any browser.</Trans>
    default:
      return assertNever(signedOut)
  }
}
