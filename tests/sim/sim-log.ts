/**
 * The log on a simulated disk: the real chain, records, postings and anchor, with a disk that refuses, that says it has not
 * written what it has, and that loses with a crash exactly what was not yet written.
 */
import type { PurchaseId } from '../../src/domain/brands.ts'
import { canonicalJson } from '../../src/domain/canonical.ts'
import { chainMac, genesisMac } from '../../src/domain/chain.ts'
import { nextControls, noControls } from '../../src/domain/controls.ts'
import type { LogEvent, NewEvent } from '../../src/domain/events.ts'
import { nextFamily, noFamily } from '../../src/domain/family.ts'
import { type KeptHabits, nextHabits, noHabits, profileOf } from '../../src/domain/risk-profiles.ts'
import { isUnsettled, messageOf, nextRecord, postingsOf, purchaseOf, type Posting, type PurchaseRecord } from '../../src/domain/ledger.ts'
import type { MarkedType } from '../../src/domain/marks.ts'
import { usageChanges, usageLines } from '../../src/domain/usage.ts'
import { anchorKeeper } from '../../src/main/adapters/sqlite/anchor-keeper.ts'
import type { Clock } from '../../src/main/ports/clock.ts'
import { type EventLog, type LogHead, LogReadOnlyError, type LogState, LogStorageError } from '../../src/main/ports/event-log.ts'
import type { Ids } from '../../src/main/ports/ids.ts'
import type { Vault } from '../../src/main/ports/vault.ts'
import type { Coverage } from './coverage.ts'
import type { Scheduler } from './scheduler.ts'
import { hmacOf } from '../support/hmac.ts'

/** What outlives a crash. */
export interface SimDisk {
  events: LogEvent[]
}

export interface SimLogOptions {
  readonly disk: SimDisk
  readonly vault: Vault
  readonly clock: Pick<Clock, 'now'>
  readonly ids: Pick<Ids, 'eventId'>
  readonly scheduler: Scheduler
  readonly coverage: Coverage
  readonly life: number
  /** Told of each event that the application was told is durable. */
  readonly onAcknowledged: (event: LogEvent) => void
}

export const hmac = hmacOf('key of the simulated log')

const headOf = (event: LogEvent | undefined): LogHead | null => (event ? { seq: event.seq, mac: event.mac } : null)

/** What the events come to. */
export function projectionOf(events: readonly LogEvent[]) {
  const records = new Map<PurchaseId, PurchaseRecord>()
  const messages = new Set<string>()
  const postings: Posting[] = []
  const usage = usageLines()
  let controls = noControls
  let family = noFamily
  const habits = new Map<string | null, KeptHabits>()
  const habitsOf = (memberId: string | null) => habits.get(memberId) ?? noHabits
  function take(event: LogEvent): void {
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
  }
  for (const event of events) take(event)
  return { records, messages, postings, usage, controls: () => controls, family: () => family, riskProfile: (of: string | null) => profileOf(habitsOf(of)), take }
}

/** What opening finds, by the rules of the real log: the chain, and the head against the anchor. */
export function stateOf(events: readonly LogEvent[], anchor: LogHead | null): LogState {
  let previous = genesisMac
  for (const [index, { seq, id, type, at, actor, payload, mac }] of events.entries()) {
    const fields = { seq, id, type, at, actor, payload: canonicalJson(payload) }
    const fits = seq === index + 1 && Buffer.from(chainMac(hmac, previous, fields)).toString('base64url') === mac
    if (!fits) return { kind: 'tampered', firstBadSeq: seq, finding: 'macMismatch' }
    previous = Buffer.from(mac, 'base64url')
  }
  const [head, anchorSeq] = [events.length, anchor?.seq ?? 0]
  if (head < anchorSeq) return { kind: 'tampered', firstBadSeq: head + 1, finding: 'truncated' }
  if (head > anchorSeq + 1) return { kind: 'tampered', firstBadSeq: anchorSeq + 2, finding: 'anchorMismatch' }
  if (anchor && events[anchor.seq - 1]?.mac !== anchor.mac) return { kind: 'tampered', firstBadSeq: anchor.seq, finding: 'anchorMismatch' }
  return { kind: 'ready' }
}

