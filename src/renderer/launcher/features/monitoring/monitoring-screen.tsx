import { Trans, useLingui } from '@lingui/react/macro'
import { useEffect } from 'react'
import type { MonitoringView } from '../../../../contract/ipc/monitoring.ts'
import { assertNever } from '../../../assert-never.ts'
import { Banner } from '../../../ui/banner.tsx'
import { BrokenScreen } from '../../../ui/broken-screen.tsx'
import { useFeature } from '../../app/stores.ts'
import card from '../limits/limits-screen.module.css'
import { PendingList } from '../limits/pending-list.tsx'
import { WhatCame } from '../limits/what-came.tsx'
import { FrozenList } from './frozen-list.tsx'
import styles from './monitoring-screen.module.css'
import { ScoreChart } from './score-chart.tsx'
import { ScoredList } from './scored-list.tsx'
import { MonitoringToldText } from './told-words.tsx'
import { WatchSection } from './watch-section.tsx'

type View = Extract<MonitoringView, { kind: 'ok' }>

function Told() {
  const told = useFeature('monitoring', (state) => state.told)
  const changed = useFeature('limits', ({ told: came, draft }) => (draft === null ? came : null))
  return (
    <>
      <div role="status" className={card.told}>{told && <p><MonitoringToldText told={told} /></p>}</div>
      <WhatCame told={changed} className={card.told} />
    </>
  )
}

/** Levels that were asked to be less watchful, and wait. */
function Pending() {
  const controls = useFeature('controls', (state) => state.view)
  if (controls.kind !== 'ok') return null
  return <PendingList pending={controls.pending.filter(({ change }) => change.kind === 'monitoring')} currency={controls.household?.currency ?? 'EUR'} />
}

function About() {
  return (
    <section className={card.card} aria-labelledby="about-monitoring">
      <h2 id="about-monitoring"><Trans>What this looks at</Trans></h2>
      <ul className={styles.about}>
        <li><Trans>Your own purchases on this computer: when, how much, at whom and how many. No age, no place, and nobody else’s purchases.</Trans></li>
        <li><Trans>Two things: whether somebody else may be buying in your name, and whether you are buying in a way that you may regret.</Trans></li>
        <li><Trans>It is worked out on this computer. Nothing of it leaves it, and the gateway never learns a score.</Trans></li>
        <li><Trans>It can be wrong. What you answer teaches it.</Trans></li>
      </ul>
    </section>
  )
}

function Figures({ view }: { view: View }) {
  return (
    <>
      <FrozenList frozen={view.frozen} />
      <Told />
      {view.scored.length === 0 ? (
        <section className={card.card} aria-labelledby="nothing-judged">
          <h2 id="nothing-judged"><Trans>Nothing to show yet</Trans></h2>
          <p className={styles.quiet}><Trans>From your first purchase on you see here how unusual each one was, and why.</Trans></p>
        </section>
      ) : (
        <section className={card.card} aria-labelledby="time-line">
          <h2 id="time-line"><Trans>How unusual each purchase was</Trans></h2>
          <ScoreChart view={view} />
        </section>
      )}
      {view.scored.length > 0 && <ScoredList view={view} />}
      <Pending />
      <div className={card.pair}>
        <WatchSection view={view} />
        <About />
      </div>
    </>
  )
}

function Content() {
  const view = useFeature('monitoring', (state) => state.view)
  const load = useFeature('monitoring', (state) => state.load)
  switch (view.kind) {
    case 'loading':
      return null
    case 'locked':
      return <Banner tone="quiet" title={<Trans>No profile is open.</Trans>}><p><Trans>Open yours to see what was noticed.</Trans></p></Banner>
    case 'unavailable':
      return (
        <Banner tone="bad" title={<Trans>What was noticed cannot be shown.</Trans>}>
          <p><Trans>Tuppence cannot read your ledger, where it is kept. The notice above says what is wrong.</Trans></p>
        </Banner>
      )
    case 'broken':
      return <BrokenScreen title={<Trans>What was noticed cannot be shown.</Trans>} onRetry={() => void load()} />
    case 'ok':
      return <Figures view={view} />
    default:
      return assertNever(view)
  }
}

/** How purchases were judged, why, and what was said about it; and how watchful Tuppence is. */
export function MonitoringScreen() {
  const { t } = useLingui()
  const load = useFeature('monitoring', (state) => state.load)
  const forgetTold = useFeature('monitoring', (state) => state.forgetTold)
  const edit = useFeature('limits', (state) => state.edit)
  useEffect(() => {
    forgetTold()
    void load()
    // A form that was left half filled in is not found again.
    return () => edit(null)
  }, [load, forgetTold, edit])
  return (
    <section className={card.page} aria-label={t`Monitoring`}>
      <h1 className="visually-hidden"><Trans>Monitoring</Trans></h1>
      <Content />
    </section>
  )
}
