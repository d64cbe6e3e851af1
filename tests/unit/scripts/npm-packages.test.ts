import { describe, expect, it } from 'vitest'
import { headersOf, pathWithoutOurPrograms } from '../../../scripts/lib/nodes.mjs'
import { INSTALL, type InstallState, installEnvironment, packagesWithScripts, planInstall } from '../../../scripts/lib/npm-packages.mjs'

const wanted = { platform: 'linux-x64', lockfile: 'aa' }
const packages = { '': {}, 'node_modules/a': { version: '1.0.0', integrity: 'x' } }

const state = (differing: Partial<InstallState> = {}): InstallState => ({
  wanted,
  stamp: wanted,
  nativeProgramsThere: () => true,
  lockfile: () => ({ packages }),
  installed: () => ({ packages }),
  ...differing,
})

describe('npm packages', () => {
  it('does nothing when they were installed for this lockfile', () => {
    expect(planInstall(state())).toBe('nothing')
  })

  it('installs on a fresh clone', () => {
    expect(planInstall(state({ stamp: undefined, installed: () => undefined, nativeProgramsThere: () => false }))).toBe('everything')
  })

  it('installs again after an installation that was interrupted', () => {
    expect(planInstall(state({ stamp: undefined, installed: () => undefined }))).toBe('everything')
  })

  it('makes only the native programs when the interruption came after the packages', () => {
    expect(planInstall(state({ stamp: undefined, nativeProgramsThere: () => false }))).toBe('programs')
  })

  it('installs when the lockfile wants another version', () => {
    const lockfile = () => ({ packages: { 'node_modules/a': { version: '1.0.1', integrity: 'y' } } })
    expect(planInstall(state({ wanted: { ...wanted, lockfile: 'bb' }, lockfile }))).toBe('everything')
  })

  it('installs when a package is there that the lockfile no longer names', () => {
    expect(planInstall(state({ wanted: { ...wanted, lockfile: 'bb' }, lockfile: () => ({ packages: { '': {} } }) }))).toBe('everything')
  })

  it("takes a developer's own npm install for what it is", () => {
    expect(planInstall(state({ wanted: { ...wanted, lockfile: 'bb' } }))).toBe('remember')
  })

  it('misses no optional package for another platform', () => {
    const lockfile = () => ({ packages: { ...packages, 'node_modules/a-win32': { version: '1.0.0', optional: true } } })
    expect(planInstall(state({ wanted: { ...wanted, lockfile: 'bb' }, lockfile }))).toBe('remember')
  })

  it('installs anew when node_modules came from another platform', () => {
    expect(planInstall(state({ stamp: { ...wanted, platform: 'darwin-arm64' } }))).toBe('everything')
  })

  it("gives node-gyp this machine's headers, so that it downloads none", () => {
    const exists = (file: string) => file === '/usr/include/node/node_api.h'
    expect(headersOf('/usr/bin/node', exists)).toBe('/usr')
    expect(installEnvironment({ headers: '/usr', searchPath: '/bin', base: {} })).toMatchObject({ npm_config_nodedir: '/usr', PATH: '/bin' })
  })

  it.skipIf(process.platform === 'win32')("looks for the machine's own Node past all that npm puts before it", () => {
    const npmPath = '/home/me/tuppence/node_modules/.bin:/home/me/node_modules/.bin:/usr/lib/node_modules/npm/node-gyp-bin:/usr/bin:/bin'
    expect(pathWithoutOurPrograms(npmPath)).toBe('/usr/bin:/bin')
  })

  it('come with no install script run, but those that package.json allows', () => {
    expect(INSTALL).toContain('--ignore-scripts')
    expect(packagesWithScripts({ allowScripts: { a: true, b: false, c: true } })).toEqual(['a', 'c'])
  })

  it.runIf(process.platform === 'linux')('have keytar compiled, so that no program comes from the network without its hash', () => {
    expect(installEnvironment({ headers: undefined, searchPath: '/bin', base: {} })).toMatchObject({ npm_config_build_from_source: 'keytar' })
  })

  it('leaves the headers to node-gyp where there are none', () => {
    expect(headersOf('/opt/node/bin/node', () => false)).toBeUndefined()
    expect(installEnvironment({ headers: undefined, searchPath: '/bin', base: {} })).not.toHaveProperty('npm_config_nodedir')
  })
})
