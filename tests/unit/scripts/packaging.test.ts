import fs from 'node:fs'
import { createRequire } from 'node:module'
import os from 'node:os'
import path from 'node:path'
import { FuseV1Options } from '@electron/fuses'
import { describe, expect, it } from 'vitest'
import afterPack from '../../../scripts/after-pack.mjs'
import { fuses } from '../../../scripts/lib/fuses.mjs'

interface Configuration {
  readonly extraMetadata: { readonly main: string }
  readonly files: readonly { readonly filter: readonly string[] }[]
  readonly asar: { readonly smartUnpack: boolean }
  readonly afterPack: string
  readonly electronFuses?: unknown
  readonly appImage: { readonly executableArgs: readonly string[] }
  readonly linux: { readonly executableArgs?: readonly string[] }
}

/** electron-builder's own reading and checking of its configuration. */
interface ConfigurationTools {
  getConfig(projectDir: string, file: string, given: null): Promise<Configuration>
  validateConfiguration(configuration: unknown, log: { add(): void; isEnabled: boolean }): Promise<void>
}

const fromElectronBuilder = createRequire(createRequire(import.meta.url).resolve('electron-builder/package.json'))
const tools = fromElectronBuilder('app-builder-lib/out/util/config/config') as ConfigurationTools
const log = { add: () => {}, isEnabled: false }

const configuration = await tools.getConfig(process.cwd(), 'electron-builder.yml', null)

const allFuses = Object.values(FuseV1Options).filter((value) => typeof value === 'number')
const named = (values: Readonly<Record<number, boolean>>) => Object.fromEntries(Object.entries(values).map(([index, value]) => [FuseV1Options[Number(index)], value]))

/** As much of Electron's binary as holds the fuses: what marks them, version, their number, and one letter for each. */
function fakeBinary(name: string, length: number) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tuppence-fuses-'))
  const file = path.join(folder, name)
  fs.mkdirSync(path.dirname(file), { recursive: true })
  const mark = Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX')
  fs.writeFileSync(file, Buffer.concat([Buffer.from('ELF'), mark, Buffer.from([1, length]), Buffer.from('1'.repeat(length)), Buffer.from('rest')]))
  const start = 3 + mark.length + 2
  return { folder, wire: () => fs.readFileSync(file).subarray(start, start + length).toString() }
}

function pack(electronPlatformName: string, appOutDir: string): Promise<void> {
  const packager = { appInfo: { productFilename: 'Tuppence' }, ...(electronPlatformName === 'linux' && { executableName: 'tuppence' }) }
  return afterPack({ appOutDir, electronPlatformName, packager } as unknown as Parameters<typeof afterPack>[0])
}

describe('the package that people install', () => {
  it('is described in words that electron-builder knows', async () => {
    await expect(tools.validateConfiguration(configuration, log)).resolves.toBeUndefined()
    const misspelt = { ...configuration, afterPacked: './scripts/after-pack.mjs' }
    await expect(tools.validateConfiguration(misspelt, log)).rejects.toThrow('afterPacked')
  })

  it('starts the production flavour and holds no other', () => {
    expect(configuration.extraMetadata.main).toBe('out/production/main/index.cjs')
    const included = configuration.files.flatMap(({ filter }) => filter).filter((pattern) => !pattern.startsWith('!'))
    expect(included).toEqual(['package.json', 'out/production/**', 'resources/gateway.json', 'resources/icon.png', 'resources/fonts/**'])
  })

  it('P7 is started with Chromium’s sandbox, also as an AppImage', () => {
    expect(configuration.appImage.executableArgs).toEqual([])
    expect(configuration.linux.executableArgs).toBeUndefined()
  })

  it('P7 runs nothing but the app: every fuse that would let code in is blown', () => {
    expect(configuration.asar).toEqual({ smartUnpack: false })
    expect(configuration.afterPack).toBe('./scripts/after-pack.mjs')
    expect(configuration.electronFuses).toBeUndefined()
    expect(named(fuses)).toEqual({
      RunAsNode: false,
      EnableCookieEncryption: true,
      EnableNodeOptionsEnvironmentVariable: false,
      EnableNodeCliInspectArguments: false,
      EnableEmbeddedAsarIntegrityValidation: true,
      OnlyLoadAppFromAsar: true,
      LoadBrowserProcessSpecificV8Snapshot: false,
      GrantFileProtocolExtraPrivileges: false,
      WasmTrapHandlers: true,
    })
  })

  it('P7 sets every fuse that is known, in the binary of each system', async () => {
    expect(Object.keys(fuses).map(Number)).toEqual(allFuses)
    for (const [platform, name] of [['linux', 'tuppence'], ['win32', 'Tuppence.exe'], ['darwin', 'Tuppence.app/Contents/Frameworks/Electron Framework.framework/Electron Framework']] as const) {
      const binary = fakeBinary(name, allFuses.length)
      await pack(platform, binary.folder)
      expect(binary.wire(), platform).toBe(allFuses.map((fuse) => (fuses[fuse as FuseV1Options] ? '1' : '0')).join(''))
    }
  })

  it('P7 is not made from a binary with a fuse that nobody has decided about, nor for another system', async () => {
    const { folder } = fakeBinary('tuppence', allFuses.length + 1)
    await expect(pack('linux', folder)).rejects.toThrow('strictlyRequireAllFuses')
    await expect(pack('mas', folder)).rejects.toThrow('mas')
  })

  it('brings no dependency that the bundles already hold', () => {
    const manifest = JSON.parse(fs.readFileSync('package.json', 'utf8')) as { dependencies: Record<string, string> }
    expect(Object.keys(manifest.dependencies)).toEqual(['@node-rs/argon2', 'better-sqlite3', 'keytar'])
  })
})
