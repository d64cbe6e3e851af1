import { Trans } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import type { Block } from '../../contract/ipc/controls.ts'
import type { Outcome } from '../../contract/ipc/outcome.ts'
import { assertNever } from '../assert-never.ts'
import { useFormat } from '../i18n/format-context.ts'
import styles from './block-words.module.css'
import { BoughtList } from './bought-list.tsx'

type Blocked = Pick<Extract<Outcome, { kind: 'blocked' }>, 'block' | 'payee'>
type LimitBlock = Extract<Block, { kind: 'limit' }>

interface RuleProps {
  readonly block: LimitBlock
  readonly payee: string
}

/** Of the one adult who uses this alone. */
function OwnRule({ block: { period, sellerId, amount, currency }, payee }: RuleProps) {
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

/** Of a member, whoever decided it. */
function MembersRule({ block: { period, sellerId, amount, currency }, payee }: RuleProps) {
  const cap = useFormat().money({ amount, currency })
  const seller = sellerId === null ? null : <> <Trans>at <bdi>{payee}</bdi></Trans></>
  switch (period) {
    case 'purchase':
      return <Trans>Your limit is {cap} for each purchase{seller}.</Trans>
    case 'day':
      return <Trans>Your limit is {cap} a day{seller}.</Trans>
    case 'week':
      return <Trans>Your limit is {cap} a week{seller}.</Trans>
    case 'month':
      return <Trans>Your limit is {cap} a month{seller}.</Trans>
    default:
      return assertNever(period)
  }
}

function HouseholdsRule({ block: { period, sellerId, amount, currency }, payee }: RuleProps) {
  const cap = useFormat().money({ amount, currency })
  const seller = sellerId === null ? null : <> <Trans>at <bdi>{payee}</bdi></Trans></>
  switch (period) {
    case 'purchase':
      return <Trans>The household’s limit is {cap} for each purchase{seller}.</Trans>
    case 'day':
      return <Trans>The household’s limit is {cap} a day{seller}.</Trans>
    case 'week':
      return <Trans>The household’s limit is {cap} a week{seller}.</Trans>
    case 'month':
      return <Trans>The household’s limit is {cap} a month{seller}.</Trans>
    default:
      return assertNever(period)
  }
}

function Rule({ hasMembers, ...rule }: RuleProps & { hasMembers: boolean }) {
  if (rule.block.memberId !== undefined) return <MembersRule {...rule} />
  return hasMembers ? <HouseholdsRule {...rule} /> : <OwnRule {...rule} />
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
  if (bought.length === 0) return null
  return (
    <div>
      <p><Trans>Bought in this time:</Trans></p>
      <BoughtList bought={bought} />
    </div>
  )
}

function LimitText({ block, payee, hasMembers }: RuleProps & { hasMembers: boolean }): ReactNode {
  const format = useFormat()
  return (
    <>
      <p><Rule block={block} payee={payee} hasMembers={hasMembers} /> <Numbers block={block} /></p>
      {block.resetsAt !== null && BigInt(block.wanted) <= BigInt(block.amount) && <p><Trans>There is room again from <strong>{format.moment(block.resetsAt)}</strong> on.</Trans></p>}
    </>
  )
}

/** A member may have been excluded by a guardian, or with the whole household. */
function MemberExcludedText({ block: { state, until } }: { block: Extract<Block, { kind: 'excluded' }> }) {
  const when = useFormat().dateTime(until)
  switch (state) {
    case 'running':
      return <p><Trans>You are excluded from buying until <strong>{when}</strong>. Nobody can shorten that.</Trans></p>
    case 'ended':
      return <p><Trans>Your exclusion ended on {when}. Buying waits for a new yes, and then one day more.</Trans></p>
    case 'coolingOff':
      return <p><Trans>Your exclusion is over, and you can buy again from <strong>{when}</strong> on.</Trans></p>
    default:
      return assertNever(state)
  }
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

function QuietText({ block: { until, memberId }, hasMembers }: { block: Extract<Block, { kind: 'quietHours' }>; hasMembers: boolean }) {
  const when = useFormat().moment(until)
  if (memberId !== undefined) return <p><Trans>Your quiet hours are on, and they last until <strong>{when}</strong>.</Trans></p>
  if (hasMembers) return <p><Trans>The household’s quiet hours are on, and they last until <strong>{when}</strong>.</Trans></p>
  return <p><Trans>You set quiet hours, and they last until <strong>{when}</strong>.</Trans></p>
}

function AtGatewayText({ rule }: { rule: Extract<Block, { kind: 'atGateway' }>['rule'] }) {
  switch (rule) {
    case 'limit':
      return <p><Trans>The gateway counts what is spent on all your devices, and there is no room for this. Its count holds.</Trans></p>
    case 'excluded':
      return <p><Trans>The gateway says that you are excluded from buying, perhaps since you used another device. It is now taken over here.</Trans></p>
    case 'quietHours':
      return <p><Trans>The gateway keeps quiet hours too, and they are on now. The stricter rule counts; it is now taken over here.</Trans></p>
    default:
      return assertNever(rule)
  }
}

function FrozenText({ block: { since, by, thaw } }: { block: Extract<Block, { kind: 'frozen' }> }) {
  const when = useFormat().dateTime(since)
  return (
    <>
      <p>{by === null ? <Trans>You said that a purchase was not yours, and buying is frozen since <strong>{when}</strong>.</Trans> : <Trans>{by} said that a purchase was somebody else’s, and buying is frozen since <strong>{when}</strong>.</Trans>}</p>
      <p>
        {thaw === 'guardian' ? (
          <Trans>On the Monitoring screen a guardian can say, with PIN and code, that buying goes on.</Trans>
        ) : (
          <Trans>On the Monitoring screen you can say that buying goes on.</Trans>
        )}
      </p>
    </>
  )
}

interface RuleTextProps {
  readonly block: Block
  readonly payee: string
  readonly hasMembers: boolean
}

function RuleText({ block, payee, hasMembers }: RuleTextProps): ReactNode {
  switch (block.kind) {
    case 'limit':
      return <LimitText block={block} payee={payee} hasMembers={hasMembers} />
    case 'excluded':
      return hasMembers ? <MemberExcludedText block={block} /> : <ExcludedText block={block} />
    case 'quietHours':
      return <QuietText block={block} hasMembers={hasMembers} />
    case 'frozen':
      return <FrozenText block={block} />
    case 'atGateway':
      return <AtGatewayText rule={block.rule} />
    default:
      return assertNever(block)
  }
}

interface BlockTextProps {
  readonly blocked: Blocked
  readonly children: ReactNode
  readonly hasMembers?: boolean
}

/**
 * The rule that stood in the way, its numbers, when it changes, what can be done, and what was bought before. Says nothing to
 * persuade. `children` is what can be done; `hasMembers` whether somebody else may have made the rule.
 */
export function BlockText({ blocked: { block, payee }, children, hasMembers = false }: BlockTextProps) {
  return (
    <div className={styles.words}>
      <RuleText block={block} payee={payee} hasMembers={hasMembers} />
      <p>{children}</p>
      {block.kind === 'limit' && <Bought bought={block.bought} />}
    </div>
  )
}

/** Whether help against buying too much is to be pointed at. */
export function isAboutExclusion(block: Block): boolean {
  return block.kind === 'excluded' || (block.kind === 'atGateway' && block.rule === 'excluded')
}
