import { createPublicKey, verify } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { canonicalJson } from '../../../src/domain/canonical.ts'
import { createVaultDevice } from '../../../src/main/adapters/device/vault-device.ts'
import { LogStorageError } from '../../../src/main/ports/event-log.ts'
import { purchaseHeaders } from '../../../src/main/usecases/sent-purchase.ts'
import { approved } from '../../support/events.ts'
import { createFakeVault } from '../../support/fake-vault.ts'
import { notSentProblem } from '../../support/fake-gateway.ts'
import { wrongPin } from '../../support/household-people.ts'
import { createPostureWorld } from '../../support/posture-world.ts'
import { claimsOf, headerOf } from '../../support/tokens.ts'

const dayMs = 24 * 60 * 60_000
const secret = 'canary-of-the-keychain'

async function alone() {
  const world = createPostureWorld()
  for (const name of ['device-signing-key', 'log-mac-key', 'log-anchor'] as const) world.vault.secrets.set(name, secret)
  await world.log.append(() => approved('p'))
  await world.sign()
  world.settings.backups = [{ name: 'b', at: new Date(world.clock.now()).toISOString(), seq: world.log.head()?.seq ?? 0, bytes: 1, beforeVersion: null }]
  return world
}

async function family() {
  const world = createPostureWorld()
  await world.setUp()
  return world
}

describe('every safeguard', () => {
  it('is in order where everything is', async () => {
    const { safeguards } = await (await alone()).look()
    expect(safeguards.filter(({ state }) => state !== 'good')).toEqual([])
    expect(safeguards).toHaveLength(15)
  })

  it.each<[string, string, (world: Awaited<ReturnType<typeof alone>>) => unknown]>([
    ['a keychain that is locked', 'keychain.locked', ({ vault }) => vault.fail('locked')],
    ['a keychain that is gone', 'keychain.absent', ({ vault }) => vault.fail('absent')],
    ['a ledger that was altered', 'ledger.tampered', ({ settings, clock }) => (settings.verification = { kind: 'ended', at: clock.now(), found: { kind: 'tampered', firstBadSeq: 2, finding: 'gap' } })],
    ['a ledger that nobody has checked', 'ledger.notYet', ({ settings }) => (settings.verification = { kind: 'notYet' })],
    ['a check of last week', 'ledger.old', ({ settings, clock }) => (settings.verification = { kind: 'ended', at: clock.now() - 8 * dayMs, found: { kind: 'clean', events: 1, head: null } })],
    ['a ledger that cannot be opened', 'ledger.unusable', ({ ledger }) => [ledger.setLog(null), ledger.setState('unreadable')]],
    ['a gateway that cannot be reached', 'connection.none', ({ gateway }) => gateway.fail('time', notSentProblem, { lasting: true })],
    ['a gateway that is another', 'connection.notTrusted', ({ gateway }) => gateway.fail('time', { kind: 'certificateNotTrusted', sent: false })],
    ['its certificate, then', 'certificate.notTrusted', ({ gateway }) => gateway.fail('time', { kind: 'certificateNotTrusted', sent: false })],
    ['an older TLS', 'connection.weak', ({ settings, facts }) => (settings.last = { ...facts, protocol: 'TLSv1.2' })],
    ['a certificate that ends', 'certificate.endsSoon', ({ settings, facts, clock }) => (settings.last = { ...facts, validTo: new Date(clock.now() + dayMs).toISOString() })],
    ['a window without a sandbox', 'sandboxing.missing', ({ program }) => (program.sandboxed.good = 0)],
    ['a page with Node', 'isolation.missing', ({ program }) => (program.isolated.good = 0)],
    ['an Electron without fixes', 'runtime.unsupported', ({ program }) => (program.electron = '42.0.0')],
    ['an SQLite with a fault', 'database.knownBad', ({ program }) => (program.sqlite = '3.51.2')],
    ['a sandbox build', 'flavour.sandbox', ({ settings }) => (settings.sandbox = true)],
    ['a clock that is set back', 'clock.off', ({ clock }) => clock.set(clock.now() - 10 * 60_000)],
    ['a clock that nobody compares', 'clock.unknown', ({ gateway }) => gateway.fail('time', notSentProblem, { lasting: true })],
    ['no backup', 'backup.none', ({ settings }) => (settings.backups = [])],
    ['an old backup', 'backup.old', ({ settings, clock }) => (settings.backups = [{ name: 'b', at: new Date(clock.now() - 8 * dayMs).toISOString(), seq: 1, bytes: 1, beforeVersion: null }])],
    ['fuses that were not blown', 'fuses.notSet', ({ program }) => (program.wire = '11001100')],
    ['a program that is not packaged', 'fuses.notPackaged', ({ program }) => (program.isPackaged = false)],
  ])('tells of %s', async (_, finding, switchOff) => {
    const world = await alone()
    const id = finding.split('.')[0] as Parameters<typeof world.finding>[0]
    const before = await world.finding(id)
    switchOff(world)
    expect(await world.finding(id)).toBe(finding)
    expect(before).not.toBe(finding)
  })

  it('tells how far behind the countersignature is', async () => {
    const world = await alone()
    for (let count = 0; count < 33; count += 1) await world.log.append(() => approved(`p${count}`))
    expect(await world.finding('countersigned')).toBe('countersigned.behind')
    await world.sign()
    expect(await world.finding('countersigned')).toBe('countersigned.current')
  })

  it('goes on where the ledger fails while it is read', async () => {
    const world = await alone()
    world.ledger.setLog({ ...world.log, head: () => { throw new LogStorageError({ kind: 'damaged' }) }, controls: () => { throw new LogStorageError({ kind: 'damaged' }) } })
    const { safeguards, lastPurchase } = await world.look()
    expect(safeguards).toHaveLength(15)
    expect(lastPurchase).toEqual({ kind: 'unavailable' })
  })
})

