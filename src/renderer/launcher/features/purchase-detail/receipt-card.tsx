import { Trans } from '@lingui/react/macro'
import CircleHelp from 'lucide-react/icons/circle-question-mark'
import ShieldCheck from 'lucide-react/icons/shield-check'
import TriangleAlert from 'lucide-react/icons/triangle-alert'
import type { ReceiptView } from '../../../../contract/ipc/purchase-detail.ts'
import { assertNever } from '../../../assert-never.ts'
import { useFormat } from '../../../i18n/format-context.ts'
import { useIsKiosk } from '../../../ui/kiosk-context.ts'
import { ReceiptNumber } from '../history/receipt-number.tsx'
import styles from './purchase-detail.module.css'
import { ReceiptActions } from './receipt-actions.tsx'

/** The gateway’s proof of the charge, and whether it is one. */
export function ReceiptCard({ purchaseId, receipt }: { purchaseId: string; receipt: ReceiptView }) {
  const format = useFormat()
  const isKiosk = useIsKiosk()
  const { number, chargedAt, price, tax, fundingSource, signature } = receipt
  return (
    <section className={styles.card} aria-labelledby="purchase-receipt">
      <h2 id="purchase-receipt"><Trans>Receipt</Trans></h2>
      <dl className={styles.facts}>
        <div><dt><Trans>Number</Trans></dt><dd><ReceiptNumber number={number} /></dd></div>
        <div><dt><Trans>Charged</Trans></dt><dd><time dateTime={chargedAt}>{format.dateTime(chargedAt)}</time></dd></div>
        <div><dt><Trans>Amount</Trans></dt><dd>{format.money(price)}</dd></div>
        {tax && <div><dt><Trans>Tax in it</Trans></dt><dd><Tax tax={tax} currency={price.currency} /></dd></div>}
        {fundingSource.label !== null && <div><dt><Trans>Paid from</Trans></dt><dd><bdi>{fundingSource.label}</bdi></dd></div>}
      </dl>
      <Signature signature={signature} />
      {!isKiosk && <ReceiptActions purchaseId={purchaseId} />}
    </section>
  )
}

function Tax({ tax: { amount, rateBasisPoints }, currency }: { tax: NonNullable<ReceiptView['tax']>; currency: string }) {
  const format = useFormat()
  return amount === '0' ? <Trans>no tax</Trans> : <>{format.money({ amount, currency })} ({format.rate(rateBasisPoints)})</>
}

function Signature({ signature }: Pick<ReceiptView, 'signature'>) {
  switch (signature) {
    case 'verified':
      return (
        <p className={`${styles.proof} ${styles.good}`}>
          <ShieldCheck size={18} aria-hidden />
          <span><Trans>Signed by the gateway, for exactly this purchase.</Trans></span>
        </p>
      )
    case 'notVerified':
      return (
        <p className={`${styles.proof} ${styles.bad}`}>
          <TriangleAlert size={18} aria-hidden />
          <span><Trans>The gateway’s signature does not fit. This receipt proves nothing; compare it with your bank statement.</Trans></span>
        </p>
      )
    case 'noKey':
      return (
        <p className={`${styles.proof} ${styles.open}`}>
          <CircleHelp size={18} aria-hidden />
          <span><Trans>The signature cannot be checked now, because the gateway’s key is not known to this installation.</Trans></span>
        </p>
      )
    default:
      return assertNever(signature)
  }
}
