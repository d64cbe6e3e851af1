import { Trans, useLingui } from '@lingui/react/macro'
import CircleCheck from 'lucide-react/icons/circle-check'
import CircleHelp from 'lucide-react/icons/circle-question-mark'
import CircleSlash from 'lucide-react/icons/circle-slash'
import CircleX from 'lucide-react/icons/circle-x'
import Undo from 'lucide-react/icons/undo-2'
import { memo, type ReactNode } from 'react'
import type { LineView } from '../../../../contract/ipc/history.ts'
import { useFormat } from '../../../i18n/format-context.ts'
import styles from './history-grid.module.css'
import { lineWords, sourceWords } from './state-words.ts'
import { ReceiptNumber } from './receipt-number.tsx'

const stateIcons: Record<LineView['state'], typeof CircleCheck> = {
  approved: CircleHelp,
  unknown: CircleHelp,
  succeeded: CircleCheck,
  partlyRefunded: CircleCheck,
  refunded: Undo,
  chargedBack: Undo,
  declined: CircleX,
  voided: CircleSlash,
}

export function purchaseHref(purchaseId: string): string {
  return `/history/purchase/${encodeURIComponent(purchaseId)}`
}

const cameBack = ({ kind }: LineView) => kind === 'refund' || kind === 'chargeback'
const isCharge = ({ kind }: LineView) => kind === 'charge' || kind === 'pending' || kind === 'notCharged'

function ItemName({ line }: { line: LineView }): ReactNode {
  const item = <bdi>{line.item}</bdi>
  switch (line.kind) {
    case 'refund':
      return <Trans>Refund of {item}</Trans>
    case 'chargeback':
      return <Trans>Chargeback of {item}</Trans>
    case 'chargebackReversal':
      return <Trans>Reversed chargeback of {item}</Trans>
    default:
      return item
  }
}

/** The amount with its sign where money came back, and struck through where none went. */
function Amount({ line }: { line: LineView }) {
  const format = useFormat()
  if (line.kind === 'notCharged') return <s>{format.money(line.price)}</s>
  if (line.kind === 'pending') return format.money(line.price)
  const amount = line.moved.amount.replace('-', '')
  const text = format.money({ ...line.moved, amount })
  return cameBack(line) ? <span className={styles.back}>+{text}</span> : text
}

function State({ line }: { line: LineView }) {
  const { t } = useLingui()
  const Icon = isCharge(line) ? stateIcons[line.state] : line.kind === 'chargebackReversal' ? CircleCheck : Undo
  const tone = isCharge(line) ? line.state : cameBack(line) ? 'back' : 'succeeded'
  return (
    <span className={`${styles.state} ${styles[tone] ?? ''}`}>
      <Icon size={16} aria-hidden />
      <span>{t(lineWords(line))}</span>
    </span>
  )
}

interface LineCellsProps {
  readonly line: LineView
  /** Whether it has to be said who bought. */
  readonly isOfMany: boolean
  /** What can be pressed in a row is reached with Tab where the keyboard is, and by pointer everywhere. */
  readonly isActive: boolean
}

export const LineCells = memo(function LineCells({ line, isOfMany, isActive }: LineCellsProps) {
  const { t } = useLingui()
  const format = useFormat()
  const about = [line.game, line.bundle && `${format.count(line.bundle.count)} ${line.bundle.unit}`].filter((text) => text !== null)
  return (
    <>
      <span role="gridcell" className={styles.when}><time dateTime={line.at}>{format.dateTime(line.at)}</time></span>
      <span role="rowheader" className={styles.item} title={line.item}>
        <a className={styles.name} href={`#${purchaseHref(line.purchaseId)}`} tabIndex={-1}><ItemName line={line} /></a>
        {about.length > 0 && <span className={styles.about}><bdi>{about.join(' · ')}</bdi></span>}
      </span>
      {isOfMany && (
        <span role="gridcell" className={styles.who} title={line.who ?? undefined}>
          {line.who === null ? <span role="img" aria-label={t`Nobody’s profile`}>–</span> : <bdi>{line.who}</bdi>}
        </span>
      )}
      <span role="gridcell" className={styles.seller} title={line.payee}>
        <bdi className={styles.payee}>{line.payee}</bdi>
        {line.source !== 'tuppence' && <span className={styles.source}>{t(sourceWords[line.source])}</span>}
      </span>
      <span role="gridcell" className={styles.stateCell}><State line={line} /></span>
      <span role="gridcell" className={styles.receiptCell}>
        {line.receiptNumber === null ? <span role="img" aria-label={t`No receipt`}>–</span> : <ReceiptNumber number={line.receiptNumber} isActive={isActive} />}
      </span>
      <span role="gridcell" className={styles.amount}><Amount line={line} /></span>
    </>
  )
})
