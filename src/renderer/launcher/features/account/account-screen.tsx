import { Trans, useLingui } from '@lingui/react/macro'
import { useEffect, type ReactNode } from 'react'
import { assertNever } from '../../../assert-never.ts'
import { Banner } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { ExplanationText } from '../../../words/outcome-words.tsx'
import { useFeature } from '../../app/stores.ts'
import styles from './account.module.css'
import { endWords } from './account-words.ts'
import { SignedIn } from './signed-in.tsx'
import { SignedOut } from './signed-out.tsx'
import { WaitForYes } from './wait-for-yes.tsx'

/** What the account itself does not show: how the last try ended, and what could not be done. */
function Told() {
  const { t } = useLingui()
  const told = useFeature('account', (state) => state.told)
  const ended = useFeature('account', ({ view }) => (view?.kind === 'signedOut' ? view.ended : null))
  if (told) return <ToldBanner kind={told.kind} />
  if (ended === null || ended === 'cancelled') return null
  const words = endWords[ended]
  return <Banner tone={ended === 'signedOutElsewhere' ? 'open' : 'quiet'} title={t(words.title)}><p><ExplanationText explanation={words} /></p></Banner>
}

function ToldBanner({ kind }: { kind: 'notEverywhere' | 'notOpened' | 'broken' }) {
  switch (kind) {
    case 'notEverywhere':
      return <Banner tone="bad" title={<Trans>Nobody was signed out: the gateway did not answer.</Trans>}><p><Trans>Signing out here alone works without it. Try again for all devices when you are connected.</Trans></p></Banner>
    case 'notOpened':
      return <Banner tone="quiet" title={<Trans>No browser opened.</Trans>}><p><Trans>Scan the code with a phone, or type the address into a browser yourself.</Trans></p></Banner>
    case 'broken':
      return <Banner tone="bad" title={<Trans>Something in Tuppence itself went wrong.</Trans>}><p><Trans>Nothing was charged. Try again; if it happens again, restart Tuppence.</Trans></p></Banner>
    default:
      return assertNever(kind)
  }
}

function Unavailable() {
  const retry = useFeature('app', (state) => state.retry)
  const open = useFeature('account', (state) => state.open)
  return (
    <Banner tone="bad" title={<Trans>Nobody can tell whether you are signed in.</Trans>} actions={<Button onPress={() => void retry().then(open)}><Trans>Look again</Trans></Button>}>
      <p><Trans>That is kept in your computer’s keychain, which is locked or cannot be used. Nothing can be bought now.</Trans></p>
    </Banner>
  )
}

function Content(): ReactNode {
  const view = useFeature('account', (state) => state.view)
  if (!view) return null
  switch (view.kind) {
    case 'signedOut':
      return <SignedOut view={view} />
    case 'starting':
      return <p className={styles.quiet} role="status"><Trans>One moment…</Trans></p>
    case 'waiting':
      return <WaitForYes view={view} />
    case 'signedIn':
      return <SignedIn view={view} />
    case 'unavailable':
      return <Unavailable />
    default:
      return assertNever(view)
  }
}

/** In whose name this computer buys, and the way to sign in and out. No password is ever typed here. */
export function AccountScreen() {
  const { t } = useLingui()
  const open = useFeature('account', (state) => state.open)
  useEffect(() => open(), [open])
  return (
    <section className={styles.page} aria-label={t`Account`}>
      <h1 className="visually-hidden"><Trans>Account</Trans></h1>
      <div role="status" className={styles.told}><Told /></div>
      <Content />
    </section>
  )
}