describe('a household', () => {
  it('has a PIN each and a second factor for guardians, or that is told', async () => {
    const world = await family()
    expect(await world.finding('people')).toBe('people.all')
    world.credentials.fail('locked')
    expect(await world.finding('people')).toBe('people.unknown')
    world.credentials.recover()
    const has = world.credentials.has.bind(world.credentials)
    Object.assign(world.credentials, { has: async (memberId: string) => ({ ...(await has(memberId)), secondFactor: false }) })
    expect(await world.finding('people')).toBe('people.missing')
  })

  it('P10 guardians are told who has to wait and whose credentials are there, everybody else that somebody does', async () => {
    const world = await family()
    for (let count = 0; count < 3; count += 1) await world.access.identify({ memberId: world.idOf('Dot'), pin: wrongPin }, { code: false })
    world.as(world.idOf('Ada'))
    const seen = await world.look()
    expect(seen.safeguards.find(({ id }) => id === 'lockOut')).toMatchObject({ finding: 'lockOut.waiting', measured: { count: 1, names: 'Dot' } })
    expect(seen.keychain.map(({ whose }) => whose)).toContain('Dot')
    for (const name of ['Ben', 'Cleo', 'Dot', null]) {
      world.as(name && world.idOf(name))
      const told = await world.look()
      expect(told.safeguards.find(({ id }) => id === 'lockOut')).toMatchObject({ finding: 'lockOut.waiting', measured: { count: 1, names: '' } })
      expect(JSON.stringify(told)).not.toMatch(/"(Ada|Ben|Cleo|Dot)"/)
    }
  })

  it('P10 shows what was sent for somebody else’s purchase to guardians only', async () => {
    const world = await family()
    await world.log.append(() => approved('of-cleo', { memberId: world.idOf('Cleo') }))
    const sees = async (name: string | null) => {
      world.as(name && world.idOf(name))
      const { lastPurchase } = await world.look()
      return lastPurchase.kind === 'sent' ? lastPurchase.purchaseId : lastPurchase.kind
    }
    expect([await sees('Ada'), await sees('Cleo'), await sees('Dot'), await sees('Ben'), await sees(null)]).toEqual(['of-cleo', 'of-cleo', 'none', 'none', 'locked'])
  })
})

