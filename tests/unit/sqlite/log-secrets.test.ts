import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { isGarbled, keepAnchor, newKey, readAnchor, readSecrets } from '../../../src/main/adapters/sqlite/log-secrets.ts'
import { createFakeVault } from '../../support/fake-vault.ts'

const mac = 'Az09_-'.padEnd(43, 'm')

describe('the anchor in the keychain', () => {
  it('P3 is read as it was kept', async () => {
    const vault = createFakeVault()
    expect(await readAnchor(vault)).toBeNull()
    await keepAnchor(vault, { seq: 1, mac })
    expect(vault.secrets.get('log-anchor')).toBe(`{"seq":1,"mac":"${mac}"}`)
    const anchor = await readAnchor(vault)
    expect(anchor).toEqual({ seq: 1, mac })
    expect(anchor && isGarbled(anchor)).toBe(false)
    expect((await readSecrets(vault)).anchor).toEqual(anchor)
  })

  it.each([
    ...['', '{', 'null', '[]', '{}', '7'],
    JSON.stringify({ seq: 0, mac }),
    JSON.stringify({ seq: 1.5, mac }),
    JSON.stringify({ seq: 2 ** 53, mac }),
    JSON.stringify({ seq: '1', mac }),
    JSON.stringify({ seq: 1 }),
    JSON.stringify({ seq: 1, mac: 1 }),
    JSON.stringify({ seq: 1, mac: mac.slice(1) }),
    JSON.stringify({ seq: 1, mac: `${mac}m` }),
    JSON.stringify({ seq: 1, mac: mac.replace('_', '+') }),
    JSON.stringify({ seq: 1, mac, more: 1 }),
  ])('P3 counts as one that fits no log where it is %s', async (text) => {
    const vault = createFakeVault(new Map([['log-anchor', text]]))
    const anchor = await readAnchor(vault)
    expect(anchor && isGarbled(anchor)).toBe(true)
    expect(anchor?.seq).toBe(Number.MAX_SAFE_INTEGER)
  })
})

describe('the key in the keychain', () => {
  it('P6 is 32 bytes that are made anew, and only kept when asked for', async () => {
    const vault = createFakeVault()
    const [one, other] = [newKey(vault), newKey(vault)]
    expect(vault.secrets.size).toBe(0)
    await one.keep()
    const first = vault.secrets.get('log-mac-key') ?? ''
    await other.keep()
    expect(Buffer.from(first, 'base64url')).toHaveLength(32)
    expect(vault.secrets.get('log-mac-key')).not.toBe(first)
  })

  it('P3 makes HMAC-SHA-256 over the mac before and the event', async () => {
    const bytes = Buffer.alloc(32, 7)
    const vault = createFakeVault(new Map([['log-mac-key', bytes.toString('base64url')]]))
    const { key, hasKey } = await readSecrets(vault)
    const [previous, text] = [Buffer.alloc(32, 1), '{"item":"Lampenöl"}']
    const expected = createHmac('sha256', bytes).update(Buffer.concat([previous, Buffer.from(text)])).digest()
    expect(hasKey).toBe(true)
    expect(Buffer.from(key?.(previous, text) ?? [])).toEqual(expected)
  })

  it('P6 is none where nothing is kept, or something that is no key', async () => {
    expect(await readSecrets(createFakeVault())).toEqual({ key: null, hasKey: false, anchor: null })
    const vault = createFakeVault(new Map([['log-mac-key', 'hunter2']]))
    expect(await readSecrets(vault)).toEqual({ key: null, hasKey: true, anchor: null })
  })
})
