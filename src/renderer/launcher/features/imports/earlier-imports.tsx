import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useId } from 'react'
import type { KnownImportView } from '../../../../contract/ipc/imports.ts'
import { assertNever } from '../../../assert-never.ts'
import { useFormat } from '../../../i18n/format-context.ts'
import { Banner } from '../../../ui/banner.tsx'
import { useFeature } from '../../app/stores.ts'
import { writeProblemWords } from './import-result.tsx'
import { sourceNames } from './import-words.ts'
import styles from './imports.module.css'
import { UndoButton } from './undo-import.tsx'

/** Everything that was imported, as far as whose profile is open may see it. */
export function EarlierImports() {
  const id = useId()
  const list = useFeature('imports', (state) => state.list)
  if (list.kind === 'unavailable' || list.kind === 'broken') {
    return <Banner tone="bad" title={<Trans>Earlier imports cannot be shown.</Trans>}><p><Trans>Nothing was deleted. Go to another screen and come back to try again.</Trans></p></Banner>
  }
  if (list.kind !== 'ok' || list.imports.length === 0) return null
  return (
    <section className={styles.part} aria-labelledby={id}>
      <h2 id={id} className={styles.head}><Trans>Earlier imports</Trans></h2>
      <div role="status"><UndoResult /></div>
      <ul className={styles.imports}>{list.imports.map((one) => <EarlierImport key={one.importId} one={one} />)}</ul>
    </section>
  )
}

function EarlierImport({ one }: { one: KnownImportView }) {
  const { t } = useLingui()
  const format = useFormat()
  const { importId, source, fileName, at, who, counts, rows, partsThere, parts, undoneAt } = one
  const when = undoneAt === null ? '' : format.dateTime(undoneAt)
  return (
    <li className={styles.import}>
      <div className={styles.importHead}>
        <h3><bdi>{fileName}</bdi></h3>
        <time className={styles.quiet} dateTime={at}>{format.dateTime(at)}</time>
      </div>
      <p className={styles.quiet}>
        {t(sourceNames[source])} · <Plural value={rows} one="# row" other="# rows" />
        {who !== null && <> · <bdi>{who}</bdi></>}
        {' · '}
        {counts ? <Trans>counts towards limits</Trans> : <Trans>does not count towards limits</Trans>}
      </p>
      {undoneAt === null && partsThere < parts && <p><Trans>It was cut short. Import the same file again to add the rest.</Trans></p>}
      {undoneAt === null ? <div><UndoButton importId={importId} rows={rows} counts={counts} /></div> : <p className={styles.quiet}><Trans>Undone on {when}</Trans></p>}
    </li>
  )
}

const undoWords: Record<'gone' | 'busy' | 'locked' | 'notAllowed' | 'broken', MessageDescriptor> = {
  gone: msg`It was undone already.`,
  busy: msg`A file is being read or imported. Wait until that is done, then try again.`,
  locked: msg`Your profile is not open any more. Open it and try again.`,
  notAllowed: msg`Everybody undoes their own imports, and a guardian everybody’s.`,
  broken: msg`Something in Tuppence failed. Try again.`,
}

function UndoResult() {
  const { t } = useLingui()
  const undone = useFeature('imports', (state) => state.undone)
  if (!undone) return null
  const { result } = undone
  switch (result.kind) {
    case 'done':
      return <Banner tone="good" title={<Trans>The import was undone.</Trans>} />
    case 'failed':
      return <Banner tone="bad" title={<Trans>The import was not undone.</Trans>}><p>{t(writeProblemWords[result.problem])}</p></Banner>
    case 'gone':
    case 'busy':
    case 'locked':
    case 'notAllowed':
    case 'broken':
      return <Banner tone="bad" title={<Trans>The import was not undone.</Trans>}><p>{t(undoWords[result.kind])}</p></Banner>
    default:
      return assertNever(result)
  }
}
