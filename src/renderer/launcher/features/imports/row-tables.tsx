import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useId } from 'react'
import type { ImportPreviewView, ImportRowsView } from '../../../../contract/ipc/imports.ts'
import { useFormat } from '../../../i18n/format-context.ts'
import { Button } from '../../../ui/button.tsx'
import table from '../../../ui/table.module.css'
import { useFeature } from '../../app/stores.ts'
import { badRowWords } from './import-words.ts'
import styles from './imports.module.css'

type Rows = Extract<ImportRowsView, { kind: 'ok' }>['rows']

/** What can go in, in the order of the file, a page at a time. */
export function GoodRows({ rows, total }: { rows: Rows; total: number }) {
  const { t } = useLingui()
  const format = useFormat()
  const id = useId()
  const showMore = useFeature('imports', (state) => state.showMore)
  return (
    <section className={styles.part} aria-labelledby={id}>
      <h2 id={id} className={styles.head}><Trans>What it looks like</Trans></h2>
      <div className={`${table.scroll} ${styles.list}`} role="region" aria-label={t`Rows of the file`} tabIndex={0}>
        <table className={table.table}>
          <thead>
            <tr>
              <th scope="col"><Trans>When</Trans></th>
              <th scope="col"><Trans>Item</Trans></th>
              <th scope="col"><Trans>Seller</Trans></th>
              <th scope="col" className={table.amount}><Trans>Amount</Trans></th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ n, kind, at, item, payee, amount, isKnown }) => (
              <tr key={n} className={isKnown ? styles.known : undefined}>
                <td className={table.when}><time dateTime={at}>{format.dateTime(at)}</time></td>
                <th scope="row" className={styles.name}>
                  <bdi>{item}</bdi>
                  {isKnown && <> · <Trans>is there already</Trans></>}
                </th>
                <td className={styles.name}><bdi>{payee}</bdi></td>
                <td className={table.amount}>{kind === 'refund' && <><Trans>Refund</Trans>{' '}</>}{format.money(amount)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {rows.length < total && (
        <div className={styles.actions}>
          <Button onPress={() => void showMore()}><Trans>Show more rows</Trans></Button>
        </div>
      )}
    </section>
  )
}

/** Which rows stay out, and why, so that they can be found in the file. */
export function BadRows({ bad }: { bad: ImportPreviewView['bad'] }) {
  const { t } = useLingui()
  const format = useFormat()
  const id = useId()
  const shown = format.count(bad.first.length)
  return (
    <section className={styles.part} aria-labelledby={id}>
      <h2 id={id} className={styles.head}><Plural value={bad.count} one="# row cannot go in" other="# rows cannot go in" /></h2>
      <p className={styles.lead}>
        <Trans>The others can all the same. Nothing of these is needed for the sums above.</Trans>
        {bad.first.length < bad.count && <>{' '}<Trans>The first {shown} are shown.</Trans></>}
      </p>
      <div className={`${table.scroll} ${styles.list}`} role="region" aria-label={t`Rows that cannot go in`} tabIndex={0}>
        <table className={table.table}>
          <thead>
            <tr>
              <th scope="col" className={table.amount}><Trans>Row</Trans></th>
              <th scope="col"><Trans>Why</Trans></th>
              <th scope="col"><Trans>How it begins</Trans></th>
            </tr>
          </thead>
          <tbody>
            {bad.first.map(({ n, reason, text }, index) => (
              <tr key={`${n} ${index}`}>
                <td className={table.amount}>{format.count(n)}</td>
                <th scope="row" className={styles.name}>{t(badRowWords[reason])}</th>
                <td className={styles.text}><bdi>{text}</bdi></td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
