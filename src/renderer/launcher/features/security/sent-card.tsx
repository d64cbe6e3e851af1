import { Trans } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import type { Posture } from '../../../../contract/ipc/posture.ts'
import { assertNever } from '../../../assert-never.ts'
import { useFormat } from '../../../i18n/format-context.ts'
import styles from './security.module.css'
import { usePostureWords } from './use-posture-words.ts'

/** What left this computer with the last purchase, letter by letter. */
export function SentCard({ lastPurchase }: Pick<Posture, 'lastPurchase'>) {
  return (
    <section className={styles.card} aria-labelledby="security-sent">
      <h2 id="security-sent"><Trans>What was sent with the last purchase</Trans></h2>
      <Sent lastPurchase={lastPurchase} />
    </section>
  )
}

function Sent({ lastPurchase }: Pick<Posture, 'lastPurchase'>) {
  const format = useFormat()
  const words = usePostureWords()
  switch (lastPurchase.kind) {
    case 'none':
      return <p><Trans>Nothing has been bought yet.</Trans></p>
    case 'locked':
      return <p><Trans>Open your profile to see it.</Trans></p>
    case 'unavailable':
      return <p><Trans>Your ledger cannot be read.</Trans></p>
    case 'sent': {
      const { at, purchaseId, request, headers, body, authorisation, quote } = lastPurchase
      const when = format.dateTime(at)
      return (
        <>
          <p><Trans>Approved {when}. This is all that was sent to buy it, and the gateway already had the quote in it.</Trans> <a href={`#/history/purchase/${purchaseId}`}><Trans>The purchase</Trans></a></p>
          <dl className={styles.facts}>
            <div><dt><Trans>Request</Trans></dt><dd><code>{request}</code></dd></div>
            <div><dt><Trans>Headers</Trans></dt><dd><code>{headers.join(', ')}</code><p className={styles.quiet}>{words.headers}</p></dd></div>
          </dl>
          <Json title={<Trans>The body, as JSON</Trans>} text={body} />
          <Json title={<Trans>What this device signed in it</Trans>} text={authorisation} />
          <Json title={<Trans>What the gateway had signed in it</Trans>} text={quote} />
        </>
      )
    }
    default:
      return assertNever(lastPurchase)
  }
}

function Json({ title, text }: { title: ReactNode; text: string }) {
  return (
    <details className={styles.json}>
      <summary>{title}</summary>
      <pre>{text}</pre>
    </details>
  )
}
