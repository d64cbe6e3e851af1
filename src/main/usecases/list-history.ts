import type { HistoryRow } from '../../contract/ipc/launcher.ts'
import { toWire } from '../../domain/money.ts'
import { LogStorageError, type PurchaseRecord } from '../ports/event-log.ts'
import type { LedgerAccess } from '../ports/ledger-access.ts'

type History = { kind: 'ok'; rows: HistoryRow[]; unverified: boolean } | { kind: 'unavailable' }

/** Everything that was paid or may have been, newest first. Shown even where it cannot be checked, and then said so. */
export function createListHistory({ ledger }: { readonly ledger: LedgerAccess }) {
  return function listHistory(): History {
    const log = ledger.log()
    const state = ledger.state()
    if (!log) return state === 'vaultUnavailable' ? { kind: 'ok', rows: [], unverified: false } : { kind: 'unavailable' }
    try {
      return { kind: 'ok', rows: log.purchases().map(toRow), unverified: state !== 'ready' }
    } catch (error) {
      if (error instanceof LogStorageError) return { kind: 'unavailable' }
      throw error
    }
  }
}

function toRow(record: PurchaseRecord): HistoryRow {
  const { purchaseId, at, settledAt, state, item, game, payee, price, receiptNumber } = record
  const amount = record.refunded + record.chargedBack
  const moneyBack = amount > 0n ? { moneyBack: toWire({ ...price, amount }) } : {}
  return { purchaseId, at, settledAt, state, item, game, payee, price: toWire(price), ...moneyBack, receiptNumber }
}
