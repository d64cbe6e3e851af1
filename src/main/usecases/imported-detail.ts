import type { PurchaseDetail } from '../../contract/ipc/purchase-detail.ts'
import { everyLine } from '../../domain/history/filter.ts'
import { type HistoryLine, linesOfImport } from '../../domain/history/line.ts'
import type { ImportedRow, ImportPart } from '../../domain/imports.ts'
import { toWire } from '../../domain/money.ts'
import { maySee } from '../../domain/roles.ts'
import type { HistoryIndex } from '../ports/history-index.ts'
import type { HistoryViewer } from './history-question.ts'
import { lineView } from './search-history.ts'

/** More than a file has refunds of one purchase. */
const mostLines = 200

/**
 * A purchase that was imported, as its file said it, or null: also for an import that was undone, of which the index has no lines. The index tells
 * where to look; what is told is read from the ledger.
 */
export async function importedDetail(
  index: Pick<HistoryIndex, 'page'>,
  { log, decider, everything }: HistoryViewer,
  purchaseId: string,
): Promise<PurchaseDetail | null> {
  const question = { ...everything, filter: { ...everyLine, purchaseIds: [purchaseId] }, order: { by: 'at', direction: 'ascending' } as const }
  const found = await index.page(question, { offset: 0, limit: mostLines })
  const read = found.flatMap(({ seq, id }) => {
    const event = log.event(seq)
    if (event?.type !== 'import.made' || !maySee(log.controls(), decider.memberId, event.payload.memberId ?? null)) return []
    const line = linesOfImport(event).find((one) => one.id === id && one.purchaseId === purchaseId)
    return line ? [{ line, part: event.payload, importedAt: event.at }] : []
  })
  const first = read.find(({ line }) => line.kind === 'charge') ?? read[0]
  if (!first) return null
  return detailOf(first, read.map(({ line }) => line), everything.names)
}

interface Read {
  readonly line: HistoryLine
  readonly part: ImportPart
  readonly importedAt: string
}

function detailOf({ line, part, importedAt }: Read, lines: readonly HistoryLine[], names: Readonly<Record<string, string>>): PurchaseDetail {
  const { purchaseId, item, payee, game, price, memberId, state, receiptNumber } = line
  const { n: row, paidWith = null } = rowOf(part, line)
  const cost = lines.reduce((sum, { moved }) => sum + moved, 0n)
  return {
    from: 'elsewhere',
    ...{ purchaseId, item, payee, state, importedAt, row, paidWith },
    game: game === '' ? null : game,
    price: toWire(price),
    cost: toWire({ ...price, amount: cost }),
    who: memberId === null ? null : (names[memberId] ?? null),
    lines: lines.map((one) => lineView(one, names)),
    source: part.source,
    fileName: part.fileName,
    counts: part.counts && line.kind === 'charge',
    order: receiptNumber,
  }
}

function rowOf({ importId, rows }: ImportPart, { id }: HistoryLine): ImportedRow {
  const row = rows.find(({ n }) => `${importId}-${n}` === id)
  if (!row) throw new Error('a line of an import is one of its rows')
  return row
}
