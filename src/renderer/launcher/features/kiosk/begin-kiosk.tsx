import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '../../../ui/button.tsx'
import { useFeature } from '../../app/stores.ts'
import { useMyRole } from '../household/use-member-names.ts'
import { HouseholdTold } from '../household/household-told.tsx'

/** In the preferences of whoever is responsible for this computer. */
export function BeginKiosk({ className }: { className: string | undefined }) {
  const { t } = useLingui()
  const role = useMyRole()
  const task = useFeature('kiosk', (state) => state.task)
  const told = useFeature('kiosk', (state) => state.told)
  const begin = useFeature('kiosk', (state) => state.begin)
  const setPin = useFeature('kiosk', (state) => state.setPin)
  if (role !== 'guardian' && role !== 'alone') return null
  return (
    <div className={className} role="group" aria-label={t`Kiosk mode`}>
      <p><Trans>Kiosk mode fills the screen and is ended by the operator’s PIN alone.</Trans></p>
      <Button isPending={task === 'begin'} onPress={() => void begin()}><Trans>Begin kiosk mode…</Trans></Button>
      <Button look="quiet" isPending={task === 'setPin'} onPress={() => void setPin()}><Trans>New operator PIN…</Trans></Button>
      {(told?.kind === 'refused' || told?.kind === 'broken') && <HouseholdTold result={told} />}
    </div>
  )
}
