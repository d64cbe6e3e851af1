import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readArguments } from '../../../src/gateway/arguments.ts'
import { createRateLimiter } from '../../../src/gateway/http/rate-limit.ts'
import { makeQuoteId, makeReceiptNumber } from '../../../src/gateway/shop/numbers.ts'
import { includedTax } from '../../../src/gateway/shop/tax.ts'

describe('included tax', () => {
  it('is the part of the gross price that leaves the net price, rounded half up', () => {
    expect(includedTax(119n, 1900)).toBe(19n)
    expect(includedTax(99n, 1900)).toBe(16n) // 15.81
    expect(includedTax(3n, 2000)).toBe(1n) // 0.5
    expect(includedTax(9n, 1900)).toBe(1n) // 1.44
    expect(includedTax(480n, 1000)).toBe(44n) // 43.64
    expect(includedTax(499n, 0)).toBe(0n)
  })

  it('is within half a minor unit of the exact share, for any price and rate', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 10n ** 17n }), fc.integer({ min: 0, max: 10_000 }), (gross, rate) => {
        const whole = 10_000n + BigInt(rate)
        const error = 2n * (includedTax(gross, rate) * whole - gross * BigInt(rate))
        expect(error > -whole && error <= whole).toBe(true)
      }),
    )
  })
})

describe('numbers', () => {
  it('use no letter that could be mistaken for another, whatever the randomness', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 26, maxLength: 26 }), (bytes) => {
        const randomBytes = (size: number) => bytes.slice(0, size)
        expect(makeReceiptNumber(randomBytes, '2026-11-23T09:00:00.000Z')).toMatch(/^T-2026-[0-9A-HJKMNP-TV-Z]{8}$/)
        expect(makeQuoteId(randomBytes)).toMatch(/^q_[0-9A-HJKMNP-TV-Z]{26}$/)
      }),
    )
  })
})

describe('the limit on requests', () => {
  it('starts anew each minute and says how long to wait', () => {
    let nowMs = 45_000
    const limiter = createRateLimiter({ now: () => nowMs, perMinute: 2 })
    limiter.count('a')
    limiter.count('a')
    limiter.count('b')
    expect(() => limiter.count('a')).toThrow(expect.objectContaining({ headers: { 'retry-after': '15' } }))
    nowMs = 60_000
    expect(() => limiter.count('a')).not.toThrow()
  })
})

describe('arguments', () => {
  it('have safe defaults', () => {
    expect(readArguments(['--data', 'd'])).toEqual({ dataDir: 'd', port: 0, mode: 'sandbox', requestsPerMinute: 120 })
  })

  it('are read strictly', () => {
    const mail = ['--smtp', 'smtp://mail.example:587', '--mail-from', 'tuppence@example.org']
    expect(readArguments(['--data', 'd', '--live', '--port', '8443', ...mail])).toMatchObject({ mode: 'live', port: 8443 })
    expect(readArguments(['--help'])).toBeUndefined()
    for (const wrong of [[], ['--data', ''], ['--data', 'd', '--port', '-1'], ['--data', 'd', '--port', '1e3'], ['d']])
      expect(() => readArguments(wrong)).toThrow(/--data|--port|'d'/)
  })

  it('of mail and text messages take secrets from the environment alone', () => {
    const mail = ['--data', 'd', '--smtp', 'smtp://mail.example:587', '--mail-from', 'tuppence@example.org']
    expect(readArguments(mail, {})!.mail).toEqual({ url: 'smtp://mail.example:587', from: 'tuppence@example.org' })
    expect(readArguments(mail, { TUPPENCE_SMTP_USER: 'us', TUPPENCE_SMTP_PASSWORD: 'secret' })!.mail).toMatchObject({ signIn: { user: 'us', password: 'secret' } })
    const texts = ['--data', 'd', '--sms-url', 'https://texts.example/messages']
    expect(readArguments(texts, { TUPPENCE_SMS_TOKEN: 'token' })!.texts).toEqual({ url: 'https://texts.example/messages', token: 'token' })
    expect(() => readArguments(texts, {})).toThrow('TUPPENCE_SMS_TOKEN is missing')
    for (const url of ['smtp://us:secret@mail.example', 'https://mail.example', 'mail.example:587', 'smtp://'])
      expect(() => readArguments(['--data', 'd', '--smtp', url, '--mail-from', 'tuppence@example.org'], {})).toThrow('--smtp takes')
    expect(() => readArguments(mail.slice(0, 4), {})).toThrow('--mail-from ADDRESS is missing')
    expect(() => readArguments(['--data', 'd', '--sms-url', 'http://texts.example'], { TUPPENCE_SMS_TOKEN: 'token' })).toThrow('--sms-url takes an https address')
    expect(() => readArguments(['--data', 'd', '--live'], {})).toThrow('--smtp URL is missing')
  })

  it('of proxies take exact addresses', () => {
    expect(readArguments(['--data', 'd', '--trust-proxy', '127.0.0.1, 2001:db8::1'], {})!.trustProxy).toEqual(['127.0.0.1', '2001:db8::1'])
    for (const wrong of ['', 'loopback', '10.0.0.0/8', '127.0.0.1,', 'proxy.example', 'true', '1']) expect(() => readArguments(['--data', 'd', '--trust-proxy', wrong], {})).toThrow('--trust-proxy takes')
  })

  it('of the public address take an https origin', () => {
    expect(readArguments(['--data', 'd', '--public-url', 'https://accounts.example.org/'], {})!.publicUrl).toBe('https://accounts.example.org')
    for (const url of ['http://accounts.example.org', 'https://accounts.example.org/path', 'accounts.example.org', 'https://us@accounts.example.org'])
      expect(() => readArguments(['--data', 'd', '--public-url', url], {})).toThrow('--public-url takes')
  })
})
