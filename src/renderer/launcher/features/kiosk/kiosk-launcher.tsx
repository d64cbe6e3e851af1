import { Trans } from '@lingui/react/macro'
import { useState, type ComponentType, type ReactNode } from 'react'
import { Link, Route, Switch } from 'wouter'
import type { Status } from '../../../../contract/ipc/status.ts'
import { Button } from '../../../ui/button.tsx'
import { useFeature } from '../../app/stores.ts'
import { openPerson } from '../household/household-store.ts'
import { StartScreen } from '../profiles/start-screen.tsx'
import { accountPath } from '../account/account-entry.tsx'
import { AccountScreen } from '../account/account-screen.tsx'
import { StoreScreen } from '../store/store-screen.tsx'
import { KioskSetUp, KioskStart } from './kiosk-start.tsx'
import { usePadKeys } from './pad-keys.tsx'
import styles from './kiosk.module.css'

interface KioskLauncherProps {
  readonly status: Status
  /** What is around a screen. */
  readonly Frame: ComponentType<{ readonly status: Status; readonly children: ReactNode }>
  /** The screens of whoever has opened their profile. */
  readonly screens: ReactNode
}

/** The launcher as anybody finds it in front of a kiosk. Without an open profile there are only the store and the way to one. */
export function KioskLauncher({ status, Frame, screens }: KioskLauncherProps) {
  const kiosk = useFeature('kiosk', (state) => state.view)
  const household = useFeature('household', (state) => state.view)
  const [isLooking, setIsLooking] = useState(false)
  usePadKeys(useFeature('kiosk', (state) => state.touch))
  if (kiosk?.kind !== 'on' || household.kind === 'loading') return null
  if (kiosk.hasPin === false) return <Frame status={status}><KioskSetUp /></Frame>
  if (!kiosk.isInUse) return <Frame status={status}><KioskStart /></Frame>
  if (openPerson(household)) return screens
  if (household.kind !== 'members') return <Frame status={status}><Visit /></Frame>
  if (isLooking) return <Frame status={status}><Store onBack={() => setIsLooking(false)} /></Frame>
  return (
    <Frame status={status}>
      <StartScreen status={status} profiles={household.profiles} />
      <p className={styles.look}><Button onPress={() => setIsLooking(true)}><Trans>Just look around the store</Trans></Button></p>
    </Frame>
  )
}

/** Where there are no members whoever wants to buy signs in for their turn. */
function Visit() {
  return (
    <Switch>
      <Route path={accountPath}>
        <div className={styles.store}>
          <Link className={styles.toStore} href="/"><Trans>Back to the store</Trans></Link>
          <AccountScreen />
        </div>
      </Route>
      <Route><Store /></Route>
    </Switch>
  )
}

function Store({ onBack }: { onBack?: () => void }) {
  return (
    <div className={styles.store}>
      {onBack && <Button className={styles.back} onPress={onBack}><Trans>Choose a profile to buy</Trans></Button>}
      <StoreScreen />
    </div>
  )
}
