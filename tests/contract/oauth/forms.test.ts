/** The forms of signing in as the RFCs do not want them, and what is said then (RFC 6749 §5.2). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AccountWorld, startAccountWorld } from '../../support/account-world.ts'
import type { TestDevice } from '../../support/gateway-client.ts'

let world: AccountWorld
let device: TestDevice
beforeAll(async () => {
  world = await startAccountWorld()
  device = await world.client.enrolledDevice()
})
afterAll(() => world.close())

describe('requests that are not as the RFCs want them', () => {
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  const code = 'A'.repeat(43)
  const grant = 'grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code'

  it.each<[string, string, number, string]>([
    ['another grant', `grant_type=password&client_id=tuppence-launcher`, 400, 'unsupported_grant_type'],
    ['no grant', `client_id=tuppence-launcher&device_code=${code}`, 400, 'invalid_request'],
    ['another client', `${grant}&device_code=${code}&client_id=somebody-else`, 400, 'invalid_client'],
    ['no client', `${grant}&device_code=${code}`, 400, 'invalid_request'],
    ['no code', `${grant}&client_id=tuppence-launcher`, 400, 'invalid_request'],
    ['a code without a value', `${grant}&client_id=tuppence-launcher&device_code=`, 400, 'invalid_request'],
    ['a code that is none', `${grant}&client_id=tuppence-launcher&device_code=x`, 400, 'invalid_grant'],
    ['a code that nobody was given', `${grant}&client_id=tuppence-launcher&device_code=${code}`, 400, 'invalid_grant'],
    ['a parameter twice', `${grant}&client_id=tuppence-launcher&client_id=tuppence-launcher&device_code=${code}`, 400, 'invalid_request'],
    ['bytes that are no text', `${grant}&device_code=${code}&client_id=%ff`, 400, 'invalid_client'],
    ['nothing', '', 400, 'invalid_request'],
  ])('%s', async (_name, body, status, error) => {
    const answer = await world.client.sendAs(device, '/oauth/token', { method: 'POST', headers: form, body })
    expect([answer.status, answer.body['error']]).toEqual([status, error])
    expect(answer.headers).toMatchObject({ 'cache-control': 'no-store', 'content-type': expect.stringContaining('application/json') as string })
    expect(Object.keys(answer.body)).toEqual(['error', 'error_description'])
  })

  it('a parameter that is not known is looked past (RFC 6749 §3.2)', async () => {
    expect((await world.oauth.begin(device, { resource: 'https://example.org' })).status).toBe(200)
  })

  it.each(['admin', 'profile:read admin', '   '])('the scope "%s" is not there to be asked for', async (scope) => {
    expect((await world.oauth.begin(device, { scope })).body['error']).toBe('invalid_scope')
  })

  it('JSON is not taken for a form, nor a form for JSON', async () => {
    const json = await world.client.sendAs(device, '/oauth/token', { method: 'POST', body: { grant_type: 'refresh_token' } })
    expect([json.status, json.body['error']]).toEqual([415, 'invalid_request'])
    const asForm = await world.client.sendAs(device, '/v1/quotes', { method: 'POST', headers: form, body: 'offerId=nachtzug-tea' })
    expect([asForm.status, asForm.body['code']]).toEqual([415, 'badRequest'])
  })

  it('without a proof, with an old one or a replayed one, there is nothing to be had', async () => {
    const path = '/oauth/device_authorization'
    const body = 'client_id=tuppence-launcher&device_name=x'
    const send = (dpop?: string) => world.client.send(path, { method: 'POST', headers: { ...form, ...(dpop !== undefined && { dpop }) }, body })
    const good = await world.client.proof(device, 'POST', path)
    expect((await send(good)).status).toBe(200)
    const old = await world.client.proof(device, 'POST', path, { iat: world.clock.nowMs / 1000 - 301 })
    for (const dpop of [undefined, good, old]) {
      const answer = await send(dpop)
      expect([answer.status, answer.body['error']]).toEqual([400, 'invalid_dpop_proof'])
    }
  })

  it('whoever asks without end is told to wait, in the form that belongs here', async () => {
    const busy = await startAccountWorld({ requestsPerMinute: 1 })
    const asker = await busy.client.enrolledDevice()
    await busy.oauth.begin(asker)
    const answer = await busy.oauth.begin(asker)
    expect([answer.status, answer.body['error'], answer.headers['retry-after']]).toEqual([429, 'temporarily_unavailable', '60'])
    await busy.close()
  })
})
