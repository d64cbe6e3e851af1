import { describe, expect, it } from 'vitest'
import { readCookie, writeCookie } from '../../../src/gateway/pages/cookies.ts'
import { isFromOwnPage } from '../../../src/gateway/pages/origin.ts'
import { readCents, readEmail, readName, readPhone, readRecoveryCode, readSixDigits } from '../../../src/gateway/pages/read-fields.ts'
import { createSeal, journeyAgeMs } from '../../../src/gateway/pages/seal.ts'
import { readUserCode } from '../../../src/gateway/oauth/user-code.ts'
import { userCodeOf } from '../../../src/gateway/pages/user-code.ts'

describe('what people type', () => {
  it.each([
    ['wdjbmjht', 'WDJB-MJHT'],
    ['WDJB-MJHT', 'WDJB-MJHT'],
    [' wdjb – mjht ', 'WDJB-MJHT'],
    ['WDJB-MJH', null],
    ['WDJB-MJHTT', null],
    ['WDJA-MJHT', null],
    ['WDJB-MJH1', null],
    ['WDJB/MJHT', null],
    ['', null],
  ])('the code of a screen, %j, is %j', (typed, code) => {
    expect(readUserCode(typed)).toBe(code)
  })

  it('six digits, also in two groups', () => {
    expect(['123456', ' 123 456 ', '123-456', '12345', '1234567', '12345a', '１２３４５６'].map(readSixDigits)).toEqual(['123456', '123456', '123456', null, null, null, null])
  })

  it('a recovery code with and without its dash', () => {
    expect(['abcde-fgh12', 'ABCDEFGH12', 'abcde fgh12', 'abcde', 'abcde-fgh1!'].map(readRecoveryCode)).toEqual(['abcde-fgh12', 'abcde-fgh12', 'abcde-fgh12', null, null])
  })

  it('an amount with point or comma, up to 10,000 euros', () => {
    expect(['0', '20', '9.5', '9,50', ' 9,50 € ', '10000', '10000.01', '-1', '1.234', '', 'viel', '1e3'].map(readCents)).toEqual([0n, 2000n, 950n, 950n, 950n, 1_000_000n, null, null, null, null, null, null])
  })

  it('a phone number with the code of its country', () => {
    expect(['+49 1512 3456789', '+44 (0)7700-900123', '0151 2345678', '+0123456789', '+49'].map(readPhone)).toEqual(['+4915123456789', '+447700900123', null, null, null])
  })

  it('an address, and a name or none', () => {
    expect([' Robin@Example.ORG ', 'robin', 'a@b', undefined].map(readEmail)).toEqual(['robin@example.org', null, null, null])
    expect([' Robin ', '', undefined, 'x'.repeat(41), 'a\nb'].map(readName)).toEqual(['Robin', null, null, undefined, undefined])
  })
})

describe('cookies', () => {
  it('are read by their whole name, and not at all where two have it', () => {
    expect(readCookie('a=1; __Host-tuppence=x', '__Host-tuppence')).toBe('x')
    expect(readCookie('x__Host-tuppence=1', '__Host-tuppence')).toBeUndefined()
    expect(readCookie('__Host-tuppence=1; __Host-tuppence=2', '__Host-tuppence')).toBeUndefined()
    expect(readCookie(undefined, '__Host-tuppence')).toBeUndefined()
  })

  it('are for this host alone, out of reach of scripts', () => {
    expect(writeCookie('__Host-x', 'y')).toBe('__Host-x=y; Path=/; Secure; HttpOnly; SameSite=Lax')
    expect(writeCookie('__Host-x', 'y', 5)).toBe('__Host-x=y; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=5')
  })
})

describe('where a form comes from', () => {
  const origin = 'https://gateway.example'
  it.each([
    [{ origin, 'sec-fetch-site': 'same-origin' }, true],
    [{ origin }, true],
    [{ origin: 'null', 'sec-fetch-site': 'same-origin' }, true],
    [{ origin: 'null' }, false],
    [{ origin: 'null', 'sec-fetch-site': 'cross-site' }, false],
    [{ origin, 'sec-fetch-site': 'cross-site' }, false],
    [{ origin, 'sec-fetch-site': 'same-site' }, false],
    [{ origin: 'https://gateway.example.evil.example' }, false],
    [{ origin: 'http://gateway.example' }, false],
    [{}, false],
    [{ 'sec-fetch-site': 'same-origin' }, false],
  ])('%j is ours: %j', (headers, isOurs) => {
    expect(isFromOwnPage(headers, origin)).toBe(isOurs)
  })
})

describe('the seal', () => {
  let nowMs = 0
  let next = 0
  const seal = createSeal({ now: () => nowMs, randomBytes: (size) => new Uint8Array(size).fill(++next) })
  const journey = { email: 'robin@example.org', next: '/device?code=WDJB-MJHT' }

  it('gives back what it has closed, to the same session alone', () => {
    const text = seal.close(journey, 'one')
    expect(text).toMatch(/^[\w-]+$/)
    expect(text).not.toContain(Buffer.from('robin').toString('base64url').slice(0, 5))
    expect(seal.open(text, 'one')).toEqual(journey)
    expect(seal.open(text, 'other')).toEqual({})
  })

  it('opens nothing that was changed, is old, or comes from elsewhere', () => {
    const text = seal.close(journey, 'one')
    const bytes = Buffer.from(text, 'base64url')
    for (let index = 0; index < bytes.length; index += 1) {
      const changed = Buffer.from(bytes)
      changed[index] = (changed[index] ?? 0) ^ 1
      expect(seal.open(changed.toString('base64url'), 'one')).toEqual({})
    }
    expect([undefined, '', 'x', 'A'.repeat(100)].map((wrong) => seal.open(wrong, 'one'))).toEqual([{}, {}, {}, {}])
    const another = createSeal({ now: () => nowMs, randomBytes: (size) => new Uint8Array(size).fill(99) })
    expect(seal.open(another.close(journey, 'one'), 'one')).toEqual({})
    nowMs += journeyAgeMs + 1
    expect(seal.open(text, 'one')).toEqual({})
  })

  it('gives each session a form token of its own', () => {
    expect(seal.isFormToken(seal.formToken('one'), 'one')).toBe(true)
    expect([seal.formToken('other'), undefined, '', 'é', `${seal.formToken('one')}x`].map((token) => seal.isFormToken(token, 'one'))).toEqual([false, false, false, false, false])
  })
})

describe('where somebody wants to go', () => {
  it('is a device only where it is one of our own paths', () => {
    expect(['/device?code=WDJB-MJHT', '/device?code=nothing', '//evil.example/device?code=WDJB-MJHT', '/account', undefined].map(userCodeOf)).toEqual(['WDJB-MJHT', null, null, null, null])
  })
})
