import { Plural, Trans, useLingui } from '@lingui/react/macro'
import type { ImportPreviewView } from '../../../../contract/ipc/imports.ts'
import { useFormat } from '../../../i18n/format-context.ts'
import { Banner } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { SelectField } from '../../../ui/select-field.tsx'
import { useFeature } from '../../app/stores.ts'
import { CountsChoice } from './counts-choice.tsx'
import { CsvMappingEditor } from './csv-mapping.tsx'
import { sourceNames } from './import-words.ts'
import styles from './imports.module.css'
import type { Looking } from './imports-store.ts'
import { BadRows, GoodRows } from './row-tables.tsx'
import { ReadProblemBanner } from './source-choice.tsx'

/** Everything that there is to know of an import before anything is written. */
export function ImportPreview({ stage }: { stage: Looking }) {
  const { t } = useLingui()
  const { preview, isRereading, problem } = stage
  const commit = useFeature('imports', (state) => state.commit)
  const startOver = useFeature('imports', (state) => state.startOver)
  const { rows, bad, table, fileName } = preview
  return (
    <div className={styles.stage}>
      <section className={styles.panel} aria-label={t`What is in the file`}>
        <h2 className={styles.title}><bdi>{fileName}</bdi></h2>
        <div role="status">
          {problem && <ReadProblemBanner problem={problem} />}
          {!problem && <Verdict preview={preview} isRereading={isRereading} />}
        </div>
        <Figures preview={preview} />
      </section>
      {table && <CsvMappingEditor table={table} isRereading={isRereading} />}
      {stage.rows.length > 0 && <GoodRows rows={stage.rows} total={preview.rows + preview.known} />}
      {bad.count > 0 && <BadRows bad={bad} />}
      {rows > 0 && (
        <section className={styles.panel} aria-label={t`How it is imported`}>
          <Whose stage={stage} />
          <CountsChoice stage={stage} />
        </section>
      )}
      <div className={styles.actions}>
        {rows > 0 && (
          <Button look="answer" isDisabled={isRereading} onPress={() => void commit()}>
            <Plural value={rows} one="Import # row" other="Import # rows" />
          </Button>
        )}
        <Button look={rows > 0 ? 'quiet' : 'plain'} onPress={() => void startOver()}><Trans>Choose another file</Trans></Button>
      </div>
    </div>
  )
}

/** In one line, what will come of it. */
function Verdict({ preview: { rows, known, bad, table }, isRereading }: { preview: ImportPreviewView; isRereading: boolean }) {
  if (isRereading) return <p><Trans>The file is being read with these columns…</Trans></p>
  if (rows > 0) {
    return (
      <Banner tone="good" title={<Plural value={rows} one="# row can go in." other="# rows can go in." />}>
        <p><Trans>Nothing has been imported yet.</Trans></p>
      </Banner>
    )
  }
  if (known > 0) {
    return (
      <Banner tone="quiet" title={<Trans>There is nothing new in this file.</Trans>}>
        <p><Plural value={known} one="Its # row is in your history already." other="All its # rows are in your history already." /></p>
      </Banner>
    )
  }
  return (
    <Banner tone="bad" title={bad.count > 0 ? <Trans>No row of this file can go in.</Trans> : <Trans>There are no purchases in this file.</Trans>}>
      <p>{table ? <Trans>Look whether the columns below are the right ones.</Trans> : <Trans>Below is why, row by row. Choose another file if this is not the one you meant.</Trans>}</p>
    </Banner>
  )
}

function Figures({ preview }: { preview: ImportPreviewView }) {
  const { t } = useLingui()
  const format = useFormat()
  const { source, rows, known, bad, totals, from, to } = preview
  return (
    <dl className={styles.figures}>
      <div><dt><Trans>Read as</Trans></dt><dd><span>{t(sourceNames[source])}</span></dd></div>
      <div><dt><Trans>Goes in</Trans></dt><dd><span>{format.count(rows)}</span></dd></div>
      <div><dt><Trans>Is there already</Trans></dt><dd><span>{format.count(known)}</span></dd></div>
      <div><dt><Trans>Cannot go in</Trans></dt><dd><span>{format.count(bad.count)}</span></dd></div>
      {totals.length > 0 && (
        <div>
          <dt><Trans>Spent</Trans></dt>
          <dd>{totals.map(({ debit }) => <span key={debit.currency}>{format.money(debit)}</span>)}</dd>
        </div>
      )}
      {totals.some(({ credit }) => credit.amount !== '0') && (
        <div>
          <dt><Trans>Came back</Trans></dt>
          <dd>{totals.filter(({ credit }) => credit.amount !== '0').map(({ credit }) => <span key={credit.currency}>{format.money(credit)}</span>)}</dd>
        </div>
      )}
      {from !== null && to !== null && (
        <div>
          <dt><Trans>Period</Trans></dt>
          <dd><span>{from === to ? format.day(from) : `${format.day(from)} – ${format.day(to)}`}</span></dd>
        </div>
      )}
    </dl>
  )
}

/** A guardian says who bought it; for everybody else that is themselves. */
function Whose({ stage: { preview, memberId } }: { stage: Looking }) {
  const { t } = useLingui()
  const decide = useFeature('imports', (state) => state.decide)
  if (preview.people.length < 2 || memberId === null) return null
  const choices = preview.people.flatMap((person) => (person.memberId === null ? [] : [{ value: person.memberId, label: person.name ?? t`Somebody` }]))
  return (
    <div className={styles.whose}>
      <SelectField label={t`Who bought it`} value={memberId} choices={choices} onChange={(next) => decide({ memberId: next })} />
    </div>
  )
}
