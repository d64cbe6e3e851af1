import { Plural, Trans, useLingui } from '@lingui/react/macro'
import Check from 'lucide-react/icons/check'
import Copy from 'lucide-react/icons/copy'
import { type ReactNode, useState } from 'react'
import { Link } from 'wouter'
import type { StatementData } from '../../../../contract/ipc/statements.ts'
import { useFormat } from '../../../i18n/format-context.ts'
import { Banner } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { Card } from './card.tsx'
import { StatementControls } from './statement-controls.tsx'
import { LineTable, SellerTable, SumTable } from './statement-tables.tsx'
import styles from './statements-screen.module.css'

interface Part {
  readonly statement: StatementData
}

/** One statement, from top to bottom as in the file. */
export function StatementParts({ statement, actions }: Part & { actions: ReactNode }) {
  const format = useFormat()
  const { checked, firstDay, lastDay, madeAt, endsAt, zone, who } = statement
  return (
    <>
      <header className={styles.card}>
        <div className={styles.head}>
          <h2>{format.month(firstDay)}{who !== null && <> · <bdi>{who}</bdi></>}</h2>
          <p className={styles.quiet}><Trans>{format.day(firstDay)} to {format.day(lastDay)}, by the calendar of {zone}</Trans></p>
        </div>
        {madeAt < endsAt && <p><Trans>This month is not over. This is how it stands now.</Trans></p>}
        {actions}
      </header>
      {checked === 'failed' && (
        <Banner tone="bad" title={<Trans>This statement could not be checked.</Trans>}>
          <p><Trans>It is made of what is on the disk. Compare it with your bank statement before you rely on it.</Trans></p>
        </Banner>
      )}
      <Card title={<Trans>Sums</Trans>}>
        <SumTable statement={statement} />
        <p className={styles.quiet}><Trans>What came back is never taken off what was spent.</Trans></p>
      </Card>
      <Card title={<Trans>By seller</Trans>}><SellerTable statement={statement} /></Card>
      <Lines statement={statement} />
      <StatementControls statement={statement} />
      <Proof statement={statement} />
    </>
  )
}

function Lines({ statement }: Part) {
  const format = useFormat()
  const { lines, lineCount, firstDay, lastDay, memberId } = statement
  const question = new URLSearchParams({ from: firstDay, to: lastDay, ...(memberId !== null && { member: memberId }), sort: 'at.ascending' })
  const isPart = lines.length < lineCount
  const shown = format.count(lines.length)
  const all = format.count(lineCount)
  return (
    <Card title={<Plural value={lineCount} one="# line" other="All # lines" />}>
      {isPart && <p><Trans>These are the first {shown} of {all}. A saved statement has all of them.</Trans></p>}
      <LineTable statement={statement} />
      <p><Link className={styles.link} href={`/history?${question}`}><Trans>See this month in the history</Trans></Link></p>
    </Card>
  )
}

function Proof({ statement }: Part) {
  const { t } = useLingui()
  const format = useFormat()
  const { head, madeAt, checked, zone } = statement
  const made = format.dateTimeIn(madeAt, zone)
  return (
    <Card title={<Trans>What it was made from</Trans>}>
      <p className={styles.quiet}>
        <Trans>Every entry of your ledger is sealed together with the one before. The seal of the newest stands for all of them.</Trans>
      </p>
      <dl className={styles.facts}>
        <div><dt><Trans>Made</Trans></dt><dd><time dateTime={madeAt}>{made}</time></dd></div>
        <div>
          <dt><Trans>Ledger checked</Trans></dt>
          <dd>
            {checked === 'whole' && <Trans>Every entry was checked, and fits.</Trans>}
            {checked === 'end' && <Trans>The newest entries were checked, and fit. The others are checked in the background.</Trans>}
            {checked === 'failed' && <Trans>It could not be checked.</Trans>}
          </dd>
        </div>
        <div><dt><Trans>Entries</Trans></dt><dd>{head ? format.count(head.seq) : t`none`}</dd></div>
        {head && <div><dt><Trans>Seal of the newest</Trans></dt><dd><Seal mac={head.mac} /></dd></div>}
      </dl>
    </Card>
  )
}

/** To copy; where the clipboard is closed to pages it can be selected. */
function Seal({ mac }: { mac: string }) {
  const { t } = useLingui()
  const [isCopied, setIsCopied] = useState(false)
  const copy = () => void navigator.clipboard.writeText(mac).then(() => setIsCopied(true), () => setIsCopied(false))
  return (
    <span className={styles.seal}>
      <code>{mac}</code>
      <Button look="quiet" aria-label={t`Copy the seal`} onPress={copy}>{isCopied ? <Check size={16} aria-hidden /> : <Copy size={16} aria-hidden />}</Button>
      <span role="status" className="visually-hidden">{isCopied && <Trans>Copied</Trans>}</span>
    </span>
  )
}
