import { describe, expect, it } from 'vitest'
import { completed, missingPlatformPackages, platformOf } from '../../../scripts/lib/lockfile.mjs'

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
