/**
 * What was measured of each safeguard, and what that means. Every judgement is a pure function of one measurement; what each finding
 * counts as and what there is to do about it stands in one table.
 */
import { compareVersions, knownBad, listedOn, oldestElectronMajor } from './known-bad.ts'

export type SafeguardState = 'good' | 'attention' | 'bad' | 'unknown'

export const safeguardIds = [
  'keychain', 'ledger', 'countersigned', 'connection', 'certificate', 'people', 'lockOut', 'sandboxing', 'isolation', 'runtime',
  'database', 'flavour', 'clock', 'backup', 'fuses',
] as const
export type SafeguardId = (typeof safeguardIds)[number]

/** What can be found, what it counts as, and the code of what there is to do about it. */
export const findings = {
  'keychain.ready': ['good', null],
  'keychain.locked': ['bad', 'unlockKeychain'],
  'keychain.absent': ['bad', 'installKeychain'],
  'keychain.timedOut': ['bad', 'unlockKeychain'],
  'ledger.clean': ['good', null],
  'ledger.old': ['attention', 'checkLedger'],
  'ledger.running': ['unknown', 'measureAgain'],
  'ledger.notYet': ['unknown', 'checkLedger'],
  'ledger.notPossible': ['unknown', 'unlockKeychain'],
  'ledger.tampered': ['bad', 'repairLedger'],
  'ledger.unusable': ['bad', 'repairLedger'],
  'countersigned.current': ['good', null],
  'countersigned.behind': ['attention', 'reachGateway'],
  'countersigned.never': ['attention', 'reachGateway'],
  'countersigned.unknown': ['unknown', 'repairLedger'],
  'connection.good': ['good', null],
  'connection.weak': ['bad', 'doNotBuy'],
  'connection.notTrusted': ['bad', 'doNotBuy'],
  'connection.none': ['unknown', 'reachGateway'],
  'connection.notConfigured': ['unknown', 'installAnew'],
  'certificate.good': ['good', null],
  'certificate.endsSoon': ['attention', 'updateApp'],
  'certificate.ended': ['bad', 'doNotBuy'],
  'certificate.notTrusted': ['bad', 'doNotBuy'],
  'certificate.none': ['unknown', 'reachGateway'],
  'people.alone': ['good', null],
  'people.all': ['good', null],
  'people.missing': ['bad', 'setCredentials'],
  'people.unknown': ['unknown', 'unlockKeychain'],
  'lockOut.none': ['good', null],
  'lockOut.waiting': ['attention', 'askWhoTried'],
  'lockOut.unknown': ['unknown', 'repairLedger'],
  'sandboxing.all': ['good', null],
  'sandboxing.missing': ['bad', 'startProperly'],
  'sandboxing.unknown': ['unknown', null],
  'isolation.all': ['good', null],
  'isolation.missing': ['bad', 'installAnew'],
  'isolation.unknown': ['unknown', 'measureAgain'],
  'runtime.good': ['good', null],
  'runtime.knownBad': ['bad', 'updateApp'],
  'runtime.unsupported': ['bad', 'updateApp'],
  'runtime.oldList': ['attention', 'updateApp'],
  'runtime.unknown': ['unknown', null],
  'database.good': ['good', null],
  'database.knownBad': ['bad', 'updateApp'],
  'database.unknown': ['unknown', null],
  'flavour.production': ['good', null],
  'flavour.sandbox': ['attention', 'useProduction'],
  'clock.good': ['good', null],
  'clock.off': ['attention', 'setClock'],
  'clock.farOff': ['bad', 'setClock'],
  'clock.unknown': ['unknown', 'reachGateway'],
  'backup.good': ['good', null],
  'backup.nothingToLose': ['good', null],
  'backup.none': ['attention', 'backUp'],
  'backup.old': ['attention', 'backUp'],
  'backup.veryOld': ['bad', 'backUp'],
  'backup.unknown': ['unknown', 'repairLedger'],
  'fuses.set': ['good', null],
  'fuses.notSet': ['bad', 'installAnew'],
  'fuses.notPackaged': ['unknown', null],
  'fuses.notFound': ['unknown', 'installAnew'],
} as const satisfies Record<`${SafeguardId}.${string}`, readonly [SafeguardState, string | null]>

