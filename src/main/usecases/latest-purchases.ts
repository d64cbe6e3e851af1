import type { PurchaseRow } from '../../contract/ipc/launcher.ts'
import { toWire } from '../../domain/money.ts'
import { maySee } from '../../domain/roles.ts'
import { LogStorageError, type PurchaseRecord } from '../ports/event-log.ts'
import type { LedgerAccess } from '../ports/ledger-access.ts'
import { type Actor, whoDecides } from './who-decides.ts'

type Latest = { kind: 'ok'; rows: PurchaseRow[]; unverified: boolean } | { kind: 'locked' | 'unavailable' }

/** More than anybody makes while a notice of them is on the screen. */
const latestCount = 200

/** Where the newest purchases stand, as far as whose profile is open may see them. */
export function createLatestPurchases({ actor, ledger }: { readonly actor: Actor; readonly ledger: LedgerAccess }) {
  return function latestPurchases(): Latest {
    const log = ledger.log()
    const state = ledger.state()
    if (!log) return state === 'vaultUnavailable' ? { kind: 'ok', rows: [], unverified: false } : { kind: 'unavailable' }
    try {
      const decider = whoDecides(log.controls(), actor)
      if (!decider) return { kind: 'locked' }
      const seen = log.newestPurchases(latestCount).filter(({ memberId }) => maySee(log.controls(), decider.memberId, memberId))
      return { kind: 'ok', rows: seen.map(toRow), unverified: state !== 'ready' }
    } catch (error) {
      if (error instanceof LogStorageError) return { kind: 'unavailable' }
      throw error
    }
  }
}

function toRow({ purchaseId, at, settledAt, state, item, payee, price, receiptNumber }: PurchaseRecord): PurchaseRow {
  return { purchaseId, at, settledAt, state, item, payee, price: toWire(price), receiptNumber }
}
