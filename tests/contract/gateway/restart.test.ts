import { chmodSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { createGateway } from '../../../src/gateway/create-gateway.ts'
import type { AuthorisationClaims } from '../../../src/contract/http/claims.ts'
import { claimsOf } from '../../support/gateway-client.ts'
import { catalogue, makeTempDir, startTestGateway } from '../../support/test-gateway.ts'

const offer = 'locksmith-oxygen'
const open = (dataDir: string) => createGateway({ dataDir, catalogue, mode: 'sandbox' })

it('P2 after a restart the same key and body get the same answer and no second charge', async () => {
  const first = await startTestGateway()
  const device = await first.client.enrolledDevice()
  const request = await first.client.approved(device, offer)
  const unsent = await first.client.approved(device, offer)
  const answer = await first.client.purchase(device, request)
  const second = await first.restart()
  expect((await second.client.purchase(device, request)).body).toEqual(answer.body)
  const { idempotencyKey } = claimsOf(request.authorisation) as AuthorisationClaims
  expect((await second.client.purchaseByKey(device, idempotencyKey)).body).toEqual(answer.body)
  expect(await second.client.charges()).toHaveLength(1)
  expect((await second.client.purchase(device, unsent)).body['status']).toBe('succeeded')
  await second.close()
})

it('a proof cannot be replayed after a restart', async () => {
  const first = await startTestGateway()
  const port = Number(new URL(first.gateway.url).port)
  const device = await first.client.enrolledDevice()
  const dpop = await first.client.proof(device, 'POST', '/v1/quotes')
  const ask = { method: 'POST', headers: { dpop }, body: { offerId: offer } } as const
  expect((await first.client.send('/v1/quotes', ask)).status).toBe(200)
  const second = await first.restart({ port })
  expect((await second.client.send('/v1/quotes', ask)).body['code']).toBe('proofReplayed')
  await second.close()
})

it('keeps its keys through a restart, so that pins and old receipts stay good, and makes a new control token', async () => {
  const first = await startTestGateway()
  const { pin, signingKey, controlToken } = first.gateway
  const second = await first.restart()
  expect([second.gateway.pin, second.gateway.signingKey]).toEqual([pin, signingKey])
  expect(second.gateway.controlToken).not.toBe(controlToken)
  await second.close()
})

it('two folders have two identities', async () => {
  const [one, two] = await Promise.all([startTestGateway(), startTestGateway()])
  expect(one.gateway.pin).not.toBe(two.gateway.pin)
  expect(one.gateway.signingKey.kid).not.toBe(two.gateway.signingKey.kid)
  await Promise.all([one.close(), two.close()])
})

it('only the owner can read what it keeps, even after the files were opened up', async () => {
  const first = await startTestGateway()
  chmodSync(join(first.dataDir, 'gateway-tls.pem'), 0o644)
  const second = await first.restart()
  const modes = readdirSync(second.dataDir).map((name) => [name, statSync(join(second.dataDir, name)).mode & 0o777])
  expect(modes.length).toBeGreaterThanOrEqual(3)
  expect(modes.filter(([, mode]) => mode !== 0o600)).toEqual([])
  await second.close()
})

it('P3 refuses the database of a newer gateway, of another program, and one that is no database', async () => {
  const cases: readonly [RegExp, (path: string) => void][] = [
    [/newer gateway/, (path) => edit(path, 'PRAGMA application_id = 0x54504757; PRAGMA user_version = 99')],
    [/not a gateway's database/, (path) => edit(path, 'PRAGMA application_id = 77')],
    [/not a database/, (path) => writeFileSync(path, 'The moon is made of cheese.'.repeat(100))],
  ]
  for (const [message, spoil] of cases) {
    const dataDir = makeTempDir()
    spoil(join(dataDir, 'gateway.sqlite'))
    await expect(open(dataDir)).rejects.toThrow(message)
  }
})

function edit(path: string, statements: string): void {
  const database = new Database(path)
  database.exec(`${statements}; CREATE TABLE something (id)`)
  database.close()
}

it('P3 the database itself refuses to change or remove what was decided', async () => {
  const world = await startTestGateway()
  await world.client.buy(await world.client.enrolledDevice(), offer)
  await world.restart().then(({ gateway }) => gateway.close())
  const database = new Database(join(world.dataDir, 'gateway.sqlite'))
  for (const table of ['charges', 'purchases']) {
    expect(() => database.exec(`DELETE FROM ${table}`)).toThrow('never deleted')
    expect(() => database.exec(`UPDATE ${table} SET device_id = 'x'`)).toThrow('never changed')
  }
  database.close()
})

it('a port that is taken is an error, and leaves the folder usable', async () => {
  const world = await startTestGateway()
  const dataDir = makeTempDir()
  const port = Number(new URL(world.gateway.url).port)
  await expect(createGateway({ dataDir, catalogue, mode: 'sandbox', port })).rejects.toThrow('EADDRINUSE')
  await open(dataDir).then((gateway) => gateway.close())
  await world.close()
})

it('refuses a catalogue that contradicts itself', async () => {
  const [first, ...rest] = catalogue.offers
  const wrong = [
    { ...catalogue, offers: [...catalogue.offers, first!] },
    { ...catalogue, sellers: [] },
    { ...catalogue, offers: [{ ...first!, price: { amount: '0', currency: 'EUR' } }, ...rest] },
    { ...catalogue, offers: [{ ...first!, price: { amount: '1', currency: 'XXX' } }, ...rest] },
  ]
  for (const spoilt of wrong)
    await expect(createGateway({ dataDir: makeTempDir(), catalogue: spoilt, mode: 'sandbox' })).rejects.toThrow(/catalogue|offer/)
})
