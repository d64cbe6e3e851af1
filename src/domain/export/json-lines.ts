/** JSON Lines for programs: one object a line, UTF-8, LF. Source: jsonlines.org, RFC 8259. The fields are in docs/EXPORT.md. */
import type { ExportFormat } from './export-line.ts'
import { decimalOf, localTimeIn } from './export-text.ts'

export const jsonLines: ExportFormat = function* (lines, { zone }) {
  const local = localTimeIn(zone)
  for (const line of lines) {
    const { currency } = line.price
    const money = (amount: bigint) => ({ minor: amount.toString(), decimal: decimalOf(amount, currency) })
    const object = {
      schema: 1,
      id: line.id,
      line: line.kind,
      source: line.source,
      at: line.at,
      localAt: local(line.at).iso,
      approvedAt: line.approvedAt,
      state: line.state,
      reason: line.reason,
      purchaseId: line.purchaseId,
      receiptNumber: line.receiptNumber,
      reference: line.reference,
      seller: { id: line.sellerId, payee: line.payee.toWellFormed() },
      item: line.item.toWellFormed(),
      game: line.game === '' ? null : line.game.toWellFormed(),
      kind: line.offerKind,
      bundle: line.bundle,
      passDays: line.passDays,
      currency,
      price: money(line.price.amount),
      debit: money(line.moved > 0n ? line.moved : 0n),
      credit: money(line.moved < 0n ? -line.moved : 0n),
      tax: line.tax && { ...money(line.tax.amount), rateBasisPoints: line.tax.rateBasisPoints },
      fundingSource: line.fundingSource,
      member: line.memberId === null ? null : { id: line.memberId, name: line.who },
    }
    yield `${JSON.stringify(object)}\n`
  }
}
