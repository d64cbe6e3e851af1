import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}

export interface Asset {
  readonly type: string
  readonly bytes: Buffer
}

export interface Assets {
  /** Changes with any of the files, so that a browser may keep what it has got. Ends with a slash. */
  readonly basePath: string
  readonly find: (name: string) => Asset | undefined
}

export const assetsPath = '/account/assets/'

/** Reads all files once; a name that was not there then is not there. Throws when the folder cannot be read. */
export function readAssets(folder: string): Assets {
  const names = readdirSync(folder).filter((name) => extname(name) in types).sort()
  const assets = new Map(names.map((name) => [name, { type: types[extname(name)] ?? '', bytes: readFileSync(join(folder, name)) }]))
  const hash = createHash('sha256')
  for (const [name, { bytes }] of assets) hash.update(`${name} ${bytes.length} `).update(bytes)
  return { basePath: `${assetsPath}${hash.digest('base64url').slice(0, 16)}/`, find: (name) => assets.get(name) }
}
