import type { Judged } from '../../contract/ipc/monitoring.ts'
import type { LimitEffect, PurchaseDetail, PurchaseDetailResult, ReceiptView, Shown } from '../../contract/ipc/purchase-detail.ts'
import { challengeDigest } from '../../domain/canonical.ts'
import { disputable, openDisputeOf } from '../../domain/disputes.ts'
import type { ChallengeContent, EventPayloads, LogEvent } from '../../domain/events.ts'
import type { Names } from '../../domain/history/filter.ts'
import { linesOf } from '../../domain/history/line.ts'
import { isSpending, net, type PurchaseRecord } from '../../domain/ledger.ts'
import { fromWire, toWire, unitPrice } from '../../domain/money.ts'
import { isReceiptOf, type ReceiptEvent } from '../../domain/receipt-proof.ts'
import { maySayWhose, maySee } from '../../domain/roles.ts'
import { type EventLog, LogStorageError } from '../ports/event-log.ts'
import type { HistoryIndex } from '../ports/history-index.ts'
import type { GatewaySignatures } from '../ports/signatures.ts'
import { type HistoryDeps, historyViewer, type HistoryViewer, notTheirsAnyMore } from './history-question.ts'
import { importedDetail } from './imported-detail.ts'
import { nameFor } from './person-names.ts'
import { type PurchaseWithEvents, readPurchase } from './purchase-events.ts'
import { lifeOf, requestBefore } from './purchase-life.ts'
import { answersAfter, riskView } from './report-monitoring.ts'
import { lineView } from './search-history.ts'

export interface PurchaseDetailDeps extends HistoryDeps {
  readonly index: Pick<HistoryIndex, 'eventsOf' | 'page' | 'progress'>
  /** SHA-256 of the UTF-8 of a text, in base64url. */
  readonly sha256: (text: string) => string
  /** Null where this build knows no key of a gateway. Never rejects. */
  readonly signatures: () => Promise<GatewaySignatures | null>
}

/** P9: all that is known of one purchase, for whoever may see it; to everybody else there is none. */
export function createPurchaseDetail(deps: PurchaseDetailDeps) {
  return async function purchaseDetail({ purchaseId }: { readonly purchaseId: string }): Promise<PurchaseDetailResult> {
    try {
      const viewer = historyViewer(deps)
      if ('kind' in viewer) return { kind: viewer.kind === 'empty' ? 'notFound' : viewer.kind }
      const progress = deps.index.progress()
      if (progress) return { kind: 'building', ...progress }
      const found = await findDetail(deps, viewer, purchaseId)
      const gone = notTheirsAnyMore(deps, viewer)
      if (gone) return gone
      return found ? { kind: 'ok', purchase: found, unverified: deps.ledger.state() !== 'ready' } : { kind: 'notFound' }
    } catch (error) {
      if (error instanceof LogStorageError) return { kind: 'unavailable' }
      throw error
    }
  }
}

async function findDetail(deps: PurchaseDetailDeps, viewer: HistoryViewer, purchaseId: string): Promise<PurchaseDetail | null> {
  const { log, decider, everything } = viewer
  const found = await readPurchase(log, deps.index, purchaseId)
  if (!found) return importedDetail(deps.index, viewer, purchaseId)
  if (!maySee(log.controls(), decider.memberId, found.record.memberId)) return null
  return boughtDetail(deps, log, found, { names: everything.names, viewer: decider.memberId })
}

type Approval = Extract<LogEvent, { type: 'purchase.approved' }>

async function boughtDetail(deps: PurchaseDetailDeps, log: EventLog, { record, events }: PurchaseWithEvents, { names, viewer }: { readonly names: Names; readonly viewer: string | null }): Promise<PurchaseDetail> {
  const approval = events.find((event): event is Approval => event.type === 'purchase.approved') ?? null
  const lines = linesOf(events)
  const request = approval && requestBefore(log, approval)
  const { purchaseId, item, payee, game, price, memberId, state, reason } = record
  return {
    from: 'tuppence',
    ...{ purchaseId, item, payee, state, reason },
    game: game === '' ? null : game,
    price: toWire(price),
    cost: toWire({ ...price, amount: net(record) }),
    who: memberId === null ? null : (names[memberId] ?? null),
    lines: lines.map((line) => lineView(line, names)),
    life: lifeOf({ events, lines, request, names }),
    shown: approval && whatWasShown(approval.payload, { names, sha256: deps.sha256, askedAt: request?.askedAt ?? null }),
    receipt: await receiptView(deps, events, approval),
    limits: limitEffect(record, events),
    risk: approval && judgedOf(log, approval, viewer),
    dispute: disputeState(record, events),
  }
}

