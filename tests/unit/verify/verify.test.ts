import { execFileSync, spawnSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { canonicalJson } from '../../../src/domain/canonical.ts'
import { verifyReceipt } from '../../../tools/tuppence-verify/verify.mjs'
import { newSigner, receiptClaims, signedBy, signedReceiptFile, type Signer } from '../../support/signed-receipts.ts'

const script = fileURLToPath(new URL('../../../tools/tuppence-verify/verify.mjs', import.meta.url))
let signer: Signer
let good: Buffer
beforeAll(async () => {
  signer = await newSigner()
  good = Buffer.from(signedReceiptFile(signer))
})

const isGood = (file: Uint8Array | string, key: string | null = null) => verifyReceipt(Buffer.from(file), key).good
const why = (file: Uint8Array | string, key: string | null = null) => {
  const result = verifyReceipt(Buffer.from(file), key)
  return result.good ? null : result.why
}
/** The file with something else in it, in the right form all the same. */
const remade = (change: (file: Record<string, unknown>) => object) => `${canonicalJson(change(JSON.parse(good.toString()) as Record<string, unknown>))}\n`

describe('P3 a receipt file', () => {
  it('is good as it was written, and says what was signed and by which key', () => {
    expect(verifyReceipt(good)).toEqual({ good: true, claims: receiptClaims, thumbprint: signer.kid })
  })

  it('is not good any more with any one bit of it turned', () => {
    const stillGood: number[] = []
    for (let bit = 0; bit < good.length * 8; bit += 1) {
      const altered = Buffer.from(good)
      altered[bit >> 3] = (altered[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      if (isGood(altered)) stillGood.push(bit)
    }
    expect(stillGood).toEqual([])
  })

  it('is not good any more with any byte taken away, doubled or put in', () => {
    const stillGood: string[] = []
    for (let at = 0; at <= good.length; at += 1) {
      if (at < good.length && isGood(Buffer.concat([good.subarray(0, at), good.subarray(at + 1)]))) stillGood.push(`without ${at}`)
      for (const byte of [0x20, 0x0a, 0x30, 0x41, 0x00, good[at] ?? 0x0a]) {
        if (isGood(Buffer.concat([good.subarray(0, at), Buffer.from([byte]), good.subarray(at)]))) stillGood.push(`${byte} at ${at}`)
      }
    }
    expect(stillGood).toEqual([])
  })

  it('is not good with bytes exchanged for any others', () => {
    const places = fc.array(fc.tuple(fc.nat({ max: good.length - 1 }), fc.nat({ max: 255 })), { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(places, (changes) => {
        const altered = Buffer.from(good)
        for (const [at, byte] of changes) altered[at] = byte
        fc.pre(!altered.equals(good))
        expect(isGood(altered)).toBe(false)
      }),
      { numRuns: 2000 },
    )
  })

  it('is not good when it says something else than what was signed, in whatever form', () => {
    expect(why(remade((file) => ({ ...file, claims: { ...receiptClaims, payee: 'Someone else' } })))).toContain('something else than what was signed')
    expect(why(remade((file) => ({ ...file, note: 'more' })))).toContain('something is missing or was added')
    expect(why(remade(({ key: _, ...file }) => file))).toContain('something is missing or was added')
    expect(why(JSON.stringify(JSON.parse(good.toString()), null, 2))).toContain('not letter for letter')
    expect(why(good.toString().trimEnd())).toContain('not letter for letter')
    expect(why(good.toString().replace('{"claims"', '{"claims":1,"claims"'))).toContain('not letter for letter')
    expect(why(`\uFEFF${good.toString()}`)).toContain('not JSON')
    expect(why(remade((file) => ({ ...file, version: 2 })))).toContain('another version')
    expect(why(Buffer.from([0xff, 0xfe]))).toContain('not JSON')
    expect(why('{}')).toContain('no receipt')
    expect(why('')).toContain('no receipt')
    expect(why('['.repeat(100_000) + ']'.repeat(100_000))).toContain('no receipt')
    expect(why(' '.repeat(300_000))).toContain('far too long')
  })

  it('is not good when the gateway signed something else with that key, or another way', () => {
    const claims = JSON.stringify(receiptClaims)
    const withJws = (receipt: string, said: object = receiptClaims) => remade((file) => ({ ...file, receipt, claims: said }))
    const { kid } = signer
    expect(isGood(withJws(signedBy(signer, claims)))).toBe(true)
    for (const header of [{ alg: 'EdDSA', typ: 'tuppence-quote+jws', kid }, { alg: 'none', typ: 'tuppence-receipt+jws', kid }, { alg: 'EdDSA', typ: 'tuppence-receipt+jws', kid: 'k'.repeat(43) }, { alg: 'EdDSA', typ: 'tuppence-receipt+jws', kid, crit: ['x'] }]) {
      expect(why(withJws(signedBy(signer, claims, header)))).toContain('What was signed is no receipt')
    }
    const [header, payload, signature = ''] = signedBy(signer, claims).split('.')
    expect(why(withJws(`${header}.${payload}.`))).toContain('does not fit')
    expect(why(withJws(`${header}.${payload}`))).toContain('does not fit')
    // The same 64 bytes, with bits in the last letter that decoders overlook.
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
    const stray = signature.slice(0, -1) + letters[letters.indexOf(signature.at(-1) ?? '') + 1]
    expect(Buffer.from(stray, 'base64url')).toEqual(Buffer.from(signature, 'base64url'))
    expect(why(withJws(`${header}.${payload}.${stray}`))).toContain('does not fit')
  })

  it.each([
    ['without a payee', { payee: undefined }],
    ['with something that no receipt has', { gift: true }],
    ['with an amount that is no whole number', { price: { amount: '0.99', currency: 'EUR' } }],
    ['with an amount below nothing', { price: { amount: '-99', currency: 'EUR' } }],
    ['with a line break in a name', { item: 'cape\nPaid 0' }],
    ['with a day that is none', { chargedAt: '2026-13-23T09:00:01.000Z' }],
    ['with half of what a bundle is', { bundle: { count: 80 } }],
    ['with half a character', { item: '\uD800' }],
  ])('is not good %s, also where that was signed', (_, change) => {
    const payload = JSON.stringify({ ...receiptClaims, ...change })
    const file = { format: 'tuppence-receipt', version: 1, claims: JSON.parse(payload) as object, receipt: signedBy(signer, payload), key: { kty: 'OKP', crv: 'Ed25519', x: signer.x, kid: signer.kid } }
    const sorted = (value: unknown): unknown => (value !== null && typeof value === 'object' && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)).map(([name, one]) => [name, sorted(one)])) : value)
    expect(isGood(`${JSON.stringify(sorted(file))}\n`)).toBe(false)
  })

  it('of somebody else’s making is good by itself, and not by the key of the gateway', async () => {
    const forger = await newSigner()
    const forged = signedReceiptFile(forger, { ...receiptClaims, price: { amount: '1', currency: 'EUR' } })
    expect(isGood(forged)).toBe(true)
    expect(why(forged, signer.kid)).toContain(`another key: ${forger.kid}`)
    expect(isGood(good, signer.kid)).toBe(true)
    // The gateway's name on somebody else's key.
    const key = { kty: 'OKP', crv: 'Ed25519', x: forger.x, kid: signer.kid }
    expect(why(`${canonicalJson({ ...(JSON.parse(forged) as object), key })}\n`, signer.kid)).toContain('its key is not in order')
  })
})

describe('the program', () => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'tuppence-verify-'))
    // Alone in a folder, as it is copied anywhere.
    copyFileSync(script, join(folder, 'verify.mjs'))
    writeFileSync(join(folder, 'receipt.json'), good)
    writeFileSync(join(folder, 'gateway.jwk'), JSON.stringify({ kty: 'OKP', crv: 'Ed25519', x: signer.x }))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  function run(...args: string[]) {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['verify.mjs', ...args], { cwd: folder, encoding: 'utf8' })
    return { status, stdout, stderr }
  }

  it('says in plain words what a good receipt says, and that its key has to be compared', () => {
    const { status, stdout } = run('receipt.json')
    expect(status).toBe(0)
    for (const text of ['This receipt is good', 'Pixel Forge', 'Starlight cape — スター', '80 × gems', '0.99 EUR', '0.16 EUR (19 %)', '2026-11-23T09:00:01.000Z', 'T-2026-7F3K9Q2M', signer.kid, 'Compare the signing key']) {
      expect(stdout).toContain(text)
    }
  })

  it('wants the key that it was given, as a thumbprint or in a file', () => {
    for (const key of [signer.kid, 'gateway.jwk']) expect(run('receipt.json', '--key', key)).toMatchObject({ status: 0, stdout: expect.stringContaining('signed by the key that you gave') as string })
    expect(run('receipt.json', '--key', 'x'.repeat(43))).toMatchObject({ status: 1, stderr: expect.stringContaining('another key') as string })
  })

  it('takes a thumbprint that begins with a dash', async () => {
    let dashed = await newSigner()
    while (!dashed.kid.startsWith('-')) dashed = await newSigner()
    writeFileSync(join(folder, 'dashed.json'), signedReceiptFile(dashed))
    expect(run('dashed.json', '--key', dashed.kid).status).toBe(0)
    expect(run('--key', dashed.kid, 'dashed.json').status).toBe(0)
  })

  it('says why a receipt is not good', () => {
    writeFileSync(join(folder, 'altered.json'), good.toString().replaceAll('"99"', '"98"'))
    expect(run('altered.json')).toEqual({ status: 1, stdout: '', stderr: 'NOT GOOD. It was altered: it says something else than what was signed.\n' })
    expect(run('nowhere.json')).toMatchObject({ status: 1, stdout: '' })
    expect(run('.')).toMatchObject({ status: 1, stdout: '' })
  })

  it('shows letters that cannot be seen or turn others around', () => {
    writeFileSync(join(folder, 'hidden.json'), signedReceiptFile(signer, { ...receiptClaims, payee: 'Pixel\u202E egroF\u200B' }))
    expect(run('hidden.json').stdout).toContain('Pixel[U+202E] egroF[U+200B]')
  })

  it('tells wrong use with how it is used', () => {
    for (const args of [[], ['a', 'b'], ['receipt.json', '--key'], ['receipt.json', '--key', 'nowhere.jwk'], ['receipt.json', '--key', 'receipt.json'], ['--nonsense']]) {
      expect(run(...args)).toMatchObject({ status: 64, stdout: '', stderr: expect.stringContaining('Use: node verify.mjs') as string })
    }
    expect(run('--help').status).toBe(0)
  })

  it.skipIf(process.platform === 'win32')('is there as a command in this repository', () => {
    const root = fileURLToPath(new URL('../../..', import.meta.url))
    expect(execFileSync('npx', ['--no', 'tuppence-verify', join(folder, 'receipt.json')], { cwd: root, encoding: 'utf8' })).toContain('This receipt is good')
  })
})
