import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '../../../ui/button.tsx'
import { useFeature } from '../../app/stores.ts'
import { repairRefusalWords } from './ledger-words.ts'

/** Has main ask the person, in a box of its own, what is to be done about a ledger that is not in order. */
export function RepairButton() {
  const repair = useFeature('ledger', (state) => state.repair)
  const isRunning = useFeature('ledger', (state) => state.tasks.has('repair'))
  return (
    <Button isPending={isRunning} onPress={() => void repair()}>
      {isRunning ? <Trans>Repairing…</Trans> : <Trans>Repair…</Trans>}
    </Button>
  )
}

/** Why it was not repaired. That it was repaired is seen from the notice going away. */
export function RepairResult() {
  const { t } = useLingui()
  const repaired = useFeature('ledger', (state) => state.repaired)
  if (repaired?.kind !== 'refused') return null
  return <p role="status"><strong>{t(repairRefusalWords[repaired.reason])}</strong></p>
}