export type Finding = keyof typeof findings
export type Todo = NonNullable<(typeof findings)[Finding][1]>

/** What was measured, for words to be put around: counts, versions, moments (RFC 3339). */
export type Measured = Readonly<Record<string, string | number>>

export interface Safeguard {
  readonly id: SafeguardId
  readonly finding: Finding
  readonly state: SafeguardState
  readonly todo: Todo | null
  readonly measured: Measured
  /** RFC 3339. When what it rests on was looked at: now, or the last time that it could be. */
  readonly at: string
}

export interface Judged {
  readonly finding: Finding
  readonly measured?: Measured
  /** Where that was not just now. */
  readonly at?: string
}

/** The judgement with what the table says of it. */
export function safeguard(now: string, { finding, measured = {}, at = now }: Judged): Safeguard {
  const [state, todo] = findings[finding]
  return { id: finding.split('.')[0] as SafeguardId, finding, state, todo, measured, at }
}

const urgency: readonly SafeguardState[] = ['bad', 'attention', 'unknown', 'good']

/** What needs somebody first; otherwise as they are listed. */
export function byUrgency(safeguards: readonly Safeguard[]): Safeguard[] {
  return safeguards.toSorted((a, b) => urgency.indexOf(a.state) - urgency.indexOf(b.state))
}

const [minuteMs, dayMs] = [60_000, 24 * 60 * 60_000] as const

/** From when on something counts as old, late or off. Milliseconds, where nothing else is said. */
export const thresholds = {
  /** The log is checked at every start, and people leave programs running for weeks. */
  ledgerOldMs: 7 * dayMs,
  /** Twice as many events as are let go by between two countersignatures. */
  countersignedBehind: 32,
  certificateSoonMs: 14 * dayMs,
  /** What a computer without a time server drifts in a year or so. */
  clockOffMs: 2 * minuteMs,
  /** By then it is another day somewhere: times on screen mislead. */
  clockFarOffMs: 12 * 60 * minuteMs,
  backupOldMs: 7 * dayMs,
  backupVeryOldMs: 30 * dayMs,
  listOldMs: 180 * dayMs,
} as const

export const judgeKeychain = (state: 'ready' | 'absent' | 'locked' | 'timedOut', service: string): Judged => ({
  finding: `keychain.${state}`,
  measured: { service },
})

export interface LedgerMeasured {
  /** Whether it can be written, and otherwise why not, in the words of its states. */
  readonly state: string
  readonly verification:
    | { readonly kind: 'notYet' | 'running' }
    | { readonly kind: 'notPossible'; readonly at: string }
    | { readonly kind: 'clean'; readonly at: string; readonly events: number }
    | { readonly kind: 'tampered'; readonly at: string; readonly firstBadSeq: number }
  readonly head: number | null
}

export function judgeLedger({ state, verification, head }: LedgerMeasured, nowMs: number): Judged {
  if (verification.kind === 'tampered') return { finding: 'ledger.tampered', measured: { firstBadSeq: verification.firstBadSeq }, at: verification.at }
  if (state === 'vaultUnavailable') return { finding: 'ledger.notPossible' }
  if (state !== 'ready' || head === null) return { finding: state === 'tampered' ? 'ledger.tampered' : 'ledger.unusable', measured: { state } }
  if (verification.kind !== 'clean') return { finding: `ledger.${verification.kind}`, measured: { head } }
  const { at, events } = verification
  const isOld = nowMs - Date.parse(at) > thresholds.ledgerOldMs
  return { finding: isOld ? 'ledger.old' : 'ledger.clean', measured: { events, head, at }, at }
}

