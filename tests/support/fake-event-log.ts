import type { EventId, PurchaseId } from '../../src/domain/brands.ts'
import { canonicalJson } from '../../src/domain/canonical.ts'
import { chainMac, genesisMac } from '../../src/domain/chain.ts'
import { nextControls, noControls } from '../../src/domain/controls.ts'
import { nextFamily, noFamily } from '../../src/domain/family.ts'
import type { LogEvent, NewEvent } from '../../src/domain/events.ts'
import { type KeptHabits, nextHabits, noHabits, profileOf } from '../../src/domain/risk-profiles.ts'
import { isUnsettled, messageOf, nextRecord, postingsOf, purchaseOf, type Posting, type PurchaseRecord } from '../../src/domain/ledger.ts'
import type { MarkedType } from '../../src/domain/marks.ts'
import { usageChanges, usageLines } from '../../src/domain/usage.ts'
import { anchorKeeper } from '../../src/main/adapters/sqlite/anchor-keeper.ts'
import type { Clock } from '../../src/main/ports/clock.ts'
import { LogReadOnlyError, type EventLog, type LogState } from '../../src/main/ports/event-log.ts'
import { VaultError, type Vault } from '../../src/main/ports/vault.ts'
import { countingEventIds } from './events.ts'
import { createFakeVault } from './fake-vault.ts'
import { hmacOf } from './hmac.ts'

export interface FakeEventLog extends EventLog {
  /** What `state` tells from now on; only `ready` takes events. */
  setState(state: LogState): void
  /** The next append fails with this error, as when the disk is full. */
  failNextAppend(error: Error): void
}

const hmac = hmacOf('test key')

/** The log in memory: the same rules as the real one, nothing to tamper with. */
export function createFakeEventLog(options: {
  readonly clock: Pick<Clock, 'now'>
  readonly ids?: { eventId(): EventId }
  readonly vault?: Vault
}): FakeEventLog {
  const { clock, ids = countingEventIds(), vault = createFakeVault() } = options
  const events: LogEvent[] = []
  const records = new Map<PurchaseId, PurchaseRecord>()
  const postings: Posting[] = []
  const messages = new Set<string>()
  const usage = usageLines()
  const anchor = anchorKeeper(vault, null)
  let state: LogState = { kind: 'ready' }
  let controls = noControls
  let family = noFamily
  const habits = new Map<string | null, KeptHabits>()
  const habitsOf = (memberId: string | null) => habits.get(memberId) ?? noHabits
  let isClosed = false
  let failure: Error | null = null
  let turn: Promise<unknown> = Promise.resolve()

  const headOf = (event: LogEvent | undefined) => (event ? { seq: event.seq, mac: event.mac } : null)
  const inOrder = () => [...records.values()].sort((a, b) => a.approvedSeq - b.approvedSeq)

  function assertWritable(): void {
    if (isClosed) throw new LogReadOnlyError('closed')
    if (state.kind === 'vaultUnavailable') throw new VaultError(state.problem)
    if (state.kind !== 'ready') throw new LogReadOnlyError(state.kind)
    if (failure) {
      const error = failure
      failure = null
      throw error
    }
  }

  function add({ type, actor, payload }: NewEvent): LogEvent {
    const newest = events.at(-1)
    const at = new Date(Math.max(clock.now(), Date.parse(newest?.at ?? '') || 0)).toISOString()
    const fields = { seq: events.length + 1, id: ids.eventId(), type, at, actor, payload: canonicalJson(payload) }
    const mac = chainMac(hmac, newest ? Buffer.from(newest.mac, 'base64url') : genesisMac, fields)
    const event = {
      ...fields,
      payload: JSON.parse(fields.payload) as unknown,
      mac: Buffer.from(mac).toString('base64url'),
    } as LogEvent
    const id = purchaseOf(event)
    const before = (id !== null && records.get(id)) || null
    const record = nextRecord(before, event)
    const nextOnes = nextControls(controls, event)
    const nextOne = nextFamily(family, event, controls)
    const messageId = messageOf(event)
    if (messageId !== null && messages.has(messageId)) throw new RangeError('a message counts once')
    if (messageId !== null) messages.add(messageId)
    for (const [of, kept] of nextHabits(event, { controls, record: before, habitsOf })) habits.set(of, kept)
    controls = nextOnes
    family = nextOne
    for (const change of usageChanges(event, before, record)) usage.add(change)
    postings.push(...postingsOf(event, before, record))
    if (record) records.set(record.purchaseId, record)
    events.push(event)
    anchor.moveTo({ seq: event.seq, mac: event.mac })
    return event
  }

  add({ type: 'log.opened', actor: 'client', payload: { logId: ids.eventId(), format: 1 } })

  return {
    setState(next) {
      state = next
    },
    failNextAppend(error) {
      failure = error
    },
    state: () => state,
    distrust(finding) {
      if (state.kind === 'ready') state = finding
    },
    append(decide) {
      const result = turn.then(async () => {
        assertWritable()
        await anchor.caughtUp()
        const event = decide()
        return event && add(event)
      })
      turn = result.catch(() => {})
      return result
    },
    anchored: () => anchor.caughtUp(),
    head: () => headOf(events.at(-1)),
    newestAtMs: () => Date.parse(events.at(-1)?.at ?? '') || 0,
    events: (fromSeq = 1) => events.slice(fromSeq - 1).values(),
    event: (seq) => events[seq - 1] ?? null,
    eventsOfTypes: (types, fromSeq, beforeSeq) => events.slice(fromSeq - 1, beforeSeq - 1).filter(({ type }) => types.includes(type)),
    purchase: (id) => records.get(id) ?? null,
    purchases: () => inOrder().reverse(),
    newestPurchases: (count) => inOrder().reverse().slice(0, count),
    purchasesSince: (at) => inOrder().reverse().filter((record) => record.at >= at),
    controls: () => controls,
    family: () => family,
    riskProfile: (memberId) => profileOf(habitsOf(memberId)),
    usageSince: usage.since,
    hasMessage: (id) => messages.has(id),
    newestOf: <T extends MarkedType>(type: T) =>
      (events.findLast((event) => event.type === type) as Extract<LogEvent, { type: T }> | undefined) ?? null,
    unsettled: () => inOrder().filter(isUnsettled),
    postings: () => [...postings],
    approval(id) {
      const seq = records.get(id)?.approvedSeq
      const event = seq === undefined ? undefined : events[seq - 1]
      return event?.type === 'purchase.approved' ? event : null
    },
    async verify() {
      await turn
      if (state.kind === 'tampered') return state
      if (state.kind === 'keyMissing' || state.kind === 'vaultUnavailable') {
        return { kind: 'unverifiable', reason: state.kind }
      }
      return { kind: 'clean', events: events.length, head: headOf(events.at(-1)) }
    },
    async close() {
      await turn
      isClosed = true
    },
  }
}
