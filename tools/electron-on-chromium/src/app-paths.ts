import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'

export type AppIdentity = {
  /** Folder of the app, or of the script when there is no package.json. */
  appPath: string
  /** The file to run. */
  entry: string
  name: string
  version: string
  isModule: boolean
}

type Manifest = { name?: string; productName?: string; version?: string; main?: string; type?: string }

/** @throws when the path has neither a script nor a package.json with a main. */
export function identify(given: string): AppIdentity {
  const isFolder = fs.statSync(given).isDirectory()
  const folder = isFolder ? given : path.dirname(given)
  const manifest = isFolder ? (readManifest(folder) ?? {}) : {}
  const entry = isFolder ? path.join(folder, manifest.main ?? 'index.js') : given
  const nearest = manifestAbove(path.dirname(entry))
  return {
    appPath: folder,
    entry,
    name: manifest.productName ?? manifest.name ?? 'Electron',
    version: manifest.version ?? process.versions['electron'] ?? '',
    isModule: entry.endsWith('.mjs') || (nearest?.type === 'module' && !entry.endsWith('.cjs')),
  }
}

function readManifest(folder: string): Manifest | undefined {
  try {
    return JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8')) as Manifest
  } catch {
    return undefined
  }
}

function manifestAbove(folder: string): Manifest | undefined {
  const found = readManifest(folder)
  const parent = path.dirname(folder)
  return found ?? (parent === folder ? undefined : manifestAbove(parent))
}

export type AppPaths = { get(name: string): string; set(name: string, folder: string): void }

/** The folders the freedesktop specifications name, with the names Electron gives them. */
export function createAppPaths(appName: () => string, userDataSwitch: string | undefined): AppPaths {
  const chosen = new Map<string, string>(userDataSwitch === undefined ? [] : [['userData', path.resolve(userDataSwitch)]])
  const home = os.homedir()
  const config = () => process.env['XDG_CONFIG_HOME'] || path.join(home, '.config')
  const defaults: Record<string, () => string> = {
    home: () => home,
    appData: config,
    userData: () => path.join(paths.get('appData'), appName()),
    sessionData: () => paths.get('userData'),
    temp: () => os.tmpdir(),
    exe: () => process.argv[0]!,
    module: () => process.argv[0]!,
    desktop: () => path.join(home, 'Desktop'),
    documents: () => path.join(home, 'Documents'),
    downloads: () => path.join(home, 'Downloads'),
    music: () => path.join(home, 'Music'),
    pictures: () => path.join(home, 'Pictures'),
    videos: () => path.join(home, 'Videos'),
    logs: () => path.join(paths.get('userData'), 'logs'),
    crashDumps: () => path.join(paths.get('userData'), 'Crashpad'),
  }
  const paths: AppPaths = {
    get(name) {
      const folder = chosen.get(name) ?? defaults[name]?.()
      if (folder === undefined) throw new Error(`Failed to get '${name}' path`)
      return folder
    },
    set(name, folder) {
      if (!(name in defaults)) throw new Error(`Failed to set path: ${name}`)
      if (!path.isAbsolute(folder)) throw new Error('Path must be absolute')
      fs.mkdirSync(folder, { recursive: true })
      chosen.set(name, folder)
    },
  }
  return paths
}
