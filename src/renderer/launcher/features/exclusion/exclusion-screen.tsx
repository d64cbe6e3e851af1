import { Trans, useLingui } from '@lingui/react/macro'
import { useEffect } from 'react'
import { assertNever } from '../../../assert-never.ts'
import { Banner } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { useFeature } from '../../app/stores.ts'
import type { Controls } from '../limits/controls-store.ts'
import { ControlsUnknown } from '../limits/controls-unknown.tsx'
import card from '../limits/limits-screen.module.css'
import { WhatCame } from '../limits/what-came.tsx'
import styles from './exclusion-screen.module.css'
import { type BegunExclusion, ExclusionTitle } from './exclusion-title.tsx'
import { Help } from './help.tsx'
import { LengthChoice } from './length-choice.tsx'

function Told() {
  const told = useFeature('exclusion', (state) => state.told)
  return <WhatCame told={told} className={card.told} isFailureOnly />
}

function WhatItDoes() {
  return (
    <ul className={styles.rules}>
      <li><Trans>Nothing can be bought with Tuppence until it ends, on none of your devices.</Trans></li>
      <li><Trans>The store can still be looked at. Your history stays open.</Trans></li>
      <li><Trans>Nobody can shorten it: not you, not support, not by setting the clock or installing Tuppence anew. It can be made longer.</Trans></li>
      <li><Trans>It ends by the gateway’s clock. Even then nothing can be bought until you say that you want to, and one day more has gone by.</Trans></li>
    </ul>
  )
}

function ReturnButton() {
  const askReturn = useFeature('exclusion', (state) => state.askReturn)
  const isAsking = useFeature('exclusion', (state) => state.task === 'askReturn')
  return <Button isPending={isAsking} onPress={() => void askReturn()}><Trans>I want to buy again…</Trans></Button>
}

function WhatItMeans({ kind }: Pick<BegunExclusion, 'kind'>) {
  switch (kind) {
    case 'running':
      return <Trans>It cannot be shortened.</Trans>
    case 'ended':
      return <Trans>Nothing can be bought until you say that you want to. That acts a day later. There is no hurry.</Trans>
    case 'coolingOff':
      return <Trans>You said that you want to. Until then nothing can be bought.</Trans>
    default:
      return assertNever(kind)
  }
}

function Begun({ exclusion }: { exclusion: BegunExclusion }) {
  return (
    <Banner tone="quiet" title={<ExclusionTitle exclusion={exclusion} />} actions={exclusion.kind === 'ended' && <ReturnButton />}>
      <p><WhatItMeans kind={exclusion.kind} /></p>
    </Banner>
  )
}

function State({ controls: { exclusion, exclusionEnds } }: { controls: Controls }) {
  const { t } = useLingui()
  const exclude = <Trans>Exclude me from buying…</Trans>
  return (
    <>
      {exclusion.kind !== 'none' && <Begun exclusion={exclusion} />}
      <WhatItDoes />
      {exclusion.kind === 'running' ? (
        <LengthChoice ends={exclusionEnds} label={t`Make it longer, from today`} action={<Trans>Make it longer…</Trans>} after={exclusion.until} />
      ) : (
        <LengthChoice ends={exclusionEnds} label={exclusion.kind === 'none' ? t`For how long?` : t`Or exclude yourself again`} action={exclude} />
      )}
    </>
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
        {view.kind === 'ok' ? (
          <section className={card.card} aria-labelledby="exclusion">
            <h2 id="exclusion"><Trans>Exclude yourself from buying</Trans></h2>
            <State key={view.exclusion.kind} controls={view} />
            <Told />
          </section>
        ) : <ControlsUnknown view={view} />}
        <Help />
      </div>
    </section>
  )
}
