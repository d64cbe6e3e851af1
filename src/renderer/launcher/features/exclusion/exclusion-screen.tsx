import { Trans, useLingui } from '@lingui/react/macro'
import { useEffect, useState } from 'react'
import { assertNever } from '../../../assert-never.ts'
import { Banner } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { SelectField } from '../../../ui/select-field.tsx'
import { useFeature } from '../../app/stores.ts'
import { useMe, useMemberNames } from '../household/use-member-names.ts'
import type { Controls } from '../limits/controls-store.ts'
import { ControlsUnknown } from '../limits/controls-unknown.tsx'
import card from '../limits/limits-screen.module.css'
import { WhatCame } from '../limits/what-came.tsx'
import styles from './exclusion-screen.module.css'
import { type BegunExclusion, ExclusionTitle } from './exclusion-title.tsx'
import { Help } from './help.tsx'
import { LengthChoice } from './length-choice.tsx'
import { excludable, exclusionOf, mayReturn } from './whom.ts'

function Told() {
  const told = useFeature('exclusion', (state) => state.told)
  return <WhatCame told={told} className={card.told} isFailureOnly />
}

/** `isOwnYes`: whether the person in front of the screen says themselves when they want to buy again. */
function WhatItDoes({ isOwn, isOwnYes }: { isOwn: boolean; isOwnYes: boolean }) {
  return (
    <ul className={styles.rules}>
      <li><Trans>Nothing can be bought with Tuppence until it ends, on none of your devices.</Trans></li>
      {isOwn ? (
        <>
          <li><Trans>The store can still be looked at. Your history stays open.</Trans></li>
          <li><Trans>Nobody can shorten it: not you, not support, not by setting the clock or installing Tuppence anew. It can be made longer.</Trans></li>
        </>
      ) : (
        <>
          <li><Trans>The store can still be looked at. The history stays open.</Trans></li>
          <li><Trans>Nobody can shorten it, a guardian neither. It can be made longer.</Trans></li>
        </>
      )}
      <li>
        {isOwnYes
          ? <Trans>It ends by the gateway’s clock. Even then nothing can be bought until you say that you want to, and one day more has gone by.</Trans>
          : <Trans>It ends by the gateway’s clock. Even then nothing can be bought until a guardian says so, and one day more has gone by.</Trans>}
      </li>
    </ul>
  )
}

function ReturnButton({ memberId, name }: { memberId: string | null; name: string | undefined }) {
  const askReturn = useFeature('exclusion', (state) => state.askReturn)
  const isAsking = useFeature('exclusion', (state) => state.task === 'askReturn')
  return (
    <Button isPending={isAsking} onPress={() => void askReturn(memberId)}>
      {name === undefined ? <Trans>I want to buy again…</Trans> : <Trans>Let them buy again…</Trans>}
    </Button>
  )
}

interface MeaningProps extends Pick<BegunExclusion, 'kind'> {
  readonly isOwn: boolean
  /** Whether the person in front of the screen can say that buying may go on. */
  readonly isTheirYes: boolean
}

function WhatItMeans({ kind, isOwn, isTheirYes }: MeaningProps) {
  switch (kind) {
    case 'running':
      return <Trans>It cannot be shortened.</Trans>
    case 'ended':
      if (!isTheirYes) return <Trans>Nothing can be bought until a guardian says so. That acts a day later.</Trans>
      return isOwn
        ? <Trans>Nothing can be bought until you say that you want to. That acts a day later. There is no hurry.</Trans>
        : <Trans>Nothing can be bought until you say so. That acts a day later. There is no hurry.</Trans>
    case 'coolingOff':
      return isOwn && isTheirYes ? <Trans>You said that you want to. Until then nothing can be bought.</Trans> : <Trans>Until then nothing can be bought.</Trans>
    default:
      return assertNever(kind)
  }
}

interface StateProps {
  readonly controls: Controls
  /** The minor whom a guardian looks at; null for oneself. */
  readonly memberId: string | null
  readonly name: string | undefined
}

function State({ controls, memberId, name }: StateProps) {
  const { t } = useLingui()
  const exclusion = exclusionOf(controls, memberId)
  const isOwn = memberId === null
  const isTheirYes = mayReturn(controls, memberId)
  const exclude = isOwn ? <Trans>Exclude me from buying…</Trans> : <Trans>Exclude them from buying…</Trans>
  const again = isOwn ? t`Or exclude yourself again` : t`Or exclude them again`
  const choice = { ends: controls.exclusionEnds, memberId }
  return (
    <>
      {exclusion.kind !== 'none' && (
        <Banner
          tone="quiet"
          title={<ExclusionTitle exclusion={exclusion} name={name} />}
          actions={exclusion.kind === 'ended' && isTheirYes && <ReturnButton memberId={memberId} name={name} />}
        >
          <p><WhatItMeans kind={exclusion.kind} isOwn={isOwn} isTheirYes={isTheirYes} /></p>
        </Banner>
      )}
      <WhatItDoes isOwn={isOwn} isOwnYes={isOwn && isTheirYes} />
      {exclusion.kind === 'running' ? (
        <LengthChoice {...choice} label={t`Make it longer, from today`} action={<Trans>Make it longer…</Trans>} after={exclusion.until} />
      ) : (
        <LengthChoice {...choice} label={exclusion.kind === 'none' ? t`For how long?` : again} action={exclude} />
      )}
    </>
  )
}

/** Of oneself; a guardian chooses among themselves and the minors. */
function Known({ controls }: { controls: Controls }) {
  const { t } = useLingui()
  const me = useMe()
  const { nameOf } = useMemberNames()
  const forgetTold = useFeature('exclusion', (state) => state.forgetTold)
  const [chosen, setChosen] = useState<string | null>(null)
  const minors = excludable(controls)
  const memberId = minors.find((minor) => minor === chosen) ?? null
  const name = memberId === null ? undefined : nameOf(memberId)
  const choices = [{ value: 'me', label: me ? t`${me.name} (you)` : '' }, ...minors.map((minor) => ({ value: minor, label: nameOf(minor) }))]
  const choose = (value: string) => {
    forgetTold()
    setChosen(value === 'me' ? null : value)
  }
  return (
    <section className={card.card} aria-labelledby="exclusion">
      {/* Their form is another: nothing that was chosen for one goes over to the next. */}
      <h2 id="exclusion">{name === undefined ? <Trans>Exclude yourself from buying</Trans> : <Trans>Exclude <bdi>{name}</bdi> from buying</Trans>}</h2>
      {minors.length > 0 && <div className={card.whose}><SelectField label={t`Exclusion of`} value={memberId ?? 'me'} choices={choices} onChange={choose} /></div>}
      <State key={`${memberId ?? ''} ${exclusionOf(controls, memberId).kind}`} controls={controls} memberId={memberId} name={name} />
      <Told />
    </section>
  )
}

/** A ban on buying that a person chooses and nobody can shorten; and where help is. */
export function ExclusionScreen() {
  const { t } = useLingui()
  const view = useFeature('controls', (state) => state.view)
  const load = useFeature('controls', (state) => state.load)
  useEffect(() => void load(), [load])
  return (
    <section aria-label={t`Self-exclusion`}>
      <h1 className="visually-hidden"><Trans>Self-exclusion</Trans></h1>
      <div className={styles.columns}>
        {view.kind === 'ok' ? <Known controls={view} /> : <ControlsUnknown view={view} />}
        <Help />
      </div>
    </section>
  )
}
