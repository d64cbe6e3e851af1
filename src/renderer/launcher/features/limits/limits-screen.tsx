import { Trans, useLingui } from '@lingui/react/macro'
import { useEffect } from 'react'
import { Link } from 'wouter'
import { useFeature } from '../../app/stores.ts'
import { ControlLog } from './control-log.tsx'
import type { Controls } from './controls-store.ts'
import { ControlsUnknown } from './controls-unknown.tsx'
import { FirstLimit } from './first-limit.tsx'
import styles from './limits-screen.module.css'
import { PendingList } from './pending-list.tsx'
import { QuietHoursSection } from './quiet-hours.tsx'
import { CalendarSection, ReminderSection } from './small-controls.tsx'
import { Standings } from './standings.tsx'
import { WhatCame } from './what-came.tsx'

function Told() {
  const told = useFeature('limits', (state) => state.told)
  // A form that is still open says it itself.
  const isInForm = useFeature('limits', (state) => state.draft !== null)
  return <WhatCame told={isInForm ? null : told} className={styles.told} />
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
