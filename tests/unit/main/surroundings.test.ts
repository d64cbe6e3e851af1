import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readPackagedConfig } from '../../../src/main/adapters/gateway/packaged-config.ts'
import { createRandomIds } from '../../../src/main/adapters/system/random-ids.ts'
import { sha256 } from '../../../src/main/adapters/system/sha256.ts'
import { createSystemClock } from '../../../src/main/adapters/system/system-clock.ts'
import { openDataFolder } from '../../../src/main/data-folder.ts'

let root: string
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'tuppence-main-')))
})
afterEach(() => {
  chmodSync(root, 0o700)
  rmSync(root, { recursive: true, force: true })
})

describe('the data folder', () => {
  it('is the one that was named, made for its owner alone', () => {
    const path = join(root, 'a/b')
    expect(openDataFolder(path, '/fallback')).toEqual({
      path,
      usable: true,
      ledgerFile: join(path, 'ledger.sqlite'),
      preferencesFile: join(path, 'preferences.json'),
      indexFile: join(path, 'history.sqlite'),
      viewsFile: join(path, 'views.json'),
      connectionsFile: join(path, 'connections.json'),
    })
    expect(statSync(path).mode & 0o777).toBe(0o700)
  })

  it.each([undefined, ''])('is the fallback when %j was named', (named) => {
    expect(openDataFolder(named, join(root, 'x')).path).toBe(join(root, 'x'))
  })

  it('is known by its real name, so that two names of it are one folder', () => {
    mkdirSync(join(root, 'real'))
    symlinkSync(join(root, 'real'), join(root, 'link'))
    expect(openDataFolder(join(root, 'link'), '').path).toBe(join(root, 'real'))
  })

  it('is not usable where a file is in the way', () => {
    writeFileSync(join(root, 'file'), '')
    expect(openDataFolder(join(root, 'file/below'), '').usable).toBe(false)
    expect(openDataFolder(join(root, 'file'), '').usable).toBe(false)
  })
})

const config = {
  url: 'https://gateway.example',
  pins: [`${'p'.repeat(43)}=`],
  signingKey: { kid: 'k'.repeat(43), x: 'x'.repeat(43) },
}

describe('the gateway of a packaged app', () => {
  const read = (text: string) => {
    writeFileSync(join(root, 'gateway.json'), text)
    return readPackagedConfig(join(root, 'gateway.json'))
  }

  it('is the one in its configuration', async () => {
    expect(await read(JSON.stringify(config))).toEqual(config)
  })

  it.each([
    ['no https', { ...config, url: 'http://gateway.example' }],
    ['a path', { ...config, url: 'https://gateway.example/v1' }],
    ['a query', { ...config, url: 'https://gateway.example?x' }],
    ['no pin', { ...config, pins: [] }],
    ['a pin that is none', { ...config, pins: ['abc'] }],
    ['no key', { ...config, signingKey: undefined }],
    ['more than is known', { ...config, trustEveryone: true }],
  ])('P1 is none when it has %s', async (_, broken) => {
    expect(await read(JSON.stringify(broken))).toBeNull()
  })

  it('P1 is none when there is no file or it is not JSON', async () => {
    expect(await readPackagedConfig(join(root, 'missing.json'))).toBeNull()
    expect(await read('{')).toBeNull()
  })
})

describe('what comes from the computer', () => {
  it('P2 is ids that never repeat and nonces of 32 bytes', () => {
    const ids = createRandomIds()
    const made = Array.from({ length: 500 }, () => [ids.purchaseId(), ids.challengeId(), ids.eventId()]).flat()
    expect(made).toHaveLength(1_500)
    expect(new Set(made).size).toBe(made.length)
    expect(made.every((id) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id))).toBe(true)
    expect(Buffer.from(ids.nonce(), 'base64url')).toHaveLength(32)
  })

  it('is SHA-256 of UTF-8 in base64url (FIPS 180-4 test vectors)', () => {
    const hex = (text: string) => Buffer.from(sha256(text), 'base64url').toString('hex')
    expect(hex('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
    expect(hex('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
    expect(sha256('ü')).toBe(sha256('\u00fc'))
  })

  it('is a clock in milliseconds and another one that never jumps', () => {
    const clock = createSystemClock()
    const before = Date.now()
    const now = clock.now()
    expect(now).toBeGreaterThanOrEqual(before)
    expect(now).toBeLessThanOrEqual(Date.now())
    const [first, second] = [clock.monotonicMs(), clock.monotonicMs()]
    expect(second).toBeGreaterThanOrEqual(first)
  })
})
