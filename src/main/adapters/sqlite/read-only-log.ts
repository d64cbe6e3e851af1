import type Database from 'better-sqlite3'
import type { Hmac } from '../../../domain/chain.ts'
import { LogReadOnlyError, type EventLog, type LogHead, type LogState } from '../../ports/event-log.ts'
import type { GatewaySignatures } from '../../ports/signatures.ts'
import { VaultError } from '../../ports/vault.ts'
import { historyOf } from './history.ts'
import { rowsOf } from './rows.ts'
import { verifyLog } from './verify-log.ts'

export type ReadOnlyState = Exclude<LogState, { kind: 'ready' }>

/** The error with which `append` is refused in a state. */
export function refusalOf(state: ReadOnlyState): Error {
  return state.kind === 'vaultUnavailable' ? new VaultError(state.problem) : new LogReadOnlyError(state.kind)
}

/** A log of which only the history can be had. `db` cannot write; `secrets` is null when the vault did not give them. */
export function readOnlyLog(options: {
  readonly db: Database.Database
  readonly state: ReadOnlyState
  readonly secrets: { readonly hmac: Hmac; readonly anchor: LogHead | null } | null
  readonly signatures: () => Promise<GatewaySignatures | null>
  readonly onClose: () => void
}): EventLog {
  const { db, state, secrets, signatures, onClose } = options
  let isClosed = false
  return {
    ...historyOf(rowsOf(db)),
    state: () => state,
    append: () => Promise.reject(isClosed ? new LogReadOnlyError('closed') : refusalOf(state)),
    distrust: () => {},
    anchored: () => (state.kind === 'vaultUnavailable' ? Promise.reject(refusalOf(state)) : Promise.resolve()),
    async verify() {
      if (state.kind === 'vaultUnavailable') return { kind: 'unverifiable', reason: 'vaultUnavailable' }
      if (state.kind === 'tampered' && state.finding === 'logMissing') return state
      if (!secrets) return { kind: 'unverifiable', reason: 'keyMissing' }
      const found = await verifyLog(db, { ...secrets, signatures: await signatures() })
      return found.kind === 'clean' && state.kind === 'tampered' ? state : found
    },
    close() {
      if (!isClosed) {
        isClosed = true
        db.close()
        onClose()
      }
      return Promise.resolve()
    },
  }
}
