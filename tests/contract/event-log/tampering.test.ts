/** Whoever changes the file without the key is found out, and what they did is not written over. */
import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { begun, limitOf, tightened } from '../../support/control-events.ts'
import { LogStorageError, type Tampering, type TamperFinding } from '../../../src/main/ports/event-log.ts'
import type { NewEvent } from '../../../src/domain/events.ts'
import { approved, cancelled, chargedBack, declined, refunded, succeeded, unknown } from '../../support/events.ts'
import { filesOf } from '../../support/files.ts'
import { householdBegun, requested, tried } from '../../support/household-events.ts'
import { tamper } from '../../support/tamper.ts'
import { tempLog, type TempLog } from '../../support/temp-log.ts'

let temp: TempLog
beforeEach(async () => {
  temp = tempLog()
  await temp.write(approved('a'), approved('b'), unknown('b'), succeeded('a'), declined('b'), cancelled('c'))
})
afterEach(() => temp.dispose())

const found = (firstBadSeq: number, finding: TamperFinding): Tampering => ({ kind: 'tampered', firstBadSeq, finding })

/** Found on opening already, so the log is read-only from the start; nothing is written to file or vault. */
async function expectReadOnly(expected: Tampering): Promise<void> {
  const [files, secrets] = [filesOf(temp.folder), new Map(temp.vault.secrets)]
  await temp.with(async (log) => {
    expect(log.state()).toEqual(expected)
    expect(await log.verify()).toEqual(expected)
    await log.anchored()
    await expect(log.append(() => cancelled('d'))).rejects.toMatchObject({ name: 'LogReadOnlyError', reason: 'tampered' })
  })
  expect(filesOf(temp.folder)).toEqual(files)
  expect(temp.vault.secrets).toEqual(secrets)
}

