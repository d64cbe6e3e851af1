import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { LineSourceView, LineView } from '../../../../contract/ipc/history.ts'
import type { StatementData, StatementTotalView } from '../../../../contract/ipc/statements.ts'
import type { WireMoney } from '../../../../contract/money.ts'
import { useFormat } from '../../../i18n/format-context.ts'
import table from '../../../ui/table.module.css'
import { useMyRole } from '../household/use-member-names.ts'
import styles from './statements-screen.module.css'

interface Part {
  readonly statement: StatementData
}

const isNothing = ({ amount }: WireMoney) => amount === '0'

/** A table that scrolls by itself where it is wider than its place. */
export function Scroll({ label, children }: { label: string; children: ReactNode }) {
  return <div className={table.scroll} role="region" aria-label={label} tabIndex={0}><table className={table.table}>{children}</table></div>
}

/** Amounts that are nothing are a dash where there are many, so that those that are something stand out. */
function Amount({ money, isBare = false }: { money: WireMoney; isBare?: boolean }) {
  const format = useFormat()
  return <td className={table.amount}>{isBare && isNothing(money) ? '–' : format.money(money)}</td>
}

function AmountTitles() {
  return (
    <>
      <th scope="col" className={table.amount}><Trans>Spent</Trans></th>
      <th scope="col" className={table.amount}><Trans>Came back</Trans></th>
      <th scope="col" className={table.amount}><Trans>Not known yet</Trans></th>
    </>
  )
}

function totalIn(totals: readonly StatementTotalView[], currency: string): StatementTotalView {
  const nothing = { amount: '0', currency }
  const none = { debit: nothing, credit: nothing, pending: nothing, lines: 0, importedDebit: nothing, importedCredit: nothing }
  return totals.find(({ debit }) => debit.currency === currency) ?? none
}

/** Before, in the month and up to its end, for each currency. */
export function SumTable({ statement }: Part) {
  const { t } = useLingui()
  const format = useFormat()
  const { opening, totals, closing, firstDay, lastDay } = statement
  const [first, last] = [format.day(firstDay), format.day(lastDay)]
  return (
    <Scroll label={t`Sums`}>
      <thead><tr><th scope="col"><Trans>When</Trans></th><AmountTitles /></tr></thead>
      {closing.map(({ debit: { currency } }) => (
        <tbody key={currency} className={styles.group}>
          <SumRow name={t`Before ${first}`} total={totalIn(opening, currency)} />
          <SumRow name={format.month(firstDay)} total={totalIn(totals, currency)} isMain />
          <SumRow name={t`Up to and with ${last}`} total={totalIn(closing, currency)} />
        </tbody>
      ))}
    </Scroll>
  )
}

function SumRow({ name, total, isMain = false }: { name: string; total: StatementTotalView; isMain?: boolean }) {
  const { debit, credit, pending, importedDebit, importedCredit } = total
  return (
    <>
      <tr className={isMain ? styles.main : undefined}>
        <th scope="row">{name}</th>
        <Amount money={debit} />
        <Amount money={credit} />
        <Amount money={pending} isBare />
      </tr>
      {(!isNothing(importedDebit) || !isNothing(importedCredit)) && (
        <tr className={styles.ofWhich}>
          <th scope="row"><Trans>of which imported</Trans></th>
          <Amount money={importedDebit} />
          <Amount money={importedCredit} isBare />
          <td className={table.amount}>–</td>
        </tr>
      )}
    </>
  )
}

export function SellerTable({ statement: { sellers, totals } }: Part) {
  const { t } = useLingui()
  const format = useFormat()
  const cells = (total: StatementTotalView) => (
    <>
      <td className={table.amount}>{format.count(total.lines)}</td>
      <Amount money={total.debit} isBare />
      <Amount money={total.credit} isBare />
      <Amount money={total.pending} isBare />
    </>
  )
  return (
    <Scroll label={t`By seller`}>
      <thead>
        <tr><th scope="col"><Trans>Seller</Trans></th><th scope="col" className={table.amount}><Trans>Lines</Trans></th><AmountTitles /></tr>
      </thead>
      <tbody>
        {sellers.map((seller) => (
          <tr key={`${seller.sellerId} ${seller.debit.currency}`}><th scope="row" className={styles.name}><bdi>{seller.payee}</bdi></th>{cells(seller)}</tr>
        ))}
      </tbody>
      <tfoot className={styles.totals}>
        {totals.map((total) => <tr key={total.debit.currency}><th scope="row"><Trans>Total {total.debit.currency}</Trans></th>{cells(total)}</tr>)}
      </tfoot>
    </Scroll>
  )
}

const kindWords: Record<LineView['kind'], MessageDescriptor> = {
  charge: msg`Paid`,
  refund: msg`Refund`,
  chargeback: msg`Chargeback`,
  chargebackReversal: msg`Chargeback reversed`,
  pending: msg`Being checked`,
  notCharged: msg`Not charged`,
}

const sourceWords: Record<Exclude<LineSourceView, 'tuppence'>, MessageDescriptor> = {
  steam: msg`imported from Steam`,
  googlePlay: msg`imported from Google Play`,
  playStation: msg`imported from PlayStation`,
  xbox: msg`imported from Xbox`,
  csv: msg`imported from a CSV file`,
  ofx: msg`imported from an OFX file`,
}

export function LineTable({ statement }: Part) {
  const { t } = useLingui()
  const { lines, who, zone } = statement
  const hasWho = useMyRole() === 'guardian' && who === null
  return (
    <Scroll label={t`Lines`}>
      <thead>
        <tr>
          <th scope="col" aria-sort="ascending"><Trans>Date</Trans></th>
          <th scope="col"><Trans>Item</Trans></th>
          <th scope="col"><Trans>Seller</Trans></th>
          {hasWho && <th scope="col"><Trans>Who</Trans></th>}
          <th scope="col" className={table.amount}><Trans>Spent</Trans></th>
          <th scope="col" className={table.amount}><Trans>Came back</Trans></th>
        </tr>
      </thead>
      <tbody>{lines.map((line) => <LineRow key={line.id} line={line} zone={zone} hasWho={hasWho} />)}</tbody>
    </Scroll>
  )
}

function LineRow({ line, zone, hasWho }: { line: LineView; zone: string; hasWho: boolean }) {
  const { t } = useLingui()
  const format = useFormat()
  const { at, item, payee, who, kind, moved, price, source, receiptNumber, purchaseId } = line
  const isBack = moved.amount.startsWith('-')
  const nothing = { ...moved, amount: '0' }
  const about = [
    kind === 'pending' || kind === 'notCharged' ? `${t(kindWords[kind])}: ${format.money(price)}` : t(kindWords[kind]),
    ...(receiptNumber === null ? [] : [receiptNumber]),
    ...(source === 'tuppence' ? [] : [t(sourceWords[source])]),
  ]
  return (
    <tr>
      <td className={table.when}><time dateTime={at}>{format.dateTimeIn(at, zone)}</time></td>
      <th scope="row" className={styles.item}>
        <Link className={styles.link} href={`/history/purchase/${purchaseId}`}><bdi>{item}</bdi></Link>
        <span className={styles.about}>{about.join(' · ')}</span>
      </th>
      <td className={styles.name}><bdi>{payee}</bdi></td>
      {hasWho && <td className={styles.name}><bdi>{who}</bdi></td>}
      <Amount money={isBack ? nothing : moved} isBare />
      <Amount money={isBack ? { ...moved, amount: moved.amount.slice(1) } : nothing} isBare />
    </tr>
  )
}
