import { Trans, useLingui } from '@lingui/react/macro'
import ChevronLeft from 'lucide-react/icons/chevron-left'
import ChevronRight from 'lucide-react/icons/chevron-right'
import { useEffect, useRef } from 'react'
import { assertNever } from '../../../assert-never.ts'
import { useFormat } from '../../../i18n/format-context.ts'
import { Banner } from '../../../ui/banner.tsx'
import { BrokenScreen } from '../../../ui/broken-screen.tsx'
import { Button } from '../../../ui/button.tsx'
import { Segments } from '../../../ui/segments.tsx'
import { SelectField } from '../../../ui/select-field.tsx'
import { useIsKiosk } from '../../../ui/kiosk-context.ts'
import { useFeature } from '../../app/stores.ts'
import { useMyRole } from '../household/use-member-names.ts'
import type { Insight } from './insight-figures.ts'
import { InsightParts } from './insight-parts.tsx'
import styles from './insight-screen.module.css'
import { InsightSentence } from './insight-sentence.tsx'
import { usePeriodName } from './period-words.ts'
import { PictureButton } from './picture-button.tsx'
import { SpendingChart } from './spending-chart.tsx'

/** The day before the first, or after the last. */
function dayBeside(day: string, days: 1 | -1): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10)
}

function PeriodPicker({ insight }: { insight: Insight }) {
  const { t } = useLingui()
  const ask = useFeature('insight', (state) => state.ask)
  // What was chosen is marked at once, before its figures are there.
  const asked = useFeature('insight', (state) => state.asked.unit)
  const name = usePeriodName()
  const { period, unit, today } = insight
  const units = [
    { value: 'week', label: t`Week` },
    { value: 'month', label: t`Month` },
    { value: 'year', label: t`Year` },
  ] as const
  return (
    <div className={styles.picker}>
      <Segments label={t`Length`} value={asked} choices={units} onChange={(chosen) => void ask({ unit: chosen })} />
      <div className={styles.steps}>
        <Button aria-label={t`Earlier`} isDisabled={!insight.hasEarlier} onPress={() => void ask({ day: dayBeside(period.from, -1) })}>
          <ChevronLeft size={18} aria-hidden />
        </Button>
        <h2 className={styles.period} aria-live="polite">{name(unit, period)}</h2>
        <Button aria-label={t`Later`} isDisabled={period.to >= today && !insight.hasLater} onPress={() => void ask({ day: dayBeside(period.to, 1) })}>
          <ChevronRight size={18} aria-hidden />
        </Button>
      </div>
    </div>
  )
}

/** Only a guardian sees what others bought. */
function WhosePicker() {
  const { t } = useLingui()
  const role = useMyRole()
  const household = useFeature('household', (state) => state.view)
  const whose = useFeature('insight', (state) => state.asked.whose)
  const ask = useFeature('insight', (state) => state.ask)
  if (role !== 'guardian' || household.kind !== 'members') return null
  const choices = [
    { value: 'everybody', label: t`Everybody` },
    ...household.profiles.map(({ memberId, name }) => ({ value: `member ${memberId}`, label: name })),
    { value: 'nobody', label: t`Nobody’s profile` },
  ]
  const value = whose.kind === 'everybody' ? 'everybody' : whose.memberId === null ? 'nobody' : `member ${whose.memberId}`
  const choose = (chosen: string) => {
    if (chosen === 'everybody') return void ask({ whose: { kind: 'everybody' } })
    void ask({ whose: { kind: 'member', memberId: chosen === 'nobody' ? null : chosen.slice('member '.length) } })
  }
  return <SelectField label={t`Bought by`} value={value} choices={choices} onChange={choose} />
}

function CurrencyPicker({ insight: { currencies, currency } }: { insight: Insight }) {
  const { t } = useLingui()
  const format = useFormat()
  const ask = useFeature('insight', (state) => state.ask)
  if (currency === null || currencies.length < 2) return null
  const choices = currencies.map((code) => ({ value: code, label: format.currencyName(code) }))
  return <SelectField label={t`Currency`} value={currency} choices={choices} onChange={(chosen) => void ask({ currency: chosen })} />
}

function Figures({ insight }: { insight: Insight }) {
  const picture = useRef<HTMLElement>(null)
  const isKiosk = useIsKiosk()
  const isEmpty = insight.totals.lines === 0 && insight.totalsBefore.lines === 0
  return (
    <div className={styles.page}>
      {insight.unverified && (
        <Banner tone="bad" title={<Trans>These figures could not be checked.</Trans>}>
          <p><Trans>They are made from your ledger as it is on the disk. Compare them with your bank statement before you rely on them.</Trans></p>
        </Banner>
      )}
      <div className={styles.bar}>
        <PeriodPicker insight={insight} />
        <div className={styles.pickers}>
          <WhosePicker />
          <CurrencyPicker insight={insight} />
        </div>
      </div>
      <section className={styles.card} ref={picture} aria-labelledby="insight-sentence">
        <InsightSentence insight={insight} />
        {!isEmpty && <SpendingChart insight={insight} />}
      </section>
      {!isEmpty && !isKiosk && <PictureButton of={picture} />}
      {!isEmpty && <InsightParts insight={insight} />}
    </div>
  )
}

function Content() {
  const view = useFeature('insight', (state) => state.view)
  const ask = useFeature('insight', (state) => state.ask)
  switch (view.kind) {
    case 'loading':
      return null
    case 'building':
      return <Banner tone="quiet" title={<Trans>Your history is being put in order.</Trans>}><p><Trans>This happens once. The figures appear by themselves.</Trans></p></Banner>
    case 'locked':
      return <Banner tone="quiet" title={<Trans>No profile is open.</Trans>}><p><Trans>Open yours to see what you spent.</Trans></p></Banner>
    case 'unavailable':
      return (
        <Banner tone="bad" title={<Trans>Your spending cannot be shown.</Trans>}>
          <p><Trans>Tuppence cannot read your ledger, the record of your purchases. Nothing was deleted. The notice above says what is wrong.</Trans></p>
        </Banner>
      )
    case 'broken':
      return <BrokenScreen title={<Trans>Your spending cannot be shown.</Trans>} onRetry={() => void ask({})} />
    case 'ok':
      return <Figures insight={view} />
    default:
      return assertNever(view)
  }
}

/** What was spent in a week, month or year, and on what. */
export function InsightScreen() {
  const { t } = useLingui()
  const follow = useFeature('insight', (state) => state.follow)
  useEffect(() => follow(), [follow])
  return (
    <section aria-label={t`Insight`}>
      <h1 className="visually-hidden"><Trans>Insight</Trans></h1>
      <Content />
    </section>
  )
}