/** How it was judged, what was said of that, and what whoever looks may say. */
function judgedOf(log: EventLog, { seq, payload: { purchaseId, challenge } }: Approval, viewer: string | null): Judged | null {
  if (!challenge.risk) return null
  const said = log.eventsOfTypes(['risk.answered'], seq, (log.head()?.seq ?? seq) + 1).findLast(({ payload }) => 'purchaseId' in payload && payload.purchaseId === purchaseId)
  const answer = said?.type === 'risk.answered' ? { answer: said.payload.answer, at: said.at, by: nameFor(log, said.actor) } : null
  const may = maySayWhose(log.controls(), viewer, challenge.memberId ?? null)
  return { ...riskView(challenge.risk), answer, mayAnswer: may ? answersAfter(answer?.answer ?? null) : [] }
}

type WhatWasShown = NonNullable<Extract<PurchaseDetail, { from: 'tuppence' }>['shown']>

/** P1: what the confirm window laid out, from the content that was approved, and whether that content is still the one. */
function whatWasShown(
  { challenge, challengeDigest: fingerprint }: EventPayloads['purchase.approved'],
  { names, sha256, askedAt }: { readonly names: Names; readonly sha256: (text: string) => string; readonly askedAt: string | null },
): WhatWasShown {
  const digest = challengeDigest(challenge, sha256) === fingerprint ? 'matches' : 'differs'
  return { content: shownOf(challenge, names), at: challenge.shownAt, askedAt, digest, fingerprint }
}

function shownOf(challenge: ChallengeContent, names: Names): Shown {
  const { payee, item, game, kind, bundle, passDays, price, tax, fundingSource, counted, headroom = [], memberId, stepUp } = challenge
  const name = memberId === undefined ? undefined : names[memberId]
  return {
    ...{ payee, item, game, kind, price, tax, fundingSource },
    ...(bundle && { bundle, unitPrice: unitPrice(fromWire(price), bundle.count) }),
    ...(passDays !== undefined && { passDays }),
    ...(counted && { counted }),
    headroom: [...headroom],
    ...(name !== undefined && { buyer: { name } }),
    ...(stepUp && { stepUp: { reasons: [...stepUp.reasons], ...(stepUp.above && { above: stepUp.above }) } }),
  }
}

const isReceiptEvent = (event: LogEvent): event is ReceiptEvent => event.type === 'purchase.succeeded' || event.type === 'purchase.recovered'

async function receiptView({ signatures }: PurchaseDetailDeps, events: readonly LogEvent[], approval: Approval | null): Promise<ReceiptView | null> {
  const event = events.find(isReceiptEvent)
  if (!event) return null
  const key = await signatures()
  const claims = (await key?.receipt(event.payload.receipt)) ?? null
  const { receiptNumber: number, chargedAt } = event.payload
  if (claims && isReceiptOf(claims, event, approval?.payload ?? null)) {
    const { price, tax, fundingSource } = claims
    return { number, chargedAt: claims.chargedAt, price, tax, fundingSource, signature: 'verified' }
  }
  return { number, chargedAt, ...asApproved(event, approval), signature: key ? 'notVerified' : 'noKey' }
}

/** Where the receipt proves nothing, what was agreed to. */
function asApproved(event: ReceiptEvent, approval: Approval | null): Pick<ReceiptView, 'price' | 'tax' | 'fundingSource'> {
  if (event.type === 'purchase.recovered') {
    return { price: event.payload.price, tax: null, fundingSource: { id: event.payload.fundingSourceId, label: null } }
  }
  if (!approval) throw new Error('only a recovered purchase has no approval')
  const { price, tax, fundingSource } = approval.payload.challenge
  return { price, tax, fundingSource }
}

/** Null where there were no limits yet, so that it counts nowhere. */
function limitEffect(record: PurchaseRecord, [first]: readonly LogEvent[]): LimitEffect | null {
  const effect = { counted: toWire(record.counted), countedAt: record.countedAt, isCounting: isSpending(record) }
  if (first?.type === 'purchase.recovered') return first.payload.counted ? { ...effect, headroom: [], isNearLimit: false, warnings: [] } : null
  if (first?.type !== 'purchase.approved') return null
  const { challenge: { counted, headroom = [], isNearLimit = false }, limitWarnings = [] } = first.payload
  if (!counted) return null
  const warnings = limitWarnings.map(({ period, sellerId, memberId, percent }) => ({ period, sellerId, ...(memberId !== undefined && { memberId }), percent }))
  return { ...effect, headroom: [...headroom], isNearLimit, warnings }
}

function disputeState(record: PurchaseRecord, events: readonly LogEvent[]): Extract<PurchaseDetail, { from: 'tuppence' }>['dispute'] {
  const open = openDisputeOf(events)
  if (open?.opened) {
    const { openedAt, reason, note = null } = open.opened
    return { kind: 'open', disputeId: open.disputeId, openedAt, reason, note }
  }
  const can = disputable(record)
  return { kind: can === 'yes' ? 'possible' : can }
}
