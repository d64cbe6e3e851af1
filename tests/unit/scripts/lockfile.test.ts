import { existsSync, globSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { completed, type Lockfile, missingPlatformPackages, platformOf, scriptFaults, unpinned, withoutUnpinned } from '../../../scripts/lib/lockfile.mjs'

describe('packages for other platforms in package-lock.json', () => {
  it.each([
    ['@swc/core-linux-arm64-musl', { cpu: ['arm64'], os: ['linux'], libc: ['musl'] }],
    ['@rolldown/binding-linux-x64-gnu', { cpu: ['x64'], os: ['linux'], libc: ['glibc'] }],
    ['@oxlint/binding-linux-arm-gnueabihf', { cpu: ['arm'], os: ['linux'], libc: ['glibc'] }],
    ['@oxlint/binding-win32-x64-msvc', { cpu: ['x64'], os: ['win32'] }],
    ['@oxlint-tsgolint/darwin-arm64', { cpu: ['arm64'], os: ['darwin'] }],
    ['@rolldown/binding-wasm32-wasi', { cpu: ['wasm32'] }],
  ])('reads the platform of %s', (name, platform) => {
    expect(platformOf(name)).toEqual(platform)
  })

  it.each(['dmg-license', 'fsevents', 'winston'])('takes %s for no such package', (name) => {
    expect(platformOf(name)).toBeUndefined()
  })

  it('adds what a parent names and the lockfile lacks', () => {
    const packages = { 'node_modules/a': { version: '1.2.3', dev: true, optionalDependencies: { 'a-darwin-x64': '1.2.3' } } }
    expect(missingPlatformPackages({ packages })).toEqual({
      'node_modules/a-darwin-x64': { version: '1.2.3', cpu: ['x64'], dev: true, optional: true, os: ['darwin'] },
    })
  })

  it('puts a second version beside the parent that wants it', () => {
    const optionalDependencies = { 'a-darwin-x64': '1.0.0' }
    const packages = {
      'node_modules/a-darwin-x64': { version: '2.0.0' },
      'node_modules/b/node_modules/a': { version: '1.0.0', optionalDependencies },
    }
    expect(Object.keys(missingPlatformPackages({ packages }))).toEqual(['node_modules/b/node_modules/a/node_modules/a-darwin-x64'])
  })

  it('has nothing to add to what it has completed', () => {
    const packages = { '': {}, 'node_modules/z': { version: '1.0.0', optionalDependencies: { 'z-linux-x64': '1.0.0', 'z-win32-x64': '1.0.0' } } }
    const complete = completed({ packages })
    expect(Object.keys(complete.packages)).toEqual(['', 'node_modules/z', 'node_modules/z-linux-x64', 'node_modules/z-win32-x64'])
    expect(missingPlatformPackages(complete)).toEqual({})
  })
})

describe('package-lock.json', () => {
  const lockfile = JSON.parse(readFileSync('package-lock.json', 'utf8')) as Lockfile
  const { allowScripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { allowScripts: Record<string, boolean> }
  const hasGypFile = (place: string) => existsSync(`${place}/binding.gyp`)

  it('has the hash of every package, for every platform, and says of none where it was got', () => {
    expect(Object.keys(lockfile.packages).length).toBeGreaterThan(900)
    expect(unpinned(lockfile)).toEqual([])
  })

  it.each([
    ['no hash', { version: '1.0.0' }],
    ['a weak hash', { version: '1.0.0', integrity: 'sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=' }],
    ['a hash that is cut off', { version: '1.0.0', integrity: 'sha512-NePcRMO' }],
    ['an address', { version: '1.0.0', integrity: `sha512-${'a'.repeat(86)}==`, resolved: 'https://example.com/a.tgz' }],
  ])('is not in order with %s', (_what, entry) => {
    const packages = { '': {}, 'node_modules/a': entry }
    expect(unpinned({ packages })).toHaveLength(1)
    expect(withoutUnpinned({ packages }).packages).toEqual({ '': {} })
  })

  it('names every package that brings an install script as allowed or not, and no other', () => {
    expect(scriptFaults(lockfile, allowScripts, hasGypFile)).toEqual([])
    expect(Object.keys(allowScripts).filter((name) => allowScripts[name])).toEqual(['keytar', 'node'])
  })

  it('notices an install script that nobody has judged, said outright or implied, and a judgement that is idle', () => {
    const packages = { '': { hasInstallScript: true }, 'node_modules/a/node_modules/@b/c': { hasInstallScript: true }, 'node_modules/d': {} }
    expect(scriptFaults({ packages }, { '@b/c': false }, () => false)).toEqual([])
    expect(scriptFaults({ packages }, {}, (place) => place === 'node_modules/d')).toEqual([
      '@b/c: brings an install script and is not in allowScripts',
      'd: brings an install script and is not in allowScripts',
    ])
    expect(scriptFaults({ packages }, { '@b/c': true, e: false }, () => false)).toEqual(['e: is in allowScripts and brings no install script'])
  })
})

describe('where packages come from', () => {
  it('is for each machine to say: no file here names a registry or holds a token for one', () => {
    const files = globSync('**/*', { exclude: (name) => ['node_modules', 'out', 'dist', '.git', 'reports'].includes(name) })
    const everything = [...files, '.npmrc', '.ci/run'].filter((name) => /\.(json|[cm]?[jt]sx?|ya?ml|md|sh)$|npmrc$|run$/.test(name))
    expect(everything.length).toBeGreaterThan(500)
    const registry = new RegExp(['registry\\.(npmjs|yarnpkg)', '//registry\\.', '^registry *=', '_auth(Token)?\\s*=', 'npm\\.pkg\\.github', 'artifactory'].join('|'), 'm')
    const itself = 'tests/unit/scripts/lockfile.test.ts'
    expect(everything.filter((name) => name !== itself && registry.test(readFileSync(name, 'utf8')))).toEqual([])
  })
})
