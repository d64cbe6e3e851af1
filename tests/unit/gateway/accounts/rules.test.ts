import { describe, expect, it } from 'vitest'
import { callerWords } from '../../../../src/gateway/accounts/caller-words.ts'
import { addressGroup, cooled, coolingMs, workFactor } from '../../../../src/gateway/accounts/heat.ts'
import { forgottenAfterMs, lockOutMs, longestSendWaitMs, remembered, waitMs } from '../../../../src/gateway/accounts/lock-out.ts'
import { passwordFault } from '../../../../src/gateway/accounts/password-strength.ts'
import { codeMethods, type FirstFactor, secondWays } from '../../../../src/gateway/accounts/second-factor-rule.ts'
import { createSecrets } from '../../../../src/gateway/accounts/secrets.ts'
import { totpStep, totpUri } from '../../../../src/gateway/accounts/totp.ts'

const [second, hour] = [1_000, 3_600_000] as const

describe('what has to follow the first factor', () => {
  const all = ['totp', 'sms', 'passkey'] as const
  const subsets = Array.from({ length: 8 }, (_, bits) => all.filter((_way, at) => (bits & (1 << at)) !== 0))

  it.each(subsets.map((secondFactors) => [secondFactors.join(' and ') || 'nothing', secondFactors] as const))('with %s enrolled is another factor, never the same one again', (_, secondFactors) => {
    const account = { secondFactors, recoveryCodesLeft: secondFactors.length > 0 ? 10 : 0 }
    const guard = secondFactors.length > 0 ? [...secondFactors, 'recovery'].toSorted() : []
    const ways = (first: FirstFactor) => secondWays(first, account).toSorted()
    expect(ways('emailCode')).toEqual(guard)
    expect(ways('password')).toEqual(guard.length > 0 ? guard : ['email'])
  })

  it.each(subsets.map((secondFactors) => [secondFactors.join(' and ') || 'nothing', secondFactors] as const))('with %s enrolled can always be given outside of the pages, by e-mail only where no code of a factor can', (_, secondFactors) => {
    for (const recoveryCodesLeft of [0, 10]) {
      const ways = codeMethods({ secondFactors, recoveryCodesLeft })
      expect(ways.filter((way) => way !== 'recovery').toSorted()).toEqual(secondFactors.some((factor) => factor !== 'passkey') ? secondFactors.filter((factor) => factor !== 'passkey').toSorted() : ['email'])
      expect(ways.includes('recovery')).toBe(recoveryCodesLeft > 0)
    }
  })

  it('is offered best first, recovery codes last and only while some are left', () => {
    const account = { secondFactors: ['sms', 'passkey', 'totp'] as const, recoveryCodesLeft: 1 }
    expect(secondWays('password', account)).toEqual(['passkey', 'totp', 'sms', 'recovery'])
    expect(secondWays('emailCode', { ...account, recoveryCodesLeft: 0 })).toEqual(['passkey', 'totp', 'sms'])
    expect(codeMethods(account)).toEqual(['totp', 'sms', 'recovery'])
    expect(codeMethods({ secondFactors: [], recoveryCodesLeft: 0 })).toEqual(['email'])
  })
})

describe('the lock-out', () => {
  it('is none for four failures, then 30 seconds, and twice as long each time up to a day', () => {
    expect([0, 1, 4].map((failures) => lockOutMs(failures))).toEqual([0, 0, 0])
    expect([5, 6, 7, 8].map((failures) => lockOutMs(failures))).toEqual([30 * second, 60 * second, 120 * second, 240 * second])
    expect([16, 17, 1_000_000].map((failures) => lockOutMs(failures))).toEqual([61_440 * second, 24 * hour, 24 * hour])
  })

  it('of messages is an hour at most', () => {
    expect([5, 11, 12, 99].map((sent) => lockOutMs(sent, longestSendWaitMs))).toEqual([30 * second, 1_920 * second, hour, hour])
  })

  it('runs from the newest failure on, and failures are forgotten after two days of quiet', () => {
    const failures = { failures: 5, lastAtMs: 1_000_000 }
    expect([waitMs(failures, 1_000_000), waitMs(failures, 1_029_999), waitMs(failures, 1_030_000)]).toEqual([30_000, 1, 0])
    expect(remembered(failures, 1_000_000 + forgottenAfterMs)).toBe(failures)
    expect(remembered(failures, 1_000_001 + forgottenAfterMs).failures).toBe(0)
  })
})

