/** The life of one purchase, as moments with their times. */
import type { Moment } from '../../contract/ipc/purchase-detail.ts'
import type { LogEvent, RequestedPurchase } from '../../domain/events.ts'
import type { Names } from '../../domain/history/filter.ts'
import type { HistoryLine } from '../../domain/history/line.ts'
import { toWire } from '../../domain/money.ts'
import { requestLifeMs } from '../../domain/requests.ts'
import type { EventLog } from '../ports/event-log.ts'

export interface LifeParts {
  readonly events: readonly LogEvent[]
  /** What the events make of the history: the amounts are from there. */
  readonly lines: readonly HistoryLine[]
  /** What the minor asked for, where it was asked for. */
  readonly request: RequestedPurchase | null
  readonly names: Names
}

export function lifeOf({ events, lines, request, names }: LifeParts): Moment[] {
  const nameOf = (memberId: string | undefined) => (memberId === undefined ? null : (names[memberId] ?? null))
  const asked: Moment[] = request ? [{ kind: 'asked', at: request.askedAt, by: nameOf(request.memberId) }] : []
  return [...asked, ...events.flatMap((event) => momentsOf(event, lines, nameOf))]
}

function momentsOf(event: LogEvent, lines: readonly HistoryLine[], nameOf: (memberId: string | undefined) => string | null): Moment[] {
  const { type, payload, at } = event
  switch (type) {
    case 'purchase.approved': {
      const { challenge, approvedBy } = payload
      const by = nameOf(approvedBy ?? challenge.memberId)
      return [{ kind: 'shown', at: challenge.shownAt }, { kind: 'approved', at, by, guardian: approvedBy !== undefined }]
    }
    case 'purchase.unknown':
      return [{ kind: 'unknown', at }]
    case 'purchase.declined':
      return [{ kind: 'declined', at, reason: payload.reason }]
    case 'purchase.voided':
      return [{ kind: 'voided', at, reason: payload.reason }]
    case 'purchase.recovered':
      return [...moneyOf(event, lines), { kind: 'recovered', at }]
    case 'dispute.opened':
      return [{ kind: 'disputed', at: payload.openedAt, reason: payload.reason, note: payload.note ?? null }]
    case 'dispute.closed':
      return [{ kind: 'disputeClosed', at: payload.closedAt, outcome: payload.outcome }]
    default:
      return moneyOf(event, lines)
  }
}

/** Money that moved is a line of the history, with the same number. */
function moneyOf({ seq }: LogEvent, lines: readonly HistoryLine[]): Moment[] {
  const line = lines.find((one) => one.seq === seq)
  if (!line) return []
  const { id: lineId, at, kind, moved, price: { currency } } = line
  const amount = toWire({ amount: moved < 0n ? -moved : moved, currency })
  switch (kind) {
    case 'charge':
      return [{ kind: 'charged', at, lineId, amount, reference: line.receiptNumber ?? '' }]
    case 'refund':
    case 'chargeback':
    case 'chargebackReversal':
      return [{ kind, at, lineId, amount, reference: line.reference ?? '' }]
    default:
      return []
  }
}

/**
 * What a minor asked for, to which the approval is the answer. The family forgets old ones, so it is looked for among the events before the
 * approval, no further back than a request waits.
 */
export function requestBefore(log: Pick<EventLog, 'event'>, approval: Extract<LogEvent, { type: 'purchase.approved' }>): RequestedPurchase | null {
  const { requestId } = approval.payload.challenge
  if (requestId === undefined) return null
  const firstMs = Date.parse(approval.at) - requestLifeMs - slackMs
  for (let seq = approval.seq - 1; seq > 0; seq -= 1) {
    const event = log.event(seq)
    if (!event || Date.parse(event.at) < firstMs) return null
    if (event.type === 'request.made' && event.payload.requestId === requestId) return event.payload
  }
  return null
}

/** The life of a request is by the gateway's clock, and events are dated by this computer's. */
const slackMs = 24 * 60 * 60_000
