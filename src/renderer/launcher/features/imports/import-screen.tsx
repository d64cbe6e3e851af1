import { Trans, useLingui } from '@lingui/react/macro'
import { useEffect, useRef } from 'react'
import { assertNever } from '../../../assert-never.ts'
import { Banner } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { useFeature } from '../../app/stores.ts'
import { EarlierImports } from './earlier-imports.tsx'
import { ImportPreview } from './import-preview.tsx'
import { ImportProgress } from './import-progress.tsx'
import { ImportResult } from './import-result.tsx'
import styles from './imports.module.css'
import type { ImportStage } from './imports-store.ts'
import { SourceChoice } from './source-choice.tsx'

/** Brings in what was bought elsewhere: from where, what would come of it, how far it is, how it ended. */
export function ImportScreen() {
  const { t } = useLingui()
  const stage = useFeature('imports', (state) => state.stage)
  const follow = useFeature('imports', (state) => state.follow)
  const here = useRef<HTMLDivElement>(null)
  useEffect(() => follow(), [follow])
  const { kind } = stage
  const before = useRef(kind)
  useEffect(() => {
    // What had the focus is gone with the step before.
    if (before.current !== kind) here.current?.focus()
    before.current = kind
  }, [kind])
  return (
    <section className={styles.page} aria-label={t`Import`}>
      <h1 className="visually-hidden"><Trans>Import</Trans></h1>
      <div ref={here} tabIndex={-1}><Stage stage={stage} /></div>
      {(kind === 'choosing' || kind === 'ended') && <EarlierImports />}
    </section>
  )
}

function Stage({ stage }: { stage: ImportStage }) {
  switch (stage.kind) {
    case 'choosing':
      return <SourceChoice problem={stage.problem} />
    case 'reading':
      return <ImportProgress isWriting={false} progress={stage.progress} isCancelling={stage.isCancelling} />
    case 'looking':
      return <ImportPreview stage={stage} />
    case 'writing':
      return <ImportProgress isWriting progress={stage.progress} isCancelling={stage.isCancelling} />
    case 'ended':
      return <ImportResult result={stage.result} back={stage.back} />
    case 'broken':
      return <Broken />
    default:
      return assertNever(stage)
  }
}

function Broken() {
  const startOver = useFeature('imports', (state) => state.startOver)
  return (
    <Banner tone="bad" title={<Trans>The import was broken off.</Trans>} actions={<Button onPress={() => void startOver()}><Trans>Start again</Trans></Button>}>
      <p><Trans>Something in Tuppence failed. What is in is listed under earlier imports, and the same file completes it.</Trans></p>
    </Banner>
  )
}
