import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import {
  answerJson,
  findClosedPort,
  type HostileServer,
  type Identity,
  makeIdentity,
  makeSigningPair,
  type Responder,
  type ServerOptions,
  startHostileServer,
  startMeddler,
} from '../../support/hostile-server.ts'
import { smallCatalogue } from '../../support/fake-offers.ts'
import { anyBody, createClient, problemOf } from './client-under-test.ts'

const dayMs = 24 * 3_600_000
const { kid, x } = makeSigningPair()
const stranger = { kind: 'certificateNotTrusted', sent: false }
const notSent = { kind: 'unreachable', sent: false }
const lost = { kind: 'unreachable', sent: true }

let identity: Identity
const open: { close(): Promise<void> }[] = []

beforeAll(async () => {
  identity = await makeIdentity()
})
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()))
})

const enrolThen =
  (respond: Responder): Responder =>
  (request, response) =>
    request.url === '/v1/devices' ? answerJson(response, { deviceId: 'D'.repeat(43) }) : respond(request, response)

async function serve(respond: Responder, options: ServerOptions = { identity }): Promise<HostileServer> {
  const server = await startHostileServer(enrolThen(respond), options)
  open.push(server)
  return server
}

const clientOf = (url: string, pins = [identity.pin], changes = {}) =>
  createClient({ url, pins, signingKey: { kid, x } }, changes).gateway

const catalogue: Responder = (_, response) => answerJson(response, smallCatalogue)

describe('somebody who is not the gateway', () => {
  it('P1 P2 with another key is not spoken to: not one byte of a request reaches it', async () => {
    const server = await serve(catalogue)
    const client = clientOf(server.url, [(await makeIdentity()).pin])
    expect(await problemOf(client.catalogue())).toEqual(stranger)
    expect(await problemOf(client.purchase('key-1', anyBody))).toEqual(stranger)
    expect(server.requests).toEqual([])
    expect(client.state()).toBe('certificateNotTrusted')
  })

  it('is spoken to when any one of the pins is its own', async () => {
    const server = await serve(catalogue)
    expect(await clientOf(server.url, [(await makeIdentity()).pin, identity.pin]).catalogue()).toEqual(smallCatalogue)
  })

  it.each([
    ['a certificate for another host', () => makeIdentity({ host: 'gateway.example' })],
    ['a certificate that has run out', () => makeIdentity({ toMs: Date.now() - dayMs })],
    ['a certificate that is not valid yet', () => makeIdentity({ fromMs: Date.now() + dayMs })],
  ])('P2 has the pinned key but %s', async (_, make) => {
    const other = await make()
    const server = await serve(catalogue, { identity: other })
    expect(await problemOf(clientOf(server.url, [other.pin]).purchase('key-1', anyBody))).toEqual(stranger)
    expect(server.requests).toEqual([])
  })

  it('has the pinned key but no chain to a trusted root, where one is asked for', async () => {
    const server = await serve(catalogue)
    expect(await problemOf(clientOf(server.url, [identity.pin], { mustChain: true }).catalogue())).toEqual(stranger)
    expect(server.requests).toEqual([])
  })

  it('speaks TLS 1.2 at most', async () => {
    const server = await serve(catalogue, { identity, maxVersion: 'TLSv1.2' })
    expect(await problemOf(clientOf(server.url).catalogue())).toEqual(stranger)
    expect(server.requests).toEqual([])
  })

  it('speaks plain HTTP', async () => {
    const server = await serve(catalogue, {})
    expect(await problemOf(clientOf(server.url).catalogue())).toEqual(stranger)
    expect(server.requests).toEqual([])
  })
})

describe('P2 whether a request was sent', () => {
  it('no: nobody listens', async () => {
    const client = clientOf(`https://127.0.0.1:${await findClosedPort()}`)
    expect(await problemOf(client.purchase('key-1', anyBody))).toEqual(notSent)
    expect(client.state()).toBe('unreachable')
  })

  it('perhaps: the connection broke before the answer', async () => {
    const server = await serve((_, response) => response.socket?.destroy())
    expect(await problemOf(clientOf(server.url).purchase('key-1', anyBody))).toEqual(lost)
    expect(server.requests.at(-1)?.headers['idempotency-key']).toBe('key-1')
  })

  it('perhaps: the connection broke in the middle of the answer', async () => {
    const server = await serve((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': 1000 })
      response.write('{"status":', () => response.socket?.destroy())
    })
    expect(await problemOf(clientOf(server.url).purchase('key-1', anyBody))).toEqual(lost)
  })

  it('perhaps: somebody on the way spoils the answer, so that TLS itself fails', async () => {
    const server = await serve(catalogue)
    const meddler = await startMeddler(server.url)
    open.push(meddler)
    const client = clientOf(meddler.url)
    expect(await problemOf(client.purchaseByKey('key-0'))).toEqual({ kind: 'signatureNotTrusted', sent: true })
    await client.catalogue()
    meddler.corruptAnswers()
    expect(await problemOf(client.catalogue())).toEqual(lost)
    expect(server.requests.at(-1)?.url).toBe('/v1/catalogue')
    expect(client.state()).toBe('unreachable')
  })

  it('perhaps: the answer is not JSON', async () => {
    const server = await serve((_, response) => response.end('<html>captive portal</html>'))
    expect(await problemOf(clientOf(server.url).purchase('key-1', anyBody))).toEqual(lost)
  })

  it('perhaps: the gateway failed', async () => {
    const internal = { type: 'urn:x', title: 'x', status: 500, code: 'internal' }
    for (const body of [internal, {}, 'oops']) {
      const server = await serve((_, response) => answerJson(response, body, 500))
      expect(await problemOf(clientOf(server.url).purchase('key-1', anyBody))).toEqual(lost)
    }
  })

  it('never twice: a broken connection is not tried again', async () => {
    const server = await serve((_, response) => response.socket?.destroy())
    await problemOf(clientOf(server.url).purchase('key-1', anyBody))
    expect(server.requests.filter(({ url }) => url === '/v1/purchases')).toHaveLength(1)
  })
})

