import { Trans, useLingui } from '@lingui/react/macro'
import { Bar, BarChart, CartesianGrid, Legend, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import { useFormat } from '../../../i18n/format-context.ts'
import { toDecimal } from '../../../i18n/format.ts'
import { quietText, tooltipStyle } from '../../../ui/chart-look.ts'
import table from '../../../ui/table.module.css'
import { type Insight, isNothing } from './insight-figures.ts'
import styles from './insight-screen.module.css'
import { usePeriodName } from './period-words.ts'

/** A bucket of this period and the one at the same place in the period before, if that is as long. */
function rowsOf({ buckets, bucketsBefore }: Insight) {
  return buckets.map((bucket, index) => ({ ...bucket, before: bucketsBefore[index] ?? null }))
}

type Row = ReturnType<typeof rowsOf>[number]

function useBucketName(unit: Insight['unit']) {
  const format = useFormat()
  return {
    short: (key: string) => (unit === 'year' ? format.monthShort(`${key}-01`) : unit === 'week' ? format.dayShort(key) : String(Number(key.slice(8)))),
    long: (key: string) => (unit === 'year' ? format.month(`${key}-01`) : format.day(key)),
  }
}

/** The same figures for whoever reads rather than looks. */
function ChartTable({ rows, insight }: { rows: readonly Row[]; insight: Insight }) {
  const format = useFormat()
  const name = usePeriodName()
  const bucketName = useBucketName(insight.unit)
  const hasCredit = rows.some(({ credit }) => !isNothing(credit))
  return (
    <details className={styles.behind}>
      <summary><Trans>The chart as a table</Trans></summary>
      <div className={table.scroll}>
        <table className={table.table}>
          <thead>
            <tr>
              <th scope="col">{insight.unit === 'year' ? <Trans>Month</Trans> : <Trans>Day</Trans>}</th>
              <th scope="col" className={table.amount}><Trans>Spent</Trans></th>
              {hasCredit && <th scope="col" className={table.amount}><Trans>Came back</Trans></th>}
              <th scope="col" className={table.amount}>{name(insight.unit, insight.before)}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ key, debit, credit, before }) => (
              <tr key={key}>
                <th scope="row">{bucketName.long(key)}</th>
                <td className={table.amount}>{format.money(debit)}</td>
                {hasCredit && <td className={table.amount}>{format.money(credit)}</td>}
                <td className={table.amount}>{before ? format.money(before.debit) : '–'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  )
}

/** What the bars and the tooltip are called and say, from the exact amounts. */
function useChartWords(insight: Insight, rows: readonly Row[]) {
  const format = useFormat()
  const name = usePeriodName()
  const bucketName = useBucketName(insight.unit)
  const nothing = { ...insight.totals.debit, amount: '0' }
  const series = (of: unknown) => (of === 'now' ? name(insight.unit, insight.period) : name(insight.unit, insight.before))
  return {
    series,
    tick: (value: number) => format.amountRough(value, insight.totals.debit.currency),
    bucket: (key: unknown) => (typeof key === 'string' ? bucketName.long(key) : ''),
    amount(key: unknown, of: unknown): string {
      const row = rows.find((one) => one.key === key)
      return format.money((of === 'now' ? row?.debit : row?.before?.debit) ?? nothing)
    },
  }
}

const rounded: [number, number, number, number] = [2, 2, 0, 0]

/** Bars for each day or month, beside those of the period before. Numbers are for drawing alone: what is read comes from the exact amounts. */
export function SpendingChart({ insight }: { insight: Insight }) {
  const { t } = useLingui()
  const rows = rowsOf(insight)
  const words = useChartWords(insight, rows)
  const bucketName = useBucketName(insight.unit)
  const drawn = rows.map(({ key, debit, before }) => ({ key, now: Number(toDecimal(debit)), before: before ? Number(toDecimal(before.debit)) : 0 }))
  return (
    <figure className={styles.chart} aria-label={t`Spending over time`}>
      <ResponsiveContainer width="100%" height={240}>
        <BarChart data={drawn} margin={{ top: 8, right: 4, bottom: 0, left: 0 }} barGap={1} accessibilityLayer>
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis dataKey="key" tickFormatter={bucketName.short} tickLine={false} stroke="var(--line)" tick={quietText} minTickGap={4} />
          <YAxis width={64} tickFormatter={words.tick} tickLine={false} axisLine={false} tick={quietText} />
          <Tooltip
            cursor={{ fill: 'var(--surface-hover)' }}
            contentStyle={tooltipStyle}
            labelFormatter={words.bucket}
            formatter={(_, of, { payload }: { payload?: { key?: string } }) => [words.amount(payload?.key, of), words.series(of)]}
            isAnimationActive={false}
          />
          <Legend wrapperStyle={quietText} formatter={words.series} />
          <Bar dataKey="before" fill="var(--chart-before)" stroke="var(--line-strong)" isAnimationActive={false} radius={rounded} />
          <Bar dataKey="now" fill="var(--chart-now)" isAnimationActive={false} radius={rounded} />
        </BarChart>
      </ResponsiveContainer>
      <ChartTable rows={rows} insight={insight} />
    </figure>
  )
}