describe('events', () => {
  it.each<[string, string, Tampering]>([
    ['a changed payload', `UPDATE events SET payload = replace(payload, '"99"', '"10"') WHERE seq = 2`, found(2, 'macMismatch')],
    ['a payload in another spelling', `UPDATE events SET payload = replace(payload, ':', ': ') WHERE seq = 2`, found(2, 'malformed')],
    ['a payload that is no JSON', `UPDATE events SET payload = 'gone' WHERE seq = 3`, found(3, 'malformed')],
    ['a changed actor', `UPDATE events SET actor = 'guardian' WHERE seq = 4`, found(4, 'macMismatch')],
    ['a changed time', `UPDATE events SET at = '2020-01-01T00:00:00.000Z' WHERE seq = 5`, found(5, 'macMismatch')],
    ['a changed id', `UPDATE events SET id = 'event-x' WHERE seq = 5`, found(5, 'macMismatch')],
    ['a changed type', `UPDATE events SET type = 'purchase.declined' WHERE seq = 5`, found(5, 'macMismatch')],
    ['a changed mac', `UPDATE events SET mac = zeroblob(32) WHERE seq = 3`, found(3, 'macMismatch')],
    ['an event taken out', `DELETE FROM events WHERE seq = 4`, found(4, 'gap')],
    ['an event taken out and the rest moved up', `DELETE FROM events WHERE seq = 4; UPDATE events SET seq = seq - 1 WHERE seq > 4`, found(4, 'macMismatch')],
    ['the first event taken out', `DELETE FROM events WHERE seq = 1`, found(1, 'gap')],
    ['two events in each other’s place', `UPDATE events SET seq = seq + 100 WHERE seq IN (3, 4); UPDATE events SET seq = 3 WHERE seq = 104; UPDATE events SET seq = 4 WHERE seq = 103`, found(3, 'macMismatch')],
    ['an event put in', `UPDATE events SET seq = 8 WHERE seq = 7; INSERT INTO events SELECT 7, id, type, at, actor, mac, payload FROM events WHERE seq = 6`, found(7, 'macMismatch')],
    ['an event put on the end', `INSERT INTO events SELECT 8, id, type, at, actor, mac, payload FROM events WHERE seq = 7`, found(8, 'macMismatch')],
    ['the newest event taken off', `DELETE FROM events WHERE seq = 7`, found(7, 'truncated')],
    ['all events but the first taken off', `DELETE FROM events WHERE seq > 1`, found(2, 'truncated')],
    ['every event taken off', `DELETE FROM events`, found(1, 'logMissing')],
  ])('P3 finds %s', async (_name, sql, expected) => {
    tamper(temp.file, (db) => db.exec(sql))
    await expectReadOnly(expected)
  })

  it('P3 finds what lies further back than what is checked on opening, by verifying', async () => {
    await temp.write(...Array.from({ length: 300 }, (_, index) => cancelled(`p${index}`)))
    tamper(temp.file, (db) => db.exec(`UPDATE events SET actor = 'nobody' WHERE seq = 2`))
    await temp.with(async (log) => {
      expect(log.state()).toEqual({ kind: 'ready' })
      expect(await log.verify()).toEqual(found(2, 'macMismatch'))
      expect(log.state()).toEqual(found(2, 'macMismatch'))
      await expect(log.append(() => cancelled('x'))).rejects.toMatchObject({ reason: 'tampered' })
    })
  })

  it('P3 finds a purchase whose id was changed where the index of the ids does not see it', async () => {
    const id = 'purchase-in-table-and-index'
    await temp.write(approved(id), succeeded(id))
    tamper(temp.file, () => {})
    const db = new Database(temp.file, { readonly: true })
    const page = db.prepare<[], number>("SELECT rootpage FROM sqlite_schema WHERE name = 'purchases'").pluck().get() ?? 0
    const pageBytes = db.pragma('page_size', { simple: true }) as number
    db.close()
    const bytes = readFileSync(temp.file)
    const at = bytes.indexOf(id, (page - 1) * pageBytes)
    expect(at).toBeLessThan(page * pageBytes)
    bytes[at] = 'q'.charCodeAt(0)
    writeFileSync(temp.file, bytes)
    await temp.with(async (log) => {
      expect(log.purchases().map(({ purchaseId }) => purchaseId)).toContain(`q${id.slice(1)}`)
      expect(await log.verify()).toEqual(found(8, 'projectionMismatch'))
    })
  })

  it('P3 finds a payload of the same bytes that is no text any more', async () => {
    const strictness = (from: string, to: string) => (db: Database.Database) => {
      db.unsafeMode().pragma('writable_schema = ON')
      db.prepare("UPDATE sqlite_schema SET sql = replace(sql, ?, ?) WHERE name = 'events'").run(from, to)
    }
    tamper(temp.file, strictness(') STRICT', ')'))
    tamper(temp.file, (db) => db.exec('UPDATE events SET payload = CAST(payload AS BLOB) WHERE seq = 2'))
    tamper(temp.file, strictness('payload TEXT NOT NULL\n)', 'payload TEXT NOT NULL\n) STRICT'))
    await expect(temp.open()).rejects.toMatchObject({ name: 'LogStorageError', problem: { kind: 'damaged' } })
  })

  it('P3 finds by verifying also what lies before that for which the log is only read', async () => {
    await temp.write(...Array.from({ length: 300 }, (_, index) => cancelled(`p${index}`)))
    tamper(temp.file, (db) => db.exec(`UPDATE events SET actor = 'nobody' WHERE seq IN (2, 307)`))
    await temp.with(async (log) => {
      expect(log.state()).toEqual(found(307, 'macMismatch'))
      expect(await log.verify()).toEqual(found(2, 'macMismatch'))
    })
  })

  it('P3 finds a row that hides before the first event', async () => {
    tamper(temp.file, (db) => db.exec(`INSERT INTO events SELECT 0, id, type, at, actor, mac, payload FROM events WHERE seq = 7`))
    await temp.with(async (log) => expect(await log.verify()).toEqual(found(7, 'projectionMismatch')))
  })
})

