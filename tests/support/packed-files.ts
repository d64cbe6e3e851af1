/** What electron-builder would pack for a platform, asked of its own code; and packing for real, around something that stands in for Electron. */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, relative } from 'node:path'

interface PackConfiguration {
  readonly mac: { readonly hardenedRuntime: boolean; readonly entitlements: string; readonly entitlementsInherit: string }
  readonly extraResources: readonly { readonly from: string; readonly to: string }[]
}

interface FileSet {
  readonly src: string
  readonly destination: string
  readonly files: readonly string[]
  readonly metadata: ReadonlyMap<string, { readonly size: number; isFile(): boolean }>
}

interface Matcher {
  readonly from: string
}

/** The parts of app-builder-lib that decide about files. They are its own affair, so a new version may want changes here. */
interface Builder {
  getConfig(projectDir: string, file: string, given: null): Promise<PackConfiguration & Record<'linux' | 'win', object>>
  getMainFileMatchers(appDir: string, to: string, macro: Macro, options: object, packager: object, outDir: string, compile: boolean): Matcher[]
  getNodeModuleFileMatcher(appDir: string, to: string, macro: Macro, options: object, packager: object): Matcher
  computeFileSets(matchers: readonly Matcher[], transformer: null, packager: object, compile: boolean): Promise<FileSet[]>
  computeNodeModuleFileSets(packager: object, matcher: Matcher): Promise<FileSet[]>
  TmpDir: new (name: string) => { cleanup(): Promise<void> }
  log: { stream: { write(text: string): unknown } }
}

type Macro = (pattern: string) => string

const fromBuilder = createRequire(createRequire(import.meta.url).resolve('electron-builder/package.json'))
const parts = ['util/config/config', 'fileMatcher', 'util/appFileCopier'].map((name) => fromBuilder(`app-builder-lib/out/${name}`) as object)
const builder = Object.assign({}, ...parts, fromBuilder('builder-util')) as Builder

const log = { add: () => {}, isEnabled: false }
export const readConfiguration = () => builder.getConfig(process.cwd(), 'electron-builder.yml', null)

const targets = { linux: 'linux', win: 'win32', mac: 'darwin' } as const

interface Packed {
  readonly path: string
  readonly bytes: number
}

/** Files inside the archive, sorted; those of a native package only where it is installed for this machine. */
export async function packedFor(target: keyof typeof targets, arch: string): Promise<Packed[]> {
  const config = await readConfiguration()
  const appDir = process.cwd()
  const macro: Macro = (pattern) => pattern.replaceAll('${arch}', arch).replaceAll('${os}', target)
  const tempDirManager = new builder.TmpDir('packed-files')
  const info = {
    projectDir: appDir,
    appDir,
    buildResourcesDir: 'resources',
    config,
    isPrepackedAppAsar: false,
    debugLogger: log,
    tempDirManager,
    appInfo: { type: 'module' },
    nodePackageName: 'tuppence',
    originalMetadata: { dependencies: {} },
    getWorkspaceRoot: async () => undefined,
    getPackageManager: async () => 'traversal',
  }
  const packager = { info, config, platform: { nodeName: targets[target] } }
  builder.log.stream = { write: () => true }
  try {
    const matchers = builder.getMainFileMatchers(appDir, appDir, macro, config[target], packager, `${appDir}/dist`, false)
    const modules = builder.getNodeModuleFileMatcher(appDir, appDir, macro, config[target], info)
    const sets = [...(await builder.computeFileSets(matchers, null, packager, false)), ...(await builder.computeNodeModuleFileSets(packager, modules))]
    return sets.flatMap(filesOf).toSorted((a, b) => (a.path < b.path ? -1 : 1))
  } finally {
    await tempDirManager.cleanup()
  }
}

function filesOf({ src, destination, files, metadata }: FileSet): Packed[] {
  return files.flatMap((file) => {
    const stat = metadata.get(file)
    if (stat === undefined || !stat.isFile() || !existsSync(file)) return []
    return [{ path: `${relative(process.cwd(), destination)}/${relative(src, file)}`.replace(/^\//, ''), bytes: stat.size }]
  })
}

/**
 * Packs for Linux into a folder. Electron's own binary is not needed for that: a stand-in lies where it would be, and nothing is done to it.
 *
 * @returns the folder with the app's archive and what lies beside it
 */
export async function packForReal(folder: string, env: NodeJS.ProcessEnv): Promise<string> {
  const electron = join(folder, 'electron')
  mkdirSync(join(electron, 'resources'), { recursive: true })
  for (const name of ['electron', 'LICENSE', 'LICENSES.chromium.html']) writeFileSync(join(electron, name), 'stands in', { mode: 0o755 })
  const untouched = { electronFuses: undefined, afterPack: undefined, electronDist: electron, directories: { buildResources: 'resources', output: join(folder, 'packed') } }
  const file = join(folder, 'electron-builder.json')
  writeFileSync(file, JSON.stringify({ ...(await readConfiguration()), ...untouched }))
  execFileSync(process.execPath, [fromBuilder.resolve('electron-builder/cli.js'), '--linux', 'dir', '--config', file], { env, stdio: 'pipe' })
  return join(folder, 'packed', process.arch === 'x64' ? 'linux-unpacked' : `linux-${process.arch}-unpacked`, 'resources')
}

interface Asar {
  listPackage(archive: string, options: object): string[]
  statFile(archive: string, path: string): { readonly files?: object }
}

/** Files in an archive, sorted; without folders. */
export function filesInArchive(archive: string): string[] {
  const asar = createRequire(fromBuilder.resolve('app-builder-lib/package.json'))('@electron/asar') as Asar
  const paths = asar.listPackage(archive, {}).map((path) => path.replace(/^[\\/]/, ''))
  return paths.filter((path) => asar.statFile(archive, path).files === undefined).toSorted((a, b) => (a < b ? -1 : 1))
}
