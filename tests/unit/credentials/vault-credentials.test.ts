import { randomUUID } from 'node:crypto'
import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { createVaultCredentials } from '../../../src/main/adapters/credentials/vault-credentials.ts'
import { createFakeVault } from '../../support/fake-vault.ts'

const member = randomUUID()
const name = `member-credentials.${member}` as const
const longestPin = '314159265358'

async function withBoth() {
  const vault = createFakeVault()
  const credentials = createVaultCredentials({ vault })
  const secondFactor = await credentials.newSecondFactor('Ada')
  await credentials.setPin(member, longestPin)
  await credentials.setSecondFactor(member, secondFactor)
  return { vault, credentials, secondFactor, text: vault.secrets.get(name) ?? '' }
}

describe('what the keychain holds of a member', () => {
  it('P6 is one item, with neither the PIN nor a recovery code in it', async () => {
    const { vault, secondFactor, text } = await withBoth()
    expect([...vault.secrets.keys()]).toEqual([name])
    expect(JSON.parse(text)).toMatchObject({ pin: expect.stringMatching(/^\$argon2id\$/), secondFactor: { secret: secondFactor.secret } })
    for (const secret of [longestPin, ...secondFactor.recoveryCodes.flatMap((code) => [code, code.replace('-', '')])]) {
      expect(text).not.toContain(secret)
    }
  })

  it('stays far below the 2,560 bytes that Windows takes', async () => {
    const { text } = await withBoth()
    expect(Buffer.byteLength(text)).toBeGreaterThan(500)
    expect(Buffer.byteLength(text)).toBeLessThan(2000)
  })

  it('is written by nothing but a setting', async () => {
    const { vault, credentials, secondFactor } = await withBoth()
    const before = vault.calls.length
    await credentials.has(member)
    await credentials.newSecondFactor('Ada')
    credentials.codeStep(secondFactor, '123456', 0)
    await credentials.compare(member, { pin: longestPin, code: secondFactor.recoveryCodes[0]! }, 0)
    expect(vault.calls.slice(before)).toEqual([`get ${name}`, `get ${name}`])
  })

  it('P6 is in no error', async () => {
    const { vault, credentials, secondFactor } = await withBoth()
    vault.fail('locked', { operation: 'set' })
    const errors = await Promise.all([
      credentials.setPin(member, longestPin).catch((error: unknown) => error),
      credentials.setSecondFactor(member, secondFactor).catch((error: unknown) => error),
    ])
    const printed = inspect(errors, { depth: 10, showHidden: true })
    expect(printed).toContain('VaultError: the keychain is not usable: locked')
    for (const secret of [longestPin, secondFactor.secret, '$argon2id']) expect(printed).not.toContain(secret)
  })
})

describe('an item that the app did not write like this', () => {
  type Item = { pin: string; secondFactor: { secret: string; salt: string; recovery: string[] } }
  it.each<[string, (item: Item) => unknown]>([
    ['no PIN hash', (item) => ({ ...item, pin: '2580' })],
    ['a PIN hash that is another kind of hash', (item) => ({ ...item, pin: item.pin.replace('argon2id', 'argon2i') })],
    ['a PIN hash with something after it', (item) => ({ ...item, pin: `${item.pin}\n` })],
    ['no object', () => null],
    ['something else besides', (item) => ({ ...item, more: 1 })],
    ['a secret that is none', (item) => ({ ...item, secondFactor: { ...item.secondFactor, secret: 'A' } })],
    ['no salt', ({ pin, secondFactor: { secret, recovery } }) => ({ pin, secondFactor: { secret, recovery } })],
    ['a recovery code too few', (item) => ({ ...item, secondFactor: { ...item.secondFactor, recovery: item.secondFactor.recovery.slice(1) } })],
    ['a recovery code in clear', (item) => ({ ...item, secondFactor: { ...item.secondFactor, recovery: item.secondFactor.recovery.with(3, 'ABCDE-FGHJK') } })],
  ])('with %s counts as none held', async (_what, spoil) => {
    const { vault, credentials, text } = await withBoth()
    expect(await credentials.has(member)).toEqual({ pin: true, secondFactor: true })
    vault.secrets.set(name, JSON.stringify(spoil(JSON.parse(text) as Item)))
    expect(await credentials.has(member)).toEqual({ pin: false, secondFactor: false })
    expect(await credentials.compare(member, { pin: longestPin }, 0)).toBeNull()
  })

  it.each(['', 'nonsense', '{"pin":'])('as %j counts as none held', async (text) => {
    const { vault, credentials } = await withBoth()
    vault.secrets.set(name, text)
    expect(await credentials.has(member)).toEqual({ pin: false, secondFactor: false })
  })

  it('gives way to new credentials', async () => {
    const { vault, credentials } = await withBoth()
    vault.secrets.set(name, 'nonsense')
    await credentials.setPin(member, longestPin)
    expect(await credentials.has(member)).toEqual({ pin: true, secondFactor: false })
    expect(await credentials.compare(member, { pin: longestPin }, 0)).toEqual({ pin: true, code: null })
  })
})