describe('the file as a whole', () => {
  it.each([1, 2, 5])('P3 finds that it was put back to how it was %i events ago', async (count) => {
    copyFileSync(temp.file, `${temp.file}.old`)
    await temp.write(...Array.from({ length: count }, (_, index) => cancelled(`p${index}`)))
    copyFileSync(`${temp.file}.old`, temp.file)
    rmSync(`${temp.file}.old`)
    await expectReadOnly(found(8, 'truncated'))
  })

  it('P3 finds that it was put back while it is open', async () => {
    copyFileSync(temp.file, `${temp.file}.old`)
    const log = await temp.open()
    await log.append(() => cancelled('d'))
    for (const suffix of ['', '-wal', '-shm']) rmSync(`${temp.file}${suffix}`)
    copyFileSync(`${temp.file}.old`, temp.file)
    expect(await log.verify()).toEqual(found(8, 'truncated'))
    await expect(log.append(() => cancelled('e'))).rejects.toMatchObject({ reason: 'tampered' })
    await log.close()
  })

  it('P3 finds the log of another folder in its place, chained with another key', async () => {
    const other = tempLog()
    await other.write(...Array.from({ length: 6 }, (_, index) => cancelled(`p${index}`)))
    copyFileSync(other.file, temp.file)
    other.dispose()
    await expectReadOnly(found(1, 'macMismatch'))
  })

  it('P3 finds that the key was changed', async () => {
    temp.vault.secrets.set('log-mac-key', Buffer.alloc(32, 1).toString('base64url'))
    await expectReadOnly(found(1, 'macMismatch'))
  })
})

describe('the anchor', () => {
  const anchor = (seq: number, mac: string) => temp.vault.secrets.set('log-anchor', JSON.stringify({ seq, mac }))
  const macAt = (seq: number) => temp.with((log) => [...log.events(seq)][0]?.mac ?? '')

  it('P3 may be exactly one event behind, as after a kill, and is brought up', async () => {
    anchor(6, await macAt(6))
    await temp.with(async (log) => {
      expect(log.state()).toEqual({ kind: 'ready' })
      await log.anchored()
      expect(JSON.parse(temp.vault.secrets.get('log-anchor') ?? '')).toEqual(log.head())
    })
  })

  it('P3 may not be two events behind', async () => {
    anchor(5, await macAt(5))
    await expectReadOnly(found(7, 'anchorMismatch'))
  })

  it.each([6, 7])('P3 may not name another event %i', async (seq) => {
    anchor(seq, Buffer.alloc(32).toString('base64url'))
    await expectReadOnly(found(seq, 'anchorMismatch'))
  })

  it.each(['', '{}', 'null', '{"seq":0,"mac":""}', '{"seq":7}'])('P3 may not be %o', async (text) => {
    temp.vault.secrets.set('log-anchor', text)
    await expectReadOnly(found(8, 'truncated'))
  })

  it('P3 may not be gone while there are events', async () => {
    temp.vault.secrets.delete('log-anchor')
    await expectReadOnly(found(2, 'anchorMismatch'))
  })

  it('P3 says that nothing can be verified when the vault stops answering', async () => {
    await temp.with(async (log) => {
      await log.anchored()
      temp.vault.fail('timedOut')
      expect(await log.verify()).toEqual({ kind: 'unverifiable', reason: 'vaultUnavailable' })
      expect(log.state()).toEqual({ kind: 'ready' })
    })
  })
})

