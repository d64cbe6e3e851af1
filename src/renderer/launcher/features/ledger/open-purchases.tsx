import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useId } from 'react'
import type { OpenPurchase } from '../../../../contract/ipc/ledger.ts'
import { useFormat } from '../../../i18n/format-context.ts'
import { Button } from '../../../ui/button.tsx'
import { useFeature } from '../../app/stores.ts'
import styles from './ledger-screen.module.css'
import { openWords } from './ledger-words.ts'

/** Purchases of which nobody knows yet whether they were charged, and what is being done about each. */
export function OpenPurchases({ purchases }: { purchases: readonly OpenPurchase[] }) {
  const { t } = useLingui()
  const format = useFormat()
  const id = useId()
  const settle = useFeature('purchase', (state) => state.settle)
  const isSettling = useFeature('purchase', (state) => state.isSettling)
  return (
    <section className={`${styles.task} ${styles.open}`} aria-labelledby={id}>
      <div className={styles.head}>
        <h2 id={id}><Plural value={purchases.length} one="# purchase is being checked" other="# purchases are being checked" /></h2>
        <Button isPending={isSettling} onPress={() => void settle()}>
          {isSettling ? <Trans>Asking…</Trans> : <Trans>Ask the gateway now</Trans>}
        </Button>
      </div>
      <p className={styles.purpose}>
        <Trans>You agreed, and it is not known yet whether money was taken. Nothing is ever sent a second time, so you cannot be charged twice.</Trans>
      </p>
      <ul className={styles.purchases}>
        {purchases.map(({ purchaseId, item, payee, price, at, askedAt, found }) => (
          <li key={purchaseId}>
            <div className={styles.bought}>
              <span><strong><bdi>{item}</bdi></strong> · <bdi>{payee}</bdi></span>
              <strong className={styles.price}>{format.money(price)}</strong>
            </div>
            <p>{t(openWords[found])}</p>
            <p className={styles.note}>
              <Trans>Agreed <time dateTime={at}>{format.dateTime(at)}</time></Trans>
              {askedAt !== null && <> · <Trans>last asked <time dateTime={askedAt}>{format.dateTime(askedAt)}</time></Trans></>}
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}
