import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { FindingSchema, SafeguardIdSchema, SafeguardSchema, TodoSchema } from '../../../src/contract/ipc/posture.ts'
import { inEnglish } from '../../../src/contract/posture-words/in-english.ts'
import { inGerman } from '../../../src/contract/posture-words/in-german.ts'
import { badVersions, compareVersions, knownBad, listedOn, oldestElectronMajor } from '../../../src/domain/known-bad.ts'
import {
  byUrgency, type ConnectionFacts, findings, judgeBackup, judgeCertificate, judgeClock, judgeConnection, judgeCountersigned, judgeDatabase, judgeFlavour,
  judgeFuses, judgeIsolation, judgeKeychain, judgeLedger, judgeLockOut, judgePeople, judgeRuntime, judgeSandboxing, type Judged, safeguard, safeguardIds, wantedFuses,
} from '../../../src/domain/posture.ts'

const now = '2026-11-25T12:00:00.000Z'
const nowMs = Date.parse(now)
const dayMs = 24 * 60 * 60_000
const daysAgo = (days: number) => new Date(nowMs - days * dayMs).toISOString()

const facts: ConnectionFacts = { at: daysAgo(0), host: 'gateway.example', protocol: 'TLSv1.3', cipher: 'TLS_AES_128_GCM_SHA256', pin: 'p', validTo: daysAgo(-90), isChained: true }
const connected = (change: Partial<ConnectionFacts> = {}) => ({ gateway: 'ready', last: { ...facts, ...change } }) as const
const clean = (days: number) => ({ kind: 'clean', at: daysAgo(days), events: 7 }) as const
const versions = { electron: '45.4.1', chromium: '156', node: '24' }

