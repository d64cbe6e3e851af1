import { Trans, useLingui } from '@lingui/react/macro'
import type { Moment } from '../../../../contract/ipc/purchase-detail.ts'
import { useFormat } from '../../../i18n/format-context.ts'
import { MomentText } from './moment-words.tsx'
import styles from './purchase-detail.module.css'

type MoneyMoment = Extract<Moment, { lineId: string }>

const isMoney = (moment: Moment): moment is MoneyMoment => 'lineId' in moment

const anchorOf = (lineId: string) => `line-${lineId}`

function goTo(lineId: string): void {
  const target = document.getElementById(anchorOf(lineId))
  target?.scrollIntoView({ block: 'nearest' })
  target?.focus({ preventScroll: true })
}

/** The address after `#` is the router’s, so that a button leads to the place. */
function LineLink({ line, label }: { line: MoneyMoment; label: string }) {
  return <button type="button" className={styles.lineLink} onClick={() => goTo(line.lineId)}>{label}</button>
}

/** Of a charge, what came back of it; of that, the charge: each leads to all the others. */
function Related({ moment, all }: { moment: MoneyMoment; all: readonly MoneyMoment[] }) {
  const { t } = useLingui()
  const format = useFormat()
  const others = moment.kind === 'charged' ? all.filter(({ kind }) => kind !== 'charged') : all.filter(({ kind }) => kind === 'charged')
  const label = ({ kind, amount, at }: MoneyMoment) => {
    const [money, when] = [format.money(amount), format.dateTime(at)]
    switch (kind) {
      case 'charged':
        return t`Of the charge of ${money}, ${when}`
      case 'refund':
        return t`Refund of ${money}, ${when}`
      case 'chargeback':
        return t`Chargeback of ${money}, ${when}`
      default:
        return t`Chargeback of ${money} undone, ${when}`
    }
  }
  if (others.length === 0) return null
  return (
    <span className={styles.related}>
      {others.map((line) => <LineLink key={line.lineId} line={line} label={label(line)} />)}
    </span>
  )
}

function Money({ moment, all }: { moment: MoneyMoment; all: readonly MoneyMoment[] }) {
  const { reference, kind } = moment
  return (
    <>
      {reference !== '' && (
        <span className={styles.reference}>
          {kind === 'charged' ? <Trans>Receipt <code>{reference}</code></Trans> : <Trans>Number <code>{reference}</code></Trans>}
        </span>
      )}
      <Related moment={moment} all={all} />
    </>
  )
}

const toneOf: Partial<Record<Moment['kind'], string | undefined>> = {
  charged: styles.good,
  refund: styles.good,
  chargeback: styles.good,
  unknown: styles.open,
  disputed: styles.open,
  declined: styles.bad,
}

/** Everything that happened, in the order in which this ledger learned of it. */
export function LifeCard({ life }: { life: readonly Moment[] }) {
  const format = useFormat()
  const money = life.filter(isMoney)
  return (
    <section className={styles.card} aria-labelledby="purchase-life">
      <h2 id="purchase-life"><Trans>What happened</Trans></h2>
      <ol className={styles.life}>
        {life.map((moment, index) => (
          <li key={`${index} ${moment.kind}`} id={isMoney(moment) ? anchorOf(moment.lineId) : undefined} tabIndex={isMoney(moment) ? -1 : undefined} className={toneOf[moment.kind]}>
            <time dateTime={moment.at}>{format.dateTime(moment.at)}</time>
            <div>
              <p><MomentText moment={moment} /></p>
              {isMoney(moment) && <Money moment={moment} all={money} />}
            </div>
          </li>
        ))}
      </ol>
    </section>
  )
}
