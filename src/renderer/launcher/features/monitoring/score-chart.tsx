import { Trans, useLingui } from '@lingui/react/macro'
import { CartesianGrid, Legend, Line, LineChart, ReferenceLine, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import type { MonitoringView, Scored } from '../../../../contract/ipc/monitoring.ts'
import type { Harm } from '../../../../contract/ipc/risk.ts'
import { useFormat } from '../../../i18n/format-context.ts'
import { quietText, tooltipStyle } from '../../../ui/chart-look.ts'
import table from '../../../ui/table.module.css'
import { harmWords } from '../../../words/monitoring-words.tsx'
import { BandMark } from './band-mark.tsx'
import styles from './monitoring-screen.module.css'

type View = Extract<MonitoringView, { kind: 'ok' }>

/** So many of the newest are drawn; more would be a smear. */
const mostDrawn = 120

const percent = (probability: number) => Math.round(probability * 100)
const isHarm = (key: unknown): key is Harm => key === 'takeover' || key === 'burst'

/** The same figures for whoever reads rather than looks. */
function ChartTable({ scored, isAlone }: { scored: readonly Scored[]; isAlone: boolean }) {
  const { t } = useLingui()
  const format = useFormat()
  return (
    <details className={styles.behind}>
      <summary><Trans>The chart as a table</Trans></summary>
      <div className={table.scroll}>
        <table className={table.table}>
          <thead>
            <tr>
              <th scope="col"><Trans>When</Trans></th>
              <th scope="col"><Trans>Item</Trans></th>
              <th scope="col" className={table.amount}>{t(harmWords.takeover)}</th>
              <th scope="col" className={table.amount}>{t(harmWords.burst)}</th>
              <th scope="col"><Trans>What followed</Trans></th>
            </tr>
          </thead>
          <tbody>
            {scored.toReversed().map((one) => (
              <tr key={one.purchaseId}>
                <td className={table.when}><time dateTime={one.at}>{format.dateTime(one.at)}</time></td>
                <th scope="row"><bdi>{one.item}</bdi></th>
                <td className={table.amount}>{percent(one.takeover)} %</td>
                <td className={table.amount}>{percent(one.burst)} %</td>
                <td><BandMark band={one.band} isAlone={isAlone} /></td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  )
}

/** From which score of each harm on something follows, for whoever looks. */
function thresholdLines({ levels, watch, of }: View): readonly { readonly harm: Harm; readonly value: number }[] {
  const own = watch.find(({ memberId }) => memberId === of) ?? watch[0]
  return (['takeover', 'burst'] as const).flatMap((harm) => {
    const numbers = levels.find(({ level }) => level === own?.[harm])?.[harm]
    return numbers ? [numbers.note, numbers.pause, numbers.alert].map((value) => ({ harm, value })) : []
  })
}

/** How each of the newest purchases was judged, in order; the places are equally far apart, because many come at once. */
export function ScoreChart({ view }: { view: View }) {
  const { t } = useLingui()
  const format = useFormat()
  const scored = view.scored.slice(0, mostDrawn).toReversed()
  const drawn = scored.map((one, index) => ({ index, takeover: percent(one.takeover), burst: percent(one.burst) }))
  const at = (index: unknown) => (typeof index === 'number' ? scored[index] : undefined)
  const label = (index: unknown) => {
    const one = at(index)
    return one ? `${one.item}, ${format.dateTime(one.at)}` : ''
  }
  return (
    <figure className={styles.chart} aria-label={t`How purchases were judged`}>
      <ResponsiveContainer width="100%" height={220}>
        <LineChart data={drawn} margin={{ top: 8, right: 8, bottom: 0, left: 0 }} accessibilityLayer>
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis dataKey="index" tickFormatter={(index: number) => (at(index) ? format.moment(at(index)?.at ?? '') : '')} tickLine={false} stroke="var(--line)" tick={quietText} minTickGap={48} />
          <YAxis width={60} domain={[0, 100]} tickFormatter={(value: number) => `${value} %`} tickLine={false} axisLine={false} tick={quietText} />
          {thresholdLines(view).map(({ harm, value }) => <ReferenceLine key={`${harm} ${value}`} y={value} stroke={`var(--chart-${harm})`} strokeOpacity={0.45} strokeDasharray={harm === 'takeover' ? '1 5' : '5 5'} />)}
          <Tooltip contentStyle={tooltipStyle} labelFormatter={label} formatter={(value, key) => [`${String(value)} %`, isHarm(key) ? t(harmWords[key]) : '']} isAnimationActive={false} />
          <Legend wrapperStyle={quietText} formatter={(key: unknown) => (isHarm(key) ? t(harmWords[key]) : '')} />
          <Line dataKey="takeover" stroke="var(--chart-takeover)" strokeWidth={2} dot={{ r: 3 }} legendType="circle" isAnimationActive={false} />
          <Line dataKey="burst" stroke="var(--chart-burst)" strokeWidth={2} strokeDasharray="6 3" dot={{ r: 3, strokeDasharray: '0' }} legendType="plainline" isAnimationActive={false} />
        </LineChart>
      </ResponsiveContainer>
      <p className={styles.quiet}><Trans>Three lines across for each, in its colour: from there on you are told something, there is a pause, and it is called clear. The numbers are below.</Trans></p>
      <ChartTable scored={scored} isAlone={view.of === null} />
    </figure>
  )
}
