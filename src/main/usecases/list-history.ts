import type { HistoryRow } from '../../contract/ipc/launcher.ts'
import { toWire } from '../../domain/money.ts'
import { maySee } from '../../domain/roles.ts'
import { LogStorageError, type PurchaseRecord } from '../ports/event-log.ts'
import type { LedgerAccess } from '../ports/ledger-access.ts'
import { nameFor } from './person-names.ts'
import { type Actor, whoDecides } from './who-decides.ts'

type History = { kind: 'ok'; rows: HistoryRow[]; unverified: boolean } | { kind: 'locked' | 'unavailable' }

/**
 * Everything that was paid or may have been, newest first, as far as whose profile is open may see it. Shown even where it
 * cannot be checked, and then said so.
 */
export function createListHistory({ actor, ledger }: { readonly actor: Actor; readonly ledger: LedgerAccess }) {
  return function listHistory(): History {
    const log = ledger.log()
    const state = ledger.state()
    if (!log) return state === 'vaultUnavailable' ? { kind: 'ok', rows: [], unverified: false } : { kind: 'unavailable' }
    try {
      const decider = whoDecides(log.controls(), actor)
      if (!decider) return { kind: 'locked' }
      const seen = log.purchases().filter(({ memberId }) => maySee(log.controls(), decider.memberId, memberId))
      return { kind: 'ok', rows: seen.map((record) => toRow(record, nameFor(log, record.memberId))), unverified: state !== 'ready' }
    } catch (error) {
      if (error instanceof LogStorageError) return { kind: 'unavailable' }
      throw error
    }
  }
}

function toRow(record: PurchaseRecord, who: string | null): HistoryRow {
  const { purchaseId, at, settledAt, state, item, game, payee, price, receiptNumber } = record
  const amount = record.refunded + record.chargedBack
  const moneyBack = amount > 0n ? { moneyBack: toWire({ ...price, amount }) } : {}
  return { purchaseId, at, settledAt, state, item, game, payee, price: toWire(price), ...moneyBack, receiptNumber, who }
}
