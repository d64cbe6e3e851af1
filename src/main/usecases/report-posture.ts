/** The state of every safeguard, measured now, and what the app may do and has done, as far as whoever asks may know. */
import type { Posture, Safeguard, Secret } from '../../contract/ipc/posture.ts'
import {
  byUrgency, type ConnectionMeasured, judgeBackup, judgeCertificate, judgeClock, judgeConnection, judgeCountersigned, judgeDatabase, judgeFlavour, judgeFuses,
  judgeIsolation, judgeKeychain, judgeLedger, judgeLockOut, judgePeople, judgeRuntime, judgeSandboxing, type Judged, type LedgerMeasured, type PeopleMeasured, safeguard,
} from '../../domain/posture.ts'
import { hasMembers, isGuardian, maySee } from '../../domain/roles.ts'
import type { BackupList } from './back-up-ledger.ts'
import type { Clock } from '../ports/clock.ts'
import type { Connections } from '../ports/connections.ts'
import type { Credentials } from '../ports/credentials.ts'
import { type EventLog, LogStorageError, type PurchaseRecord } from '../ports/event-log.ts'
import { type Gateway, GatewayError } from '../ports/gateway.ts'
import type { LedgerAccess } from '../ports/ledger-access.ts'
import type { RunningProgram } from '../ports/running-program.ts'
import { type SecretName, type Vault, VaultError, type VaultProblem } from '../ports/vault.ts'
import { nameFor } from './person-names.ts'
import { sentFor } from './sent-purchase.ts'
import { type Actor, whoDecides } from './who-decides.ts'

export interface PostureDeps {
  readonly actor: Actor
  readonly clock: Pick<Clock, 'now'>
  readonly connections: Connections
  readonly credentials: Pick<Credentials, 'has'>
  readonly gateway: Pick<Gateway, 'state' | 'time'>
  readonly ledger: LedgerAccess
  readonly listBackups: () => BackupList
  readonly program: RunningProgram
  readonly sandbox: boolean
  readonly vault: Pick<Vault, 'get'>
  readonly version: string
  /** How much longer no PIN of the member is taken, in milliseconds. */
  readonly waitMs: (log: EventLog, memberId: string) => number
}

/** What the log says, read at once; null where it cannot be read. */
interface LogFacts {
  readonly log: EventLog
  readonly head: number
  readonly signed: { readonly seq: number; readonly at: string } | null
  readonly memberIds: readonly string[]
  readonly guardianIds: readonly string[]
  readonly lockOut: Parameters<typeof judgeLockOut>[0]
  /** Whether whoever asks may know of the others by name. */
  readonly seesAll: boolean
}

export function createReportPosture(deps: PostureDeps) {
  return async function reportPosture(): Promise<Posture> {
    const facts = orNull(() => factsOf(deps))
    const [keychain, gateway, pages, fuses, hosts, files] = await Promise.all([
      measureKeychain(deps, facts),
      measureGateway(deps),
      deps.program.pages(),
      deps.program.fuses(),
      deps.connections.hosts(),
      deps.program.files(),
    ])
    const people = await measurePeople(deps, facts)
    const nowMs = deps.clock.now()
    const now = new Date(nowMs).toISOString()
    const head = facts?.head ?? null
    const versions = deps.program.versions()
    const backups = deps.listBackups().backups
    const judged: Judged[] = [
      judgeKeychain(keychain.state, deps.program.keychainService),
      judgeLedger(ledgerMeasured(deps.ledger, head), nowMs),
      judgeCountersigned(facts?.signed ?? null, head),
      judgeConnection(gateway.connection),
      judgeCertificate(gateway.connection, nowMs),
      judgePeople(people),
      judgeLockOut(facts?.lockOut ?? null),
      judgeSandboxing(pages.sandboxed),
      judgeIsolation(pages.isolated),
      judgeRuntime(versions, nowMs),
      judgeDatabase(versions.sqlite),
      judgeFlavour(deps.sandbox, deps.version),
      judgeClock(gateway.differenceMs),
      judgeBackup(newestOf(backups), head, backups.length, nowMs),
      judgeFuses(fuses.isPackaged, fuses.wire),
    ]
    return {
      measuredAt: now,
      version: deps.version,
      sandbox: deps.sandbox,
      safeguards: byUrgency(judged.map((one) => safeguard(now, one))).map(asView),
      denied: deps.program.denied().map((one) => ({ ...one })),
      hosts: hosts && hosts.map((host) => ({ ...host })),
      files: files && files.map((kept) => ({ ...kept, names: [...kept.names] })),
      lastPurchase: lastPurchase(deps),
      keychain: keychain.secrets,
    }
  }
}

const asView = (one: ReturnType<typeof safeguard>): Safeguard => ({ ...one, measured: { ...one.measured } })

/** Null where the log could not be read. */
function orNull<T>(read: () => T): T | null {
  try {
    return read()
  } catch (error) {
    if (error instanceof LogStorageError) return null
    throw error
  }
}