describe('what the rules of the tables themselves forbid', () => {
  const shortMac = (seq: number) =>
    tamper(temp.file, (db) => {
      db.pragma('ignore_check_constraints = ON')
      db.exec(`UPDATE events SET mac = zeroblob(31) WHERE seq = ${seq}`)
    })

  it('P3 is damage on opening, and nothing is read from it', async () => {
    shortMac(7)
    await expect(temp.open()).rejects.toMatchObject({ problem: { kind: 'damaged' } })
    temp.vault.fail('locked')
    await temp.with((log) => expect(() => log.head()).toThrow(LogStorageError))
  })

  it('P3 is found by verifying further back, also where a whole page is broken', async () => {
    await temp.write(...Array.from({ length: 300 }, (_, index) => cancelled(`p${index}`)))
    shortMac(3)
    await temp.with(async (log) => expect(await log.verify()).toEqual(found(3, 'malformed')))
  })

  it('P3 is found where a page of the postings is broken', async () => {
    const db = new Database(temp.file)
    const page = db.prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'postings'").pluck().get() as number
    db.close()
    const bytes = readFileSync(temp.file)
    bytes.fill(0xa5, (page - 1) * 4096, page * 4096)
    writeFileSync(temp.file, bytes)
    await temp.with(async (log) => expect(await log.verify()).toMatchObject({ kind: 'tampered', finding: 'malformed' }))
  })
})

describe('a log that is only read', () => {
  it('P3 stays so when what was changed is put back while it is open', async () => {
    tamper(temp.file, (db) => db.exec(`UPDATE events SET actor = 'nobody' WHERE seq = 7`))
    await temp.with(async (log) => {
      const other = new Database(temp.file)
      const sql = other.prepare("SELECT sql FROM sqlite_schema WHERE name = 'events_never_change'").pluck().get() as string
      other.exec('DROP TRIGGER events_never_change')
      other.exec(`UPDATE events SET actor = 'client' WHERE seq = 7`)
      other.exec(sql)
      other.close()
      expect(await log.verify()).toEqual(found(7, 'macMismatch'))
      expect(log.state()).toEqual(found(7, 'macMismatch'))
    })
    await temp.with((log) => expect(log.state()).toEqual({ kind: 'ready' }))
  })

  it('takes no event after it was closed either, however often that was', async () => {
    temp.vault.secrets.delete('log-mac-key')
    const log = await temp.open()
    await log.close()
    await log.close()
    await expect(log.append(() => cancelled('d'))).rejects.toMatchObject({ reason: 'closed' })
  })
})

describe('projections', () => {
  it.each<[string, string, number]>([
    ['another amount in a posting', `UPDATE postings SET amount = 1 WHERE line = 1`, 5],
    ['another account in a posting', `UPDATE postings SET account = 'Assets:elsewhere' WHERE line = 2`, 5],
    ['a posting taken out', `DELETE FROM postings WHERE line = 2`, 5],
    ['a posting too many for an event', `INSERT INTO postings VALUES (5, 3, 'Assets:x', 0, 'EUR')`, 5],
    ['postings for an event that makes none', `INSERT INTO postings VALUES (6, 1, 'Assets:x', 0, 'EUR')`, 6],
    ['postings for no event', `INSERT INTO postings VALUES (99, 1, 'Assets:x', 0, 'EUR')`, 7],
    ['another state of a purchase', `UPDATE purchases SET state = 'succeeded', receipt_number = 'R-1' WHERE purchase_id = 'b'`, 3],
    ['a purchase put back to how it began', `UPDATE purchases SET state = 'approved', settled_at = NULL, receipt_number = NULL, sequence = 0 WHERE purchase_id = 'a'`, 2],
    ['a purchase put back to how it was on the way', `UPDATE purchases SET state = 'unknown', settled_at = NULL, reason = 'unreachable' WHERE purchase_id = 'b'`, 3],
    ['another price of a purchase', `UPDATE purchases SET amount = 1 WHERE purchase_id = 'a'`, 2],
    ['another payee of a purchase', `UPDATE purchases SET payee = 'Evil Corp' WHERE purchase_id = 'a'`, 2],
    ['a purchase taken out', `DELETE FROM purchases WHERE purchase_id = 'a'`, 2],
    ['a purchase too many', `INSERT INTO purchases SELECT 7, 'x', state, offer_id, seller_id, payee, item, game, amount, currency, funding_source_id, at, settled_at, reason, receipt_number, refunded, charged_back, chargeback_id, sequence, counted_amount, counted_currency, counted_at, member_id FROM purchases WHERE purchase_id = 'a'`, 7],
  ])('P3 finds %s', async (_name, sql, firstBadSeq) => {
    tamper(temp.file, (db) => db.exec(sql))
    await temp.with(async (log) => {
      expect(await log.verify()).toEqual(found(firstBadSeq, 'projectionMismatch'))
      await expect(log.append(() => cancelled('d'))).rejects.toMatchObject({ reason: 'tampered' })
    })
  })
})

