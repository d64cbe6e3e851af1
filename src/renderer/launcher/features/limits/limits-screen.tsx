import { Trans, useLingui } from '@lingui/react/macro'
import { useEffect, useState } from 'react'
import { Link } from 'wouter'
import { SelectField } from '../../../ui/select-field.tsx'
import { useFeature } from '../../app/stores.ts'
import { useIsHeldBack, useMe, useMemberNames } from '../household/use-member-names.ts'
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
import { controlsOf, decidable, mayOf, WhoseContext } from './whose.ts'

function Told() {
  const told = useFeature('limits', (state) => state.told)
  // A form that is still open says it itself.
  const isInForm = useFeature('limits', (state) => state.draft !== null)
  return <WhatCame told={isInForm ? null : told} className={styles.told} />
}

type Household = NonNullable<Controls['household']>

/** Of the one adult who uses this alone, or of the household: with its calendar and the reminder. */
function SharedControls({ controls, household: { currency, zone } }: { controls: Controls; household: Household }) {
  const { standings, quietHours } = controlsOf(controls, null)
  return (
    <>
      <Standings standings={standings} currency={currency} />
      <div className={styles.pair}>
        <QuietHoursSection hours={quietHours} currency={currency} />
        <div className={styles.column}>
          <ReminderSection remindAfter={controls.remindAfter} />
          <CalendarSection zone={zone} currency={currency} />
        </div>
      </div>
    </>
  )
}

function MemberControls({ controls, currency, memberId }: { controls: Controls; currency: string; memberId: string }) {
  const { standings, quietHours } = controlsOf(controls, memberId)
  return (
    <>
      <Standings standings={standings} currency={currency} />
      <QuietHoursSection hours={quietHours} currency={currency} />
    </>
  )
}

/** Of everybody that a guardian decides for: one at a time. */
function GuardiansView({ controls, household }: { controls: Controls; household: Household }) {
  const { t } = useLingui()
  const me = useMe()
  const { nameOf } = useMemberNames()
  const [chosen, setChosen] = useState<string | null>(null)
  const edit = useFeature('limits', (state) => state.edit)
  const people = decidable(controls)
  const whose = people.includes(chosen) ? chosen : null
  const choices = people.map((memberId) => {
    if (memberId === null) return { value: 'household', label: t`Household` }
    return { value: memberId, label: memberId === me?.memberId ? t`${me.name} (you)` : nameOf(memberId) }
  })
  const choose = (value: string) => {
    edit(null)
    setChosen(value === 'household' ? null : value)
  }
  return (
    <>
      <div className={styles.whose}>
        <SelectField label={t`Limits of`} value={whose ?? 'household'} choices={choices} onChange={choose} />
        <p className={styles.quiet}>
          {whose === null ? <Trans>They hold for what all members spend together.</Trans> : <Trans>They hold beside the household’s. The stricter one counts.</Trans>}
        </p>
      </div>
      <Told />
      <PendingList pending={controls.pending.filter(({ change }) => change.kind !== 'member')} currency={household.currency} />
      <WhoseContext value={{ memberId: whose, may: mayOf(controls, whose) }}>
        {whose === null
          ? <SharedControls controls={controls} household={household} />
          : <MemberControls key={whose} controls={controls} currency={household.currency} memberId={whose} />}
      </WhoseContext>
    </>
  )
}

function WhoCan({ may }: { may: ReturnType<typeof mayOf> }) {
  const isHeldBack = useIsHeldBack()
  switch (may) {
    case 'all':
      return <Trans>You decide about these yourself.</Trans>
    case 'tighten':
      if (isHeldBack) return <Trans>You are excluded from buying. Until that is over you can make things stricter, not less strict.</Trans>
      return <Trans>A guardian decides about these. You can make them stricter, not less strict.</Trans>
    case 'look':
      return <Trans>A guardian decides about these. Ask a guardian if something should change.</Trans>
  }
}

/** One's own, and the household's to look at. */
function MembersView({ controls, household, of }: { controls: Controls; household: Household; of: string }) {
  // What waits can still be withdrawn then.
  const isHeldBack = useIsHeldBack()
  const [may, mayShared] = [mayOf(controls, of), mayOf(controls, null)]
  return (
    <>
      <WhoseContext value={{ memberId: of, may, isBesideAnother: true }}>
        <section className={styles.column} aria-labelledby="own">
          <h2 id="own" className={styles.part}><Trans>Yours</Trans></h2>
          <p className={styles.quiet}><WhoCan may={may} /></p>
          <Told />
          <PendingList pending={controlsOf(controls, of).pending} currency={household.currency} mayAnswer={may === 'all' || isHeldBack} />
          <MemberControls controls={controls} currency={household.currency} memberId={of} />
        </section>
      </WhoseContext>
      <WhoseContext value={{ memberId: null, may: mayShared, isBesideAnother: true }}>
        <section className={styles.column} aria-labelledby="shared">
          <h2 id="shared" className={styles.part}><Trans>The household’s</Trans></h2>
          <p className={styles.quiet}><WhoCan may={mayShared} /></p>
          <PendingList pending={controlsOf(controls, null).pending} currency={household.currency} mayAnswer={false} />
          <SharedControls controls={controls} household={household} />
        </section>
      </WhoseContext>
    </>
  )
}

function Known({ controls }: { controls: Controls }) {
  const { household, systemZone, of, events } = controls
  const me = useMe()
  if (!household) return <><FirstLimit systemZone={systemZone} /><Told /></>
  const { currency } = household
  if (of === null) {
    return (
      <>
        <Told />
        <PendingList pending={controls.pending} currency={currency} />
        <SharedControls controls={controls} household={household} />
        <ControlLog events={events} currency={currency} />
      </>
    )
  }
  return (
    <>
      {me?.role === 'guardian'
        ? <GuardiansView controls={controls} household={household} />
        : <MembersView controls={controls} household={household} of={of} />}
      <ControlLog events={events} currency={currency} hasMembers />
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
      {view.kind === 'ok' && view.isOtherAccounts && (
        <p className={styles.quiet} role="note">
          <Trans>The limits on this computer are not those of the account that is signed in. They hold here all the same, and the gateway holds your account to its own.</Trans>
        </p>
      )}
      {view.kind === 'ok' ? <Known controls={view} /> : <ControlsUnknown view={view} />}
      <p className={styles.quiet}>
        <Trans>If you want to stop buying altogether for some time: <Link className={styles.link} href="/self-exclusion">exclude yourself from buying</Link>.</Trans>
      </p>
    </section>
  )
}
