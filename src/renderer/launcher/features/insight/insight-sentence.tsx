import { Trans } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { useFormat } from '../../../i18n/format-context.ts'
import { type Insight, isNothing, minus, size } from './insight-figures.ts'
import styles from './insight-screen.module.css'
import { usePeriodName } from './period-words.ts'

/** Whether days of the period are still to come. */
const isRunning = ({ period, today }: Insight): boolean => period.from <= today && today < period.to

function Spent({ insight }: { insight: Insight }) {
  const amount = <strong>{useFormat().money(insight.totals.debit)}</strong>
  const name = usePeriodName()(insight.unit, insight.period)
  if (insight.totals.lines === 0) return <Trans>Nothing was bought in {name}.</Trans>
  if (!isRunning(insight)) return <Trans>{amount} spent in {name}.</Trans>
  switch (insight.unit) {
    case 'week':
      return <Trans>{amount} so far this week.</Trans>
    case 'month':
      return <Trans>{amount} so far this month.</Trans>
    case 'year':
      return <Trans>{amount} so far this year.</Trans>
  }
}

/** What has just begun is held against as many days, what is over against all of it. */
function Compared({ insight }: { insight: Insight }) {
  const format = useFormat()
  const before = usePeriodName()(insight.unit, insight.before)
  const was = insight.totalsBeforeSoFar.debit
  const change = minus(insight.totals.debit, was)
  const by = format.money(size(change))
  if (insight.totalsBefore.lines === 0) return null
  if (!isRunning(insight)) {
    if (isNothing(change)) return <Trans>As much as in {before}.</Trans>
    return change.amount.startsWith('-') ? <Trans>That is {by} less than in {before}.</Trans> : <Trans>That is {by} more than in {before}.</Trans>
  }
  const whole = format.money(insight.totalsBefore.debit)
  if (isNothing(change)) return <Trans>As much as at this point of {before}, which came to {whole} in the end.</Trans>
  return change.amount.startsWith('-')
    ? <Trans>That is {by} less than at this point of {before}, which came to {whole} in the end.</Trans>
    : <Trans>That is {by} more than at this point of {before}, which came to {whole} in the end.</Trans>
}

function Most({ insight }: { insight: Insight }) {
  const format = useFormat()
  const [first] = insight.sellers
  if (!first || isNothing(first.debit)) return null
  const payee = <bdi>{first.payee}</bdi>
  if (first.debit.amount === insight.totals.debit.amount) return <Trans>All of it at {payee}.</Trans>
  return <Trans>Most of it at {payee}: {format.money(first.debit)}.</Trans>
}

function Back({ insight: { totals } }: { insight: Insight }): ReactNode {
  const format = useFormat()
  return (
    <>
      {!isNothing(totals.credit) && <p><Trans>{format.money(totals.credit)} came back by refunds and chargebacks. It is not taken off what was spent.</Trans></p>}
      {!isNothing(totals.pending) && <p><Trans>{format.money(totals.pending)} is still being checked and not counted here.</Trans></p>}
    </>
  )
}

/** The figures in a sentence or two. */
export function InsightSentence({ insight }: { insight: Insight }) {
  return (
    <div className={styles.sentence}>
      <p id="insight-sentence" className={styles.spent}><Spent insight={insight} /></p>
      <p><Compared insight={insight} /> <Most insight={insight} /></p>
      <Back insight={insight} />
    </div>
  )
}