describe('what the limits are judged by', () => {
  beforeEach(() => temp.write(begun(), tightened(limitOf('500')), approved('d', { sellerId: 'seller-2', countedAt: '2026-11-23T09:20:00.000Z' })))

  it.each<[string, string]>([
    ['less that is spent', 'UPDATE usage SET spent = 1 WHERE spent = 99'],
    ['less that is reserved', 'UPDATE usage SET reserved = 1 WHERE reserved = 99'],
    ['spending moved to another seller', `UPDATE usage SET seller_id = 'seller-3' WHERE seller_id = 'seller-2'`],
    ['spending moved to another time', 'UPDATE usage SET quarter_ms = quarter_ms - 900000 WHERE spent = 99'],
    ['spending moved to another currency', `UPDATE usage SET currency = 'JPY' WHERE spent = 99`],
    ['spending moved from one line to another', 'UPDATE usage SET spent = 99 - spent, reserved = 99 - reserved'],
    ['a line taken out', 'DELETE FROM usage WHERE reserved = 99'],
    ['a line too many', `INSERT INTO usage VALUES (0, 'seller-9', '', 'EUR', 1, 0)`],
    ['a line too many that holds nothing', `INSERT INTO usage VALUES (0, 'seller-9', '', 'EUR', 0, 0)`],
    ['no lines at all', 'DELETE FROM usage'],
    ['another limit', `UPDATE controls SET folded = replace(folded, '"500"', '"5000"')`],
    ['controls that cannot be read', `UPDATE controls SET folded = '{'`],
    ['no controls', 'DELETE FROM controls'],
    ['controls twice', `PRAGMA ignore_check_constraints = ON; INSERT INTO controls SELECT 2, folded FROM controls`],
  ])('P3 P4 finds %s', async (_name, sql) => {
    tamper(temp.file, (db) => db.exec(sql))
    await temp.with(async (log) => {
      expect(await log.verify()).toEqual(found(10, 'projectionMismatch'))
      await expect(log.append(() => cancelled('e'))).rejects.toMatchObject({ reason: 'tampered' })
    })
  })

  it.each(['counted_amount = 1', `counted_currency = 'JPY'`, `counted_at = '2026-11-23T09:00:00.001Z'`])(
    'P3 P4 finds another %s of a purchase, settled or open',
    async (change) => {
      tamper(temp.file, (db) => db.exec(`UPDATE purchases SET ${change} WHERE purchase_id = 'd'`))
      await temp.with(async (log) => expect(await log.verify()).toEqual(found(10, 'projectionMismatch')))
      tamper(temp.file, (db) => db.exec(`UPDATE purchases SET ${change} WHERE purchase_id = 'a'`))
      await temp.with(async (log) => expect(await log.verify()).toEqual(found(2, 'projectionMismatch')))
    },
  )
})