describe('answers that lead astray or never end', () => {
  it.each([301, 302, 303, 307, 308])('a redirect (%d) is not followed', async (status) => {
    const elsewhere = await serve(catalogue)
    const server = await serve((_, response) =>
      response.writeHead(status, { location: `${elsewhere.url}/v1/catalogue` }).end('{}'),
    )
    expect(await problemOf(clientOf(server.url).catalogue())).toEqual(lost)
    expect(elsewhere.requests).toEqual([])
  })

  it('an answer without end is cut off long before it fills the memory', async () => {
    let written = 0
    const server = await serve((_, response) => {
      const chunk = Buffer.alloc(64 * 1024, 32)
      const more = () => {
        do written += chunk.length
        while (!response.destroyed && response.write(chunk))
      }
      response.on('drain', more).on('error', () => {})
      more()
    })
    expect(await problemOf(clientOf(server.url).catalogue())).toEqual(lost)
    expect(written).toBeLessThan(32 * 1024 * 1024)
  })

  it.each<[string, Responder]>([
    ['never comes', () => {}],
    ['stops half way', (_, response) => void response.writeHead(200).write('{"revision":')],
    ['comes a byte at a time', (_, response) => {
      const timer = setInterval(() => response.write(' '), 5)
      response.on('close', () => clearInterval(timer))
    }],
  ])('an answer that %s is given up in time', async (_, respond) => {
    const server = await serve(respond)
    expect(await problemOf(clientOf(server.url, [identity.pin], { timeoutMs: 250 }).catalogue())).toEqual(lost)
  })

  it.each([
    ['an extra key', { ...smallCatalogue, extra: 1 }],
    ['a missing key', { sellers: [], offers: [] }],
    ['a price that is a number', { ...smallCatalogue, offers: [{ ...smallCatalogue.offers[0], price: { amount: 99, currency: 'EUR' } }] }],
    ['control characters in a name', { ...smallCatalogue, sellers: [{ id: 's', name: 'a\u0000b' }] }],
    ['something else altogether', null],
  ])('a catalogue with %s is not believed', async (_, body) => {
    const server = await serve((_request, response) => answerJson(response, body))
    expect(await problemOf(clientOf(server.url).catalogue())).toEqual({ kind: 'signatureNotTrusted', sent: true })
  })

  it.each([
    { status: 'succeeded' },
    { status: 'succeeded', receipt: 'not a receipt' },
    { status: 'pending', extra: 1 },
    { status: 'declined', reason: 'because' },
    { status: 'paid' },
  ])('P1 %j is not an answer to a purchase', async (body) => {
    const server = await serve((_request, response) => answerJson(response, body))
    expect(await problemOf(clientOf(server.url).purchase('key-1', anyBody))).toEqual({ kind: 'signatureNotTrusted', sent: true })
  })

  it('a problem document with an unknown code or an extra key says nothing', async () => {
    const known = { type: 'urn:x', title: 'x', status: 404, code: 'purchaseNotFound' }
    for (const body of [{ ...known, code: 'neverHeardOf' }, { ...known, detail: 'x' }]) {
      const server = await serve((_request, response) => answerJson(response, body, 404))
      expect(await problemOf(clientOf(server.url).purchaseByKey('key-1'))).toEqual(lost)
    }
  })
})

describe('a gateway that went away', () => {
  it('is looked up again, because it may come back at another address with another key', async () => {
    const first = await startHostileServer(enrolThen(catalogue), { identity })
    const another = await makeIdentity()
    const second = await serve(catalogue, { identity: another })
    let current = { url: first.url, pins: [identity.pin], signingKey: { kid, x } }
    const { gateway } = createClient({} as never, { config: async () => current })
    await gateway.catalogue()
    await first.close()
    current = { url: second.url, pins: [another.pin], signingKey: { kid, x } }
    expect(await problemOf(gateway.catalogue())).toMatchObject({ kind: 'unreachable' })
    expect(await gateway.catalogue()).toEqual(smallCatalogue)
    expect(gateway.state()).toBe('ready')
  })

  it('is not looked up, nor enrolled with, anew for every request while it answers', async () => {
    const server = await serve(catalogue)
    let lookups = 0
    const config = async () => {
      lookups += 1
      return { url: server.url, pins: [identity.pin], signingKey: { kid, x } }
    }
    const { gateway } = createClient({} as never, { config })
    for (let count = 0; count < 3; count += 1) await gateway.catalogue()
    expect(lookups).toBe(1)
  })
})

describe('a build without a gateway', () => {
  it('says so for every operation', async () => {
    const { gateway } = createClient({} as never, { config: async () => null })
    const missing = { kind: 'notConfigured', sent: false }
    expect(await problemOf(gateway.catalogue())).toEqual(missing)
    expect(await problemOf(gateway.purchase('key-1', anyBody))).toEqual(missing)
    expect(gateway.state()).toBe('notConfigured')
  })

  it('looks again for a gateway that could not be started', async () => {
    const server = await serve(catalogue)
    let isStarted = false
    const config = async () => {
      if (!isStarted) throw new Error('not started')
      return { url: server.url, pins: [identity.pin], signingKey: { kid, x } }
    }
    const { gateway } = createClient({} as never, { config })
    expect(await problemOf(gateway.catalogue())).toEqual(notSent)
    isStarted = true
    expect(await gateway.catalogue()).toEqual(smallCatalogue)
  })
})