/** `head` is the number of the newest event; null while there is no log to read. */
export function judgeCountersigned(signed: { readonly seq: number; readonly at: string } | null, head: number | null): Judged {
  if (head === null) return { finding: 'countersigned.unknown' }
  if (!signed) return { finding: 'countersigned.never', measured: { head } }
  const isBehind = head - signed.seq > thresholds.countersignedBehind
  return { finding: isBehind ? 'countersigned.behind' : 'countersigned.current', measured: { seq: signed.seq, head, signedAt: signed.at }, at: signed.at }
}

/** What the newest connection to the gateway was like, as the socket told. */
export interface ConnectionFacts {
  /** RFC 3339. */
  readonly at: string
  readonly host: string
  /** `TLSv1.3` */
  readonly protocol: string
  /** The name of the cipher suite by IETF. */
  readonly cipher: string
  /** SHA-256 of the key that the certificate carried, base64; it is one of those that are known. */
  readonly pin: string
  /** RFC 3339. */
  readonly validTo: string
  /** Whether it chains to a root that this computer trusts, besides. */
  readonly isChained: boolean
}

export interface ConnectionMeasured {
  /** As it is after the gateway was asked just now. */
  readonly gateway: 'ready' | 'certificateNotTrusted' | 'notConfigured' | 'other'
  readonly last: ConnectionFacts | null
}

export function judgeConnection({ gateway, last }: ConnectionMeasured): Judged {
  if (gateway === 'certificateNotTrusted') return { finding: 'connection.notTrusted' }
  if (gateway === 'notConfigured') return { finding: 'connection.notConfigured' }
  if (gateway !== 'ready' || !last) return { finding: 'connection.none', measured: last ? { lastAt: last.at } : {} }
  const { protocol, cipher, host, at } = last
  return { finding: protocol === 'TLSv1.3' ? 'connection.good' : 'connection.weak', measured: { protocol, cipher, host, since: at } }
}

export function judgeCertificate({ gateway, last }: ConnectionMeasured, nowMs: number): Judged {
  if (gateway === 'certificateNotTrusted') return { finding: 'certificate.notTrusted' }
  if (gateway !== 'ready' || !last) return { finding: 'certificate.none' }
  const leftMs = Date.parse(last.validTo) - nowMs
  const finding = leftMs < 0 ? 'certificate.ended' : leftMs < thresholds.certificateSoonMs ? 'certificate.endsSoon' : 'certificate.good'
  return { finding, measured: { pin: last.pin, validTo: last.validTo, days: Math.max(0, Math.floor(leftMs / dayMs)), chained: last.isChained ? 'yes' : 'no' } }
}

export interface PeopleMeasured {
  readonly members: number
  readonly pins: number
  readonly guardians: number
  readonly factors: number
}

/** Null where nobody can tell; `alone` where there is no household. */
export function judgePeople(people: PeopleMeasured | 'alone' | null): Judged {
  if (people === null) return { finding: 'people.unknown' }
  if (people === 'alone') return { finding: 'people.alone' }
  const isAll = people.pins === people.members && people.factors === people.guardians
  return { finding: isAll ? 'people.all' : 'people.missing', measured: { ...people } }
}

/** `waiting` is how many members have to wait after wrong tries, `names` who they are for those who may know. */
export function judgeLockOut(lockOut: { readonly waiting: number; readonly names: string; readonly longestMs: number } | null): Judged {
  if (!lockOut) return { finding: 'lockOut.unknown' }
  if (lockOut.waiting === 0) return { finding: 'lockOut.none' }
  return { finding: 'lockOut.waiting', measured: { count: lockOut.waiting, names: lockOut.names, minutes: Math.ceil(lockOut.longestMs / minuteMs) } }
}

/** How many processes with pages there are, and in how many it was seen; null where this computer does not tell. */
export interface Seen {
  readonly total: number
  readonly good: number | null
}

