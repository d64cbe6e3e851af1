import type { ReceiptFormat, SavedReceipt } from '../../contract/ipc/documents.ts'
import type { PurchaseId } from '../../domain/brands.ts'
import type { EventType, LogEvent } from '../../domain/events.ts'
import type { PurchaseRecord } from '../../domain/ledger.ts'
import { isReceiptFor } from '../../domain/quote.ts'
import { receiptFile, type SignedReceipt } from '../../domain/receipt-file.ts'
import { maySee } from '../../domain/roles.ts'
import type { AskFile } from '../ports/ask-file.ts'
import type { DocumentOrder, Documents } from '../ports/documents.ts'
import { type EventLog, LogStorageError } from '../ports/event-log.ts'
import type { HistoryIndex } from '../ports/history-index.ts'
import type { ReceiptSignatures } from '../ports/signatures.ts'
import { type HistoryDeps, historyViewer, type HistoryViewer } from './history-question.ts'
import { nameFor } from './person-names.ts'
import { type MoneyBack, receiptPaper } from './receipt-paper.ts'
import { receiptWords } from './receipt-words.ts'

interface Input {
  readonly purchaseId: string
  readonly format: ReceiptFormat
}

interface Deps extends HistoryDeps {
  readonly askFile: AskFile
  readonly documents: Documents
  readonly index: Pick<HistoryIndex, 'eventsOf'>
  /** Whether no real money moves. */
  readonly sandbox: boolean
  /** Null while it is not known which keys the gateway signs with. */
  readonly signatures: () => Promise<ReceiptSignatures | null>
}

export interface SaveReceipt {
  save(input: Input): Promise<SavedReceipt>
  /** Cancels what is being written, and resolves when nothing is left of it. */
  stop(): Promise<void>
}

/** Saves the receipt of a purchase that may be seen. One that the gateway did not sign, or not for this purchase, proves nothing and is not saved. */
export function createSaveReceipt(deps: Deps): SaveReceipt {
  let running: { readonly cancel: AbortController; readonly end: Promise<SavedReceipt> } | null = null
  return {
    async save(input) {
      if (running) return { kind: 'busy' }
      const cancel = new AbortController()
      running = { cancel, end: unlessUnreadable(() => saveReceipt(deps, input, cancel.signal)) }
      try {
        return await running.end
      } finally {
        running = null
      }
    },
    async stop() {
      running?.cancel.abort()
      await running?.end.catch(() => null)
    },
  }
}

async function saveReceipt(deps: Deps, input: Input, signal: AbortSignal): Promise<SavedReceipt> {
  const before = viewerOf(deps)
  if ('kind' in before) return before
  const found = await findReceipt(deps, before, input.purchaseId)
  if ('kind' in found) return found
  // Of what an identifier may have (contract/text.ts) a colon alone is in no file's name everywhere.
  const number = found.receipt.claims.receiptNumber.replaceAll(':', '-')
  const { saveTitle, fileKinds } = receiptWords[deps.language()]
  const question = { title: saveTitle, name: `tuppence-receipt-${number}.${input.format}`, kind: fileKinds[input.format], extension: input.format }
  const file = await deps.askFile(question)
  if (file === null || signal.aborted) return { kind: 'cancelled' }
  // The box was open for as long as the person liked.
  const now = viewerOf(deps)
  if ('kind' in now) return now
  if (now.decider.memberId !== before.decider.memberId) return { kind: 'locked' }
  const end = await deps.documents.write(orderFor(deps, now, found, input.format), file, { signal, onProgress: () => {} })
  return end.kind === 'written' ? { kind: 'written', name: nameIn(file) } : end
}

function viewerOf(deps: Deps): HistoryViewer | Extract<SavedReceipt, { kind: 'failed' | 'locked' | 'notFound' }> {
  const viewer = historyViewer(deps)
  if (!('kind' in viewer)) return viewer
  if (viewer.kind === 'unavailable') return { kind: 'failed', problem: 'ledgerUnreadable' }
  return { kind: viewer.kind === 'empty' ? 'notFound' : 'locked' }
}

