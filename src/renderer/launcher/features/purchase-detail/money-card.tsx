import { Trans, useLingui } from '@lingui/react/macro'
import CircleCheck from 'lucide-react/icons/circle-check'
import CircleHelp from 'lucide-react/icons/circle-question-mark'
import CircleSlash from 'lucide-react/icons/circle-slash'
import CircleX from 'lucide-react/icons/circle-x'
import Undo from 'lucide-react/icons/undo-2'
import type { PurchaseStateView } from '../../../../contract/ipc/history.ts'
import type { PurchaseDetail } from '../../../../contract/ipc/purchase-detail.ts'
import { useFormat } from '../../../i18n/format-context.ts'
import { Button } from '../../../ui/button.tsx'
import { UnknownText } from '../../../words/outcome-words.tsx'
import { useFeature } from '../../app/stores.ts'
import { stateWords } from '../history/state-words.ts'
import { useReasonWords } from './moment-words.tsx'
import styles from './purchase-detail.module.css'

const looks: Record<PurchaseStateView, { readonly Icon: typeof CircleCheck; readonly tone: string | undefined }> = {
  approved: { Icon: CircleHelp, tone: styles.open },
  unknown: { Icon: CircleHelp, tone: styles.open },
  succeeded: { Icon: CircleCheck, tone: styles.good },
  partlyRefunded: { Icon: CircleCheck, tone: styles.good },
  refunded: { Icon: Undo, tone: styles.good },
  chargedBack: { Icon: Undo, tone: styles.good },
  declined: { Icon: CircleX, tone: styles.bad },
  voided: { Icon: CircleSlash, tone: styles.quiet },
}

/** Money and state first: what it was, what it cost, and how that stands now. */
export function MoneyCard({ purchase }: { purchase: PurchaseDetail }) {
  const { t } = useLingui()
  const format = useFormat()
  const { item, payee, game, who, price, state } = purchase
  const { Icon, tone } = looks[state]
  const isNothing = state === 'declined' || state === 'voided'
  return (
    <section className={`${styles.card} ${styles.money}`} aria-labelledby="purchase-item">
      <header>
        <h1 id="purchase-item"><bdi>{item}</bdi></h1>
        <p className={styles.about}>
          <bdi>{payee}</bdi>
          {game !== null && <bdi>{game}</bdi>}
          {who !== null && <span><Trans>Bought by <bdi>{who}</bdi></Trans></span>}
        </p>
      </header>
      <p className={styles.standing}>
        <span className={styles.price}>{isNothing ? <s>{format.money(price)}</s> : format.money(price)}</span>
        <span className={`${styles.state} ${tone}`}><Icon size={18} aria-hidden />{t(stateWords[state])}</span>
      </p>
      <CameBack purchase={purchase} />
      {purchase.from === 'tuppence' && <Standing purchase={purchase} />}
    </section>
  )
}

/** Each amount for itself, and what that comes to. */
function CameBack({ purchase: { lines, cost } }: { purchase: PurchaseDetail }) {
  const format = useFormat()
  if (lines.every(({ kind }) => kind !== 'refund' && kind !== 'chargeback')) return null
  return (
    <dl className={styles.sum}>
      {lines.map(({ id, kind, moved, at }) => (
        <div key={id}>
          <dt><LineName kind={kind} /> <time dateTime={at}>{format.dateTime(at)}</time></dt>
          <dd>{format.money(moved)}</dd>
        </div>
      ))}
      <div className={styles.total}>
        <dt><Trans>What it cost</Trans></dt>
        <dd>{format.money(cost)}</dd>
      </div>
    </dl>
  )
}

function LineName({ kind }: { kind: PurchaseDetail['lines'][number]['kind'] }) {
  switch (kind) {
    case 'refund':
      return <Trans>Refund</Trans>
    case 'chargeback':
      return <Trans>Chargeback</Trans>
    case 'chargebackReversal':
      return <Trans>Chargeback undone</Trans>
    default:
      return <Trans>Charge</Trans>
  }
}

/** Why nothing was charged, or that nobody knows yet. */
function Standing({ purchase: { state, reason } }: { purchase: Extract<PurchaseDetail, { from: 'tuppence' }> }) {
  const reasonOf = useReasonWords()
  const settle = useFeature('purchase', (store) => store.settle)
  const isSettling = useFeature('purchase', (store) => store.isSettling)
  if (state === 'declined' || state === 'voided') {
    return <p><Trans>Nothing was charged.</Trans> {reasonOf(state, reason ?? '')}</p>
  }
  if (state !== 'approved' && state !== 'unknown') return null
  return (
    <div className={styles.unknown}>
      <p><UnknownText /></p>
      <Button isPending={isSettling} onPress={() => void settle()}>{isSettling ? <Trans>Checking…</Trans> : <Trans>Check now</Trans>}</Button>
    </div>
  )
}
