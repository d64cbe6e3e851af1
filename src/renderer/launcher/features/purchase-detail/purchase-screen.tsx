import { Trans, useLingui } from '@lingui/react/macro'
import { useEffect } from 'react'
import type { PurchaseDetail } from '../../../../contract/ipc/purchase-detail.ts'
import { assertNever } from '../../../assert-never.ts'
import { Banner } from '../../../ui/banner.tsx'
import { BrokenScreen } from '../../../ui/broken-screen.tsx'
import { useFeature } from '../../app/stores.ts'
import { useMe } from '../household/use-member-names.ts'
import { BackLink } from './back-link.tsx'
import { DisputeCard } from './dispute-card.tsx'
import { ElsewhereCard } from './elsewhere-card.tsx'
import { LifeCard } from './life-card.tsx'
import { LimitsCard } from './limits-card.tsx'
import { MoneyCard } from './money-card.tsx'
import type { DetailOnScreen } from './purchase-detail-store.ts'
import styles from './purchase-detail.module.css'
import { ReceiptCard } from './receipt-card.tsx'
import { RiskCard } from './risk-card.tsx'
import { ShownCard } from './shown-card.tsx'

/** Everything about one purchase, in one column. */
export function PurchaseScreen({ purchaseId }: { purchaseId: string }) {
  const { t } = useLingui()
  const view = useFeature('detail', (state) => state.view)
  const follow = useFeature('detail', (state) => state.follow)
  useEffect(() => follow(purchaseId), [follow, purchaseId])
  return (
    <section className={styles.page} aria-label={t`Purchase`}>
      <BackLink />
      {view.kind !== 'ok' && <h1 className="visually-hidden"><Trans>Purchase</Trans></h1>}
      <Content view={view} />
    </section>
  )
}

function Content({ view }: { view: DetailOnScreen }) {
  const load = useFeature('detail', (state) => state.load)
  switch (view.kind) {
    case 'loading':
      return null
    case 'building':
      return <Banner tone="quiet" title={<Trans>Your history is being put in order.</Trans>}><p><Trans>This happens once after a long time or a repair. The purchase will be here in a moment.</Trans></p></Banner>
    case 'notFound':
      return <Banner tone="quiet" title={<Trans>There is no such purchase here.</Trans>}><p><Trans>It may belong to another profile, or to an import that was undone.</Trans></p></Banner>
    case 'locked':
      return <Banner tone="quiet" title={<Trans>No profile is open.</Trans>}><p><Trans>Open yours to see what you bought.</Trans></p></Banner>
    case 'unavailable':
      return (
        <Banner tone="bad" title={<Trans>This purchase cannot be shown.</Trans>}>
          <p><Trans>Tuppence cannot read your ledger, the record of your purchases. Nothing was deleted. The notice above says what is wrong.</Trans></p>
        </Banner>
      )
    case 'broken':
      return <BrokenScreen title={<Trans>This purchase cannot be shown.</Trans>} onRetry={() => void load()} />
    case 'ok':
      return <Cards purchase={view.purchase} unverified={view.unverified} />
    default:
      return assertNever(view)
  }
}

function Cards({ purchase, unverified }: { purchase: PurchaseDetail; unverified: boolean }) {
  return (
    <>
      {unverified && (
        <Banner tone="bad" title={<Trans>The ledger could not be checked.</Trans>}>
          <p><Trans>This purchase is shown as it is on the disk. Compare it with your bank statement before you rely on it.</Trans></p>
        </Banner>
      )}
      <MoneyCard purchase={purchase} />
      {purchase.from === 'elsewhere' ? <ElsewhereCard purchase={purchase} /> : <Bought purchase={purchase} />}
    </>
  )
}

function Bought({ purchase }: { purchase: Extract<PurchaseDetail, { from: 'tuppence' }> }) {
  const { purchaseId, life, shown, receipt, limits, who, risk, dispute } = purchase
  const me = useMe()
  const approved = life.find((moment) => moment.kind === 'approved')
  const isYours = me === null || approved?.by === me.name
  return (
    <>
      <LifeCard life={life} />
      <ShownCard shown={shown} isYours={isYours} />
      {receipt && <ReceiptCard purchaseId={purchaseId} receipt={receipt} />}
      {risk && <RiskCard risk={risk} isYours={isYours} />}
      {limits && <LimitsCard limits={limits} who={who} />}
      {dispute.kind !== 'notCharged' && <DisputeCard purchaseId={purchaseId} dispute={dispute} />}
    </>
  )
}
