import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { ImportedView } from '../../../../contract/ipc/imports.ts'
import { assertNever } from '../../../assert-never.ts'
import { Banner } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { useFeature } from '../../app/stores.ts'
import styles from './imports.module.css'
import type { Looking } from './imports-store.ts'
import { UndoButton } from './undo-import.tsx'

type Problem = Extract<ImportedView, { kind: 'failed' }>['problem']
type There = Extract<ImportedView, { kind: 'failed' }>['there']

export const writeProblemWords: Record<Problem, MessageDescriptor> = {
  keychainUnavailable: msg`The keychain does not answer, so nothing can be written. Unlock it, then go on.`,
  ledgerUnavailable: msg`Your ledger takes no entries now. The notice above says what is wrong.`,
  diskFull: msg`The disk is full. Make room, then go on.`,
}

/** How the import ended, and what can be done next. */
export function ImportResult({ result, back }: { result: ImportedView; back: Looking }) {
  const { t } = useLingui()
  const startOver = useFeature('imports', (state) => state.startOver)
  const goBack = useFeature('imports', (state) => state.goBack)
  const isLeft = result.kind === 'cancelled' || result.kind === 'failed' || result.kind === 'busy' || result.kind === 'notAllowed'
  return (
    <section className={styles.stage} aria-label={t`How the import ended`}>
      <div role="status"><Ended result={result} back={back} /></div>
      <div className={styles.actions}>
        {isLeft && <Button onPress={goBack}><Trans>Back to the file</Trans></Button>}
        <Button look={isLeft ? 'quiet' : 'plain'} onPress={() => void startOver()}><Trans>Import another file</Trans></Button>
      </div>
    </section>
  )
}

function Ended({ result, back }: { result: ImportedView; back: Looking }) {
  const { t } = useLingui()
  switch (result.kind) {
    case 'written':
      return (
        <Banner
          tone="good"
          title={<Plural value={result.rows} one="# row was imported." other="# rows were imported." />}
          actions={<UndoButton importId={result.importId} rows={result.rows} counts={back.counts} />}
        >
          <p><Link className={styles.link} href={`/history?source=${result.source}`}><Trans>See them in your history</Trans></Link></p>
        </Banner>
      )
    case 'cancelled':
      return <CutShort there={result.there} counts={back.counts} title={<Trans>You cancelled the import.</Trans>} />
    case 'failed':
      return <CutShort there={result.there} counts={back.counts} title={<Trans>The import could not be finished.</Trans>}><p>{t(writeProblemWords[result.problem])}</p></CutShort>
    case 'locked':
      return <CutShort there={result.there} counts={back.counts} title={<Trans>Your profile is not open any more.</Trans>}><p><Trans>Open it and choose the file again.</Trans></p></CutShort>
    case 'nothingNew':
      return <Banner tone="quiet" title={<Trans>There is nothing new in this file.</Trans>}><p><Trans>All of it is in your history already.</Trans></p></Banner>
    case 'busy':
      return <Banner tone="quiet" title={<Trans>Another file is being imported.</Trans>}><p><Trans>Wait until that is done. Nothing of this one was imported.</Trans></p></Banner>
    case 'gone':
      return <Banner tone="quiet" title={<Trans>The file is not open any more.</Trans>}><p><Trans>Choose it again. Nothing was imported.</Trans></p></Banner>
    case 'notAllowed':
      return <Banner tone="bad" title={<Trans>That is not yours to import.</Trans>}><p><Trans>Everybody imports for themselves, and a guardian for everybody.</Trans></p></Banner>
    default:
      return assertNever(result)
  }
}

/** What is in stays in: the rest comes with the same file, or all of it goes. */
function CutShort({ there, counts, title, children }: { there: There; counts: boolean; title: ReactNode; children?: ReactNode }) {
  if (!there) return <Banner tone="quiet" title={title}>{children}<p><Trans>Nothing was imported.</Trans></p></Banner>
  return (
    <Banner tone="open" title={title} actions={<UndoButton importId={there.importId} rows={there.rows} counts={counts} />}>
      {children}
      <p>
        <Plural value={there.rows} one="# row is in your history." other="# rows are in your history." />{' '}
        <Trans>Import the same file again to add the rest, or undo what is in.</Trans>
      </p>
    </Banner>
  )
}
