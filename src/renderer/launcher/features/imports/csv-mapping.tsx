import { Trans, useLingui } from '@lingui/react/macro'
import { type ReactNode, useId } from 'react'
import type { CsvMappingView, ImportPreviewView } from '../../../../contract/ipc/imports.ts'
import { useFormat } from '../../../i18n/format-context.ts'
import { SelectField } from '../../../ui/select-field.tsx'
import table from '../../../ui/table.module.css'
import { useFeature } from '../../app/stores.ts'
import { useCurrencies } from '../household/use-currencies.ts'
import styles from './imports.module.css'

type Table = NonNullable<ImportPreviewView['table']>

interface FieldsProps {
  readonly mapping: CsvMappingView
  readonly columns: readonly string[]
  readonly onChange: (mapping: CsvMappingView) => void
}

/** Which column means what: guessed, and corrected here. What comes of it is shown at once. */
export function CsvMappingEditor({ table: { columns, sample, mapping }, isRereading }: { table: Table; isRereading: boolean }) {
  const id = useId()
  const remap = useFeature('imports', (state) => state.remap)
  const fields = { mapping, columns, onChange: (next: CsvMappingView) => void remap(next) }
  return (
    <section className={styles.panel} aria-labelledby={id} aria-busy={isRereading}>
      <h2 id={id}><Trans>Columns of the table</Trans></h2>
      <p className={styles.lead}><Trans>Tuppence has guessed which column means what. Correct it here where it is wrong; the file itself stays as it is.</Trans></p>
      <div className={styles.mapping}>
        <TextColumns {...fields} />
        <AmountColumns {...fields} />
        <Writing {...fields} />
      </div>
      <Sample columns={columns} sample={sample} mapping={mapping} />
    </section>
  )
}

/** Columns by their names, or their numbers where they have none. */
function useColumns(columns: readonly string[]) {
  const { t } = useLingui()
  return columns.map((name, index) => {
    const number = index + 1
    return { value: String(index), label: name.trim() === '' ? t`Column ${number}` : name }
  })
}

interface ColumnFieldProps<V extends number | null> {
  readonly label: string
  readonly value: V
  readonly columns: readonly string[]
  readonly onChange: (column: V) => void
}

function ColumnField({ label, value, columns, onChange }: ColumnFieldProps<number>) {
  return <SelectField label={label} value={String(value)} choices={useColumns(columns)} onChange={(column) => onChange(Number(column))} />
}

function OptionalColumnField({ label, value, columns, onChange }: ColumnFieldProps<number | null>) {
  const { t } = useLingui()
  const choices = [{ value: 'none', label: t`None` }, ...useColumns(columns)]
  return <SelectField label={label} value={value === null ? 'none' : String(value)} choices={choices} onChange={(column) => onChange(column === 'none' ? null : Number(column))} />
}

function TextColumns({ mapping, columns, onChange }: FieldsProps) {
  const { t } = useLingui()
  return (
    <>
      <ColumnField label={t`Date`} value={mapping.date} columns={columns} onChange={(date) => onChange({ ...mapping, date })} />
      <ColumnField label={t`Item`} value={mapping.item} columns={columns} onChange={(item) => onChange({ ...mapping, item })} />
      <OptionalColumnField label={t`Seller`} value={mapping.payee} columns={columns} onChange={(payee) => onChange({ ...mapping, payee })} />
      <OptionalColumnField label={t`Order number`} value={mapping.order} columns={columns} onChange={(order) => onChange({ ...mapping, order })} />
    </>
  )
}

type AmountWay = 'positive' | 'negative' | 'split'

