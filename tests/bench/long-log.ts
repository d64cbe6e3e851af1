/** A log as years of buying leave it behind: real-sized events in a file that the application has to open and verify. */
import type { EventId } from '../../src/domain/brands.ts'
import type { NewEvent } from '../../src/domain/events.ts'
import { appendFirst, buildLog } from '../../src/main/adapters/sqlite/create-log.ts'
import { keepAnchor, newKey } from '../../src/main/adapters/sqlite/log-secrets.ts'
import { toHead } from '../../src/main/adapters/sqlite/rows.ts'
import { createFakeVault, type FakeVault } from '../support/fake-vault.ts'
import { approved, succeeded } from '../support/events.ts'

const startedAt = Date.UTC(2026, 0, 1)
const text = (length: number) => 'x'.repeat(length)

/** Payloads as long as real ones: a quote and a receipt are signed texts of about a kilobyte each. */
export function realSized(event: NewEvent): NewEvent {
  if (event.type === 'purchase.approved') return { ...event, payload: { ...event.payload, quote: text(1100), authorisation: text(800) } }
  return event.type === 'purchase.succeeded' ? { ...event, payload: { ...event.payload, receipt: text(1100) } } : event
}

/**
 * Of so many events: purchases that were approved and then charged, one after the other. Gives the vault that fits it. `whose` says
 * which member buys at the moment (milliseconds since the epoch); undefined while there are none.
 */
export async function writeLongLog(file: string, events: number, whose: (atMs: number) => string | undefined = () => undefined): Promise<FakeVault> {
  const vault = createFakeVault()
  const key = newKey(vault)
  await key.keep()
  const newest = await buildLog(file, key.hmac, (append) => {
    let last = appendFirst(append, { id: 'event-1' as EventId, logId: 'log-1' as EventId, at: new Date(startedAt).toISOString() })
    for (let seq = 2; seq <= events; seq += 1) {
      const id = `purchase-${Math.floor(seq / 2)}`
      const atMs = startedAt + seq * 1000
      const place = { seq, previousMac: last.mac, id: `event-${seq}`, at: new Date(atMs).toISOString() }
      const memberId = whose(atMs)
      last = append(realSized(seq % 2 === 0 ? approved(id, memberId === undefined ? {} : { memberId }) : succeeded(id)), place)
    }
    return last
  })
  await keepAnchor(vault, toHead(newest))
  return vault
}
