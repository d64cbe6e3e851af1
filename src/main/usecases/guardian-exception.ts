/** What a guardian's yes can make an exception from, and who could say it. */
import type { Controls } from '../../domain/controls.ts'
import type { RequestCause } from '../../domain/events.ts'
import { type Block, type Moment, judge } from '../../domain/limits.ts'
import type { Money } from '../../domain/money.ts'
import { isMinor, mayAnswer, roleOf } from '../../domain/roles.ts'
import type { UsageLine } from '../../domain/usage.ts'
import { reflectionPauseMs } from './reflection-pause.ts'

/** A limit or quiet hours of the member's own: the only blocks that an exception is made from. */
type OwnBlock = Extract<Block, { kind: 'limit' | 'quietHours' }>

/** P8: who may say yes or no to what the member asks, in the order in which they came. */
export function guardiansFor(controls: Controls, memberId: string, gatewayMs: number | null): string[] {
  return (controls.members ?? []).map((member) => member.memberId).filter((id) => mayAnswer(controls, id, memberId, gatewayMs))
}

/** Whether the block is a minor's own, so that a guardian could lift it, whatever else there may be behind it. */
export function mayBeLifted(controls: Controls, block: Block, memberId: string | null): block is OwnBlock {
  if (memberId === null || !isMinor(roleOf(controls, memberId) ?? 'removed')) return false
  const whose = block.kind === 'limit' ? block.standing.limit.memberId : block.kind === 'quietHours' ? block.memberId : undefined
  return whose === memberId
}

interface Asked {
  readonly memberId: string | null
  readonly sellerId: string
  readonly counted: Money
}

interface Judged {
  controls(): Controls
  usageSince(fromMs: number): UsageLine[]
}

/** P4, P5: what would stand in the way even with a guardian's yes; null for nothing. */
export function blockBehind(log: Judged, { memberId, sellerId, counted }: Asked, moment: Moment): Block | null {
  const controls = log.controls()
  // Without a guardian who may answer it is judged as it was, and stays blocked.
  const [approvedBy] = memberId === null ? [] : guardiansFor(controls, memberId, moment.gatewayMs)
  const verdict = judge(controls, log.usageSince, { memberId, approvedBy, sellerId, counted }, moment)
  return verdict.kind === 'blocked' ? verdict.block : null
}

/** P4, P5: whether the block is all that stands in the way, so that a guardian's yes would let the purchase through. */
export function isLiftable(log: Judged, block: Block, asked: Asked, moment: Moment): block is OwnBlock {
  return mayBeLifted(log.controls(), block, asked.memberId) && blockBehind(log, asked, moment) === null
}

/** Nothing to spend means to ask; any other limit, and quiet hours, are first thought about. */
export function pauseBefore(block: OwnBlock): number {
  return block.kind === 'limit' && block.standing.limit.amount === '0' ? 0 : reflectionPauseMs
}

/** Why it could not be bought, as the request remembers it. */
export function causeOf(block: OwnBlock): RequestCause {
  if (block.kind === 'quietHours') return { kind: 'quietHours', until: new Date(block.untilMs).toISOString() }
  const { amount, ...key } = block.standing.limit
  return { kind: 'limit', ...key, cap: amount, left: block.standing.left.toString() }
}
