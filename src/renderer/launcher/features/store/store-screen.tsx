import { Trans, useLingui } from '@lingui/react/macro'
import { useDeferredValue, useId, useMemo, type ReactNode } from 'react'
import type { ListedOffer } from '../../../../contract/ipc/launcher.ts'
import type { RefusalReason } from '../../../../contract/ipc/outcome.ts'
import { assertNever } from '../../../assert-never.ts'
import { useFormat } from '../../../i18n/format-context.ts'
import { Banner } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { ExplanationText } from '../../../words/outcome-words.tsx'
import { refusalWords } from '../../../words/refusal-words.ts'
import { useFeature } from '../../app/stores.ts'
import { GuestLine } from '../account/account-entry.tsx'
import { ExclusionBanner } from '../exclusion/exclusion-banner.tsx'
import { useMyRole } from '../household/use-member-names.ts'
import { statusProblems } from '../status/status-problems.ts'
import type { CatalogueView } from './catalogue-store.ts'
import { asksFirst } from './asks-first.ts'
import { OfferCard } from './offer-card.tsx'
import { OfferCount } from './offer-count.tsx'
import { groupByCurrency, listOffers, noFilter } from './offer-filter.ts'
import styles from './store-screen.module.css'
import { StoreToolbar } from './store-toolbar.tsx'

function Skeleton() {
  return (
    <div className={styles.ghosts} aria-busy="true">
      <p className="visually-hidden"><Trans>Loading offers…</Trans></p>
      <div className={styles.ghostBar} aria-hidden />
      <div className={styles.grid} aria-hidden>
        {Array.from({ length: 12 }, (_, index) => (
          <div key={index} className={styles.ghost} />
        ))}
      </div>
    </div>
  )
}

function Unavailable({ reason }: { reason: RefusalReason }) {
  const isExplained = useFeature('app', ({ status }) => status !== null && statusProblems(status).length > 0)
  const isStarting = useFeature('app', ({ status }) => status?.gateway === 'starting')
  // Not an error yet: the catalogue is fetched again as soon as the gateway has started.
  if (isStarting) return <Skeleton />
  if (isExplained) return <p className={styles.empty}><Trans>Offers will be shown here as soon as the problem above is solved.</Trans></p>
  return <CannotShow><ExplanationText explanation={refusalWords[reason]} /></CannotShow>
}

function CannotShow({ children }: { children: ReactNode }) {
  const load = useFeature('catalogue', (state) => state.load)
  return (
    <div role="alert">
      <Banner
        tone="bad"
        title={<Trans>The store cannot be shown right now.</Trans>}
        actions={<Button onPress={() => void load()}><Trans>Try again</Trans></Button>}
      >
        <p>{children}</p>
      </Banner>
    </div>
  )
}

/** Whether the person has nothing to spend at a seller without asking. */
function useAsks(): (sellerId: string) => boolean {
  const role = useMyRole()
  const controls = useFeature('controls', (state) => state.view)
  return (sellerId) => controls.kind === 'ok' && asksFirst(role, controls, sellerId)
}

type Loaded = Extract<CatalogueView, { kind: 'ok' }>

function Offers({ sellers, offers }: Loaded) {
  const { compare, currencyName } = useFormat()
  const id = useId()
  const filter = useFeature('catalogue', (state) => state.filter)
  const setFilter = useFeature('catalogue', (state) => state.setFilter)
  const running = useFeature('purchase', (state) => state.running)
  const buy = useFeature('purchase', (state) => state.buy)
  const asks = useAsks()
  // Typing stays quick: the list may follow a moment later.
  const deferredFilter = useDeferredValue(filter)
  const listed = useMemo(() => listOffers(offers, sellers, deferredFilter, compare), [offers, sellers, deferredFilter, compare])
  const sellerNames = useMemo(() => new Map(sellers.map(({ id, name }) => [id, name])), [sellers])
  if (offers.length === 0) return <p className={styles.empty}><Trans>There is nothing for sale at the moment.</Trans></p>
  const grid = (listed: readonly ListedOffer[], heading: 'h2' | 'h3') => (
    <div className={styles.grid}>
      {listed.map((item) => (
        <OfferCard
          key={item.offer.id}
          listed={item}
          seller={sellerNames.get(item.offer.sellerId) ?? item.offer.sellerId}
          step={running?.offerId === item.offer.id ? running.step : null}
          heading={heading}
          isAsking={asks(item.offer.sellerId)}
          onBuy={buy}
        />
      ))}
    </div>
  )
  return (
    <>
      <StoreToolbar filter={filter} sellers={sellers} count={listed.length} onChange={setFilter} />
      {listed.length === 0 && (
        <div className={styles.empty}>
          <p><Trans>No offer fits what you are looking for.</Trans></p>
          <Button onPress={() => setFilter({ ...noFilter, sort: filter.sort })}><Trans>Clear filters</Trans></Button>
        </div>
      )}
      {deferredFilter.sort === 'title' ? grid(listed, 'h2') : groupByCurrency(listed).map(([currency, group]) => (
        <section key={currency} className={styles.group} aria-labelledby={`${id}-${currency}`}>
          <h2 id={`${id}-${currency}`} className={styles.currency}>
            {currencyName(currency)} <span className={styles.groupCount}><OfferCount count={group.length} /></span>
          </h2>
          {grid(group, 'h3')}
        </section>
      ))}
    </>
  )
}

/** Everything that can be bought now. */
export function StoreScreen() {
  const { t } = useLingui()
  const catalogue = useFeature('catalogue', (state) => state.catalogue)
  return (
    <section aria-label={t`Store`}>
      <h1 className="visually-hidden"><Trans>Store</Trans></h1>
      <ExclusionBanner />
      <GuestLine />
      <CatalogueContent catalogue={catalogue} />
    </section>
  )
}

function CatalogueContent({ catalogue }: { catalogue: CatalogueView }) {
  switch (catalogue.kind) {
    case 'loading':
      return <Skeleton />
    case 'unavailable':
      return <Unavailable reason={catalogue.reason} />
    case 'broken':
      return <CannotShow><Trans>Something in Tuppence itself went wrong. Nothing was charged.</Trans></CannotShow>
    case 'ok':
      return <Offers {...catalogue} />
    default:
      return assertNever(catalogue)
  }
}
