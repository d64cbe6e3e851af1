/**
 * Has the gateway sign where the log's head is. Whoever puts back an older copy of everything on this computer, keychain
 * included, then meets a gateway that remembers more.
 */
import type { LogEvent } from '../../domain/events.ts'
import type { EventLog, LogHead } from '../ports/event-log.ts'
import { type Gateway, GatewayError } from '../ports/gateway.ts'
import type { LedgerAccess } from '../ports/ledger-access.ts'

/** A new signature is asked for when so many events were added since the last, or when the log was just opened. */
const countersignEvery = 16

export interface CountersignDeps {
  readonly gateway: Pick<Gateway, 'countersign'>
  readonly ledger: LedgerAccess
}

/** Rejects with GatewayError, VaultError, LogReadOnlyError or LogStorageError. */
export function createCountersignLog({ gateway, ledger }: CountersignDeps) {
  let checked: EventLog | null = null
  return async function countersignLog(): Promise<void> {
    const log = ledger.state() === 'ready' ? ledger.log() : null
    const head = log?.head()
    if (!log || !head) return
    const signed = log.newestOf('log.countersigned')
    const isDue = log !== checked || head.seq - (signed?.seq ?? 0) >= countersignEvery
    if (!isDue) return
    if (await isRolledBack(gateway, log, head)) log.distrust({ kind: 'tampered', firstBadSeq: head.seq + 1, finding: 'rolledBack' })
    checked = log
  }
}

async function isRolledBack(gateway: CountersignDeps['gateway'], log: EventLog, head: LogHead): Promise<boolean> {
  const logId = logIdOf(log)
  try {
    const afterRestore = mayBeBehind(log)
    const place = placeToSign(log, head)
    const { claims, jws } = await gateway.countersign({ ...place, logId, afterRestore })
    const { seq, mac, at, previous } = claims
    if (previous && !afterRestore && macAt(log, previous.seq) !== previous.mac) return true
    const payload = { seq, mac, signedAt: at, countersignature: jws }
    if (place === head) await log.append(() => ({ type: 'log.countersigned', actor: 'gateway', payload }))
    return false
  } catch (error) {
    const code = error instanceof GatewayError && error.problem.kind === 'refused' ? error.problem.code : null
    if (code === 'logRolledBack') return true
    throw error
  }
}

/** Where nothing was added but the last signature, the place that it signed is asked about again, and nothing is added. */
function placeToSign(log: EventLog, head: LogHead): LogHead {
  const signed = log.newestOf('log.countersigned')
  return signed?.seq === head.seq ? { seq: signed.payload.seq, mac: signed.payload.mac } : head
}

/** After a backup was put back, and only until the next signature, the gateway knows more than the log: it says so itself. */
function mayBeBehind(log: EventLog): boolean {
  const restored = log.newestOf('log.restored')
  return restored !== null && restored.seq > (log.newestOf('log.countersigned')?.seq ?? 0)
}

function logIdOf(log: EventLog): string {
  const first = eventAt(log, 1)
  if (first?.type !== 'log.opened') throw new TypeError('a log begins with log.opened')
  return first.payload.logId
}

function macAt(log: EventLog, seq: number): string | null {
  return eventAt(log, seq)?.mac ?? null
}

function eventAt(log: EventLog, seq: number): LogEvent | null {
  const next = log.events(seq).next()
  return next.done || next.value.seq !== seq ? null : next.value
}
