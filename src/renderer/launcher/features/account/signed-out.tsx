import { Trans } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import type { AccountView } from '../../../../contract/ipc/account.ts'
import { Button } from '../../../ui/button.tsx'
import { useIsKiosk } from '../../../ui/kiosk-context.ts'
import { useFeature } from '../../app/stores.ts'
import { useMyRole } from '../household/use-member-names.ts'
import styles from './account.module.css'

function Point({ title, children }: { title: ReactNode; children: ReactNode }) {
  return <li><strong>{title}</strong> {children}</li>
}

/** What an account is good for, and what it asks. */
function Points({ isKiosk }: { isKiosk: boolean }) {
  return (
    <ul className={styles.points}>
      {isKiosk
        ? <Point title={<Trans>For your turn only.</Trans>}><Trans>You are signed out when you press I’m done, or when nobody has been here for a minute. Nothing of yours stays behind.</Trans></Point>
        : <Point title={<Trans>One wallet on all your computers.</Trans>}><Trans>Limits and exclusions hold on all of them, and you can sign any of them out.</Trans></Point>}
      <Point title={<Trans>Your e-mail address, and nothing else.</Trans>}><Trans>A name may be made up. A phone number is asked for only if you choose codes by text message.</Trans></Point>
      <Point title={<Trans>No password is typed here.</Trans>}><Trans>You say yes on a page of the gateway, on your phone or in your browser. Whoever asks you for a password in this window is not Tuppence.</Trans></Point>
    </ul>
  )
}

export function SignedOut({ view: { isNeeded } }: { view: Extract<AccountView, { kind: 'signedOut' }> }) {
  const isKiosk = useIsKiosk()
  const role = useMyRole()
  const signIn = useFeature('account', (state) => state.signIn)
  const isStarting = useFeature('account', ({ task }) => task === 'signIn')
  const mayDecide = role === 'alone' || role === 'guardian'
  return (
    <section className={styles.card} aria-labelledby="account-signed-out">
      <h2 id="account-signed-out" className={styles.title}><Trans>Nobody is signed in</Trans></h2>
      <p className={styles.lead}>
        {isNeeded
          ? <Trans>Look around the store as long as you like. To buy something you need an account.</Trans>
          : <Trans>This is the sandbox: everything can be tried without an account. With one you see what signing in is like.</Trans>}
      </p>
      <Points isKiosk={isKiosk} />
      {mayDecide
        ? <Button look="answer" className={styles.main} isPending={isStarting} onPress={() => void signIn()}>{isStarting ? <Trans>One moment…</Trans> : <Trans>Sign in or sign up</Trans>}</Button>
        : <p className={styles.quiet}><Trans>A guardian signs this computer in and out.</Trans></p>}
    </section>
  )
}
