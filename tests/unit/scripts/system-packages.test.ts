import { describe, expect, it } from 'vitest'
import { missingForTests, missingRequirements, planSystemPackages, REQUIREMENTS, type System } from '../../../scripts/lib/system-packages.mjs'

const everything: System = { hasCommand: () => true, hasFile: () => true }
const nothing: System = { hasCommand: () => false, hasFile: () => false }
const debian = { platform: 'linux', isDebian: true, isRoot: false, hasFreeSudo: () => false }

describe('Debian packages', () => {
  it('misses nothing where everything is there, however it was installed', () => {
    expect(missingRequirements(everything, { headless: true })).toEqual([])
  })

  it('misses every package on a fresh machine', () => {
    expect(missingRequirements(nothing, { headless: true })).toHaveLength(REQUIREMENTS.filter(({ wanted }) => wanted !== 'tests').length)
  })

  it('wants what only some tests use for tests alone', () => {
    expect(missingForTests(nothing).map((requirement) => requirement.package)).toEqual(['hledger', 'beancount'])
    expect(missingForTests(everything)).toEqual([])
    expect(missingRequirements(nothing, { headless: true }).map((requirement) => requirement.package)).not.toContain('hledger')
  })

  it('wants no display server, window manager or keyring of its own on a desktop', () => {
    const wanted = missingRequirements(nothing, { headless: false }).map((requirement) => requirement.package)
    expect(wanted).toContain('chromium')
    expect(wanted).not.toContain('xvfb')
    expect(wanted).not.toContain('gnome-keyring')
  })

  it('names just the one that is missing', () => {
    const withoutSecretHeaders: System = { hasCommand: () => true, hasFile: (file) => !file.endsWith('secret.h') }
    expect(missingRequirements(withoutSecretHeaders, { headless: true }).map((requirement) => requirement.package)).toEqual(['libsecret-1-dev'])
  })

  const missing = missingRequirements({ hasCommand: (command) => !['Xvfb', 'chromium', 'chromium-browser', 'google-chrome'].includes(command), hasFile: () => true }, { headless: true })

  it('installs as root', () => {
    expect(planSystemPackages(missing, { ...debian, isRoot: true })).toEqual({ kind: 'install', packages: ['chromium', 'xvfb'], as: 'root' })
  })

  it('installs with sudo where that asks for no password', () => {
    expect(planSystemPackages(missing, { ...debian, hasFreeSudo: () => true })).toMatchObject({ kind: 'install', as: 'sudo' })
  })

  it('gives the one line to run where it may not install', () => {
    expect(planSystemPackages(missing, debian)).toEqual({
      kind: 'ask',
      line: 'sudo apt-get update && sudo apt-get install -y --no-install-recommends chromium xvfb',
    })
  })

  it('only mentions them on another distribution', () => {
    expect(planSystemPackages(missing, { ...debian, isDebian: false, isRoot: true })).toEqual({ kind: 'mention', packages: ['chromium', 'xvfb'] })
  })

  it('asks for none on macOS and Windows', () => {
    expect(planSystemPackages(missing, { ...debian, platform: 'darwin', isDebian: false })).toEqual({ kind: 'nothing' })
  })
})