function factsOf({ actor, ledger, waitMs }: PostureDeps): LogFacts | null {
  const log = ledger.log()
  const head = log?.head()
  if (!log || !head) return null
  const controls = log.controls()
  const members = (controls.members ?? []).filter(({ role }) => role !== 'removed')
  const signed = log.newestOf('log.countersigned')
  const seesAll = !hasMembers(controls) || isGuardian(controls, actor())
  const waiting = members.map(({ memberId }) => ({ memberId, ms: waitMs(log, memberId) })).filter(({ ms }) => ms > 0)
  return {
    log,
    head: head.seq,
    signed: signed && { seq: signed.payload.seq, at: signed.at },
    memberIds: members.map(({ memberId }) => memberId),
    guardianIds: members.filter(({ role }) => role === 'guardian').map(({ memberId }) => memberId),
    lockOut: {
      waiting: waiting.length,
      names: seesAll ? waiting.map(({ memberId }) => nameFor(log, memberId) ?? memberId).join(', ') : '',
      longestMs: Math.max(0, ...waiting.map(({ ms }) => ms)),
    },
    seesAll,
  }
}

const ownSecrets = [['device-signing-key', 'deviceKey'], ['log-mac-key', 'logKey'], ['log-anchor', 'logAnchor'], ['session', 'session']] as const

interface KeychainMeasured {
  readonly state: 'ready' | VaultProblem
  readonly secrets: Secret[]
}

/** Each name is looked up now. What is found is forgotten at once: that it is there is all that is told. */
async function measureKeychain({ vault }: PostureDeps, facts: LogFacts | null): Promise<KeychainMeasured> {
  let state: KeychainMeasured['state'] = 'ready'
  async function isThere(name: SecretName): Promise<boolean | null> {
    // One that has failed is not asked again: each time could make it ask the person.
    if (state !== 'ready') return null
    try {
      return (await vault.get(name)) !== null
    } catch (error) {
      if (!(error instanceof VaultError)) throw error
      state = error.problem
      return null
    }
  }
  const secrets: Secret[] = []
  for (const [name, kind] of ownSecrets) secrets.push({ name, kind, whose: null, isThere: await isThere(name) })
  for (const memberId of facts?.memberIds ?? []) {
    const name = `member-credentials.${memberId}` as const
    const whose = facts?.seesAll ? nameFor(facts.log, memberId) : null
    secrets.push({ name, kind: 'member', whose, isThere: await isThere(name) })
  }
  return { state, secrets }
}

/** Asks the gateway for its time, so that what is told is of a connection that stands now. */
async function measureGateway({ clock, connections, gateway }: PostureDeps): Promise<{ connection: ConnectionMeasured; differenceMs: number | null }> {
  try {
    const beforeMs = clock.now()
    const gatewayMs = await gateway.time()
    // It was read somewhere between the question and the answer.
    const differenceMs = gatewayMs - (beforeMs + clock.now()) / 2
    return { connection: { gateway: 'ready', last: connections.last() }, differenceMs }
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error
    const state = gateway.state()
    const known = state === 'certificateNotTrusted' || state === 'notConfigured' ? state : 'other'
    return { connection: { gateway: known, last: connections.last() }, differenceMs: null }
  }
}

async function measurePeople({ credentials }: PostureDeps, facts: LogFacts | null): Promise<PeopleMeasured | 'alone' | null> {
  if (!facts) return null
  const { memberIds, guardianIds } = facts
  if (memberIds.length === 0) return 'alone'
  let [pins, factors] = [0, 0]
  try {
    for (const memberId of memberIds) {
      const has = await credentials.has(memberId)
      if (has.pin) pins += 1
      if (has.secondFactor && guardianIds.includes(memberId)) factors += 1
    }
  } catch (error) {
    if (error instanceof VaultError) return null
    throw error
  }
  return { members: memberIds.length, pins, guardians: guardianIds.length, factors }
}

function ledgerMeasured(ledger: LedgerAccess, head: number | null): LedgerMeasured {
  const verification = ledger.verification()
  const state = ledger.state()
  if (verification.kind !== 'ended') return { state, head, verification }
  const at = new Date(verification.at).toISOString()
  const { found } = verification
  if (found.kind === 'clean') return { state, head, verification: { kind: 'clean', at, events: found.events } }
  if (found.kind === 'tampered') return { state, head, verification: { kind: 'tampered', at, firstBadSeq: found.firstBadSeq } }
  return { state, head, verification: { kind: 'notPossible', at } }
}

const newestOf = (backups: BackupList['backups']) => backups.toSorted((a, b) => (a.at < b.at ? 1 : -1))[0] ?? null

const newestLooked = 50

/** P10: somebody else's purchase is shown to guardians only. */
function lastPurchase({ actor, ledger }: PostureDeps): Posture['lastPurchase'] {
  const log = ledger.log()
  if (!log) return { kind: 'unavailable' }
  return orNull((): Posture['lastPurchase'] => {
    const controls = log.controls()
    const decider = whoDecides(controls, actor)
    if (!decider) return { kind: 'locked' }
    const isTheirs = ({ memberId }: PurchaseRecord) => maySee(controls, decider.memberId, memberId)
    // All of a long log are looked at only for somebody who has not bought lately.
    const newest = log.newestPurchases(newestLooked).find(isTheirs) ?? log.purchases().find(isTheirs)
    const approval = newest ? log.approval(newest.purchaseId) : null
    return approval ? { kind: 'sent', ...sentFor(approval) } : { kind: 'none' }
  }) ?? { kind: 'unavailable' }
}
