import { Trans, useLingui } from '@lingui/react/macro'
import ListFilter from 'lucide-react/icons/list-filter'
import { useEffect, useId, useState } from 'react'
import type { HistoryQuestionView } from '../../../../contract/ipc/history.ts'
import { assertNever } from '../../../assert-never.ts'
import { BrokenScreen } from '../../../ui/broken-screen.tsx'
import { Button } from '../../../ui/button.tsx'
import { goTo } from '../../app/hash-location.ts'
import { useIsKiosk } from '../../../ui/kiosk-context.ts'
import { useFeature } from '../../app/stores.ts'
import { useMyRole } from '../household/use-member-names.ts'
import { ActiveFilters } from './active-filters.tsx'
import { ExportPanel } from './export-panel.tsx'
import { FilterPanel } from './filter-panel.tsx'
import { addressOf } from './history-address.ts'
import { Building, Locked, OpenBanner, Unavailable, UnverifiedBanner } from './history-banners.tsx'
import { HistoryGrid } from './history-grid.tsx'
import styles from './history-screen.module.css'
import type { Found, HistoryView } from './history-store.ts'
import { NoLines } from './no-lines.tsx'
import { activeMenus, isFiltering, sortedBy } from './question.ts'
import { ReadingLine } from './reading-line.tsx'
import { SavedViews } from './saved-views.tsx'
import { SearchBar } from './search-bar.tsx'
import { TotalsBar } from './totals-bar.tsx'
import { type ChangeQuestion, historyPath, useQuestion } from './use-question.ts'

function ExportButton({ isOpen, onChange }: { isOpen: boolean; onChange: (isOpen: boolean) => void }) {
  const reset = useFeature('exporting', (state) => state.reset)
  const toggle = () => {
    reset()
    onChange(!isOpen)
  }
  return <Button aria-expanded={isOpen} onPress={toggle}><Trans>Export…</Trans></Button>
}

interface FinderProps {
  readonly found: Found
  readonly question: HistoryQuestionView
  readonly isOfMany: boolean
  readonly change: ChangeQuestion
}

/** Everything above the table: what is looked for, and what can be done with what was found. */
function Finder({ found, question, isOfMany, change }: FinderProps) {
  const facets = useFeature('history', (state) => state.facets)
  const isUnderWay = useFeature('exporting', (state) => state.view.kind === 'running')
  const [isExporting, setIsExporting] = useState(() => isUnderWay)
  const [isFilterOpen, setIsFilterOpen] = useState(false)
  const panelId = useId()
  const isKiosk = useIsKiosk()
  const { text, menus } = question
  const count = activeMenus({ ...menus, to: menus.from === null ? menus.to : null }).length
  return (
    <>
      <SearchBar text={text} facets={facets} isOfMany={isOfMany} onText={(said, options) => change({ ...question, text: said }, options)}>
        <div className={styles.actions}>
          <Button aria-expanded={isFilterOpen} {...(isFilterOpen && { 'aria-controls': panelId })} onPress={() => setIsFilterOpen(!isFilterOpen)}>
            <ListFilter size={16} aria-hidden />
            {count === 0 ? <Trans>Filters</Trans> : <Trans>Filters ({count})</Trans>}
          </Button>
          {!isKiosk && <SavedViews address={addressOf(question)} onOpen={(address) => goTo(historyPath(address))} />}
          {!isKiosk && <ExportButton isOpen={isExporting} onChange={setIsExporting} />}
        </div>
      </SearchBar>
      {isFilterOpen && (
        <FilterPanel {...{ id: panelId, menus, facets, isOfMany }} onChange={(next, options) => change({ ...question, menus: next }, options)} />
      )}
      <ActiveFilters {...{ menus, facets, isOfMany }} onChange={(next) => change({ ...question, menus: next })} />
      <ReadingLine reading={found.reading} />
      {isExporting && (
        <ExportPanel
          question={isFiltering(question) ? question : null}
          count={found.summary?.lines ?? 0}
          onClose={() => setIsExporting(false)}
        />
      )}
    </>
  )
}

function Purchases({ found, question, change }: Omit<FinderProps, 'isOfMany'>) {
  // Others see their own purchases alone.
  const isOfMany = useMyRole() === 'guardian'
  const facets = useFeature('history', (state) => state.facets)
  const isEmpty = found.summary?.lines === 0
  const isNew = isEmpty && !isFiltering(found.question)
  const open = found.summary?.open ?? 0
  return (
    <>
      {found.unverified && <UnverifiedBanner />}
      {open > 0 && <OpenBanner count={open} />}
      {!(isNew && !isFiltering(question)) && <Finder {...{ found, question, isOfMany, change }} />}
      <HistoryGrid found={found} isOfMany={isOfMany} onSort={(by) => change({ ...question, order: sortedBy(question.order, by) })} />
      {isEmpty && <NoLines question={found.question} facets={facets} isOfMany={isOfMany} onChange={change} />}
      {!isEmpty && <TotalsBar summary={found.summary} />}
    </>
  )
}

function HistoryContent({ view, question, change }: { view: HistoryView; question: HistoryQuestionView; change: ChangeQuestion }) {
  const load = useFeature('history', (state) => state.load)
  switch (view.kind) {
    case 'loading':
      return null
    case 'unavailable':
      return <Unavailable />
    case 'locked':
      return <Locked />
    case 'building':
      return <Building done={view.done} total={view.total} />
    case 'broken':
      return <BrokenScreen title={<Trans>Your history cannot be shown.</Trans>} onRetry={() => void load()} />
    case 'found':
      return <Purchases found={view.found} question={question} change={change} />
    default:
      return assertNever(view)
  }
}

/** Everything that was paid or may have been: found, ordered and added up. */
export function HistoryScreen() {
  const { t } = useLingui()
  const view = useFeature('history', (state) => state.view)
  const follow = useFeature('history', (state) => state.follow)
  const { question, change } = useQuestion()
  useEffect(() => follow(), [follow])
  return (
    <section className={styles.screen} aria-label={t`History`} data-fills>
      <h1 className="visually-hidden"><Trans>History</Trans></h1>
      <HistoryContent {...{ view, question, change }} />
    </section>
  )
}
