import { Trans, useLingui } from '@lingui/react/macro'
import CircleCheck from 'lucide-react/icons/circle-check'
import CircleSlash from 'lucide-react/icons/circle-slash'
import Hourglass from 'lucide-react/icons/hourglass'
import type { PendingChange } from '../../../../contract/ipc/controls.ts'
import { assertNever } from '../../../assert-never.ts'
import { useFormat } from '../../../i18n/format-context.ts'
import { Button } from '../../../ui/button.tsx'
import { useFeature } from '../../app/stores.ts'
import { useControlWords } from './control-words.ts'
import styles from './limits-screen.module.css'
import { useRegionNames } from './region-names.ts'

const icons: Record<PendingChange['state'], typeof CircleCheck> = { waiting: Hourglass, ready: CircleCheck, lapsed: CircleSlash }

function StateText({ pending: { state, readyAt, lapsesAt } }: { pending: PendingChange }) {
  const format = useFormat()
  switch (state) {
    case 'waiting':
      return <Trans>Waits until {format.moment(readyAt)}. Then it needs your second yes.</Trans>
    case 'ready':
      return <Trans>Ready for your second yes, until {format.moment(lapsesAt)}. Without it nothing changes.</Trans>
    case 'lapsed':
      return <Trans>Lapsed on {format.moment(lapsesAt)} without a second yes. Nothing was changed.</Trans>
    default:
      return assertNever(state)
  }
}

function Waiting({ pending, currency, mayAnswer }: { pending: PendingChange; currency: string; mayAnswer: boolean }) {
  const { t } = useLingui()
  const { changeText } = useControlWords(currency)
  const { changeId, change, state } = pending
  const confirm = useFeature('limits', (store) => store.confirm)
  const withdraw = useFeature('limits', (store) => store.withdraw)
  const isBusy = useFeature('limits', (store) => store.task === `pending ${changeId}`)
  const name = changeText(change)
  const Icon = icons[state]
  return (
    <li className={styles.waiting} aria-label={name}>
      <Icon size={18} aria-hidden />
      <div>
        <p><strong><bdi>{name}</bdi></strong></p>
        <p className={styles.quiet}><StateText pending={pending} /></p>
      </div>
      {state !== 'lapsed' && mayAnswer && (
        <div className={styles.actions}>
          {state === 'ready' && <Button isPending={isBusy} aria-label={t`Confirm: ${name}`} onPress={() => void confirm(changeId)}><Trans>Confirm…</Trans></Button>}
          <Button look="quiet" isDisabled={isBusy} aria-label={t`Withdraw: ${name}`} onPress={() => void withdraw(changeId)}><Trans>Withdraw</Trans></Button>
        </div>
      )}
    </li>
  )
}

/** Looser controls that were asked for and do not act yet. */
export function PendingList({ pending, currency, mayAnswer = true }: { pending: readonly PendingChange[]; currency: string; mayAnswer?: boolean }) {
  const names = useRegionNames()
  if (pending.length === 0) return null
  return (
    <section className={styles.card} aria-label={names.pending}>
      <h2><Trans>Changes that wait</Trans></h2>
      <ul className={styles.plainList}>
        {pending.map((one) => <Waiting key={one.changeId} pending={one} currency={currency} mayAnswer={mayAnswer} />)}
      </ul>
    </section>
  )
}
