import { Trans } from '@lingui/react/macro'
import { Button } from '../../../ui/button.tsx'
import { useFeature } from '../../app/stores.ts'
import { AccountEntry } from '../account/account-entry.tsx'
import styles from './kiosk.module.css'

/** At the end of the header in kiosk mode: the end of a person's turn, and the operator's way out. */
export function KioskBar() {
  const view = useFeature('kiosk', (state) => state.view)
  const isLeaving = useFeature('kiosk', ({ task }) => task === 'leave')
  const finish = useFeature('kiosk', (state) => state.finish)
  const leave = useFeature('kiosk', (state) => state.leave)
  const hasMembers = useFeature('household', (state) => state.view.kind === 'members')
  if (view?.kind !== 'on') return null
  return (
    <div className={styles.bar}>
      {view.isInUse && !hasMembers && <AccountEntry />}
      {view.isInUse && <Button onPress={finish}><Trans>I’m done</Trans></Button>}
      <Button look="quiet" className={styles.leave} isPending={isLeaving} onPress={() => void leave()}><Trans>Leave…</Trans></Button>
    </div>
  )
}
