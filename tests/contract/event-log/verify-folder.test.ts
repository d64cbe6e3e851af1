/** The verifier that needs no app: what it finds, what it cannot tell, and that it leaves everything as it was. */
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createGatewaySignatures } from '../../../src/main/adapters/gateway/signatures.ts'
import { verifyFolder } from '../../../src/main/adapters/sqlite/verify-folder.ts'
import type { NewEvent } from '../../../src/domain/events.ts'
import type { Vault } from '../../../src/main/ports/vault.ts'
import { approved, cancelled, succeeded } from '../../support/events.ts'
import { createFakeVault } from '../../support/fake-vault.ts'
import { filesOf } from '../../support/files.ts'
import { createSigningGateway, type SigningGateway } from '../../support/signed-events.ts'
import { tamper } from '../../support/tamper.ts'
import { tempLog, type TempLog } from '../../support/temp-log.ts'
import { version1Types, writeVersion1Log } from '../../support/old-logs.ts'

let temp: TempLog
let gateway: SigningGateway
beforeEach(async () => {
  temp = tempLog()
  gateway = await createSigningGateway()
  await temp.write(approved('a'), await gateway.succeeded('a'), gateway.refunded('a'), cancelled('c'))
})
afterEach(() => temp.dispose())

const signatures = () => createGatewaySignatures(gateway)
const verify = (change: Partial<Parameters<typeof verifyFolder>[0]> = {}) =>
  verifyFolder({ dataDir: temp.folder, vault: temp.vault, signatures: signatures(), ...change })
const tampered = (firstBadSeq: number, finding: string) => ({ kind: 'tampered', firstBadSeq, finding })

/** Appends an event that is about the head as it is then. */
async function countersign(change: (event: NewEvent) => NewEvent = (event) => event): Promise<void> {
  await temp.with(async (log) => {
    const head = log.head()
    const opened = log.events(1).next().value
    if (!head || opened?.type !== 'log.opened') throw new Error('an empty log')
    const event = await gateway.countersigned(opened.payload.logId, head)
    await log.append(() => change(event))
  })
}

