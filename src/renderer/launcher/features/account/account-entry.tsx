import { Trans, useLingui } from '@lingui/react/macro'
import CircleUser from 'lucide-react/icons/circle-user-round'
import { Link, useLocation } from 'wouter'
import { Banner } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { ExplanationText } from '../../../words/outcome-words.tsx'
import { useFeature } from '../../app/stores.ts'
import styles from './account-entry.module.css'
import { endWords } from './account-words.ts'

/** Where the account is. */
export const accountPath = '/account'

/** In the header: who is signed in, or the way to sign in. */
export function AccountEntry() {
  const { t } = useLingui()
  const view = useFeature('account', (state) => state.view)
  const [location] = useLocation()
  if (!view) return null
  const name = view.kind === 'signedIn' ? (view.displayName ?? view.email) : null
  return (
    <Link className={styles.entry} href={accountPath} aria-current={location === accountPath ? 'page' : undefined} aria-label={name === null ? t`Sign in` : t`Account of ${name}`}>
      <CircleUser className={styles.icon} size={18} aria-hidden />
      <span className={styles.name}>{name === null ? <Trans>Sign in</Trans> : <bdi>{name}</bdi>}</span>
    </Link>
  )
}

/** On every screen, until it is read: nobody is signed in here any more, and it was not done here. */
export function SignedOutElsewhere() {
  const { t } = useLingui()
  const isTold = useFeature('account', ({ view, isEndRead }) => view?.kind === 'signedOut' && view.ended === 'signedOutElsewhere' && !isEndRead)
  const readEnd = useFeature('account', (state) => state.readEnd)
  const [location] = useLocation()
  const words = endWords.signedOutElsewhere
  if (!isTold || location === accountPath) return null
  return (
    <div role="alert" className={styles.told}>
      <Banner tone="open" title={t(words.title)} actions={<Button onPress={readEnd}><Trans>OK</Trans></Button>}>
        <p><ExplanationText explanation={words} /> <Link className={styles.link} href={accountPath}><Trans>Open Account</Trans></Link></p>
      </Banner>
    </div>
  )
}

/** Where nothing is sold without an account, the store says so before anybody presses Buy. */
export function GuestLine() {
  const isGuest = useFeature('account', ({ view }) => view?.kind === 'signedOut' && view.isNeeded)
  if (!isGuest) return null
  return (
    <p className={styles.guest}>
      <Trans>Look around as long as you like. To buy, you need an account.</Trans> <Link className={styles.link} href={accountPath}><Trans>Sign in or sign up</Trans></Link>
    </p>
  )
}
