import type Database from 'better-sqlite3'
import type { Hmac } from '../../../domain/chain.ts'
import type { LogEvent, NewEvent } from '../../../domain/events.ts'
import { LogReadOnlyError, type EventLog, type LogHead, type LogState } from '../../ports/event-log.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Ids } from '../../ports/ids.ts'
import type { GatewaySignatures } from '../../ports/signatures.ts'
import { VaultError, type Vault } from '../../ports/vault.ts'
import { anchorKeeper } from './anchor-keeper.ts'
import { tampering } from './check-log.ts'
import { openSnapshot } from './connection.ts'
import { historyOf } from './history.ts'
import { readAnchor } from './log-secrets.ts'
import { refusalOf } from './read-only-log.ts'
import { rowsOf, toHead, writesOf, type StoredEvent } from './rows.ts'
import { asStorageError } from './storage-error.ts'
import { verifyLog } from './verify-log.ts'
import { writeEvent } from './write-event.ts'

export interface WritableLogOptions {
  readonly db: Database.Database
  readonly file: string
  readonly vault: Vault
  readonly hmac: Hmac
  /** What the vault holds now: the head, or one event less. */
  readonly anchor: LogHead | null
  readonly clock: Pick<Clock, 'now'>
  readonly ids: Pick<Ids, 'eventId'>
  readonly signatures: () => Promise<GatewaySignatures | null>
  readonly onClose: () => void
}

/** Thrown inside the transaction when the newest event is not the one that this process wrote or checked last. */
const headMoved = new Error('another process wrote to the log')

/** Thrown inside the transaction when another connection has committed since all of the log was checked last. */
const touched = new Error('another connection wrote to the file')

/** The log, checked and ready for new events. The database must hold at least one. */
export function writableLog(options: WritableLogOptions): EventLog {
  const { db, file, vault, hmac, clock, ids, onClose } = options
  const rows = rowsOf(db)
  const tools = { rows, writes: writesOf(db), hmac }
  let state: LogState = { kind: 'ready' }
  let isClosed = false
  let newest = existing(rows.newest())
  let inDoubt: StoredEvent | null = null
  // Changes whenever another connection has committed to the file (https://www.sqlite.org/pragma.html#pragma_data_version).
  // Asked in each transaction that writes: nobody else can come in between then, and it takes no lock of its own.
  const dataVersion = db.prepare<[], bigint>('PRAGMA data_version').pluck()
  let checkedVersion = dataVersion.get()
  let turn: Promise<unknown> = Promise.resolve()
  const anchor = anchorKeeper(vault, options.anchor)
  if (options.anchor?.seq !== newest.seq) anchor.moveTo(toHead(newest))

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = turn.then(work)
    turn = result.catch(() => {})
    return result
  }

  function assertWritable(): void {
    if (isClosed) throw new LogReadOnlyError('closed')
    if (state.kind !== 'ready') throw refusalOf(state)
  }

  /**
   * A commit that failed may have reached the disk all the same; then the event is there and is ours. The anchor has to
   * follow before anything is added to it: two events ahead of the anchor would look like somebody else's after a crash.
   */
  async function adoptInDoubt(): Promise<void> {
    const found = inDoubt && rows.headRow()
    if (inDoubt && found && Buffer.compare(found.mac, inDoubt.mac) === 0) {
      newest = inDoubt
      anchor.moveTo(toHead(newest))
    }
    inDoubt = null
    await anchor.caughtUp()
  }

  function assertHeadIsOurs(): void {
    const found = rows.headRow()
    if (found?.seq !== newest.seq || Buffer.compare(found.mac, newest.mac) !== 0) throw headMoved
  }

  const write = db.transaction((decide: () => NewEvent | null) => {
    if (dataVersion.get() !== checkedVersion) throw touched
    assertHeadIsOurs()
    const event = decide()
    if (!event) return null
    const at = new Date(Math.max(clock.now(), Date.parse(newest.at))).toISOString()
    const place = { seq: newest.seq + 1, previousMac: newest.mac, id: ids.eventId(), at }
    const written = writeEvent(tools, event, place)
    inDoubt = written.stored
    return written
  })

  function appendNow(decide: () => NewEvent | null): LogEvent | null {
    try {
      const written = write.immediate(decide)
      inDoubt = null
      if (!written) return null
      newest = written.stored
      anchor.moveTo(toHead(newest))
      return written.event
    } catch (error) {
      if (error === touched) throw error
      if (error !== headMoved) throw asStorageError(error)
      state = tampering(newest.seq + 1, 'anchorMismatch')
      throw refusalOf(state)
    }
  }

  async function takeMoment() {
    await anchor.caughtUp().catch(() => {})
    const stored = await readAnchor(vault)
    return { snapshot: openSnapshot(file), anchor: stored }
  }

  async function verify(moment: Awaited<ReturnType<typeof takeMoment>>) {
    try {
      const found = await verifyLog(moment.snapshot, { hmac, anchor: moment.anchor, signatures: await options.signatures() })
      if (found.kind === 'tampered') state = found
      return found.kind === 'clean' && state.kind === 'tampered' ? state : found
    } finally {
      moment.snapshot.close()
    }
  }

  /** Nobody else writes to this file. Where somebody has, since it was last looked at, all of it is checked again. */
  async function appendChecked(decide: () => NewEvent | null): Promise<LogEvent | null> {
    for (;;) {
      assertWritable()
      try {
        return appendNow(decide)
      } catch (error) {
        if (error !== touched) throw error
      }
      const version = dataVersion.get()
      await verify(await takeMoment())
      checkedVersion = version
    }
  }

  return {
    ...historyOf(rows),
    state: () => state,
    distrust(finding) {
      if (state.kind === 'ready') state = finding
    },
    append: (decide) =>
      inTurn(async () => {
        assertWritable()
        await anchor.caughtUp()
        await adoptInDoubt()
        return appendChecked(decide)
      }),
    anchored: () => anchor.caughtUp(),
    verify: () =>
      inTurn(takeMoment).then(verify).catch((error: unknown) => {
        if (error instanceof VaultError) return { kind: 'unverifiable', reason: 'vaultUnavailable' } as const
        throw asStorageError(error)
      }),
    close: () =>
      inTurn(async () => {
        if (isClosed) return
        isClosed = true
        await anchor.settled()
        db.close()
        onClose()
      }),
  }
}

function existing(newest: StoredEvent | null): StoredEvent {
  if (!newest) throw new RangeError('a log has at least one event')
  return newest
}
