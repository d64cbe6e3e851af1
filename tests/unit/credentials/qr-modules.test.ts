import { describe, expect, it } from 'vitest'
import { qrModules } from '../../../src/main/adapters/credentials/qr-modules.ts'
import { keyUri, newTotpSecret } from '../../../src/main/adapters/credentials/totp.ts'

const finder = ['1111111', '1000001', '1011101', '1011101', '1011101', '1000001', '1111111']

describe('the QR code of a text', () => {
  const uri = keyUri(newTotpSecret(), 'Ada')
  const rows = qrModules(uri)
  const at = (row: number, column: number) => rows.slice(row, row + 7).map((line) => line.slice(column, column + 7))

  it('is a square of a size that ISO/IEC 18004 has, of dark and light modules', () => {
    expect((rows.length - 17) % 4).toBe(0)
    for (const row of rows) expect(row).toMatch(new RegExp(`^[01]{${rows.length}}$`))
  })

  it('has its finder patterns in three corners, so it is upright, dark on light and without a quiet zone', () => {
    const far = rows.length - 7
    expect([at(0, 0), at(0, far), at(far, 0)]).toEqual([finder, finder, finder])
    expect(at(far, far)).not.toEqual(finder)
  })

  it('is the text’s own', () => {
    expect(qrModules(uri)).toEqual(rows)
    expect(qrModules(keyUri(newTotpSecret(), 'Ada'))).not.toEqual(rows)
  })

  it('holds the longest name of a member', () => {
    expect(qrModules(keyUri(newTotpSecret(), '€'.repeat(200))).length).toBeGreaterThan(rows.length)
  })
})
