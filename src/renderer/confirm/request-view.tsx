import { Trans } from '@lingui/react/macro'
import { useEffect, useRef, type ReactNode } from 'react'
import type { Challenge } from '../../contract/ipc/confirm.ts'
import { assertNever } from '../assert-never.ts'
import { useFormat } from '../i18n/format-context.ts'
import { BoughtList } from '../words/bought-list.tsx'
import { Facts } from '../words/purchase-facts.tsx'
import { WholeSentence } from './challenge-view.tsx'
import styles from './confirm.module.css'

type Requested = NonNullable<Challenge['request']>
type LimitCause = Extract<Requested['cause'], { kind: 'limit' }>

/** More would push the purchase out of sight. */
const shownBought = 3

interface RequestViewProps {
  readonly challenge: Challenge
  readonly request: Requested
  /** After a wrong PIN it is elsewhere. */
  readonly takesFocus: boolean
}

/** What a minor asks a guardian for: who, when and why, then the purchase as it is always shown. */
export function RequestView({ challenge, request, takesFocus }: RequestViewProps) {
  const format = useFormat()
  const name = challenge.buyer?.name ?? ''
  // Warnings take room, and are about the purchase: then that stays in sight before anything else.
  const hasWarnings = challenge.warnings.length > 0
  const bought = <Bought bought={request.bought} name={name} />
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (takesFocus) heading.current?.focus()
  }, [takesFocus])
  return (
    <>
      <header className={styles.request}>
        <h1 className={styles.name} ref={heading} tabIndex={-1}><Trans><bdi>{name}</bdi> asks for this</Trans></h1>
        <p className={styles.detail}><Trans>Asked <time dateTime={request.askedAt}>{format.moment(request.askedAt)}</time>.</Trans></p>
        <p><Cause challenge={challenge} cause={request.cause} name={name} /></p>
        {!hasWarnings && bought}
      </header>
      <h2 className="visually-hidden"><WholeSentence challenge={challenge} /></h2>
      <Facts facts={challenge} isBeside />
      {hasWarnings && <div className={styles.after}>{bought}</div>}
    </>
  )
}

/** Why it could not be bought without asking. */
function Cause({ challenge, cause, name }: { challenge: Challenge; cause: Requested['cause']; name: string }): ReactNode {
  const format = useFormat()
  switch (cause.kind) {
    case 'limit':
      return <LimitText cause={cause} currency={(challenge.counted ?? challenge.price).currency} name={name} />
    case 'quietHours':
      return <Trans>It was asked for within quiet hours, which last until <strong>{format.moment(cause.until)}</strong>.</Trans>
    default:
      return assertNever(cause)
  }
}

function LimitText({ cause: { period, sellerId, cap, left }, currency, name }: { cause: LimitCause; currency: string; name: string }) {
  const format = useFormat()
  if (cap === '0') return <Trans><bdi>{name}</bdi> has nothing to spend without asking, and so asks each time.</Trans>
  const money = (amount: string) => format.money({ amount, currency })
  return (
    <>
      <LimitName period={period} cap={money(cap)} name={name} />
      {sellerId !== null && <>{' '}<Trans>at this seller</Trans></>}
      {period === 'purchase' ? '.' : <>{' – '}{BigInt(left) > 0n ? <Trans>{money(left)} of it was left.</Trans> : <Trans>nothing of it was left.</Trans>}</>}
    </>
  )
}

function LimitName({ period, cap, name }: { period: LimitCause['period']; cap: string; name: string }) {
  switch (period) {
    case 'purchase':
      return <Trans>Limit for <bdi>{name}</bdi>: <strong>{cap}</strong> for each purchase</Trans>
    case 'day':
      return <Trans>Limit for <bdi>{name}</bdi>: <strong>{cap}</strong> a day</Trans>
    case 'week':
      return <Trans>Limit for <bdi>{name}</bdi>: <strong>{cap}</strong> a week</Trans>
    case 'month':
      return <Trans>Limit for <bdi>{name}</bdi>: <strong>{cap}</strong> a month</Trans>
    default:
      return assertNever(period)
  }
}

function Bought({ bought, name }: { bought: Requested['bought']; name: string }) {
  if (bought.length === 0) return <p className={styles.detail}><Trans><bdi>{name}</bdi> has bought nothing lately.</Trans></p>
  return (
    <section>
      <h2 className={styles.detail}><Trans>Bought lately</Trans></h2>
      <BoughtList bought={bought.slice(0, shownBought)} />
    </section>
  )
}
