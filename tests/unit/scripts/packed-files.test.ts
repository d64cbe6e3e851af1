import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { packedFor, readConfiguration } from '../../support/packed-files.ts'

const here = process.platform === 'darwin' ? 'mac' : process.platform === 'win32' ? 'win' : 'linux'

describe('what is packed of the native packages', () => {
  it('is what runs, and neither sources nor what has built them', async () => {
    const files = (await packedFor(here, process.arch)).map(({ path }) => path).filter((path) => path.startsWith('node_modules/'))
    const places = new Set(files.map((path) => path.split('/').slice(1, path.includes('/@') ? 3 : 2).join('/')))
    expect([...places].filter((place) => !place.startsWith('@node-rs/argon2-'))).toEqual(['@node-rs/argon2', 'better-sqlite3', 'keytar'])
    expect(files.filter((path) => path.includes('/keytar/'))).toEqual([
      'node_modules/keytar/build/Release/keytar.node',
      'node_modules/keytar/lib/keytar.js',
      'node_modules/keytar/package.json',
    ])
    expect(files.filter((path) => !/\.(node|js|json)$|\/LICENSE$/.test(path))).toEqual([])
  })

  it.each([
    ['linux', 'linux'],
    ['win', 'win32'],
    ['mac', 'darwin'],
  ] as const)('is for %s the one build of SQLite that fits', async (target, platform) => {
    for (const arch of ['x64', 'arm64']) {
      const prebuilt = (await packedFor(target, arch)).map(({ path }) => path).filter((path) => path.includes('/prebuilds/'))
      expect(prebuilt).toEqual([`node_modules/better-sqlite3/prebuilds/${platform}-${arch}.node`])
    }
  })

  it('is enough: keychain, hash and database work from it alone', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tuppence-packed-'))
    try {
      for (const { path } of await packedFor(here, process.arch)) if (path.startsWith('node_modules/')) cpSync(path, join(folder, path))
      const script = `
        const db = new (require('better-sqlite3'))(':memory:')
        const hash = require('@node-rs/argon2').hashRawSync('pin', { salt: Buffer.alloc(16), memoryCost: 8, timeCost: 1 })
        console.log(db.prepare('SELECT 6 * 7').pluck().get(), hash.length, typeof require('keytar').getPassword)`
      expect(execFileSync(process.execPath, ['-e', script], { cwd: folder, encoding: 'utf8' })).toBe('42 32 function\n')
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})

describe('beside the archive', () => {
  it('lies what tells whose work is in it', async () => {
    expect((await readConfiguration()).extraResources).toEqual([
      { from: 'out/production/licences.txt', to: 'licences.txt' },
      { from: 'LICENSE', to: 'LICENSE.txt' },
    ])
  })
})

describe('on macOS', () => {
  it('P7 the app may compile, and load no code of other signers', async () => {
    const { mac } = await readConfiguration()
    expect(mac.hardenedRuntime).toBe(true)
    for (const file of [mac.entitlements, mac.entitlementsInherit]) {
      const keys = [...readFileSync(file, 'utf8').matchAll(/<key>(.*?)<\/key>/g)].map(([, key]) => key)
      expect(keys).toEqual(['com.apple.security.cs.allow-jit'])
    }
  })
})