interface Found {
  readonly record: PurchaseRecord
  readonly receipt: SignedReceipt
  readonly events: readonly LogEvent[]
}

type NotFound = Extract<SavedReceipt, { kind: 'notFound' | 'noReceipt' | 'notGood' | 'notVerifiable' }>

async function findReceipt({ index, signatures }: Deps, { log, decider }: HistoryViewer, purchaseId: string): Promise<Found | NotFound> {
  const record = log.purchase(purchaseId as PurchaseId)
  if (!record || !maySee(log.controls(), decider.memberId, record.memberId)) return { kind: 'notFound' }
  const events = (await index.eventsOf(purchaseId)).flatMap((seq) => eventAt(log, seq))
  const charged = first(events, 'purchase.succeeded') ?? first(events, 'purchase.recovered')
  if (!charged) return { kind: 'noReceipt' }
  const known = await signatures()
  if (!known) return { kind: 'notVerifiable' }
  const jws = charged.payload.receipt
  const signed = await known.signedReceipt(jws)
  return signed && isOf(signed.claims, charged, first(events, 'purchase.approved')) ? { record, events, receipt: { ...signed, jws } } : { kind: 'notGood' }
}

type Charged = Extract<LogEvent, { type: 'purchase.succeeded' | 'purchase.recovered' }>

/** Whether the receipt is for just what was approved; of a purchase that only the receipt is left of, for just what the ledger has of it. */
function isOf(claims: SignedReceipt['claims'], { type, payload }: Charged, approval: Extract<LogEvent, { type: 'purchase.approved' }> | null): boolean {
  if (claims.receiptNumber !== payload.receiptNumber || claims.idempotencyKey !== payload.purchaseId) return false
  if (type === 'purchase.recovered') return claims.price.amount === payload.price.amount && claims.price.currency === payload.price.currency
  return approval !== null && isReceiptFor(claims, { ...approval.payload, deviceId: claims.deviceId })
}

function orderFor(deps: Deps, { log, everything }: HistoryViewer, { record, receipt, events }: Found, format: ReceiptFormat): DocumentOrder {
  if (format === 'json') return { kind: 'text', text: receiptFile(receipt) }
  const { game, state, memberId } = record
  const content = { receipt, game, state, moneyBack: moneyBackOf(events), who: nameFor(log, memberId) }
  return { kind: 'pdf', paper: receiptPaper(content, { language: deps.language(), sandbox: deps.sandbox, zone: everything.zone }) }
}

function moneyBackOf(events: readonly LogEvent[]): MoneyBack[] {
  const chargedBack = new Map<string, bigint>()
  return events.flatMap((event): MoneyBack[] => {
    switch (event.type) {
      case 'purchase.refunded':
        return [{ kind: 'refund', at: event.payload.refundedAt, reference: event.payload.refundId, moved: -BigInt(event.payload.amount.amount) }]
      case 'purchase.chargedBack': {
        const { chargebackId: reference, chargedBackAt: at, amount } = event.payload
        chargedBack.set(reference, BigInt(amount.amount))
        return [{ kind: 'chargeback', at, reference, moved: -BigInt(amount.amount) }]
      }
      case 'purchase.chargebackReversed': {
        const { chargebackId: reference, reversedAt: at } = event.payload
        return [{ kind: 'chargebackReversal', at, reference, moved: chargedBack.get(reference) ?? 0n }]
      }
      default:
        return []
    }
  })
}

function eventAt(log: EventLog, seq: number): LogEvent[] {
  for (const event of log.events(seq)) return event.seq === seq ? [event] : []
  return []
}

function first<T extends EventType>(events: readonly LogEvent[], type: T): Extract<LogEvent, { type: T }> | null {
  return (events.find((event) => event.type === type) as Extract<LogEvent, { type: T }> | undefined) ?? null
}

/** Without its folders, by the separators of any system. */
const nameIn = (file: string): string => file.split(/[\\/]/).at(-1) ?? file

async function unlessUnreadable(work: () => Promise<SavedReceipt>): Promise<SavedReceipt> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof LogStorageError) return { kind: 'failed', problem: 'ledgerUnreadable' }
    throw error
  }
}
