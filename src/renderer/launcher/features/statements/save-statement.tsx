import { Plural, Trans, useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import type { ExportResult } from '../../../../contract/ipc/export.ts'
import { assertNever } from '../../../assert-never.ts'
import { Banner } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { FileProgress } from '../../../ui/file-progress.tsx'
import { fileProblemWords } from '../../../words/file-words.ts'
import { useFeature } from '../../app/stores.ts'
import type { SavingView } from './statements-store.ts'
import styles from './statements-screen.module.css'

/** Saves what is chosen, follows the writing, and says how it ended. Where to is asked in a box of the system. */
export function SaveStatement() {
  const saving = useFeature('statements', (state) => state.saving)
  const save = useFeature('statements', (state) => state.save)
  return (
    <div className={styles.saving}>
      {saving.kind === 'running'
        ? <Running {...saving} />
        : (
          <div className={styles.actions}>
            <Button onPress={() => void save('pdf')}><Trans>Save as PDF…</Trans></Button>
            <Button onPress={() => void save('html')}><Trans>Save as web page…</Trans></Button>
          </div>
        )}
      <div role="status">
        {saving.kind === 'ended' && <Ended result={saving.result} />}
        {saving.kind === 'broken' && <NotSaved><Trans>Something in Tuppence failed. No file was left behind.</Trans></NotSaved>}
      </div>
    </div>
  )
}

function Running({ progress, isCancelling }: Extract<SavingView, { kind: 'running' }>) {
  const { t } = useLingui()
  const cancel = useFeature('statements', (state) => state.cancelSave)
  return <FileProgress label={t`Save the statement`} progress={progress} isCancelling={isCancelling} onCancel={() => void cancel()} />
}

function NotSaved({ children }: { children: ReactNode }) {
  return <Banner tone="bad" title={<Trans>Nothing was saved.</Trans>}><p>{children}</p></Banner>
}

function Ended({ result }: { result: ExportResult }) {
  const { t } = useLingui()
  switch (result.kind) {
    case 'written':
      return (
        <Banner tone="good" title={<Trans>Saved as <bdi>{result.name}</bdi></Trans>}>
          <p><Plural value={result.lines} one="# line is in it." other="# lines are in it." /></p>
          {result.unverified && <p><Trans>Your ledger could not be checked, and the statement says so.</Trans></p>}
        </Banner>
      )
    case 'cancelled':
      return <Banner tone="quiet" title={<Trans>Nothing was saved.</Trans>}><p><Trans>You cancelled it. No file was left behind.</Trans></p></Banner>
    case 'busy':
      return <NotSaved><Trans>Another statement is being saved.</Trans></NotSaved>
    case 'locked':
      return <NotSaved><Trans>Your profile is not open any more. Open it and save again.</Trans></NotSaved>
    case 'failed':
      return <NotSaved>{t(fileProblemWords[result.problem])}</NotSaved>
    default:
      return assertNever(result)
  }
}