describe('what is known of a household', () => {
  beforeEach(() => temp.write(begun(), householdBegun(), tried('guardian'), tried('guardian'), approved('d', { memberId: 'teen' }), requested('r1')))

  it.each<[string, string, number]>([
    ['tries that are forgotten', `UPDATE family SET folded = replace(folded, '"failures":2', '"failures":0')`, 13],
    ['a request for less', `UPDATE family SET folded = replace(folded, '"99"', '"9"')`, 13],
    ['a family that cannot be read', `UPDATE family SET folded = '{'`, 13],
    ['no family', 'DELETE FROM family', 13],
    ['a family twice', `PRAGMA ignore_check_constraints = ON; INSERT INTO family SELECT 2, folded FROM family`, 13],
    ['another role', `UPDATE controls SET folded = replace(folded, '"child"', '"adult"')`, 13],
    ['spending moved to another member', `UPDATE usage SET member_id = 'adult' WHERE member_id = 'teen'`, 13],
    ['spending that is nobody’s any more', `UPDATE usage SET seller_id = 'seller-2', member_id = '' WHERE member_id = 'teen'`, 13],
    ['another buyer of a purchase', `UPDATE purchases SET member_id = 'adult' WHERE purchase_id = 'd'`, 12],
    ['a purchase that is nobody’s any more', `UPDATE purchases SET member_id = NULL WHERE purchase_id = 'd'`, 12],
    ['somebody put to a purchase from before', `UPDATE purchases SET member_id = 'teen' WHERE purchase_id = 'a'`, 2],
  ])('P3 P8 finds %s', async (_name, sql, firstBadSeq) => {
    tamper(temp.file, (db) => db.exec(sql))
    await temp.with(async (log) => {
      expect(await log.verify()).toEqual(found(firstBadSeq, 'projectionMismatch'))
      await expect(log.append(() => cancelled('e'))).rejects.toMatchObject({ reason: 'tampered' })
    })
  })
})

describe('what is known of habits', () => {
  it.each<[string, string]>([
    ['other habits', `UPDATE risk SET folded = replace(folded, '"seller-1"', '"seller-9"')`],
    ['habits that cannot be read', `UPDATE risk SET folded = '{'`],
    ['no habits', 'DELETE FROM risk'],
    ['habits of nobody', `INSERT INTO risk SELECT 'stranger', folded FROM risk`],
    ['habits that are somebody else’s', `UPDATE risk SET member_id = 'teen'`],
    ['something observed that did not happen', `UPDATE risk_lately SET folded = replace(folded, '"amount":99', '"amount":9')`],
    ['nothing observed lately', 'DELETE FROM risk_lately'],
  ])('P3 finds %s', async (_name, sql) => {
    await temp.write(...Array.from({ length: 15 }, (_, index) => approved(`more-${index}`)))
    tamper(temp.file, (db) => db.exec(sql))
    await temp.with(async (log) => {
      expect(await log.verify()).toEqual(found(22, 'projectionMismatch'))
      await expect(log.append(() => cancelled('e'))).rejects.toMatchObject({ reason: 'tampered' })
    })
  })
})

describe('every part of the projections', () => {
  const reconciled: NewEvent = { type: 'ledger.reconciled', actor: 'client', payload: { matched: 1, differences: [] } }

  /** A refund and a chargeback that stands, so that no column is empty: events 8 to 10. The newest is 11. */
  beforeEach(() => temp.write(refunded('a', { amount: '9', currency: 'EUR' }), chargedBack('a', { amount: '8', currency: 'EUR' }, '1', 3), reconciled, reconciled))

  const texts = ['state', 'offer_id', 'seller_id', 'payee', 'item', 'game', 'currency', 'funding_source_id', 'at', 'settled_at', 'receipt_number', 'chargeback_id']
  const numbers = ['amount', 'refunded', 'charged_back', 'sequence']

  it.each([
    ...texts.map((column) => `${column} = ${column === 'state' ? "'succeeded'" : `${column} || 'x'`}`),
    ...numbers.map((column) => `${column} = ${column} + 1`),
    "reason = 'because'",
    'approved_seq = 4',
  ])('P3 is compared: %s', async (change) => {
    tamper(temp.file, (db) => db.exec(`UPDATE purchases SET ${change} WHERE purchase_id = 'a'`))
    await temp.with(async (log) => expect(await log.verify()).toMatchObject({ kind: 'tampered', finding: 'projectionMismatch' }))
  })

  it.each<[string, string, number]>([
    ['the currency of a posting', `UPDATE postings SET currency = 'USD' WHERE seq = 8 AND line = 2`, 8],
    ['two purchases, of which the first is told', `UPDATE purchases SET item = 'x'`, 2],
    ['a record of what was cancelled', `INSERT INTO purchases SELECT 7, 'c', state, offer_id, seller_id, payee, item, game, amount, currency, funding_source_id, at, settled_at, reason, receipt_number, refunded, charged_back, chargeback_id, sequence, counted_amount, counted_currency, counted_at, member_id FROM purchases WHERE purchase_id = 'b'`, 11],
    ['a message of another event', `UPDATE messages SET seq = 9 WHERE seq = 8`, 8],
    ['a message forgotten', `DELETE FROM messages WHERE seq = 9`, 9],
    ['a message too many', `INSERT INTO messages VALUES ('msg-x', 3)`, 11],
    ['an older event as the newest of its type', `UPDATE newest_of_type SET seq = 10`, 11],
    ['the newest of a type forgotten', `DELETE FROM newest_of_type`, 11],
    ['the newest of a type that there was none of', `INSERT INTO newest_of_type VALUES ('log.restored', 5)`, 11],
  ])('P3 is compared: %s', async (_name, sql, firstBadSeq) => {
    tamper(temp.file, (db) => db.exec(sql))
    await temp.with(async (log) => expect(await log.verify()).toEqual(found(firstBadSeq, 'projectionMismatch')))
  })

  it('P3 is clean when nothing was changed', async () => {
    tamper(temp.file, () => {})
    await temp.with(async (log) => expect(await log.verify()).toMatchObject({ kind: 'clean', events: 11, head: log.head() }))
  })
})

