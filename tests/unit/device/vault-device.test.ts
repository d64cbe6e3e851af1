import { compactVerify, importJWK } from 'jose'
import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import type { AuthorisationClaims } from '../../../src/contract/http/claims.ts'
import { createVaultDevice } from '../../../src/main/adapters/device/vault-device.ts'
import { VaultError } from '../../../src/main/ports/vault.ts'
import { createFakeVault, type FakeVault } from '../../support/fake-vault.ts'
import { headerOf } from '../../support/tokens.ts'

const claims: AuthorisationClaims = {
  deviceId: 'D'.repeat(43),
  idempotencyKey: 'key-1',
  quoteId: 'quote-1',
  sellerId: 'seller-1',
  payee: 'Payee',
  amount: '99',
  currency: 'EUR',
  nonce: 'n'.repeat(43),
  challengeDigest: 'd'.repeat(43),
  approvedAt: '2026-03-02T12:00:00.000Z',
}

const deviceOn = (vault: FakeVault, mayCreateKey = true) => createVaultDevice({ vault, mayCreateKey: () => mayCreateKey })

async function vaultWithKey(): Promise<{ vault: FakeVault; jwk: Record<string, string> }> {
  const vault = createFakeVault()
  await deviceOn(vault).id()
  return { vault, jwk: JSON.parse(vault.secrets.get('device-signing-key') ?? '{}') as Record<string, string> }
}

/** The rejection, with everything that a log or a crash report could print of it. */
async function failureOf(work: Promise<unknown>): Promise<{ error: unknown; printed: string }> {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  )
  return { error, printed: inspect(error, { depth: 10, showHidden: true }) }
}

describe('the device key', () => {
  it('P6 is made once, kept in the vault alone, and found again by the next start', async () => {
    const { vault, jwk } = await vaultWithKey()
    expect(Object.keys(jwk).toSorted()).toEqual(['crv', 'd', 'kty', 'x'])
    expect([...vault.secrets.keys()]).toEqual(['device-signing-key'])
    const id = await deviceOn(vault).id()
    expect(await deviceOn(vault, false).id()).toBe(id)
    expect(vault.calls.filter((call) => call.startsWith('set'))).toHaveLength(1)
  })

  it('is made once for many first uses at once', async () => {
    const vault = createFakeVault()
    const device = deviceOn(vault)
    const ids = await Promise.all(Array.from({ length: 10 }, () => device.id()))
    expect(new Set(ids).size).toBe(1)
    expect(vault.calls).toEqual(['get device-signing-key', 'set device-signing-key'])
  })

  it('differs from device to device', async () => {
    expect(await deviceOn(createFakeVault()).id()).not.toBe(await deviceOn(createFakeVault()).id())
  })

  it('P6 is never replaced beside purchases that an earlier one signed', async () => {
    const vault = createFakeVault()
    const device = deviceOn(vault, false)
    await expect(device.id()).rejects.toEqual(new VaultError('locked'))
    await expect(device.authorise(claims)).rejects.toBeInstanceOf(VaultError)
    expect(vault.secrets.size).toBe(0)
    expect(vault.calls.some((call) => call.startsWith('set'))).toBe(false)
  })

  it('P6 is not used when it could not be kept', async () => {
    const vault = createFakeVault()
    const device = deviceOn(vault)
    vault.fail('locked', { operation: 'set' })
    await expect(device.authorise(claims)).rejects.toEqual(new VaultError('locked'))
    expect(vault.secrets.size).toBe(0)
    vault.recover()
    expect(await device.id()).toBe(await deviceOn(vault, false).id())
  })

  it.each(['absent', 'locked', 'timedOut'] as const)('is asked for again after the keychain was %s', async (problem) => {
    const { vault } = await vaultWithKey()
    const device = deviceOn(vault)
    vault.fail(problem, { times: 1 })
    await expect(device.id()).rejects.toEqual(new VaultError(problem))
    expect(await device.id()).toMatch(/^[\w-]{43}$/)
  })

  it('is read once and then kept in memory', async () => {
    const { vault } = await vaultWithKey()
    const device = deviceOn(vault)
    await device.id()
    vault.fail('locked')
    expect(await device.authorise(claims)).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/)
  })
})

describe('a stored key that is broken', () => {
  const breakers: [string, (jwk: Record<string, string>) => string][] = [
    ['not JSON', ({ d }) => `{"d":"${d}"`],
    ['empty', () => ''],
    ['of another curve', (jwk) => JSON.stringify({ ...jwk, crv: 'Ed448' })],
    ['without its public half', ({ x: _, ...rest }) => JSON.stringify(rest)],
    ['of the wrong length', (jwk) => JSON.stringify({ ...jwk, d: `${jwk['d']}AA` })],
    ['with more in it', (jwk) => JSON.stringify({ ...jwk, alg: 'none' })],
    ['of two halves that do not belong together', (jwk) => JSON.stringify({ ...jwk, x: 'A'.repeat(43) })],
  ]
  it.each(breakers)('P6 is refused, kept, and never shown: %s', async (_, breakIt) => {
    const { vault, jwk } = await vaultWithKey()
    const secret = jwk['d'] ?? ''
    const broken = breakIt(jwk)
    vault.secrets.set('device-signing-key', broken)
    const { error, printed } = await failureOf(deviceOn(vault).authorise(claims))
    expect(error).toBeInstanceOf(VaultError)
    expect(printed).not.toContain(secret)
    expect(printed).not.toContain(secret.slice(0, 12))
    expect(vault.secrets.get('device-signing-key')).toBe(broken)
  })
})

describe('what the device signs', () => {
  it('P1 verifies by its public key and carries the claims unchanged', async () => {
    const { vault, jwk } = await vaultWithKey()
    const device = deviceOn(vault)
    const jws = await device.authorise(claims)
    const key = await importJWK({ kty: 'OKP', crv: 'Ed25519', x: jwk['x'] ?? '' }, 'EdDSA')
    const { payload, protectedHeader } = await compactVerify(jws, key)
    expect(JSON.parse(new TextDecoder().decode(payload))).toEqual(claims)
    expect(protectedHeader).toEqual({ alg: 'EdDSA', typ: 'tuppence-authorisation+jws', kid: await device.id() })
  })

  it('says of its own state what it was told to the letter, as nothing that the gateway takes, and with the key to verify it', async () => {
    const { vault, jwk } = await vaultWithKey()
    const device = deviceOn(vault)
    const { jws, key } = await device.attest('{"b":1,"a":2}')
    const { payload, protectedHeader } = await compactVerify(jws, await importJWK({ kty: 'OKP', crv: 'Ed25519', x: key.x }, 'EdDSA'))
    expect(new TextDecoder().decode(payload)).toBe('{"b":1,"a":2}')
    expect(protectedHeader).toEqual({ alg: 'EdDSA', typ: 'tuppence-posture+jws', kid: await device.id() })
    expect(key).toEqual({ x: jwk['x'], kid: await device.id() })
  })

  it('P6 shows the public half of the key in a proof, and nothing of the private one', async () => {
    const { vault, jwk } = await vaultWithKey()
    const proof = await deviceOn(vault).prove({ jti: 'j', htm: 'GET', htu: 'https://localhost/x', iat: 1 })
    expect(headerOf(proof)).toEqual({ alg: 'EdDSA', typ: 'dpop+jwt', jwk: { kty: 'OKP', crv: 'Ed25519', x: jwk['x'] } })
    expect(Buffer.from(proof.replaceAll('.', ''), 'base64url').toString('latin1')).not.toContain(jwk['d'])
  })
})