describe('what was done', () => {
  it('is the request of the newest purchase, letter by letter, with what is signed in it', async () => {
    const world = await alone()
    const { lastPurchase } = await world.look()
    const payload = world.log.approval('p' as never)?.payload
    if (lastPurchase.kind !== 'sent' || !payload) throw new Error(lastPurchase.kind)
    expect(JSON.parse(lastPurchase.body)).toEqual({ quote: payload.quote, authorisation: payload.authorisation })
    expect(lastPurchase).toMatchObject({ purchaseId: 'p', request: 'POST /v1/purchases', headers: purchaseHeaders })
  })

  it('P6 names what is in the keychain and never says it, also where it fails in between', async () => {
    const world = await alone()
    const told = await world.look()
    expect(told.keychain).toEqual([
      { name: 'device-signing-key', kind: 'deviceKey', whose: null, isThere: true },
      { name: 'log-mac-key', kind: 'logKey', whose: null, isThere: true },
      { name: 'log-anchor', kind: 'logAnchor', whose: null, isThere: true },
      { name: 'session', kind: 'session', whose: null, isThere: false },
    ])
    expect(JSON.stringify(told)).not.toContain(secret)
    world.vault.secrets.delete('log-mac-key')
    expect((await world.look()).keychain.map(({ isThere }) => isThere)).toEqual([true, false, true, false])
    world.vault.calls.length = 0
    world.vault.fail('locked', { name: 'log-mac-key' })
    expect((await world.look()).keychain.map(({ isThere }) => isThere)).toEqual([true, null, null, null])
    expect(world.vault.calls).toEqual(['get device-signing-key', 'get log-mac-key'])
  })
})

describe('saving it', () => {
  it('as a file is signed by the device key over exactly what it says', async () => {
    const device = createVaultDevice({ vault: createFakeVault(), mayCreateKey: () => true })
    const world = createPostureWorld(device)
    expect(await world.save('json')).toEqual({ kind: 'written', name: 'there.json' })
    const order = world.written[0]?.order
    if (order?.kind !== 'text') throw new Error(order?.kind)
    const file = JSON.parse(order.text) as { format: string; posture: object; signed: string; key: { x: string; kid: string } }
    expect(file).toMatchObject({ format: 'tuppence-posture', version: 1, key: { kid: await device.id() } })
    expect(order.text).toBe(`${canonicalJson(file)}\n`)
    expect(headerOf(file.signed)).toEqual({ alg: 'EdDSA', typ: 'tuppence-posture+jws', kid: file.key.kid })
    expect(claimsOf(file.signed)).toEqual(file.posture)
    const key = createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x: file.key.x } })
    const [header, payload, signature = ''] = file.signed.split('.')
    expect(Buffer.from(payload ?? '', 'base64url').toString()).toBe(canonicalJson(file.posture))
    expect(verify(null, Buffer.from(`${header}.${payload}`), key, Buffer.from(signature, 'base64url'))).toBe(true)
    expect(verify(null, Buffer.from(`${header}.${payload}A`), key, Buffer.from(signature, 'base64url'))).toBe(false)
  })

  it('as a PDF says the headline, each safeguard with what to do, and what was sent', async () => {
    const world = await alone()
    world.vault.fail('locked')
    world.settings.file = '/home/ada/there.pdf'
    expect(await world.save('pdf')).toEqual({ kind: 'written', name: 'there.pdf' })
    const order = world.written[0]?.order
    if (order?.kind !== 'pdf') throw new Error(order?.kind)
    expect(order.paper.blocks.find(({ kind }) => kind === 'figure')).toMatchObject({ value: '14 of 15 safeguards are in order' })
    const table = order.paper.blocks.find((block) => block.kind === 'table')
    expect(table?.rows[0]).toEqual(['Keychain', 'Not in order', expect.stringContaining('Unlock the keychain')])
    expect(table?.rows).toHaveLength(15)
    expect(JSON.stringify(order.paper)).toContain('authorisation')
  })

  it('is of nobody who has gone meanwhile, and leaves nothing where it was given up or cannot be signed', async () => {
    const world = await family()
    world.as(world.idOf('Ada'))
    world.settings.meanwhile = () => world.as(null)
    expect(await world.save('pdf')).toEqual({ kind: 'locked' })
    world.settings.meanwhile = () => {}
    world.settings.file = null
    expect(await world.save('pdf')).toEqual({ kind: 'cancelled' })
    const vault = createFakeVault()
    vault.fail('locked')
    const unsigned = createPostureWorld(createVaultDevice({ vault, mayCreateKey: () => true }))
    expect(await unsigned.save('json')).toEqual({ kind: 'notSigned' })
    expect([...world.written, ...unsigned.written]).toEqual([])
    world.settings.file = '/x.pdf'
    const [first, second] = await Promise.all([world.save('pdf'), world.save('pdf')])
    expect([first.kind, second.kind]).toEqual(['written', 'busy'])
  })
})
