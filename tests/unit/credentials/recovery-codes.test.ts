import { describe, expect, it } from 'vitest'
import { keepRecoveryCodes, newRecoveryCodes, readRecoveryCode, recoveryIndex } from '../../../src/main/adapters/credentials/recovery-codes.ts'

describe('recovery codes', () => {
  it('are ten in two groups of five, without letters that look like digits, others each time', () => {
    const codes = Array.from({ length: 100 }, newRecoveryCodes).flat()
    expect(codes).toHaveLength(1000)
    expect(new Set(codes).size).toBe(1000)
    for (const code of codes) expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/)
    expect(new Set(codes.join('').replaceAll('-', '')).size).toBe(32)
  })

  it.each(['A0B1C-DEF1Z', 'a0b1c-def1z', 'A0B1CDEF1Z', ' a0b1c – def1z ', 'AOBIC-DEFLZ', 'aobic deflz', 'A-0-B-1-C-D-E-F-1-Z'])('are read from %j', (typed) => {
    expect(readRecoveryCode(typed)).toBe('A0B1CDEF1Z')
  })

  it.each(['', 'A0B1C', 'A0B1C-DEF1', 'A0B1C-DEF1ZZ', 'A0B1C-DEFUZ', 'A0B1C_DEF1Z', '123456'])('are not read from %j', (typed) => {
    expect(readRecoveryCode(typed)).toBeNull()
  })

  it('are known by their number, as they were shown and as people type them', () => {
    const codes = newRecoveryCodes()
    const kept = keepRecoveryCodes(codes)
    expect(codes.map((code) => recoveryIndex(kept, code))).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
    expect(recoveryIndex(kept, ` ${codes[7]!.toLowerCase().replace('-', ' ')}`)).toBe(7)
  })

  it('are not known when they are others', () => {
    const kept = keepRecoveryCodes(newRecoveryCodes())
    for (const other of [...newRecoveryCodes(), '', '123456']) expect(recoveryIndex(kept, other)).toBeNull()
  })

  it('P6 are kept as hashes that differ between members', () => {
    const codes = newRecoveryCodes()
    const [one, two] = [keepRecoveryCodes(codes), keepRecoveryCodes(codes)]
    expect(one.salt).not.toBe(two.salt)
    expect(new Set([...one.hashes, ...two.hashes]).size).toBe(20)
    const text = JSON.stringify(one)
    for (const code of codes) expect(text).not.toContain(code.slice(0, 5))
  })

  it('are not kept when they are none', () => {
    expect(() => keepRecoveryCodes(['A0B1C'])).toThrow('not a recovery code')
  })
})