describe('a log that is longer than what is checked on opening', () => {
  /** 309 events; the newest 256 begin with the 54th. */
  beforeEach(() => temp.write(...Array.from({ length: 300 }, (_, index) => cancelled(`p${index}`)), approved('z'), succeeded('z')))

  it.each<[string, string, Tampering]>([
    ['an event changed', `UPDATE events SET actor = 'nobody' WHERE seq = 54`, found(54, 'macMismatch')],
    ['the event before them taken out', `DELETE FROM events WHERE seq = 53`, found(53, 'gap')],
  ])('P3 is only read where the newest show it: %s', async (_name, sql, expected) => {
    tamper(temp.file, (db) => db.exec(sql))
    await expectReadOnly(expected)
  })

  it.each<[string, string, Tampering]>([
    ['an event changed', `UPDATE events SET actor = 'nobody' WHERE seq = 53`, found(53, 'macMismatch')],
    ['an event taken out', `DELETE FROM events WHERE seq = 52`, found(52, 'gap')],
    ['a posting far from the first changed', `UPDATE postings SET amount = 1 WHERE seq = 309 AND line = 2`, found(309, 'projectionMismatch')],
    ['a posting far from the first taken out', `DELETE FROM postings WHERE seq = 309`, found(309, 'projectionMismatch')],
  ])('P3 is found out by verifying where they do not: %s', async (_name, sql, expected) => {
    tamper(temp.file, (db) => db.exec(sql))
    await temp.with(async (log) => {
      expect(log.state()).toEqual({ kind: 'ready' })
      expect(await log.verify()).toEqual(expected)
    })
  })

  it('P3 is clean when nothing was changed', async () => {
    await temp.with(async (log) => expect(await log.verify()).toEqual({ kind: 'clean', events: 309, head: log.head() }))
  })
})

it('P3 of 256 events the first is checked on opening, of 257 not', async () => {
  const edit = () => tamper(temp.file, (db) => db.exec(`UPDATE events SET actor = 'nobody' WHERE seq = 1`))
  await temp.write(...Array.from({ length: 250 }, (_, index) => cancelled(`p${index}`)))
  edit()
  await temp.with(async (log) => {
    expect([log.state(), log.head()?.seq]).toEqual([{ kind: 'ready' }, 257])
    expect(await log.verify()).toEqual(found(1, 'macMismatch'))
  })
  temp.dispose()
  temp = tempLog()
  await temp.write(...Array.from({ length: 255 }, (_, index) => cancelled(`p${index}`)))
  edit()
  await expectReadOnly(found(1, 'macMismatch'))
})

