import { describe, expect, it } from 'vitest'
import { hashPin, isPinOf, pinHashPattern } from '../../../src/main/adapters/credentials/pin-hash.ts'

/** The PIN 2580 with cheaper costs, as another version of the app might have had them. Made by OpenSSL, with Node's own `argon2Sync`. */
const cheaper = '$argon2id$v=19$m=4096,t=3,p=1$c2FsdHNhbHRzYWx0c2FsdA$EydIcr+wnWUrc2iuhNbEn5MfgcGWs39qfZDammLoSOc'

describe('the hash of a PIN', () => {
  it('says that it is Argon2id at the costs that OWASP asks for, with 16 bytes of salt and 32 of hash', async () => {
    const [, algorithm, version, costs, salt = '', hash = ''] = (await hashPin('2580')).split('$')
    expect([algorithm, version, costs]).toEqual(['argon2id', 'v=19', 'm=19456,t=2,p=1'])
    expect(Buffer.from(salt, 'base64')).toHaveLength(16)
    expect(Buffer.from(hash, 'base64')).toHaveLength(32)
  })

  it('is another one each time, and has the form that is read', async () => {
    const hashes = await Promise.all([hashPin('2580'), hashPin('2580'), hashPin('2580'), hashPin('2580')])
    expect(new Set(hashes).size).toBe(4)
    for (const hash of hashes) expect(hash).toMatch(pinHashPattern)
  })

  it('fits its PIN and no other', async () => {
    const hash = await hashPin('0258')
    expect(await isPinOf(hash, '0258')).toBe(true)
    for (const other of ['258', '0259', '02580', '']) expect(await isPinOf(hash, other)).toBe(false)
  })

  it('is still read when costs have changed since', async () => {
    expect(cheaper).toMatch(pinHashPattern)
    expect(await isPinOf(cheaper, '2580')).toBe(true)
    expect(await isPinOf(cheaper, '2581')).toBe(false)
  })

  it.each([
    '$argon2i$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxw',
    '$argon2id$v=19$m=7,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxw',
    '$argon2id$v=19$m=4194304,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxw',
    '$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdB$xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxw',
    '$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
    '2580',
  ])('is never %s', (text) => {
    expect(text).not.toMatch(pinHashPattern)
  })
})