describe('the heat of an address', () => {
  it('halves every ten minutes, and says how long until it is cool enough', () => {
    expect([cooled({ heat: 8, atMs: 0 }, 0), cooled({ heat: 8, atMs: 0 }, 600_000), cooled({ heat: 8, atMs: 0 }, 1_800_000)]).toEqual([8, 4, 1])
    expect(cooled({ heat: 8, atMs: 600_000 }, 0)).toBe(8)
    expect([coolingMs(200, 200), coolingMs(400, 200)]).toEqual([0, 600_000])
  })

  it('makes proofs harder by doubling, up to sixteen times', () => {
    expect([0, 7, 8, 16, 24, 32, 1_000].map(workFactor)).toEqual([1, 1, 2, 4, 8, 16, 16])
  })

  it('is of one IPv4 address, or of a block of 64 bits', () => {
    expect(addressGroup('203.0.113.7')).toBe('203.0.113.7')
    expect(addressGroup('::ffff:203.0.113.7')).toBe('203.0.113.7')
    expect(addressGroup('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2')
    expect(addressGroup('2001:DB8:0001:2::1')).toBe('2001:db8:1:2')
    expect(addressGroup('2001:db8::1')).toBe('2001:db8:0:0')
    expect(addressGroup('fe80::1%eth0')).toBe('fe80:0:0:0')
    expect(addressGroup('::1')).toBe('0:0:0:0')
  })
})

describe('a password', () => {
  it('of ten characters that nobody would guess is good', async () => {
    for (const password of ['violet tram opens lemon', 'kV9#rq2$Lp', 'Regenschirm tanzt blaue Suppe']) expect(await passwordFault(password, ['ada@example.org'])).toBeNull()
  })

  it.each([
    ['qwertzuiop', []],
    ['aaaaaaaaaaaa', []],
    ['1234567890', []],
    ['ada.lovelace', ['ada.lovelace@example.org']],
    ['Lovelace-Ada', ['ada.lovelace@example.org']],
    ['tuppence123', []],
  ])('like %s is not', async (password, known) => {
    const fault = await passwordFault(password, known)
    expect(fault!.warning).toMatch(/^[a-zA-Z]+$/)
    for (const suggestion of fault!.suggestions) expect(suggestion).toMatch(/^[a-zA-Z0-9]+$/)
  })

  it('has 10 to 128 characters', async () => {
    expect(await passwordFault('kV9#rq2$L', [])).toMatchObject({ warning: 'tooShort' })
    expect(await passwordFault('kV9#rq2$Lp'.repeat(13), [])).toMatchObject({ warning: 'tooLong' })
  })
})

describe('a code of an authenticator app', () => {
  // RFC 6238, appendix B: SHA-1, of eight digits the last six.
  const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'

  it('is that of RFC 6238, of now or of the step beside it', () => {
    expect(totpStep(secret, '287082', 59_000)).toBe(1)
    expect(totpStep(secret, '081804', 1_111_111_109_000)).toBe(37_037_036)
    expect(totpStep(secret, '287082', 89_000)).toBe(1)
    expect(totpStep(secret, '287082', 90_000)).toBeNull()
    expect(totpStep(secret, '000000', 59_000)).toBeNull()
  })

  it('is read from a URI that names the account', () => {
    expect(totpUri(secret, 'ada@example.org')).toContain('otpauth://totp/Tuppence:ada%40example.org?')
  })
})

describe('secrets', () => {
  const bytes = (...values: number[]) => (size: number) => Uint8Array.from({ length: size }, (_, at) => values[at % values.length] ?? 0)
  const secretsOf = (key: number, randomBytes = bytes(7)) => createSecrets({ key: new Uint8Array(32).fill(key), randomBytes })

  it('opens what it has sealed, and nothing that was changed or sealed with another key', () => {
    const sealed = secretsOf(1).seal('ein Geheimnis')
    expect(secretsOf(1).open(sealed)).toBe('ein Geheimnis')
    expect(() => secretsOf(2).open(sealed)).toThrow()
    expect(() => secretsOf(1).open(`${sealed.slice(0, 20)}${sealed[20] === 'A' ? 'B' : 'A'}${sealed.slice(21)}`)).toThrow()
  })

  it('makes macs that no two uses share', () => {
    const { mac } = secretsOf(1)
    expect(mac('code', 'a', 'b')).not.toBe(mac('code', 'ab', ''))
    expect(mac('code', 'a')).not.toBe(mac('subject', 'a'))
    expect(mac('code', 'a')).not.toBe(secretsOf(2).mac('code', 'a'))
  })

  it('makes six digits with none more likely than another', () => {
    expect(secretsOf(1, bytes(0, 0, 0, 42)).sixDigits()).toBe('000042')
    let draw = 0
    const highThenLow = (size: number) => new Uint8Array(size).fill(draw++ === 0 ? 255 : 0)
    expect(secretsOf(1, highThenLow).sixDigits()).toBe('000000')
    expect(draw).toBe(2)
  })
})

describe('what a mail says of a program', () => {
  it('is what is known, never what the header says', () => {
    expect(callerWords('Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0 Safari/537.36 Edg/141.0')).toEqual({ program: 'Edge', system: 'Windows' })
    expect(callerWords('Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605 Version/19 Mobile/15E148 Safari/604')).toEqual({ program: 'Safari', system: 'iOS' })
    expect(callerWords('Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 Chrome/141.0 Mobile Safari/537.36')).toEqual({ program: 'Chrome', system: 'Android' })
    expect(callerWords('Call +1 555 0100')).toEqual({ program: null, system: null })
  })
})