describe('a ledger that is as it should be', () => {
  it('P3 is clean, with everything that the gateway signed, and not a byte is written', async () => {
    await countersign()
    const [files, changedAt] = [filesOf(temp.folder), statSync(temp.file).mtimeMs]
    expect(await verify()).toEqual({ kind: 'clean', events: 6, unchecked: 0 })
    expect(filesOf(temp.folder)).toEqual(files)
    expect(statSync(temp.file).mtimeMs).toBe(changedAt)
  })

  it('P3 is clean while the app has it open and goes on writing', async () => {
    await temp.with(async (log) => {
      const writing = Promise.all(Array.from({ length: 20 }, (_, index) => log.append(() => cancelled(`w${index}`))))
      expect(await verify()).toMatchObject({ kind: 'clean' })
      await writing
      await log.anchored()
      expect(await verify()).toMatchObject({ kind: 'clean', events: 25 })
    })
  })

  it('P3 is clean where the app moves its anchor meanwhile, and looked at five times before it is said not to be', async () => {
    const anchor = temp.vault.secrets.get('log-anchor') ?? ''
    let stale = 0
    const vault: Vault = {
      set: () => Promise.reject(new Error('nothing is written')),
      remove: () => Promise.reject(new Error('nothing is removed')),
      get: (name) => Promise.resolve(name === 'log-anchor' && stale-- > 0 ? JSON.stringify({ seq: 2, mac: 'A'.repeat(43) }) : (temp.vault.secrets.get(name) ?? null)),
    }
    // Asked for once to know whether there is one, and then each time that the log is looked at.
    stale = 1 + 4
    expect(await verify({ vault })).toMatchObject({ kind: 'clean', events: 5 })
    stale = 1 + 5
    expect(await verify({ vault })).toEqual(tampered(4, 'anchorMismatch'))
    expect([stale, temp.vault.secrets.get('log-anchor')]).toEqual([0, anchor])
  })

  it.each<[string, number, () => unknown]>([
    ['is looked at five times where it may be that the app has moved on', 5, () => temp.vault.secrets.set('log-anchor', JSON.stringify({ seq: 9, mac: 'A'.repeat(43) }))],
    ['is looked at once where it cannot', 1, () => tamper(temp.file, (db) => db.exec('DELETE FROM events WHERE seq = 3'))],
  ])('%s', async (_what, looks, happen) => {
    happen()
    const asked = temp.vault.calls.length
    expect((await verify()).kind).toBe('tampered')
    expect(temp.vault.calls.slice(asked).filter((call) => call === 'get log-anchor')).toHaveLength(1 + looks)
  })

  it('is told of as it is checked', async () => {
    const told: [number, number][] = []
    await verify({ onProgress: (checked, of) => told.push([checked, of]) })
    expect(told[0]).toEqual([1, 5])
  })

  it('is not all checked without the key of the gateway, and says how much was not', async () => {
    await countersign()
    expect(await verify({ signatures: null })).toEqual({ kind: 'clean', events: 6, unchecked: 3 })
  })

  it('P3 is clean also where the first version made it, and stays as that version made it', async () => {
    const old = tempLog()
    await writeVersion1Log(old.file, old.vault)
    // The scratch index of SQLite says nothing and may be made anew.
    const files = () => Object.entries(filesOf(old.folder)).filter(([name]) => !name.endsWith('-shm'))
    const before = files()
    const found = await verifyFolder({ dataDir: old.folder, vault: old.vault, signatures: null })
    expect(found).toMatchObject({ kind: 'clean', events: version1Types.length })
    expect(files()).toEqual(before)
    new Database(old.file).exec('CREATE TABLE extra (a)').close()
    expect(await verifyFolder({ dataDir: old.folder, vault: old.vault, signatures: null })).toEqual(tampered(0, 'schemaMismatch'))
    old.dispose()
  })

  it('is good also by a key that the gateway used before', async () => {
    const { signingKey } = await createSigningGateway()
    const found = await verify({ signatures: createGatewaySignatures({ signingKey, formerSigningKeys: [gateway.signingKey] }) })
    expect(found).toMatchObject({ kind: 'clean' })
  })
})

describe('what the gateway is said to have signed', () => {
  it.each([
    ['was signed by somebody else', async () => (await createSigningGateway()).succeeded('b')],
    ['is about another amount', async () => gateway.succeeded('b', { price: { amount: '98', currency: 'EUR' } })],
    ['is about another purchase', async () => gateway.succeeded('b', { idempotencyKey: 'a' })],
    ['has another number', async () => gateway.succeeded('b', { receiptNumber: 'R-x' })],
    ['is no receipt at all', async () => succeeded('b')],
  ])('P3 is found out where a receipt %s', async (_name, make) => {
    await temp.write(approved('b'), await make())
    expect(await verify()).toEqual(tampered(7, 'signatureMismatch'))
  })

  it('P3 is found out where a refund was made up', async () => {
    const forged = (await createSigningGateway()).refunded('b')
    await temp.write(approved('b'), await gateway.succeeded('b'), forged)
    expect(await verify()).toEqual(tampered(8, 'signatureMismatch'))
  })

  it.each([
    ['was signed by somebody else', (event: NewEvent, other: NewEvent) => other],
    ['is for another place', (event: NewEvent) => ({ ...event, payload: { ...event.payload, seq: 2 } }) as NewEvent],
    ['has another mac', (event: NewEvent) => ({ ...event, payload: { ...event.payload, mac: 'x'.repeat(43) } }) as NewEvent],
  ])('P3 is found out where a countersignature %s', async (_name, change) => {
    const other = await (await createSigningGateway()).countersigned('log', { seq: 5, mac: 'm'.repeat(43) })
    await countersign((event) => change(event, other))
    expect(await verify()).toEqual(tampered(6, 'signatureMismatch'))
  })
})

