import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useEffect, useState } from 'react'
import type { AccountView } from '../../../../contract/ipc/account.ts'
import { Button } from '../../../ui/button.tsx'
import { useIsKiosk } from '../../../ui/kiosk-context.ts'
import { QrCode } from '../../../ui/qr-code.tsx'
import { useFeature } from '../../app/stores.ts'
import styles from './account.module.css'

/** Whole minutes, and seconds at the end. */
function useLeftSeconds(): number {
  const endsAtMs = useFeature('account', (state) => state.codeEndsAtMs)
  const [nowMs, setNowMs] = useState(() => performance.now())
  useEffect(() => {
    const timer = setInterval(() => setNowMs(performance.now()), 1_000)
    return () => clearInterval(timer)
  }, [])
  return endsAtMs === null ? 0 : Math.max(0, Math.ceil((endsAtMs - nowMs) / 1_000))
}

function TimeLeft() {
  const seconds = useLeftSeconds()
  const minutes = Math.ceil(seconds / 60)
  return (
    <p className={styles.quiet}>
      {seconds > 60
        ? <Plural value={minutes} one="The code is good for # minute more." other="The code is good for # minutes more." />
        : <Plural value={seconds} one="The code is good for # second more." other="The code is good for # seconds more." />}
    </p>
  )
}

/** Large, with room between the letters, to be compared or read aloud; screen readers spell it. */
function Code({ userCode }: { userCode: string }) {
  const letters = Array.from(userCode)
  return (
    <p className={styles.code}>
      <span className="visually-hidden">{letters.filter((letter) => letter !== '-').join(', ')}</span>
      <span aria-hidden>{letters.map((letter, at) => <span key={at} className={letter === '-' ? styles.dash : undefined}>{letter}</span>)}</span>
    </p>
  )
}

type Waiting = Extract<AccountView, { kind: 'waiting' }>

function Steps({ view: { address, userCode, inBrowser } }: { view: Waiting }) {
  const isKiosk = useIsKiosk()
  return (
    <ol className={styles.steps}>
      <li>
        {inBrowser
          ? <Trans>Go on in your browser, where a page has opened. Or scan the code with your phone.</Trans>
          : <Trans>Scan the code with your phone’s camera.</Trans>}{' '}
        <span className={styles.quiet}>{isKiosk ? <Trans>Without a camera, type this address into your phone’s browser:</Trans> : <Trans>Without either, type this address into any browser:</Trans>}</span>
        <span className={styles.address}>{address}</span>
      </li>
      <li><Trans>Sign in there, or sign up: it takes an e-mail address.</Trans></li>
      <li>
        <Trans>Check that the page shows this code, then press Allow.</Trans>
        <Code userCode={userCode} />
      </li>
    </ol>
  )
}

/** The person is to say yes on a page of the gateway: on a phone, or on a computer of their own in its browser. */
export function WaitForYes({ view }: { view: Waiting }) {
  const { t } = useLingui()
  const isKiosk = useIsKiosk()
  const openPage = useFeature('account', (state) => state.openPage)
  const cancel = useFeature('account', (state) => state.cancel)
  const task = useFeature('account', (state) => state.task)
  return (
    <section className={styles.card} aria-labelledby="account-waiting">
      {/* Once, and not each second. */}
      <p role="status" className="visually-hidden"><Trans>Waiting for your answer on the page. This screen goes on by itself.</Trans></p>
      <h2 id="account-waiting" className={styles.title}>{view.inBrowser ? <Trans>Say yes in your browser or on your phone</Trans> : <Trans>Say yes on your phone</Trans>}</h2>
      <div className={styles.waiting}>
        <QrCode rows={view.qr} modulePx={isKiosk ? 10 : 6} label={t`QR code of the page that asks you. The address and the code below lead to the same.`} />
        <Steps view={view} />
      </div>
      <div className={styles.foot}>
        <TimeLeft />
        <div className={styles.actions}>
          {!isKiosk && <Button isPending={task === 'openPage'} onPress={() => void openPage('signIn')}>{view.inBrowser ? <Trans>Open in browser again</Trans> : <Trans>Open in browser</Trans>}</Button>}
          <Button isPending={task === 'cancel'} onPress={() => void cancel()}><Trans>Cancel</Trans></Button>
        </div>
      </div>
    </section>
  )
}
