import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useDeferredValue, useEffect, useMemo, useState } from 'react'
import type { LineView } from '../../../../contract/ipc/history.ts'
import { assertNever } from '../../../assert-never.ts'
import { useFormat } from '../../../i18n/format-context.ts'
import { Banner } from '../../../ui/banner.tsx'
import { BrokenScreen } from '../../../ui/broken-screen.tsx'
import { Button } from '../../../ui/button.tsx'
import { SearchField } from '../../../ui/search-field.tsx'
import table from '../../../ui/table.module.css'
import { useFeature } from '../../app/stores.ts'
import { useMyRole } from '../household/use-member-names.ts'
import { ExportPanel } from './export-panel.tsx'
import { isOpen, listRows } from './history-rows.ts'
import styles from './history-screen.module.css'
import { everything, type HistoryView } from './history-store.ts'
import { HistoryTable } from './history-table.tsx'
import { stateWords } from './state-words.ts'

/** Rows that are put on the page at once; thousands would make it slow to open. */
const pageSize = 100

function OpenBanner({ count }: { count: number }) {
  const settle = useFeature('purchase', (state) => state.settle)
  const isSettling = useFeature('purchase', (state) => state.isSettling)
  return (
    <Banner
      tone="open"
      title={<Plural value={count} one="# purchase is being checked." other="# purchases are being checked." />}
      actions={
        <Button isPending={isSettling} onPress={() => void settle()}>
          {isSettling ? <Trans>Checking…</Trans> : <Trans>Check now</Trans>}
        </Button>
      }
    >
      <p>
        <Trans>
          Tuppence does not know yet whether the gateway charged, and keeps asking it about this very purchase.
          You will not be charged twice.
        </Trans>
      </p>
    </Banner>
  )
}

function UnverifiedBanner() {
  return (
    <Banner tone="bad" title={<Trans>This history could not be checked.</Trans>}>
      <p><Trans>It is shown as it is on the disk. Compare it with your bank statement before you rely on it.</Trans></p>
    </Banner>
  )
}

/** Stands below the table's heading, which is there all the same: one look tells what will be listed. */
function NoRows({ isFiltered, onShowAll }: { isFiltered: boolean; onShowAll: () => void }) {
  if (!isFiltered) {
    return <p className={styles.empty}><Trans>You have not bought anything yet. Every purchase will be listed here with its receipt.</Trans></p>
  }
  return (
    <div className={styles.empty}>
      <p><Trans>No purchase fits your search.</Trans></p>
      <Button onPress={onShowAll}><Trans>Show all purchases</Trans></Button>
    </div>
  )
}

function ExportButton({ isOpen, onChange }: { isOpen: boolean; onChange: (isOpen: boolean) => void }) {
  const reset = useFeature('exporting', (state) => state.reset)
  const toggle = () => {
    reset()
    onChange(!isOpen)
  }
  return <Button className={styles.export} aria-expanded={isOpen} onPress={toggle}><Trans>Export…</Trans></Button>
}

function Rows({ rows, unverified }: { rows: readonly LineView[]; unverified: boolean }) {
  const { t } = useLingui()
  const format = useFormat()
  // Others see their own purchases alone.
  const isOfMany = useMyRole() === 'guardian'
  const isUnderWay = useFeature('exporting', (state) => state.view.kind === 'running')
  const [text, setText] = useState('')
  const [shownCount, setShownCount] = useState(pageSize)
  const [isExporting, setIsExporting] = useState(() => isUnderWay)
  const deferredText = useDeferredValue(text)
  const found = useMemo(
    () => listRows(rows, deferredText, (row) => [t(stateWords[row.state]), format.money(row.price), format.dateTime(row.at)]),
    [rows, deferredText, format, t],
  )
  const count = found.length
  const openCount = rows.filter(isOpen).length
  const moreCount = Math.min(pageSize, count - shownCount)
  return (
    <div className={styles.rows}>
      {unverified && <UnverifiedBanner />}
      {openCount > 0 && <OpenBanner count={openCount} />}
      {rows.length > 0 && (
        <div className={table.toolbar}>
          <SearchField label={t`Search your history`} value={text} onChange={setText} />
          <p aria-live="polite"><Plural value={count} one="# purchase" other="# purchases" /></p>
          <ExportButton isOpen={isExporting} onChange={setIsExporting} />
        </div>
      )}
      {isExporting && rows.length > 0 && (
        <ExportPanel
          question={deferredText.trim() === '' ? null : { ...everything, text: deferredText }}
          count={count}
          onClose={() => setIsExporting(false)}
        />
      )}
      <HistoryTable rows={found.slice(0, shownCount)} isOfMany={isOfMany} />
      {count === 0 && <NoRows isFiltered={rows.length > 0} onShowAll={() => setText('')} />}
      {moreCount > 0 && (
        <Button className={styles.more} onPress={() => setShownCount(shownCount + pageSize)}>
          <Trans>Show {moreCount} more</Trans>
        </Button>
      )}
    </div>
  )
}

function HistoryContent({ history }: { history: HistoryView }) {
  const load = useFeature('history', (state) => state.load)
  switch (history.kind) {
    case 'loading':
      return null
    case 'unavailable':
      return (
        <Banner tone="bad" title={<Trans>Your history cannot be shown.</Trans>}>
          <p><Trans>Tuppence cannot read your ledger, the record of your purchases. Nothing was deleted. The notice above says what is wrong.</Trans></p>
        </Banner>
      )
    case 'locked':
      return (
        <Banner tone="quiet" title={<Trans>No profile is open.</Trans>}>
          <p><Trans>Open yours to see what you bought.</Trans></p>
        </Banner>
      )
    case 'broken':
      return <BrokenScreen title={<Trans>Your history cannot be shown.</Trans>} onRetry={() => void load()} />
    case 'ok':
      return <Rows rows={history.lines} unverified={history.unverified} />
    case 'building':
      return null
    default:
      return assertNever(history)
  }
}

/** Every purchase whose money moved or may have moved. */
export function HistoryScreen() {
  const { t } = useLingui()
  const history = useFeature('history', (state) => state.history)
  const follow = useFeature('history', (state) => state.follow)
  useEffect(() => follow(), [follow])
  return (
    <section aria-label={t`History`}>
      <h1 className="visually-hidden"><Trans>History</Trans></h1>
      <HistoryContent history={history} />
    </section>
  )
}
