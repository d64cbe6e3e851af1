import { Trans } from '@lingui/react/macro'
import { Button } from '../../../ui/button.tsx'
import { useFeature } from '../../app/stores.ts'
import { HouseholdTold } from '../household/household-told.tsx'
import styles from './kiosk.module.css'

/** Why the operator's PIN was not taken, or the trusted window did not open. */
export function KioskTold() {
  const told = useFeature('kiosk', (state) => state.told)
  if (told?.kind !== 'refused' && told?.kind !== 'broken') return null
  return <div role="status" className={styles.hint}><HouseholdTold result={told} /></div>
}

/** Nobody is here. The first touch, wherever it is, begins somebody's turn. */
export function KioskStart() {
  const touch = useFeature('kiosk', (state) => state.touch)
  return (
    <div className={styles.start}>
      <h1 className={styles.title}><Trans>Welcome</Trans></h1>
      <p className={styles.lead}><Trans>Look around the store. Nothing is bought before you have seen what it costs and said yes.</Trans></p>
      <Button look="answer" className={styles.big} onPress={touch}><Trans>Touch to begin</Trans></Button>
    </div>
  )
}

/** The first start: before anybody else comes, the operator chooses the PIN that ends kiosk mode. */
export function KioskSetUp() {
  const setPin = useFeature('kiosk', (state) => state.setPin)
  const isSetting = useFeature('kiosk', ({ task }) => task === 'setPin')
  return (
    <div className={styles.start}>
      <h1 className={styles.title}><Trans>Set up this kiosk</Trans></h1>
      <p className={styles.lead}><Trans>Only the operator’s PIN ends kiosk mode. Choose it now, before anybody else comes, and keep it: nobody can look it up.</Trans></p>
      <Button look="answer" className={styles.big} isPending={isSetting} onPress={() => void setPin()}><Trans>Choose the operator’s PIN</Trans></Button>
    </div>
  )
}
