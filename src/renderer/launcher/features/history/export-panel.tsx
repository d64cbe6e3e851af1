import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { type ReactNode, type SyntheticEvent, useState } from 'react'
import type { ExportFormatChoice, ExportResult } from '../../../../contract/ipc/export.ts'
import type { HistoryQuestionView } from '../../../../contract/ipc/history.ts'
import { assertNever } from '../../../assert-never.ts'
import { Banner } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { FileProgress } from '../../../ui/file-progress.tsx'
import { OptionCards } from '../../../ui/option-cards.tsx'
import { fileProblemWords } from '../../../words/file-words.ts'
import { useFeature } from '../../app/stores.ts'
import styles from './export-panel.module.css'

const formats: readonly { readonly format: ExportFormatChoice; readonly name: string; readonly use: MessageDescriptor }[] = [
  { format: 'csv', name: 'CSV', use: msg`A table for LibreOffice, Excel and other spreadsheets` },
  { format: 'ofx', name: 'OFX', use: msg`A bank statement for GnuCash, KMyMoney and the like` },
  { format: 'hledger', name: 'hledger', use: msg`A journal for plain-text accounting with hledger` },
  { format: 'beancount', name: 'beancount', use: msg`A ledger for plain-text accounting with beancount` },
  { format: 'jsonl', name: 'JSON Lines', use: msg`Every detail, for programs of your own` },
]

interface ExportPanelProps {
  /** Null where all are exported. */
  readonly question: HistoryQuestionView | null
  readonly count: number
  readonly onClose: () => void
}

/** Chooses a format, follows the writing, and says how it ended. Where to is asked in a box of the system. */
export function ExportPanel(props: ExportPanelProps) {
  const { t } = useLingui()
  const view = useFeature('exporting', (state) => state.view)
  return (
    <section className={styles.panel} aria-label={t`Export`}>
      {view.kind === 'running' ? <Running {...view} /> : <Choice {...props} />}
      <div role="status">
        {view.kind === 'ended' && <Ended result={view.result} />}
        {view.kind === 'broken' && <NotExported><Trans>Something in Tuppence failed. No file was left behind.</Trans></NotExported>}
      </div>
    </section>
  )
}

function Choice({ question, count, onClose }: ExportPanelProps) {
  const { t } = useLingui()
  const start = useFeature('exporting', (state) => state.start)
  const [chosen, setChosen] = useState<ExportFormatChoice>('csv')
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    void start(chosen, question)
  }
  return (
    <form className={styles.form} onSubmit={submit}>
      <p className={styles.what}>
        {question === null
          ? <Plural value={count} one="Your one line is exported." other="All # lines of your history are exported." />
          : <Plural value={count} one="The one line that fits your search is exported." other="The # lines that fit your search are exported." />}
        {' '}
        <Trans>Every refund and chargeback is a line of its own.</Trans>
      </p>
      <OptionCards
        name="format"
        legend={<Trans>Format</Trans>}
        options={formats.map(({ format, name, use }) => ({ value: format, title: name, detail: t(use) }))}
        chosen={chosen}
        onChoose={setChosen}
      />
      <div className={styles.actions}>
        <Button type="submit" isDisabled={count === 0}><Trans>Choose where to…</Trans></Button>
        <Button look="quiet" onPress={onClose}><Trans>Close</Trans></Button>
      </div>
    </form>
  )
}

function Running({ progress, isCancelling }: { progress: { done: number; total: number } | null; isCancelling: boolean }) {
  const { t } = useLingui()
  const cancel = useFeature('exporting', (state) => state.cancel)
  return <FileProgress label={t`Export`} progress={progress} isCancelling={isCancelling} onCancel={() => void cancel()} />
}

function NotExported({ children }: { children: ReactNode }) {
  return <Banner tone="bad" title={<Trans>Nothing was exported.</Trans>}><p>{children}</p></Banner>
}

function Ended({ result }: { result: ExportResult }) {
  const { t } = useLingui()
  switch (result.kind) {
    case 'written':
      return (
        <Banner tone="good" title={<Trans>Exported to <bdi>{result.name}</bdi></Trans>}>
          <p><Plural value={result.lines} one="# line was written." other="# lines were written." /></p>
          {result.unverified && <p><Trans>Your ledger could not be checked, so compare the file with your bank statement before you rely on it.</Trans></p>}
        </Banner>
      )
    case 'cancelled':
      return <Banner tone="quiet" title={<Trans>Nothing was exported.</Trans>}><p><Trans>You cancelled it. No file was left behind.</Trans></p></Banner>
    case 'busy':
      return <NotExported><Trans>Another export is being made.</Trans></NotExported>
    case 'locked':
      return <NotExported><Trans>Your profile is not open any more. Open it and export again.</Trans></NotExported>
    case 'failed':
      return <NotExported>{t(fileProblemWords[result.problem])}</NotExported>
    default:
      return assertNever(result)
  }
}
