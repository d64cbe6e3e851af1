import { connect as connectPlain } from 'node:net'
import { connect as connectTls, type ConnectionOptions } from 'node:tls'
import * as v from 'valibot'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ProblemSchema } from '../../../src/contract/http/messages.ts'
import { type Answer, createGatewayClient, random32, type TestDevice } from '../../support/gateway-client.ts'
import { startTestGateway, type TestWorld } from '../../support/test-gateway.ts'

let world: TestWorld
let device: TestDevice
beforeAll(async () => {
  world = await startTestGateway()
  device = await world.client.enrolledDevice()
})
afterAll(() => world.close())

/** A problem document in the agreed form and nothing else: no stack, no words of the server's own. */
function expectProblem(answer: Answer, status: number, code: string): void {
  expect(v.parse(ProblemSchema, answer.body)).toMatchObject({ status, code, type: `urn:tuppence:problem:${code}` })
  expect(answer.status).toBe(status)
  expect(answer.headers['content-type']).toMatch(/^application\/problem\+json\b/)
  expect(answer.headers['cache-control']).toBe('no-store')
}

/** What the server says to these bytes on a raw TLS connection, until it closes. */
function exchange(text: string, options: ConnectionOptions = {}): Promise<string> {
  const port = Number(new URL(world.gateway.url).port)
  return new Promise((resolve, reject) => {
    const socket = connectTls({ host: '127.0.0.1', port, rejectUnauthorized: false, ...options }, () => socket.write(text))
    let heard = ''
    socket.setEncoding('utf8').on('data', (part: string) => (heard += part))
    socket.on('end', () => resolve(heard)).on('error', reject)
  })
}

describe('TLS', () => {
  it('speaks TLS 1.3 and nothing older', async () => {
    await expect(exchange('', { maxVersion: 'TLSv1.2' })).rejects.toThrow(/protocol version|alert/i)
  })

  it('does not answer plain HTTP', async () => {
    const port = Number(new URL(world.gateway.url).port)
    const heard = await new Promise<string>((resolve) => {
      let text = ''
      const socket = connectPlain(port, '127.0.0.1', () => socket.write('GET /v1/catalogue HTTP/1.1\r\nhost: a\r\n\r\n'))
      socket.on('data', (part) => (text += part.toString('latin1'))).on('error', () => {}).on('close', () => resolve(text))
    })
    expect(heard).not.toContain('HTTP/1.1 200')
  })

  it('a client that expects another pin sends nothing', async () => {
    const stranger = createGatewayClient({ ...world.gateway, pin: Buffer.alloc(32).toString('base64') })
    await expect(stranger.send('/v1/catalogue')).rejects.toThrow('not the pinned one')
    await stranger.close()
  })
})

describe('problem documents', () => {
  const post = (body: unknown, headers: Record<string, string> = {}) =>
    world.client.sendAs(device, '/v1/quotes', { method: 'POST', body, headers })

  it('a route that does not exist', async () => {
    expectProblem(await world.client.send('/v1/nothing'), 404, 'notFound')
    expectProblem(await world.client.send('/v1/catalogue', { method: 'POST', body: {} }), 404, 'notFound')
  })

  it('a body that is not JSON, not UTF-8 JSON, or not what the route takes', async () => {
    expectProblem(await post('{"offerId":'), 400, 'badRequest')
    expectProblem(await post('[]'), 400, 'badRequest')
    expectProblem(await post({}), 400, 'badRequest')
    expectProblem(await post({ offerId: 'grubenglueck-oil', extra: true }), 400, 'badRequest')
    expectProblem(await post({ offerId: 'nebel fuchs' }), 400, 'badRequest')
    expectProblem(await world.client.sendAs(device, '/v1/quotes', { method: 'POST' }), 400, 'badRequest')
    expectProblem(await world.client.sendAs(device, '/v1/devices', { method: 'POST', body: {} }), 400, 'badRequest')
  })

  it('a query, a path or a header that is not what the route takes', async () => {
    const nonce = random32()
    expectProblem(await world.client.send('/v1/time'), 400, 'badRequest')
    expectProblem(await world.client.send(`/v1/time?nonce=${nonce}&nonce=${nonce}`), 400, 'badRequest')
    expectProblem(await world.client.send(`/v1/time?nonce=${nonce}&more=1`), 400, 'badRequest')
    expectProblem(await world.client.send('/v1/catalogue?page=2'), 400, 'badRequest')
    expectProblem(await world.client.sendAs(device, '/v1/purchases/a%20b'), 400, 'badRequest')
    const { quote, authorisation } = await world.client.approved(device, 'grubenglueck-oil')
    const headerless = await world.client.sendAs(device, '/v1/purchases', { method: 'POST', body: { quote, authorisation } })
    expectProblem(headerless, 400, 'badRequest')
  })

  it('a body that is too long, or of another type', async () => {
    expectProblem(await post({ offerId: 'a'.repeat(33_000) }), 413, 'badRequest')
    expectProblem(await post('offerId=a', { 'content-type': 'application/x-www-form-urlencoded' }), 415, 'badRequest')
    expectProblem(await post('a', { 'content-type': 'text/plain' }), 415, 'badRequest')
  })

  it('an address or a request that cannot be read', async () => {
    expectProblem(await world.client.send('/v1/purchases/%zz'), 400, 'badRequest')
    const heard = await exchange('NONSENSE\r\n\r\n')
    expect(heard).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/)
    expect(v.parse(ProblemSchema, JSON.parse(heard.slice(heard.indexOf('\r\n\r\n')))).code).toBe('badRequest')
  })

  it('more requests than a device may make, for that device and that route only', async () => {
    const strict = await startTestGateway({ requestsPerMinute: 3 })
    const [eager, calm] = [await strict.client.enrolledDevice(), await strict.client.enrolledDevice()]
    for (let count = 0; count < 3; count += 1) expect((await strict.client.askQuote(eager, 'grubenglueck-oil')).status).toBe(200)
    const refused = await strict.client.askQuote(eager, 'grubenglueck-oil')
    expectProblem(refused, 429, 'tooManyRequests')
    expect(refused.headers['retry-after']).toBe('60')
    expect((await strict.client.askQuote(calm, 'grubenglueck-oil')).status).toBe(200)
    expect((await strict.client.purchaseByKey(eager, 'none')).body['code']).toBe('purchaseNotFound')
    strict.clock.nowMs += 60_000
    expect((await strict.client.askQuote(eager, 'grubenglueck-oil')).status).toBe(200)
    await strict.close()
  })
})

it('P10 answers are not to be kept, and say nothing about the server', async () => {
  const { headers } = await world.client.send('/v1/catalogue')
  expect(headers['cache-control']).toBe('no-store')
  expect(headers['server']).toBeUndefined()
  expect(headers['x-powered-by']).toBeUndefined()
})
