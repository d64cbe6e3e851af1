import { Trans, useLingui } from '@lingui/react/macro'
import { Link } from 'wouter'
import type { Frozen } from '../../../../contract/ipc/monitoring.ts'
import { assertNever } from '../../../assert-never.ts'
import { useFormat } from '../../../i18n/format-context.ts'
import { Banner } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { useFeature } from '../../app/stores.ts'
import { useMemberNames } from '../household/use-member-names.ts'
import styles from './monitoring-screen.module.css'
import { thawTask } from './monitoring-store.ts'

function HowText({ thaw }: { thaw: Frozen['thaw'] }) {
  switch (thaw.kind) {
    case 'guardian':
      return <Trans>A guardian ends it with PIN and code.</Trans>
    case 'account':
      return <Trans>It is ended with the second factor of your account.</Trans>
    case 'box':
      return <Trans>You can end it after a short time to think.</Trans>
    case 'nobody':
      return <Trans>Ask a guardian to end it.</Trans>
    default:
      return assertNever(thaw)
  }
}

function Since({ since }: { since: Frozen['since'] }) {
  const { t } = useLingui()
  const format = useFormat()
  if (since.length === 0) return <p className={styles.quiet}><Trans>Nothing was charged since then.</Trans></p>
  return (
    <ul className={styles.since} aria-label={t`Bought since then`}>
      {since.map(({ purchaseId, at, item, payee, price, dispute }) => (
        <li key={purchaseId}>
          <span className={styles.sinceWhat}><bdi>{item}</bdi> <span className={styles.price}>{format.money(price)}</span> · <bdi>{payee}</bdi> · <time dateTime={at}>{format.moment(at)}</time></span>
          {dispute === 'possible' && <Link className={styles.link} href={`/history/purchase/${purchaseId}`} aria-label={t`Look and dispute: ${item}`}><Trans>Look and dispute</Trans></Link>}
          {dispute === 'open' && <span className={styles.quiet}><Trans>disputed, the gateway has not decided yet</Trans></span>}
          {dispute === 'none' && <span className={styles.quiet}><Trans>nothing to dispute</Trans></span>}
        </li>
      ))}
    </ul>
  )
}

function One({ frozen }: { frozen: Frozen }) {
  const format = useFormat()
  const { nameOf } = useMemberNames()
  const thaw = useFeature('monitoring', (state) => state.thaw)
  const task = useFeature('monitoring', (state) => state.task)
  const { memberId, at, by, since } = frozen
  const name = memberId === null ? null : nameOf(memberId)
  return (
    <Banner
      tone="bad"
      title={name === null ? <Trans>Buying is frozen on this computer.</Trans> : <Trans>Buying is frozen for <bdi>{name}</bdi>.</Trans>}
      actions={frozen.thaw.kind !== 'nobody' && (
        <Button isPending={task === thawTask(memberId)} isDisabled={task !== null} onPress={() => void thaw(memberId)}><Trans>Buy again…</Trans></Button>
      )}
    >
      <p>
        <Trans>A purchase was said to be somebody else’s on {format.moment(at)}.</Trans>{by !== null && <> <Trans>Said by <bdi>{by}</bdi>.</Trans></>}{' '}
        <HowText thaw={frozen.thaw} />
      </p>
      <Since since={since} />
    </Banner>
  )
}

/** What was frozen after a “this was not me”, what was bought since, and the way back. */
export function FrozenList({ frozen }: { frozen: readonly Frozen[] }) {
  return <>{frozen.map((one) => <One key={one.memberId ?? ''} frozen={one} />)}</>
}