function AmountColumns({ mapping, columns, onChange }: FieldsProps) {
  const { t } = useLingui()
  const { amount } = mapping
  const way: AmountWay = amount.kind === 'split' ? 'split' : amount.spendingIs
  const first = amount.kind === 'split' ? amount.debit : amount.column
  const change = (next: AmountWay) =>
    onChange({
      ...mapping,
      amount: next === 'split' ? { kind: 'split', debit: first, credit: Math.min(first + 1, columns.length - 1) } : { kind: 'signed', column: first, spendingIs: next },
    })
  const ways = [
    { value: 'positive' as const, label: t`One column` },
    { value: 'negative' as const, label: t`One column, minus is spent` },
    { value: 'split' as const, label: t`Two columns` },
  ]
  return (
    <>
      <SelectField label={t`Amounts`} value={way} choices={ways} onChange={change} />
      {amount.kind === 'signed' ? (
        <ColumnField label={t`Amount`} value={amount.column} columns={columns} onChange={(column) => onChange({ ...mapping, amount: { ...amount, column } })} />
      ) : (
        <>
          <ColumnField label={t`Spent`} value={amount.debit} columns={columns} onChange={(debit) => onChange({ ...mapping, amount: { ...amount, debit } })} />
          <ColumnField label={t`Came back`} value={amount.credit} columns={columns} onChange={(credit) => onChange({ ...mapping, amount: { ...amount, credit } })} />
        </>
      )}
    </>
  )
}

/** How numbers, days and currencies are written, and what stands between columns. */
function Writing({ mapping, columns, onChange }: FieldsProps) {
  const { t } = useLingui()
  const format = useFormat()
  const byColumn = useColumns(columns).map(({ value, label }) => ({ value: `column ${value}`, label: t`In column ${label}` }))
  const codes = useCurrencies().map((code) => ({ value: `code ${code}`, label: format.currencyName(code) }))
  const { currency } = mapping
  const chosen = 'column' in currency ? `column ${currency.column}` : `code ${currency.code}`
  const all = [...byColumn, ...codes]
  const choices = all.some(({ value }) => value === chosen) ? all : [...all, { value: chosen, label: 'code' in currency ? format.currencyName(currency.code) : '' }]
  return (
    <>
      <SelectField
        label={t`Currency`}
        value={chosen}
        choices={choices}
        onChange={(next) => {
          const [kind, rest = ''] = next.split(' ')
          onChange({ ...mapping, currency: kind === 'column' ? { column: Number(rest) } : { code: rest } })
        }}
      />
      <SelectField
        label={t`Order of the date`}
        value={mapping.dateOrder}
        choices={[{ value: 'iso', label: t`Year first` }, { value: 'dayFirst', label: t`Day first` }, { value: 'monthFirst', label: t`Month first` }]}
        onChange={(dateOrder) => onChange({ ...mapping, dateOrder })}
      />
      <SelectField
        label={t`Decimal mark`}
        value={mapping.decimal}
        choices={[{ value: '.', label: t`Point (4.99)` }, { value: ',', label: t`Comma (4,99)` }]}
        onChange={(decimal) => onChange({ ...mapping, decimal })}
      />
      <SelectField
        label={t`Separator`}
        value={mapping.delimiter}
        choices={[{ value: ',', label: t`Comma` }, { value: ';', label: t`Semicolon` }, { value: '\t', label: t`Tab` }, { value: '|', label: t`Vertical bar` }]}
        onChange={(delimiter) => onChange({ ...mapping, delimiter })}
      />
    </>
  )
}

function Sample({ columns, sample, mapping }: Pick<Table, 'columns' | 'sample' | 'mapping'>) {
  const { t } = useLingui()
  const named = useColumns(columns)
  const { amount, currency } = mapping
  const means = new Map<number, ReactNode>([
    [mapping.date, t`Date`],
    [mapping.item, t`Item`],
    ...(mapping.payee === null ? [] : [[mapping.payee, t`Seller`] as const]),
    ...(mapping.order === null ? [] : [[mapping.order, t`Order number`] as const]),
    ...(amount.kind === 'signed' ? [[amount.column, t`Amount`] as const] : [[amount.debit, t`Spent`] as const, [amount.credit, t`Came back`] as const]),
    ...('column' in currency ? [[currency.column, t`Currency`] as const] : []),
  ])
  return (
    <div className={table.scroll} role="region" aria-label={t`Rows as they are in the file`} tabIndex={0}>
      <table className={table.table}>
        <thead>
          <tr>
            {named.map(({ value, label }, index) => (
              <th key={value} scope="col" className={means.has(index) ? styles.used : undefined}>
                <bdi>{label}</bdi>
                {means.has(index) && <><br /><strong className={styles.meaning}>{means.get(index)}</strong></>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sample.map((row, index) => (
            <tr key={index}>{named.map(({ value }, column) => <td key={value} className={means.has(column) ? styles.used : styles.text}><bdi>{row[column] ?? ''}</bdi></td>)}</tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
