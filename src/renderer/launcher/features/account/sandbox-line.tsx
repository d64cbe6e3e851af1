import { Trans } from '@lingui/react/macro'
import { useFeature } from '../../app/stores.ts'

/** That everything can be tried without an account, as long as nobody is signed in. */
export function SandboxLine() {
  const isWithout = useFeature('account', ({ view }) => view?.kind === 'signedOut' && !view.isNeeded)
  return isWithout ? <p><Trans>It can be used without an account</Trans></p> : null
}