describe('a folder that was tampered with', () => {
  it.each([
    ['an edited byte', `UPDATE events SET payload = replace(payload, '"99"', '"10"') WHERE seq = 2`, 2, 'macMismatch'],
    ['a deleted row', 'DELETE FROM events WHERE seq = 3', 3, 'gap'],
    ['a truncated tail', 'DELETE FROM events WHERE seq > 3; DELETE FROM postings WHERE seq > 3; DELETE FROM messages', 4, 'truncated'],
    ['a posting edited', 'UPDATE postings SET amount = 0 WHERE seq = 3', 3, 'projectionMismatch'],
    ['a refund taken out of the purchase', 'UPDATE purchases SET refunded = 0', 2, 'projectionMismatch'],
    ['a message forgotten, so that it would count again', 'DELETE FROM messages', 4, 'projectionMismatch'],
    ['a table added', 'CREATE TABLE extra (a)', 0, 'schemaMismatch'],
  ])('P3 is found out: %s', async (_name, sql, firstBadSeq, finding) => {
    tamper(temp.file, (db) => db.exec(sql))
    const files = filesOf(temp.folder)
    expect(await verify()).toEqual(tampered(firstBadSeq, finding))
    expect(filesOf(temp.folder)).toEqual(files)
  })

  it('P3 is found out where an older copy of the whole folder was put back', async () => {
    const old = mkdtempSync(join(tmpdir(), 'tuppence-old-'))
    cpSync(temp.folder, old, { recursive: true })
    await temp.write(cancelled('d'), cancelled('e'))
    rmSync(temp.folder, { recursive: true })
    cpSync(old, temp.folder, { recursive: true })
    rmSync(old, { recursive: true })
    expect(await verify()).toEqual(tampered(6, 'truncated'))
  })

  it('P3 is found out where another log was put in place', async () => {
    const other = tempLog()
    await other.write(...Array.from({ length: 4 }, (_, index) => cancelled(`x${index}`)))
    copyFileSync(other.file, temp.file)
    other.dispose()
    expect(await verify()).toEqual(tampered(1, 'macMismatch'))
  })

  it('P3 is found out where the log is gone, or is no database any more', async () => {
    writeFileSync(temp.file, 'not a database, and long enough to have a header if it were one'.repeat(4))
    expect(await verify()).toEqual(tampered(1, 'malformed'))
    expect(await verify({ vault: createFakeVault() })).toEqual({ kind: 'notPossible', reason: 'keyMissing' })
    rmSync(temp.file)
    new Database(temp.file).exec('CREATE TABLE bookmarks (url TEXT)').close()
    expect(await verify()).toEqual(tampered(1, 'malformed'))
    rmSync(temp.file)
    expect(await verify()).toEqual(tampered(1, 'logMissing'))
  })
})

describe('what cannot be checked', () => {
  const notPossible = (reason: string) => ({ kind: 'notPossible', reason })

  it('is a folder without a ledger, with or without a keychain', async () => {
    rmSync(temp.file)
    expect(await verify({ vault: createFakeVault() })).toEqual(notPossible('noLedger'))
  })

  it('P6 is a ledger whose key is gone: no key is made', async () => {
    const vault = createFakeVault()
    expect(await verify({ vault })).toEqual(notPossible('keyMissing'))
    expect(vault.secrets.size).toBe(0)
  })

  it('is a ledger of a newer version', async () => {
    const db = new Database(temp.file)
    db.pragma('user_version = 99')
    db.pragma('wal_checkpoint(TRUNCATE)')
    db.close()
    expect(await verify()).toEqual(notPossible('newerVersion'))
  })

  it('is a ledger that the disk does not give', async () => {
    rmSync(temp.file)
    mkdirSync(temp.file)
    expect(await verify()).toEqual(notPossible('unreadable'))
  })

  it('is a bug, which is told as it is', async () => {
    const vault: Vault = { set: () => Promise.resolve(), remove: () => Promise.resolve(), get: () => Promise.reject(new TypeError('a bug')) }
    await expect(verify({ vault })).rejects.toThrow('a bug')
  })

  it('P6 is a ledger while the keychain does not answer', async () => {
    temp.vault.fail('locked')
    expect(await verify()).toEqual(notPossible('keychainUnavailable'))
  })
})
