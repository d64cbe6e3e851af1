import { Trans } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import type { Block } from '../../contract/ipc/controls.ts'
import type { Outcome } from '../../contract/ipc/outcome.ts'
import { assertNever } from '../assert-never.ts'
import { useFormat } from '../i18n/format-context.ts'
import styles from './block-words.module.css'

type Blocked = Extract<Outcome, { kind: 'blocked' }>
type LimitBlock = Extract<Block, { kind: 'limit' }>

function Rule({ block: { period, sellerId, amount, currency }, payee }: { block: LimitBlock; payee: string }) {
  const cap = useFormat().money({ amount, currency })
  const seller = sellerId === null ? null : <> <Trans>at <bdi>{payee}</bdi></Trans></>
  switch (period) {
    case 'purchase':
      return <Trans>You set a limit of {cap} for each purchase{seller}.</Trans>
    case 'day':
      return <Trans>You set a limit of {cap} a day{seller}.</Trans>
    case 'week':
      return <Trans>You set a limit of {cap} a week{seller}.</Trans>
    case 'month':
      return <Trans>You set a limit of {cap} a month{seller}.</Trans>
    default:
      return assertNever(period)
  }
}

/** The numbers: what is used up, what is left, and what this would have counted as. */
function Numbers({ block: { period, spent, reserved, left, wanted, currency } }: { block: LimitBlock }) {
  const format = useFormat()
  const money = (amount: string) => format.money({ amount, currency })
  if (period === 'purchase') return <Trans>This one counts as {money(wanted)}.</Trans>
  const room = BigInt(left) < 0n ? '0' : left
  return reserved === '0' ? (
    <Trans>{money(spent)} is spent, {money(room)} is left, and this counts as {money(wanted)}.</Trans>
  ) : (
    <Trans>{money(spent)} is spent, {money(reserved)} is reserved, {money(room)} is left, and this counts as {money(wanted)}.</Trans>
  )
}

function Bought({ bought }: { bought: LimitBlock['bought'] }) {
  const format = useFormat()
  if (bought.length === 0) return null
  return (
    <div>
      <p><Trans>Bought in this time:</Trans></p>
      <ul className={styles.bought}>
        {bought.map(({ item, price, at }) => (
          <li key={`${at} ${item}`}>
            <bdi>{item}</bdi>
            <span>{format.money(price)}</span>
            <time dateTime={at}>{format.moment(at)}</time>
          </li>
        ))}
      </ul>
    </div>
  )
}

function LimitText({ block, payee }: { block: LimitBlock; payee: string }): ReactNode {
  const format = useFormat()
  return (
    <>
      <p><Rule block={block} payee={payee} /> <Numbers block={block} /></p>
      {block.resetsAt !== null && BigInt(block.wanted) <= BigInt(block.amount) && <p><Trans>There is room again from <strong>{format.moment(block.resetsAt)}</strong> on.</Trans></p>}
    </>
  )
}

function ExcludedText({ block: { state, until } }: { block: Extract<Block, { kind: 'excluded' }> }) {
  const when = useFormat().dateTime(until)
  switch (state) {
    case 'running':
      return <p><Trans>You have excluded yourself from buying until <strong>{when}</strong>. Nobody can shorten that.</Trans></p>
    case 'ended':
      return <p><Trans>Your self-exclusion ended on {when}. Buying waits for a new yes from you, and then one day more.</Trans></p>
    case 'coolingOff':
      return <p><Trans>Your self-exclusion is over, and your new yes acts from <strong>{when}</strong> on.</Trans></p>
    default:
      return assertNever(state)
  }
}

function AtGatewayText({ rule }: { rule: Extract<Block, { kind: 'atGateway' }>['rule'] }) {
  switch (rule) {
    case 'limit':
      return <p><Trans>The gateway counts what is spent on all your devices, and there is no room for this. Its count holds.</Trans></p>
    case 'excluded':
      return <p><Trans>The gateway says that you have excluded yourself from buying, perhaps on another device. It is now taken over here.</Trans></p>
    case 'quietHours':
      return <p><Trans>The gateway keeps your quiet hours too, and they are on now. The stricter rule counts; it is now taken over here.</Trans></p>
    default:
      return assertNever(rule)
  }
}

function RuleText({ block, payee }: { block: Block; payee: string }): ReactNode {
  const format = useFormat()
  switch (block.kind) {
    case 'limit':
      return <LimitText block={block} payee={payee} />
    case 'excluded':
      return <ExcludedText block={block} />
    case 'quietHours':
      return <p><Trans>You set quiet hours, and they last until <strong>{format.moment(block.until)}</strong>.</Trans></p>
    case 'atGateway':
      return <AtGatewayText rule={block.rule} />
    default:
      return assertNever(block)
  }
}

/**
 * The rule that stood in the way, its numbers, when it changes, what can be done, and what was bought before. Says nothing to
 * persuade. `children` is what can be done.
 */
export function BlockText({ blocked: { block, payee }, children }: { blocked: Blocked; children: ReactNode }) {
  return (
    <div className={styles.words}>
      <RuleText block={block} payee={payee} />
      <p>{children}</p>
      {block.kind === 'limit' && <Bought bought={block.bought} />}
    </div>
  )
}

/** Whether help against buying too much is to be pointed at. */
export function isAboutExclusion(block: Block): boolean {
  return block.kind === 'excluded' || (block.kind === 'atGateway' && block.rule === 'excluded')
}
