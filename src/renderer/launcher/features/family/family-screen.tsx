import { Trans, useLingui } from '@lingui/react/macro'
import { useEffect, useState } from 'react'
import type { Person } from '../../../../contract/household.ts'
import type { Profile } from '../../../../contract/ipc/household.ts'
import { assertNever } from '../../../assert-never.ts'
import { Banner } from '../../../ui/banner.tsx'
import { BrokenScreen } from '../../../ui/broken-screen.tsx'
import { Button } from '../../../ui/button.tsx'
import { useFeature } from '../../app/stores.ts'
import { SetUpForm } from '../household/set-up-form.tsx'
import { ControlLog } from '../limits/control-log.tsx'
import card from '../limits/limits-screen.module.css'
import { PendingList } from '../limits/pending-list.tsx'
import { AlertList } from './alert-list.tsx'
import styles from './family-screen.module.css'
import type { FamilyOnScreen } from './family-store.ts'
import { MemberList } from './member-list.tsx'
import { RequestList } from './request-list.tsx'
import { SecondFactor } from './second-factor.tsx'

/** For one adult who uses this alone: what a household is, and the way to one. */
function NoHousehold({ systemZone }: { systemZone: string }) {
  const controls = useFeature('controls', (state) => state.view)
  const [isBegun, setIsBegun] = useState(false)
  // Whether there are a calendar and a currency already is known with the controls.
  if (isBegun && controls.kind === 'ok') return <div className={styles.setUp}><SetUpForm systemZone={systemZone} kept={controls.household} onBack={() => setIsBegun(false)} /></div>
  return (
    <section className={card.card} aria-labelledby="household">
      <h2 id="household"><Trans>You use Tuppence alone</Trans></h2>
      <p className={card.purpose}>
        <Trans>With a household everybody has a profile with a PIN. A guardian sets what children and teens can spend, and answers what they ask for. What you bought and your limits stay.</Trans>
      </p>
      <div><Button isDisabled={controls.kind !== 'ok'} onPress={() => setIsBegun(true)}><Trans>Set up a household</Trans></Button></div>
    </section>
  )
}

/** Somebody older, or another grown-up, waits for a second yes. */
function WaitingMembers({ me }: { me: Person }) {
  const controls = useFeature('controls', (state) => state.view)
  if (controls.kind !== 'ok') return null
  const pending = controls.pending.filter(({ change }) => change.kind === 'member')
  return <PendingList pending={pending} currency={controls.household?.currency ?? 'EUR'} mayAnswer={me.role === 'guardian'} />
}

type Known = Extract<FamilyOnScreen, { kind: 'ok' }>

function GuardiansView({ family, profiles, me }: { family: Known; profiles: readonly Profile[]; me: Person }) {
  const currency = useFeature('controls', ({ view }) => (view.kind === 'ok' ? view.household?.currency : undefined)) ?? 'EUR'
  return (
    <>
      <RequestList requests={family.requests} />
      <WaitingMembers me={me} />
      <MemberList profiles={profiles} me={me} />
      <div className={card.pair}>
        <AlertList alerts={family.alerts} />
        {family.recoveryCodesLeft !== null && <SecondFactor recoveryCodesLeft={family.recoveryCodesLeft} />}
      </div>
      <ControlLog events={family.changes} currency={currency} hasMembers />
    </>
  )
}

function OthersView({ family, profiles, me }: { family: Known; profiles: readonly Profile[]; me: Person }) {
  // A minor sees themselves alone: what they have asked for, and the way to a new PIN.
  if (me.role !== 'adult') return <><RequestList requests={family.requests} /><MemberList profiles={profiles.filter(({ memberId }) => memberId === me.memberId)} me={me} /></>
  return <MemberList profiles={profiles} me={me} />
}

function Members({ profiles, me }: { profiles: readonly Profile[]; me: Person }) {
  const family = useFeature('family', (state) => state.view)
  const load = useFeature('family', (state) => state.load)
  switch (family.kind) {
    // Where it is locked, the start screen takes this one's place in a moment.
    case 'loading':
    case 'locked':
      return null
    case 'unavailable':
      return <Unavailable />
    case 'broken':
      return <BrokenScreen onRetry={() => void load()} />
    case 'ok':
      return me.role === 'guardian' ? <GuardiansView family={family} profiles={profiles} me={me} /> : <OthersView family={family} profiles={profiles} me={me} />
    default:
      return assertNever(family)
  }
}

function Unavailable() {
  return (
    <Banner tone="bad" title={<Trans>Your family cannot be shown.</Trans>}>
      <p><Trans>Tuppence cannot read your ledger, where members and requests are kept. Nothing can be bought until it can. The notice above says what is wrong.</Trans></p>
    </Banner>
  )
}

function Content() {
  const household = useFeature('household', (state) => state.view)
  switch (household.kind) {
    case 'alone':
      return <NoHousehold systemZone={household.systemZone} />
    case 'members':
      return household.open && <Members profiles={household.profiles} me={household.open} />
    case 'unavailable':
    case 'broken':
      return <Unavailable />
    case 'unset':
    case 'loading':
      return null
    default:
      return assertNever(household)
  }
}

/** Who is in the household and what they ask for: for guardians; for others what concerns themselves. */
export function FamilyScreen({ title }: { title: string }) {
  const { t } = useLingui()
  const edit = useFeature('limits', (state) => state.edit)
  const forgetTold = useFeature('household', (state) => state.forgetTold)
  useEffect(() => {
    forgetTold()
    // A form that was left half filled in is not found again.
    return () => edit(null)
  }, [edit, forgetTold])
  return (
    <section className={card.page} aria-label={t`Family`}>
      <h1 className="visually-hidden">{title}</h1>
      <Content />
    </section>
  )
}
