import { Trans } from '@lingui/react/macro'
import User from 'lucide-react/icons/user'
import Users from 'lucide-react/icons/users'
import { useState } from 'react'
import type { Status } from '../../../../contract/ipc/status.ts'
import { Button } from '../../../ui/button.tsx'
import { useFeature } from '../../app/stores.ts'
import { HouseholdTold } from './household-told.tsx'
import styles from './household.module.css'
import { SetUpForm } from './set-up-form.tsx'

/** One press, and the store is there. */
function JustMe({ status }: { status: Status }) {
  const setPreferences = useFeature('app', (state) => state.setPreferences)
  const load = useFeature('household', (state) => state.load)
  const [state, setState] = useState<'idle' | 'busy' | 'broken'>('idle')
  const choose = async () => {
    setState('busy')
    const isKept = await setPreferences({ ...status.preferences, alone: true }).then(() => true, () => false)
    await load()
    setState(isKept ? 'idle' : 'broken')
  }
  return (
    <section className={styles.way}>
      <User size={28} aria-hidden />
      <Button className={styles.wayButton} isPending={state === 'busy'} onPress={() => void choose()}><Trans>Just me</Trans></Button>
      <ul>
        <li><Trans>For one adult. No profile and no PIN.</Trans></li>
        <li><Trans>You can limit your own spending.</Trans></li>
        <li><Trans>Others can be added later under Family.</Trans></li>
      </ul>
      {state === 'broken' && <HouseholdTold result={{ kind: 'broken' }} />}
    </section>
  )
}

function MyFamily({ onChoose }: { onChoose: () => void }) {
  return (
    <section className={styles.way}>
      <Users size={28} aria-hidden />
      <Button className={styles.wayButton} onPress={onChoose}><Trans>My family</Trans></Button>
      <ul>
        <li><Trans>A profile and a PIN for everybody.</Trans></li>
        <li><Trans>A guardian sets what children and teens can spend.</Trans></li>
        <li><Trans>For anything beyond it they ask, and a guardian answers.</Trans></li>
      </ul>
    </section>
  )
}

/** Before anything else: who uses this. */
export function FirstStart({ status, systemZone }: { status: Status; systemZone: string }) {
  const [isFamily, setIsFamily] = useState(false)
  if (isFamily) {
    return (
      <div className={styles.welcome}>
        <div>
          <h1 className={styles.title}><Trans>Set up your household</Trans></h1>
          <p className={styles.lead}><Trans>Who belongs to it, and what each of them can spend. That can be changed later.</Trans></p>
        </div>
        <SetUpForm systemZone={systemZone} kept={null} onBack={() => setIsFamily(false)} />
      </div>
    )
  }
  return (
    <div className={styles.welcome}>
      <div>
        <h1 className={styles.title}><Trans>Who uses Tuppence on this computer?</Trans></h1>
        <p className={styles.lead}><Trans>Tuppence buys small things in games, and never without asking you.</Trans></p>
      </div>
      <div className={styles.ways}>
        <JustMe status={status} />
        <MyFamily onChoose={() => setIsFamily(true)} />
      </div>
    </div>
  )
}
