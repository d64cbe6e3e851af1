import { Trans } from '@lingui/react/macro'
import ShieldCheck from 'lucide-react/icons/shield-check'
import type { PurchaseDetail } from '../../../../contract/ipc/purchase-detail.ts'
import { useFormat } from '../../../i18n/format-context.ts'
import { Banner } from '../../../ui/banner.tsx'
import { Facts } from '../../../words/purchase-facts.tsx'
import { StepUpReasons } from '../../../words/step-up-words.tsx'
import styles from './purchase-detail.module.css'

type WhatWasShown = NonNullable<Extract<PurchaseDetail, { from: 'tuppence' }>['shown']>

/** P1: exactly what the confirm window laid out when it was approved, by the same component, and whether that is still so. */
export function ShownCard({ shown, isYours }: { shown: WhatWasShown | null; isYours: boolean }) {
  return (
    <section className={styles.card} aria-labelledby="purchase-shown">
      <h2 id="purchase-shown">{isYours ? <Trans>What you were shown</Trans> : <Trans>What was shown</Trans>}</h2>
      {shown ? <Shown shown={shown} isYours={isYours} /> : <p className={styles.quiet}><Trans>Only the gateway’s receipt is left of this purchase. What the confirm window showed is lost.</Trans></p>}
    </section>
  )
}

function Shown({ shown: { content, at, askedAt, digest, fingerprint }, isYours }: { shown: WhatWasShown; isYours: boolean }) {
  const when = useFormat().dateTime(at)
  return (
    <>
      {digest === 'differs' && (
        <Banner tone="bad" title={<Trans>This is not what was approved.</Trans>}>
          <p><Trans>It does not match the fingerprint in the ledger: it was changed afterwards. Do not rely on it; compare it with the receipt and your bank statement.</Trans></p>
        </Banner>
      )}
      <p className={styles.quiet}><Trans>This was in the confirm window when it was approved, <time dateTime={at}>{when}</time>.</Trans></p>
      <div className={styles.window}><Facts facts={content} isBeside={askedAt !== null} /></div>
      {content.stepUp && (
        <p className={styles.quiet}>
          <Trans>Below it the second factor of the account was asked for, and given.</Trans> <StepUpReasons stepUp={content.stepUp} payee={content.payee} />
        </p>
      )}
      {askedAt !== null && <p className={styles.quiet}><Trans>Above it stood who asked, why, and what they had bought lately. The fingerprint does not cover that.</Trans></p>}
      {digest === 'matches' && (
        <p className={`${styles.proof} ${styles.good}`}>
          <ShieldCheck size={18} aria-hidden />
          <span>
            {isYours
              ? <Trans>This is what you were shown; it matches the fingerprint in the ledger.</Trans>
              : <Trans>This is what was shown; it matches the fingerprint in the ledger.</Trans>}
          </span>
        </p>
      )}
      <details className={styles.more}>
        <summary><Trans>Fingerprint</Trans></summary>
        <p className={styles.quiet}><Trans>SHA-256 of what is laid out here, and of when it was. The device signed it with the approval, and it is in the gateway’s receipt. Warnings that stood below it are no part of it.</Trans></p>
        <code>{fingerprint}</code>
      </details>
    </>
  )
}