/** Opens what is on the disk. Rejects with VaultError. */
export async function openSimLog(options: SimLogOptions): Promise<EventLog> {
  const { disk, vault, clock, ids, scheduler, coverage, life } = options
  const anchorText = await vault.get('log-anchor')
  const stored = anchorText === null ? null : (JSON.parse(anchorText) as LogHead)
  const state = { now: stateOf(disk.events, stored) }
  const projection = projectionOf(disk.events)
  const { records, messages, postings } = projection
  const anchor = anchorKeeper(vault, stored)
  const newest = headOf(disk.events.at(-1))
  if (newest && newest.seq !== stored?.seq && state.now.kind === 'ready') {
    coverage.count('reopened one event ahead of the anchor')
    anchor.moveTo(newest)
  }
  let turn: Promise<unknown> = Promise.resolve()
  /** Of the newest event that this process knows to be durable. */
  let known = newest

  function make({ type, actor, payload }: NewEvent): LogEvent {
    const before = disk.events.at(-1)
    const at = new Date(Math.max(clock.now(), Date.parse(before?.at ?? '') || 0)).toISOString()
    const fields = { seq: disk.events.length + 1, id: ids.eventId(), type, at, actor, payload: canonicalJson(payload) }
    const mac = chainMac(hmac, before ? Buffer.from(before.mac, 'base64url') : genesisMac, fields)
    return { ...fields, payload, mac: Buffer.from(mac).toString('base64url') } as LogEvent
  }

  /** As the real log: what a failed commit has written all the same is anchored before anything is added to it. */
  async function adopt(): Promise<void> {
    const head = headOf(disk.events.at(-1))
    if (head && head.seq !== known?.seq) anchor.moveTo(head)
    known = head
    await anchor.caughtUp()
  }

  async function append(decide: () => NewEvent | null): Promise<LogEvent | null> {
    if (state.now.kind !== 'ready') throw new LogReadOnlyError('tampered')
    await anchor.caughtUp()
    await adopt()
    await scheduler.turn('disk is about to write', life)
    const wanted = decide()
    if (!wanted) return null
    const event = make(wanted)
    if (scheduler.strikes(60)) {
      coverage.count('disk refused before the write')
      throw new LogStorageError({ kind: 'outOfSpace' })
    }
    projection.take(event)
    disk.events.push(event)
    if (scheduler.strikes(80)) {
      coverage.count('disk wrote and said it had not')
      throw new LogStorageError({ kind: 'unreadable', code: 'SQLITE_IOERR_FSYNC' })
    }
    known = headOf(event)
    anchor.moveTo({ seq: event.seq, mac: event.mac })
    await scheduler.turn(`disk has written ${event.type}`, life)
    options.onAcknowledged(event)
    return event
  }

  const inOrder = () => [...records.values()].sort((a, b) => a.approvedSeq - b.approvedSeq)
  return {
    state: () => state.now,
    distrust(finding) {
      if (state.now.kind === 'ready') state.now = finding
    },
    append(decide) {
      const result = turn.then(() => append(decide))
      turn = result.catch(() => {})
      return result
    },
    anchored: () => anchor.caughtUp(),
    head: () => headOf(disk.events.at(-1)),
    newestAtMs: () => Date.parse(disk.events.at(-1)?.at ?? '') || 0,
    events: (fromSeq = 1) => disk.events.slice(fromSeq - 1).values(),
    event: (seq) => disk.events[seq - 1] ?? null,
    eventsOfTypes: (types, fromSeq, beforeSeq) => disk.events.slice(fromSeq - 1, beforeSeq - 1).filter(({ type }) => types.includes(type)),
    purchase: (id) => records.get(id) ?? null,
    purchases: () => inOrder().reverse(),
    newestPurchases: (count) => inOrder().reverse().slice(0, count),
    purchasesSince: (at) => inOrder().reverse().filter((record) => record.at >= at),
    controls: projection.controls,
    family: projection.family,
    riskProfile: projection.riskProfile,
    usageSince: projection.usage.since,
    hasMessage: (id) => messages.has(id),
    newestOf: <T extends MarkedType>(type: T) =>
      (disk.events.findLast((event) => event.type === type) as Extract<LogEvent, { type: T }> | undefined) ?? null,
    unsettled: () => inOrder().filter(isUnsettled),
    postings: () => [...postings],
    approval(id) {
      const seq = records.get(id)?.approvedSeq
      const event = seq === undefined ? undefined : disk.events[seq - 1]
      return event?.type === 'purchase.approved' ? event : null
    },
    verify: async () => ({ kind: 'clean', events: disk.events.length, head: headOf(disk.events.at(-1)) }),
    close: async () => {},
  }
}
