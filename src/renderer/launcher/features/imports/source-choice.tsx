import { Trans, useLingui } from '@lingui/react/macro'
import { type SyntheticEvent, useState } from 'react'
import type { ImportSourceView } from '../../../../contract/ipc/imports.ts'
import { Banner } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { OptionCards } from '../../../ui/option-cards.tsx'
import { useFeature } from '../../app/stores.ts'
import { readProblemWords, sourceHelp, sourceNames } from './import-words.ts'
import styles from './imports.module.css'
import type { ReadProblem } from './imports-store.ts'

const sources = Object.keys(sourceNames) as ImportSourceView[]

/** Where the file is from. Which file it is, is asked in a box of the system. */
export function SourceChoice({ problem }: { problem: ReadProblem | null }) {
  const { t } = useLingui()
  const choose = useFeature('imports', (state) => state.choose)
  const [chosen, setChosen] = useState<ImportSourceView | 'unknown'>('unknown')
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    void choose(chosen === 'unknown' ? null : chosen)
  }
  const options = [
    {
      value: 'unknown' as const,
      title: t`I do not know`,
      detail: <Lines first={t`Choose the file, and Tuppence looks what it is.`} second={t`You see what is in it before anything is imported.`} />,
    },
    ...sources.map((source) => {
      const [first, second] = sourceHelp[source]
      return { value: source, title: t(sourceNames[source]), detail: <Lines first={t(first)} second={t(second)} /> }
    }),
  ]
  return (
    <form className={styles.stage} onSubmit={submit}>
      <p className={styles.lead}>
        <Trans>
          Bring in what you bought in other stores, so that one history and one limit can span them all. The file is read on this computer, and
          nothing of it leaves it. You can undo an import at any time.
        </Trans>
      </p>
      <div role="status">{problem && <ReadProblemBanner problem={problem} />}</div>
      <div className={styles.sources}>
        <OptionCards name="source" legend={<Trans>Where is the file from?</Trans>} options={options} chosen={chosen} onChoose={setChosen} />
      </div>
      <div className={styles.actions}>
        <Button type="submit"><Trans>Choose a file…</Trans></Button>
      </div>
    </form>
  )
}

function Lines({ first, second }: { first: string; second: string }) {
  return <>{first}<br />{second}</>
}

/** What is wrong, and what to do about it. */
export function ReadProblemBanner({ problem }: { problem: ReadProblem }) {
  const { t } = useLingui()
  switch (problem.kind) {
    case 'busy':
      return <Banner tone="quiet" title={<Trans>Another file is being imported.</Trans>}><p><Trans>Wait until that is done, then choose this one again.</Trans></p></Banner>
    case 'locked':
      return <Banner tone="quiet" title={<Trans>Your profile is not open any more.</Trans>}><p><Trans>Open it and choose the file again. Nothing was imported.</Trans></p></Banner>
    case 'gone':
      return <Banner tone="quiet" title={<Trans>The file is not open any more.</Trans>}><p><Trans>Choose it again. Nothing was imported.</Trans></p></Banner>
    case 'failed': {
      const { what, next } = readProblemWords[problem.problem]
      return (
        <Banner tone="bad" title={<>{problem.fileName !== null && <><bdi>{problem.fileName}</bdi>{': '}</>}{t(what)}</>}>
          <p>{t(next)}</p>
        </Banner>
      )
    }
  }
}
