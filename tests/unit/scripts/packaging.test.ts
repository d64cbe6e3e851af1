import fs from 'node:fs'
import { createRequire } from 'node:module'
import { describe, expect, it } from 'vitest'

interface Configuration {
  readonly extraMetadata: { readonly main: string }
  readonly files: readonly { readonly filter: readonly string[] }[]
  readonly asar: { readonly smartUnpack: boolean }
  readonly electronFuses: Readonly<Record<string, boolean>>
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

describe('the package that people install', () => {
  it('is described in words that electron-builder knows', async () => {
    await expect(tools.validateConfiguration(configuration, log)).resolves.toBeUndefined()
    const misspelt = { ...configuration, electronFuses: { ...configuration.electronFuses, runAsNodes: false } }
    await expect(tools.validateConfiguration(misspelt, log)).rejects.toThrow('electronFuses')
  })

  it('starts the production flavour and holds no other', () => {
    expect(configuration.extraMetadata.main).toBe('out/production/main/index.cjs')
    const included = configuration.files.flatMap(({ filter }) => filter).filter((pattern) => !pattern.startsWith('!'))
    expect(included).toEqual(['package.json', 'out/production/**', 'resources/gateway.json', 'resources/icon.png', 'resources/fonts/**'])
  })

  it('P7 runs nothing but the app: every fuse that would let code in is blown', () => {
    expect(configuration.asar).toEqual({ smartUnpack: false })
    expect(configuration.electronFuses).toEqual({
      runAsNode: false,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableCookieEncryption: true,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      loadBrowserProcessSpecificV8Snapshot: false,
      grantFileProtocolExtraPrivileges: false,
    })
  })

  it('brings no dependency that the bundles already hold', () => {
    const manifest = JSON.parse(fs.readFileSync('package.json', 'utf8')) as { dependencies: Record<string, string> }
    expect(Object.keys(manifest.dependencies)).toEqual(['@node-rs/argon2', 'better-sqlite3', 'keytar'])
  })
})