describe('what a measurement is judged as', () => {
  it.each<[string, Judged, string, string]>([
    ['a keychain that answers', judgeKeychain('ready', 'x'), 'keychain.ready', 'good'],
    ['one that is locked', judgeKeychain('locked', 'x'), 'keychain.locked', 'bad'],
    ['none', judgeKeychain('absent', 'x'), 'keychain.absent', 'bad'],
    ['one that is silent', judgeKeychain('timedOut', 'x'), 'keychain.timedOut', 'bad'],
    ['a ledger that was checked', judgeLedger({ state: 'ready', head: 9, verification: clean(6.9) }, nowMs), 'ledger.clean', 'good'],
    ['one whose check is a week old', judgeLedger({ state: 'ready', head: 9, verification: clean(7.1) }, nowMs), 'ledger.old', 'attention'],
    ['one that is being checked', judgeLedger({ state: 'ready', head: 9, verification: { kind: 'running' } }, nowMs), 'ledger.running', 'unknown'],
    ['one that was not', judgeLedger({ state: 'ready', head: 9, verification: { kind: 'notYet' } }, nowMs), 'ledger.notYet', 'unknown'],
    ['one that could not be', judgeLedger({ state: 'ready', head: 9, verification: { kind: 'notPossible', at: now } }, nowMs), 'ledger.notPossible', 'unknown'],
    ['one without its key', judgeLedger({ state: 'vaultUnavailable', head: 9, verification: clean(0) }, nowMs), 'ledger.notPossible', 'unknown'],
    ['one in which something does not fit', judgeLedger({ state: 'tampered', head: 9, verification: { kind: 'tampered', at: now, firstBadSeq: 3 } }, nowMs), 'ledger.tampered', 'bad'],
    ['one that was found altered on opening', judgeLedger({ state: 'tampered', head: 9, verification: { kind: 'notYet' } }, nowMs), 'ledger.tampered', 'bad'],
    ['one that cannot be opened', judgeLedger({ state: 'unreadable', head: null, verification: { kind: 'notYet' } }, nowMs), 'ledger.unusable', 'bad'],
    ['a countersignature', judgeCountersigned({ seq: 1, at: now }, 33), 'countersigned.current', 'good'],
    ['an old one', judgeCountersigned({ seq: 1, at: now }, 34), 'countersigned.behind', 'attention'],
    ['none', judgeCountersigned(null, 3), 'countersigned.never', 'attention'],
    ['none of no ledger', judgeCountersigned(null, null), 'countersigned.unknown', 'unknown'],
    ['TLS 1.3', judgeConnection(connected()), 'connection.good', 'good'],
    ['TLS 1.2', judgeConnection(connected({ protocol: 'TLSv1.2' })), 'connection.weak', 'bad'],
    ['somebody else', judgeConnection({ gateway: 'certificateNotTrusted', last: facts }), 'connection.notTrusted', 'bad'],
    ['nobody there', judgeConnection({ gateway: 'other', last: facts }), 'connection.none', 'unknown'],
    ['no gateway', judgeConnection({ gateway: 'notConfigured', last: null }), 'connection.notConfigured', 'unknown'],
    ['a certificate', judgeCertificate(connected({ validTo: daysAgo(-14.1) }), nowMs), 'certificate.good', 'good'],
    ['one that ends soon', judgeCertificate(connected({ validTo: daysAgo(-13.9) }), nowMs), 'certificate.endsSoon', 'attention'],
    ['one that ended', judgeCertificate(connected({ validTo: daysAgo(0.1) }), nowMs), 'certificate.ended', 'bad'],
    ['another one', judgeCertificate({ gateway: 'certificateNotTrusted', last: facts }, nowMs), 'certificate.notTrusted', 'bad'],
    ['none to look at', judgeCertificate({ gateway: 'other', last: facts }, nowMs), 'certificate.none', 'unknown'],
    ['one adult alone', judgePeople('alone'), 'people.alone', 'good'],
    ['everybody with what they need', judgePeople({ members: 3, pins: 3, guardians: 1, factors: 1 }), 'people.all', 'good'],
    ['somebody without a PIN', judgePeople({ members: 3, pins: 2, guardians: 1, factors: 1 }), 'people.missing', 'bad'],
    ['a guardian without a second factor', judgePeople({ members: 3, pins: 3, guardians: 2, factors: 1 }), 'people.missing', 'bad'],
    ['nobody can tell', judgePeople(null), 'people.unknown', 'unknown'],
    ['nobody waits', judgeLockOut({ waiting: 0, names: '', longestMs: 0 }), 'lockOut.none', 'good'],
    ['somebody waits', judgeLockOut({ waiting: 1, names: 'Tim', longestMs: 1 }), 'lockOut.waiting', 'attention'],
    ['nobody can tell who waits', judgeLockOut(null), 'lockOut.unknown', 'unknown'],
    ['all in a sandbox', judgeSandboxing({ total: 2, good: 2 }), 'sandboxing.all', 'good'],
    ['one outside', judgeSandboxing({ total: 2, good: 1 }), 'sandboxing.missing', 'bad'],
    ['no word about it', judgeSandboxing({ total: 2, good: null }), 'sandboxing.unknown', 'unknown'],
    ['no page to look at', judgeSandboxing({ total: 0, good: 0 }), 'sandboxing.unknown', 'unknown'],
    ['all isolated', judgeIsolation({ total: 1, good: 1 }), 'isolation.all', 'good'],
    ['one not isolated', judgeIsolation({ total: 1, good: 0 }), 'isolation.missing', 'bad'],
    ['a page that does not answer', judgeIsolation({ total: 1, good: null }), 'isolation.unknown', 'unknown'],
    ['a runtime of today', judgeRuntime(versions, nowMs), 'runtime.good', 'good'],
    ['one with a hole', judgeRuntime({ ...versions, electron: '37.3.0' }, nowMs), 'runtime.knownBad', 'bad'],
    ['one that gets no fixes', judgeRuntime({ ...versions, electron: `${oldestElectronMajor - 1}.9.9` }, nowMs), 'runtime.unsupported', 'bad'],
    ['a list of half a year ago', judgeRuntime(versions, Date.parse(listedOn) + 181 * dayMs), 'runtime.oldList', 'attention'],
    ['no version', judgeRuntime({ ...versions, electron: '' }, nowMs), 'runtime.unknown', 'unknown'],
    ['the first SQLite with the fix', judgeDatabase('3.51.3'), 'database.good', 'good'],
    ['the last without', judgeDatabase('3.51.2'), 'database.knownBad', 'bad'],
    ['one that was withdrawn', judgeDatabase('3.52.0'), 'database.knownBad', 'bad'],
    ['no SQLite', judgeDatabase(''), 'database.unknown', 'unknown'],
    ['a production build', judgeFlavour(false, '1'), 'flavour.production', 'good'],
    ['a sandbox build', judgeFlavour(true, '1'), 'flavour.sandbox', 'attention'],
    ['a clock that is right', judgeClock(-120_000), 'clock.good', 'good'],
    ['one that is off', judgeClock(-120_001), 'clock.off', 'attention'],
    ['one that is far off', judgeClock(13 * 60 * 60_000), 'clock.farOff', 'bad'],
    ['nothing to compare with', judgeClock(null), 'clock.unknown', 'unknown'],
    ['a backup of last week', judgeBackup({ at: daysAgo(6.9), seq: 3 }, 4, 1, nowMs), 'backup.good', 'good'],
    ['an old one that has everything', judgeBackup({ at: daysAgo(400), seq: 4 }, 4, 1, nowMs), 'backup.good', 'good'],
    ['an old one', judgeBackup({ at: daysAgo(7.1), seq: 3 }, 4, 1, nowMs), 'backup.old', 'attention'],
    ['a very old one', judgeBackup({ at: daysAgo(30.1), seq: 3 }, 4, 1, nowMs), 'backup.veryOld', 'bad'],
    ['none', judgeBackup(null, 2, 0, nowMs), 'backup.none', 'attention'],
    ['none of a ledger that was only begun', judgeBackup(null, 1, 0, nowMs), 'backup.nothingToLose', 'good'],
    ['none of no ledger', judgeBackup(null, null, 0, nowMs), 'backup.unknown', 'unknown'],
    ['fuses as they have to be', judgeFuses(true, `${wantedFuses}1`), 'fuses.set', 'good'],
    ['fuses that were taken out', judgeFuses(true, wantedFuses.replaceAll('0', 'r')), 'fuses.set', 'good'],
    ['a program that runs as Node', judgeFuses(true, `1${wantedFuses.slice(1)}`), 'fuses.notSet', 'bad'],
    ['fewer fuses', judgeFuses(true, '0100'), 'fuses.notSet', 'bad'],
    ['a program without fuses', judgeFuses(true, null), 'fuses.notFound', 'unknown'],
    ['no packaged program', judgeFuses(false, null), 'fuses.notPackaged', 'unknown'],
  ])('%s', (_, judged, finding, state) => {
    const found = safeguard(now, judged)
    expect(found).toMatchObject({ finding, state })
    expect(v.is(SafeguardSchema, found)).toBe(true)
    for (const words of [inEnglish, inGerman]) {
      const said = words.findings[found.finding](found.measured, { dateTime: (at) => `«${at}»`, count: String })
      expect(said).not.toMatch(/undefined|NaN|«»|null/)
    }
  })

  it('says what to do about everything that is not in order', () => {
    const without = Object.entries(findings).filter(([, [state, todo]]) => (state === 'bad' || state === 'attention') && todo === null)
    expect(without).toEqual([])
    expect(Object.entries(findings).filter(([, [state, todo]]) => state === 'good' && todo !== null)).toEqual([])
  })

  it('has the same safeguards, findings and things to do as what crosses the border', () => {
    expect(Object.keys(findings).toSorted()).toEqual(FindingSchema.options.toSorted())
    expect([...safeguardIds]).toEqual(SafeguardIdSchema.options)
    expect([...new Set(Object.values(findings).flatMap(([, todo]) => todo ?? []))].toSorted()).toEqual(TodoSchema.options.toSorted())
  })

  it('puts first what needs somebody', () => {
    const judged = [judgePeople('alone'), judgeClock(null), judgeFlavour(true, '1'), judgeKeychain('locked', 'x')]
    expect(byUrgency(judged.map((one) => safeguard(now, one))).map(({ state }) => state)).toEqual(['bad', 'attention', 'unknown', 'good'])
  })
})

describe('known-bad versions', () => {
  it('orders by numbers and not by letters', () => {
    expect(compareVersions('3.9.0', '3.51.3')).toBeLessThan(0)
    expect(compareVersions('3.51.3', '3.51.3.0')).toBe(0)
    expect(compareVersions('45.0.0-beta.1', '45.0.0')).toBe(0)
    expect(knownBad('sqlite', '3.6.0')?.name).toBe('WAL-reset bug')
    expect(knownBad('sqlite', '3.53.0')).toBeNull()
  })

  it('each names where that is written', () => {
    for (const { source, from, before } of badVersions) {
      expect(source).toMatch(/^https:\/\//)
      expect(compareVersions(from, before)).toBeLessThan(0)
    }
  })
})
