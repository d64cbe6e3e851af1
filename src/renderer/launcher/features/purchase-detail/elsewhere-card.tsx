import { Trans } from '@lingui/react/macro'
import type { LineSourceView } from '../../../../contract/ipc/history.ts'
import type { PurchaseDetail } from '../../../../contract/ipc/purchase-detail.ts'
import { useFormat } from '../../../i18n/format-context.ts'
import styles from './purchase-detail.module.css'

/** What a file said that was imported. Tuppence was not part of the purchase. */
export function ElsewhereCard({ purchase }: { purchase: Extract<PurchaseDetail, { from: 'elsewhere' }> }) {
  const format = useFormat()
  const { source, fileName, importedAt, row, counts, paidWith, order, lines } = purchase
  const [charge] = lines
  return (
    <section className={styles.card} aria-labelledby="purchase-elsewhere">
      <h2 id="purchase-elsewhere"><Trans>Bought elsewhere</Trans></h2>
      <p className={styles.quiet}>
        <Trans>This is what an imported file said. Tuppence did not take this payment, so there is no receipt of it here. If something is wrong with it, ask the store where it was bought.</Trans>
      </p>
      <dl className={styles.facts}>
        {charge && <div><dt><Trans>Bought</Trans></dt><dd><time dateTime={charge.at}>{format.dateTime(charge.at)}</time></dd></div>}
        <div><dt><Trans>Where from</Trans></dt><dd><SourceName source={source} /></dd></div>
        <div><dt><Trans>File</Trans></dt><dd><bdi>{fileName}</bdi></dd></div>
        <div><dt><Trans>Row</Trans></dt><dd>{format.count(row)}</dd></div>
        <div><dt><Trans>Imported</Trans></dt><dd><time dateTime={importedAt}>{format.dateTime(importedAt)}</time></dd></div>
        {order !== null && <div><dt><Trans>Order number</Trans></dt><dd><code>{order}</code></dd></div>}
        {paidWith !== null && <div><dt><Trans>Paid with</Trans></dt><dd><bdi>{paidWith}</bdi></dd></div>}
        <div><dt><Trans>Limits</Trans></dt><dd>{counts ? <Trans>It counts towards them.</Trans> : <Trans>It does not count towards them.</Trans>}</dd></div>
      </dl>
    </section>
  )
}

function SourceName({ source }: { source: LineSourceView }) {
  switch (source) {
    case 'steam':
      return 'Steam'
    case 'googlePlay':
      return 'Google Play'
    case 'playStation':
      return 'PlayStation'
    case 'xbox':
      return 'Xbox'
    case 'csv':
      return <Trans>A CSV file</Trans>
    case 'ofx':
      return <Trans>An OFX file</Trans>
    default:
      return 'Tuppence'
  }
}
