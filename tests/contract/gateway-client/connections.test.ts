/** What the client tells of its connections, against the real gateway and against strangers. */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createJsonConnections } from '../../../src/main/adapters/gateway/json-connections.ts'
import { createFakeClock } from '../../support/fake-clock.ts'
import { answerJson, findClosedPort, makeIdentity, makeSigningPair, startHostileServer } from '../../support/hostile-server.ts'
import { smallCatalogue } from '../../support/fake-offers.ts'
import { startTestGateway, type TestWorld } from '../../support/test-gateway.ts'
import { createClient } from './client-under-test.ts'

let folder: string
let file: string
let world: TestWorld
const clock = createFakeClock(Date.parse('2026-11-25T12:00:00.000Z'))
const { kid, x } = makeSigningPair()

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tuppence-connections-'))
  file = join(folder, 'connections.json')
  world = await startTestGateway({ now: () => Date.now() })
})
afterEach(async () => {
  await world.close()
  rmSync(folder, { recursive: true })
})

const counted = () => createJsonConnections({ file, clock })
const clientOf = (connections: ReturnType<typeof counted>) => {
  const { url, pin, signingKey } = world.gateway
  return createClient({ url, pins: [pin], signingKey }, { watch: connections.watch }).gateway
}

describe('the newest connection', () => {
  it('is told as the socket negotiated it: TLS 1.3, cipher, the pinned key, and until when the certificate is good', async () => {
    const connections = counted()
    expect(connections.last()).toBeNull()
    await clientOf(connections).catalogue()
    expect(connections.last()).toEqual({
      at: '2026-11-25T12:00:00.000Z',
      host: '127.0.0.1',
      protocol: 'TLSv1.3',
      cipher: expect.stringMatching(/^TLS_(AES_128_GCM_SHA256|AES_256_GCM_SHA384|CHACHA20_POLY1305_SHA256)$/) as string,
      pin: world.gateway.pin,
      validTo: expect.stringMatching(/^\d{4}-\d\d-\d\dT00:00:00\.000Z$/) as string,
      isChained: false,
    })
  })

  it('is never that of a stranger, who is counted as refused', async () => {
    const connections = counted()
    const identity = await makeIdentity()
    const server = await startHostileServer((_, response) => answerJson(response, smallCatalogue), { identity })
    const { gateway } = createClient({ url: server.url, pins: [(await makeIdentity()).pin], signingKey: { kid, x } }, { watch: connections.watch })
    await gateway.catalogue().catch(() => null)
    expect(connections.last()).toBeNull()
    expect(await connections.hosts()).toMatchObject([{ host: '127.0.0.1', connections: 0, refused: 1, requests: 0 }])
    await server.close()
  })
})

describe('the counts', () => {
  it('are of every connection and request, go on after a restart, and are for nobody else to read', async () => {
    const connections = counted()
    const gateway = clientOf(connections)
    for (let count = 0; count < 3; count += 1) await gateway.time()
    const [first] = (await connections.hosts()) ?? []
    expect(first).toMatchObject({ host: '127.0.0.1', connections: 1, requests: 3, refused: 0 })
    expect(statSync(file).mode & 0o777).toBe(0o600)

    clock.advance(60_000)
    const later = counted()
    await clientOf(later).time()
    await later.idle()
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject([
      { host: '127.0.0.1', connections: 2, requests: 4, first: first?.first, last: new Date(clock.now()).toISOString() },
    ])
  })

  it('have nobody who was not there', async () => {
    const connections = counted()
    const { gateway } = createClient({ url: `https://127.0.0.1:${await findClosedPort()}`, pins: [world.gateway.pin], signingKey: { kid, x } }, { watch: connections.watch })
    await gateway.catalogue().catch(() => null)
    expect(await connections.hosts()).toEqual([])
  })

  it('begin anew in a file that is none of ours, and are unknown where it cannot be read', async () => {
    writeFileSync(file, '{"host":"x"}')
    const connections = counted()
    connections.watch.requested('gateway.example')
    expect(await connections.hosts()).toMatchObject([{ host: 'gateway.example', requests: 1 }])

    const unreadable = createJsonConnections({ file: folder, clock })
    unreadable.watch.requested('gateway.example')
    expect(await unreadable.hosts()).toBeNull()
  })

  it('that cannot be written are known all the same', async () => {
    const missing = createJsonConnections({ file: join(folder, 'no-folder', 'connections.json'), clock })
    missing.watch.requested('gateway.example')
    missing.watch.requested('gateway.example')
    expect(await missing.hosts()).toMatchObject([{ requests: 2 }])
  })
})