function judgeSeen(id: 'sandboxing' | 'isolation', { total, good }: Seen): Judged {
  if (good === null || total === 0) return { finding: `${id}.unknown`, measured: { total } }
  return { finding: good === total ? `${id}.all` : `${id}.missing`, measured: { total, good } }
}
export const judgeSandboxing = (seen: Seen): Judged => judgeSeen('sandboxing', seen)
export const judgeIsolation = (seen: Seen): Judged => judgeSeen('isolation', seen)

export function judgeRuntime({ electron, chromium, node }: { readonly electron: string; readonly chromium: string; readonly node: string }, nowMs: number): Judged {
  if (electron === '') return { finding: 'runtime.unknown', measured: { node } }
  const measured = { electron, chromium, node, listedOn }
  const bad = knownBad('electron', electron)
  if (bad) return { finding: 'runtime.knownBad', measured: { ...measured, name: bad.name } }
  if (compareVersions(electron, String(oldestElectronMajor)) < 0) return { finding: 'runtime.unsupported', measured }
  return { finding: nowMs - Date.parse(listedOn) > thresholds.listOldMs ? 'runtime.oldList' : 'runtime.good', measured }
}

export function judgeDatabase(sqlite: string): Judged {
  if (sqlite === '') return { finding: 'database.unknown' }
  const bad = knownBad('sqlite', sqlite)
  return bad ? { finding: 'database.knownBad', measured: { sqlite, name: bad.name } } : { finding: 'database.good', measured: { sqlite } }
}

export const judgeFlavour = (isSandbox: boolean, version: string): Judged => ({
  finding: isSandbox ? 'flavour.sandbox' : 'flavour.production',
  measured: { version },
})

/** How far this computer's clock is from the gateway's signed one, just now; null where the gateway did not answer. */
export function judgeClock(differenceMs: number | null): Judged {
  if (differenceMs === null) return { finding: 'clock.unknown' }
  const off = Math.abs(differenceMs)
  const finding = off > thresholds.clockFarOffMs ? 'clock.farOff' : off > thresholds.clockOffMs ? 'clock.off' : 'clock.good'
  return { finding, measured: { seconds: Math.round(off / 1000), is: differenceMs > 0 ? 'behind' : 'ahead' } }
}

/** `head` is the number of the newest event: a backup that has everything is as good as on its first day. */
export function judgeBackup(newest: { readonly at: string; readonly seq: number } | null, head: number | null, count: number, nowMs: number): Judged {
  if (head === null) return { finding: 'backup.unknown' }
  if (!newest) return { finding: head > 1 ? 'backup.none' : 'backup.nothingToLose' }
  const measured = { backedUpAt: newest.at, seq: newest.seq, missing: Math.max(0, head - newest.seq), count }
  const ageMs = head > newest.seq ? nowMs - Date.parse(newest.at) : 0
  const finding = ageMs > thresholds.backupVeryOldMs ? 'backup.veryOld' : ageMs > thresholds.backupOldMs ? 'backup.old' : 'backup.good'
  return { finding, measured, at: newest.at }
}

/**
 * The fuses of a packaged program as they have to be, in their order (https://www.electronjs.org/docs/latest/tutorial/fuses): runs as Node,
 * encrypts cookies, obeys NODE_OPTIONS, obeys inspect arguments, checks the archive, loads only from the archive, loads a snapshot of its
 * own for the main process, gives pages of files more rights.
 */
export const wantedFuses = '01001100'

/** `wire` is what the program has in the place of fuses: `1` is on, `0` off, `r` removed. Null where none was found. */
export function judgeFuses(isPackaged: boolean, wire: string | null): Judged {
  if (!isPackaged) return { finding: 'fuses.notPackaged' }
  if (wire === null) return { finding: 'fuses.notFound' }
  const wrong = wantedFuses.split('').filter((wanted, place) => wire[place] !== wanted && !(wanted === '0' && wire[place] === 'r')).length
  return { finding: wrong === 0 ? 'fuses.set' : 'fuses.notSet', measured: { total: wantedFuses.length, wrong } }
}
