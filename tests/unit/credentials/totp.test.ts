import { describe, expect, it } from 'vitest'
import { keyUri, newTotpSecret, totpSecretPattern, totpStep } from '../../../src/main/adapters/credentials/totp.ts'

/** The key of the test vectors of RFC 6238 appendix B, the ASCII digits 12345678901234567890, in base32. */
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'

describe('the code of an authenticator', () => {
  // The RFC's codes have eight digits; six are the last six of them (RFC 4226 §5.3).
  it.each([
    [59, '287082', 0x1],
    [1111111109, '081804', 0x23523ec],
    [1111111111, '050471', 0x23523ed],
    [1234567890, '005924', 0x273ef07],
    [2000000000, '279037', 0x3f940aa],
    [20000000000, '353130', 0x27bc86aa],
  ])('is at %d s %s, as RFC 6238 has it', (atS, code, step) => {
    expect(totpStep(secret, code, atS * 1000)).toBe(step)
  })

  const code = '005924'
  const step = 0x273ef07
  const [firstMs, lastMs] = [step * 30_000, step * 30_000 + 29_999]

  it('is taken one step early and one step late, and counts as its own step', () => {
    for (const nowMs of [firstMs - 30_000, firstMs - 1, firstMs, lastMs, lastMs + 1, lastMs + 30_000]) {
      expect(totpStep(secret, code, nowMs)).toBe(step)
    }
  })

  it('is not taken two steps early or late', () => {
    expect(totpStep(secret, code, firstMs - 30_001)).toBeNull()
    expect(totpStep(secret, code, lastMs + 30_001)).toBeNull()
  })

  it('may be typed in groups', () => {
    expect(totpStep(secret, ' 005 924 ', firstMs)).toBe(step)
  })

  it.each(['005925', '5924', '0005924', '05924', '005924a', '', '٠٠٥٩٢٤'])('is never %j', (typed) => {
    expect(totpStep(secret, typed, firstMs)).toBeNull()
  })

  it('is of its secret alone', () => {
    expect(totpStep(newTotpSecret(), code, firstMs)).toBeNull()
  })
})

describe('a fresh secret', () => {
  it('is 160 bits in base32, another one each time', () => {
    const secrets = Array.from({ length: 50 }, newTotpSecret)
    expect(new Set(secrets).size).toBe(50)
    for (const fresh of secrets) expect(fresh).toMatch(totpSecretPattern)
  })

  it('goes to an authenticator with everything that makes its codes', () => {
    const uri = new URL(keyUri(secret, 'Änne & Söhne'))
    expect([uri.protocol, uri.host, decodeURIComponent(uri.pathname)]).toEqual(['otpauth:', 'totp', '/Tuppence:Änne & Söhne'])
    expect(Object.fromEntries(uri.searchParams)).toEqual({ issuer: 'Tuppence', secret, algorithm: 'SHA1', digits: '6', period: '30' })
  })

  it('takes any label, with no colon that would end the issuer', () => {
    expect(decodeURIComponent(new URL(keyUri(secret, 'a:b\uD800')).pathname)).toBe('/Tuppence:a b\uFFFD')
  })
})