describe('the safeguards in the file', () => {
  const triggers = ['events_are_added_at_the_end', 'events_never_change', 'events_stay', 'postings_are_added_once', 'postings_never_change', 'postings_stay']

  it.each([
    ...triggers.map((name) => `DROP TRIGGER ${name}`),
    'CREATE INDEX i ON purchases (payee)',
    "CREATE TRIGGER t AFTER INSERT ON events BEGIN UPDATE purchases SET amount = 0; END",
    'CREATE TABLE t (a)',
    'ALTER TABLE purchases ADD COLUMN a TEXT',
  ])('P3 misses nothing that was done to them: %s', async (sql) => {
    new Database(temp.file).exec(sql).close()
    await expectReadOnly(found(0, 'schemaMismatch'))
  })

  it.each([
    `UPDATE events SET actor = 'x' WHERE seq = 2`,
    `DELETE FROM events WHERE seq = 7`,
    `DELETE FROM events`,
    `INSERT OR REPLACE INTO events SELECT seq, id, type, at, 'x', mac, payload FROM events WHERE seq = 2`,
    `REPLACE INTO events SELECT seq, id, type, at, 'x', mac, payload FROM events WHERE seq = 7`,
    `INSERT INTO events SELECT 2, id, type, at, 'x', mac, payload FROM events WHERE true ON CONFLICT DO UPDATE SET actor = 'x'`,
    `INSERT INTO events SELECT 99, id, type, at, actor, mac, payload FROM events WHERE seq = 2`,
    `UPDATE OR REPLACE events SET seq = 2 WHERE seq = 3`,
    `UPDATE postings SET amount = 0`,
    `DELETE FROM postings`,
    `INSERT OR REPLACE INTO postings VALUES (5, 1, 'Assets:x', 0, 'EUR')`,
  ])('P3 keep a careless tool from: %s', (sql) => {
    const db = new Database(temp.file)
    // The default of SQLite itself, under which REPLACE deletes without asking the triggers for DELETE.
    db.pragma('recursive_triggers = OFF')
    const count = () => db.prepare('SELECT count(*), sum(length(actor)), (SELECT sum(amount * line) FROM postings) FROM events').raw().get()
    const before = count()
    expect(() => db.exec(sql)).toThrow(/events|postings/)
    expect(count()).toEqual(before)
    db.close()
  })
})

describe('another process that writes while the log is open', () => {
  it('P4 cannot write between a decision and its event', async () => {
    await temp.with(async (log) => {
      const other = new Database(temp.file, { timeout: 0 })
      const event = await log.append(() => {
        expect(() => other.exec(`DELETE FROM purchases`)).toThrow(/locked/)
        return cancelled('d')
      })
      expect(event?.seq).toBe(8)
      other.close()
    })
  })

  it('P3 is noticed at the next append, which adds nothing', async () => {
    await temp.with(async (log) => {
      const other = new Database(temp.file)
      other.exec(`INSERT INTO events SELECT 8, id, type, at, actor, mac, payload FROM events WHERE seq = 7`)
      other.close()
      await expect(log.append(() => cancelled('d'))).rejects.toMatchObject({ reason: 'tampered' })
      expect(log.state()).toEqual(found(8, 'macMismatch'))
      expect(await log.verify()).toEqual(found(8, 'macMismatch'))
      expect(JSON.parse(temp.vault.secrets.get('log-anchor') ?? '')).toMatchObject({ seq: 7 })
    })
  })

  it('P3 is noticed also where it left the newest event alone', async () => {
    await temp.with(async (log) => {
      const other = new Database(temp.file)
      other.exec('DROP TRIGGER events_never_change')
      other.exec(`UPDATE events SET actor = 'somebody' WHERE seq = 3`)
      other.close()
      await expect(log.append(() => cancelled('d'))).rejects.toMatchObject({ reason: 'tampered' })
      expect(log.state()).toMatchObject({ kind: 'tampered' })
      expect(log.head()?.seq).toBe(7)
    })
  })
})
