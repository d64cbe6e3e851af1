import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import type { SignedInDevice } from '../../../../contract/account.ts'
import type { AccountView } from '../../../../contract/ipc/account.ts'
import { useFormat } from '../../../i18n/format-context.ts'
import { Avatar } from '../../../ui/avatar.tsx'
import { Button } from '../../../ui/button.tsx'
import { useIsKiosk } from '../../../ui/kiosk-context.ts'
import { useFeature } from '../../app/stores.ts'
import { initialsOf } from '../household/names.ts'
import { useMyRole } from '../household/use-member-names.ts'
import styles from './account.module.css'
import { devicesWords, scopeWords } from './account-words.ts'

type View = Extract<AccountView, { kind: 'signedIn' }>

function Scopes({ view: { scopes, stepUpAbove } }: { view: View }) {
  const { t } = useLingui()
  const above = useFormat().money(stepUpAbove)
  return (
    <div>
      <h3><Trans>What Tuppence can do here</Trans></h3>
      <ul className={styles.points}>
        {scopes.map((scope) => <li key={scope}>{t(scopeWords[scope])}</li>)}
      </ul>
      {scopes.includes('purchase') && (
        <p className={styles.further}>{stepUpAbove.amount === '0' ? <Trans>Each purchase asks for a code of yours.</Trans> : <Trans>Purchases from {above} on, and the first at a seller, ask for a code of yours.</Trans>}</p>
      )}
    </div>
  )
}

function Actions({ view }: { view: View }) {
  const isKiosk = useIsKiosk()
  const role = useMyRole()
  const task = useFeature('account', (state) => state.task)
  const openPage = useFeature('account', (state) => state.openPage)
  const signOut = useFeature('account', (state) => state.signOut)
  if (role !== 'alone' && role !== 'guardian') return <p className={styles.quiet}><Trans>A guardian signs this computer in and out.</Trans></p>
  return (
    <div className={styles.actions}>
      {!isKiosk && <Button isPending={task === 'openPage'} onPress={() => void openPage('settings')}><Trans>Account settings</Trans></Button>}
      <Button isPending={task === 'signOut'} onPress={() => void signOut()}>{view.isForTurn ? <Trans>Sign out now</Trans> : <Trans>Sign out here</Trans>}</Button>
    </div>
  )
}

function Device({ device }: { device: SignedInDevice }) {
  const format = useFormat()
  const { sessionId, name, isThis } = device
  const isLeaving = useFeature('account', ({ task }) => task === `device ${sessionId}`)
  const signOutDevice = useFeature('account', (state) => state.signOutDevice)
  const [used, since] = [format.dateTime(device.lastUsedAt), format.dateTime(device.signedInAt)]
  return (
    <li className={styles.device}>
      <div className={styles.deviceWords}>
        <p className={styles.deviceName}><bdi>{name}</bdi>{isThis && <span className={styles.mark}><Trans>This one</Trans></span>}</p>
        <p className={styles.quiet}><Trans>Used last {used} · signed in {since}</Trans></p>
      </div>
      {!isThis && <Button isPending={isLeaving} onPress={() => void signOutDevice(sessionId)}><Trans>Sign out</Trans><span className="visually-hidden"> {name}</span></Button>}
    </li>
  )
}

/** Asked twice, because it cannot be undone from here. */
function Everywhere() {
  const [isAsked, setIsAsked] = useState(false)
  const isLeaving = useFeature('account', ({ task }) => task === 'everywhere')
  const signOutEverywhere = useFeature('account', (state) => state.signOutEverywhere)
  if (!isAsked) return <Button className={styles.everywhere} onPress={() => setIsAsked(true)}><Trans>Sign out everywhere…</Trans></Button>
  const leave = () => void signOutEverywhere().then(() => setIsAsked(false))
  return (
    <div className={styles.asked} role="group" aria-labelledby="account-everywhere">
      <p id="account-everywhere"><Trans>Every device has to sign in again, this one too. What was approved before is still paid.</Trans></p>
      <div className={styles.actions}>
        {/* oxlint-disable-next-line jsx-a11y/no-autofocus -- the button that was pressed has gone */}
        <Button autoFocus onPress={() => setIsAsked(false)}><Trans>Stay signed in</Trans></Button>
        <Button isPending={isLeaving} onPress={leave}><Trans>Sign out everywhere</Trans></Button>
      </div>
    </div>
  )
}

function Devices() {
  const { t } = useLingui()
  const devices = useFeature('account', (state) => state.devices)
  return (
    <section className={styles.card} aria-labelledby="account-devices">
      <h2 id="account-devices" className={styles.title}><Trans>Devices that are signed in</Trans></h2>
      {devices === null && <p className={styles.quiet}><Trans>One moment…</Trans></p>}
      {devices?.kind === 'unavailable' && <p className={styles.quiet}>{t(devicesWords[devices.reason])}</p>}
      {devices?.kind === 'ok' && (
        <>
          <ul className={styles.devices}>{devices.devices.map((device) => <Device key={device.sessionId} device={device} />)}</ul>
          <Everywhere />
        </>
      )}
    </section>
  )
}

export function SignedIn({ view }: { view: View }) {
  const format = useFormat()
  const isKiosk = useIsKiosk()
  const role = useMyRole()
  const name = view.displayName ?? view.email
  const since = format.dateTime(view.signedInAt)
  return (
    <>
      <section className={styles.card} aria-labelledby="account-signed-in">
        <div className={styles.who}>
          <Avatar id={view.email} initials={initialsOf(name)} isLarge />
          <div className={styles.whoWords}>
            <h2 id="account-signed-in" className={styles.title}><bdi>{name}</bdi></h2>
            {view.displayName !== null && <p className={styles.quiet}>{view.email}</p>}
            <p className={styles.quiet}>{view.isForTurn ? <Trans>Signed in until your turn ends: press I’m done when you leave.</Trans> : <Trans>Signed in on this computer since {since}</Trans>}</p>
          </div>
        </div>
        <Scopes view={view} />
        <Actions view={view} />
      </section>
      {!isKiosk && (role === 'alone' || role === 'guardian') && <Devices />}
    </>
  )
}
