import { Trans, useLingui } from '@lingui/react/macro'
import { useEffect } from 'react'
import type { ExclusionState } from '../../../../contract/ipc/controls.ts'
import { assertNever } from '../../../assert-never.ts'
import { useFormat } from '../../../i18n/format-context.ts'
import { Banner } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { useFeature } from '../../app/stores.ts'
import { controlsRefusalWords } from '../limits/control-words.ts'
import { ControlsUnknown } from '../limits/controls-unknown.tsx'
import card from '../limits/limits-screen.module.css'
import styles from './exclusion-screen.module.css'
import { Help } from './help.tsx'
import { LengthChoice } from './length-choice.tsx'

function Told() {
  const { t } = useLingui()
  const told = useFeature('exclusion', (state) => state.told)
  const text = (() => {
    // How it stands after that is seen above.
    if (!told || told.kind === 'done' || told.kind === 'asked') return null
    switch (told.kind) {
      case 'declined':
        return <Trans>You said no. Nothing was changed.</Trans>
      case 'refused':
        return <>{t(controlsRefusalWords[told.reason].what)} {t(controlsRefusalWords[told.reason].next)}</>
      case 'broken':
        return <Trans>Something in Tuppence itself went wrong. Look at this screen again before you repeat it.</Trans>
      default:
        return assertNever(told)
    }
  })()
  return <div role="status" className={card.told}>{text && <p>{text}</p>}</div>
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

function Running({ until }: { until: string }) {
  const { t } = useLingui()
  const format = useFormat()
  return (
    <>
      <Banner tone="quiet" title={<Trans>You have excluded yourself from buying until {format.dateTime(until)}.</Trans>}>
        <p><Trans>It cannot be shortened.</Trans></p>
      </Banner>
      <WhatItDoes />
      <LengthChoice label={t`Make it longer, from today`} action={<Trans>Make it longer…</Trans>} after={until} />
    </>
  )
}

function Ended({ until }: { until: string }) {
  const { t } = useLingui()
  const format = useFormat()
  const askReturn = useFeature('exclusion', (state) => state.askReturn)
  const isAsking = useFeature('exclusion', (state) => state.task === 'askReturn')
  return (
    <>
      <Banner
        tone="quiet"
        title={<Trans>Your self-exclusion ended on {format.dateTime(until)}.</Trans>}
        actions={<Button isPending={isAsking} onPress={() => void askReturn()}><Trans>I want to buy again…</Trans></Button>}
      >
        <p><Trans>Nothing can be bought until you say that you want to. That acts a day later. There is no hurry.</Trans></p>
      </Banner>
      <WhatItDoes />
      <LengthChoice label={t`Or exclude yourself again`} action={<Trans>Exclude me from buying…</Trans>} />
    </>
  )
}

function CoolingOff({ until }: { until: string }) {
  const { t } = useLingui()
  const format = useFormat()
  return (
    <>
      <Banner tone="quiet" title={<Trans>You can buy again from {format.dateTime(until)} on.</Trans>}>
        <p><Trans>You said that you want to. Until then nothing can be bought.</Trans></p>
      </Banner>
      <WhatItDoes />
      <LengthChoice label={t`Or exclude yourself again`} action={<Trans>Exclude me from buying…</Trans>} />
    </>
  )
}

function State({ exclusion }: { exclusion: ExclusionState }) {
  const { t } = useLingui()
  switch (exclusion.kind) {
    case 'none':
      return (
        <>
          <WhatItDoes />
          <LengthChoice label={t`For how long?`} action={<Trans>Exclude me from buying…</Trans>} />
        </>
      )
    case 'running':
      return <Running until={exclusion.until} />
    case 'ended':
      return <Ended until={exclusion.until} />
    case 'coolingOff':
      return <CoolingOff until={exclusion.until} />
    default:
      return assertNever(exclusion)
  }
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
            <State key={view.exclusion.kind} exclusion={view.exclusion} />
            <Told />
          </section>
        ) : <ControlsUnknown view={view} />}
        <Help />
      </div>
    </section>
  )
}
