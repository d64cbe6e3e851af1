import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { planBinary } from '../../../scripts/lib/electron-binary.mjs'
import { electronEnvironment, electronRuntime, onChromiumFolder, ownBinary } from '../../../scripts/lib/electron-runtime.mjs'

let electronPackage = ''
beforeEach(() => {
  electronPackage = fs.mkdtempSync(path.join(os.tmpdir(), 'electron-package-'))
  fs.writeFileSync(path.join(electronPackage, 'package.json'), JSON.stringify({ version: '45.4.1' }))
})
afterEach(() => fs.rmSync(electronPackage, { recursive: true }))

function install(version = '45.4.1') {
  fs.mkdirSync(path.join(electronPackage, 'dist'))
  fs.writeFileSync(path.join(electronPackage, 'dist', 'version'), version)
  fs.writeFileSync(path.join(electronPackage, 'dist', 'electron'), '')
  fs.writeFileSync(path.join(electronPackage, 'path.txt'), 'electron')
}

describe('which runtime is used', () => {
  it("is the system's Chromium where Electron's binary is missing", () => {
    expect(electronRuntime({}, electronPackage)).toMatchObject({ kind: 'chromium', folder: onChromiumFolder })
  })

  it("is Electron's own binary where it is installed", () => {
    install()
    expect(electronRuntime({}, electronPackage)).toEqual({
      kind: 'electron',
      folder: path.join(electronPackage, 'dist'),
      executable: path.join(electronPackage, 'dist', 'electron'),
    })
  })

  it("is what the user has chosen, even where Electron's binary is installed", () => {
    install()
    expect(electronRuntime({ ELECTRON_OVERRIDE_DIST_PATH: '/opt/electron' }, electronPackage)).toMatchObject({ kind: 'chosen', executable: '/opt/electron/electron' })
  })

  it('takes a half-finished or outdated download for none', () => {
    install('45.0.0')
    expect(ownBinary(electronPackage)).toBeUndefined()
  })

  it('is told to the electron package and to electron-vite, and nothing turns Electron into Node', () => {
    const env = electronEnvironment({ ELECTRON_OVERRIDE_DIST_PATH: '/opt/electron', ELECTRON_RUN_AS_NODE: '1', PATH: '/bin' })
    expect(env).toMatchObject({ ELECTRON_OVERRIDE_DIST_PATH: '/opt/electron', ELECTRON_EXEC_PATH: '/opt/electron/electron' })
    expect(env).not.toHaveProperty('ELECTRON_RUN_AS_NODE')
    expect(env['PATH']).toMatch(/node_modules[/\\].bin.*[:;]\/bin$/)
  })
})

describe("the download of Electron's binary", () => {
  const state = { version: '45.4.1', lastTry: undefined, there: false, env: {} }

  it('is tried once for each version', () => {
    expect(planBinary(state, { again: false })).toBe('try')
    expect(planBinary({ ...state, lastTry: { version: '45.4.1', had: false } }, { again: false })).toBe('tried')
    expect(planBinary({ ...state, lastTry: { version: '44.0.0', had: false } }, { again: false })).toBe('try')
  })

  it('is tried again when asked for', () => {
    expect(planBinary({ ...state, lastTry: { version: '45.4.1', had: false } }, { again: true })).toBe('try')
  })

  it('is left out where the binary is there or another was chosen', () => {
    expect(planBinary({ ...state, there: true }, { again: true })).toBe('there')
    expect(planBinary({ ...state, env: { ELECTRON_SKIP_BINARY_DOWNLOAD: '1' } }, { again: false })).toBe('chosen')
  })
})
