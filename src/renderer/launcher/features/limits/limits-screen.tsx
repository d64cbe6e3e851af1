import { Trans, useLingui } from '@lingui/react/macro'
import { useEffect } from 'react'
import { Link } from 'wouter'
import { assertNever } from '../../../assert-never.ts'
import { useFormat } from '../../../i18n/format-context.ts'
import { useFeature } from '../../app/stores.ts'
import { ControlLog } from './control-log.tsx'
import { controlsRefusalWords } from './control-words.ts'
import type { Controls } from './controls-store.ts'
import { ControlsUnknown } from './controls-unknown.tsx'
import { FirstLimit } from './first-limit.tsx'
import styles from './limits-screen.module.css'
import { PendingList } from './pending-list.tsx'
import { QuietHoursSection } from './quiet-hours.tsx'
import { CalendarSection, ReminderSection } from './small-controls.tsx'
import { Standings } from './standings.tsx'

/** What came of the last thing that was asked for, once its form is gone. */
function Told() {
  const { t } = useLingui()
  const format = useFormat()
  const told = useFeature('limits', (state) => state.told)
  // A form that is still open says it itself.
  const isInForm = useFeature('limits', (state) => state.draft !== null)
  const text = (() => {
    if (!told || isInForm) return null
    switch (told.kind) {
      case 'done':
        return <Trans>Done.</Trans>
      case 'asked':
        return <Trans>Asked for. It waits for your second yes from {format.moment(told.readyAt)} until {format.moment(told.lapsesAt)}.</Trans>
      case 'declined':
        return <Trans>You said no. Nothing was changed.</Trans>
      case 'refused':
        return <>{t(controlsRefusalWords[told.reason].what)} {t(controlsRefusalWords[told.reason].next)}</>
      case 'broken':
        return <Trans>Something in Tuppence itself went wrong. Look at the list before you ask again.</Trans>
      default:
        return assertNever(told)
    }
  })()
  return <div role="status" className={styles.told}>{text && <p>{text}</p>}</div>
}

function Known({ controls }: { controls: Controls }) {
  const { household, systemZone, standings, quietHours, remindAfter, pending, events } = controls
  if (!household) return <><FirstLimit systemZone={systemZone} /><Told /></>
  const { currency, zone } = household
  return (
    <>
      <Told />
      <PendingList pending={pending} currency={currency} />
      <Standings standings={standings} currency={currency} />
      <div className={styles.pair}>
        <QuietHoursSection hours={quietHours} currency={currency} />
        <div className={styles.column}>
          <ReminderSection remindAfter={remindAfter} />
          <CalendarSection zone={zone} currency={currency} />
        </div>
      </div>
      <ControlLog events={events} currency={currency} />
    </>
  )
}

/** What a person has decided about their own spending, how it stands, and the way to change it. */
export function LimitsScreen() {
  const { t } = useLingui()
  const view = useFeature('controls', (state) => state.view)
  const edit = useFeature('limits', (state) => state.edit)
  const load = useFeature('controls', (state) => state.load)
  useEffect(() => {
    void load()
    // A form that was left half filled in is not found again.
    return () => edit(null)
  }, [edit, load])
  return (
    <section className={styles.page} aria-label={t`Limits`}>
      <h1 className="visually-hidden"><Trans>Limits</Trans></h1>
      {view.kind === 'ok' ? <Known controls={view} /> : <ControlsUnknown view={view} />}
      <p className={styles.quiet}>
        <Trans>If you want to stop buying altogether for some time: <Link className={styles.link} href="/self-exclusion">exclude yourself from buying</Link>.</Trans>
      </p>
    </section>
  )
}
