/** What lies in the data folder, by what it is for. */
import { lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { FileKind, KeptFiles } from '../../ports/running-program.ts'

/** The first pattern that fits says what an entry of the folder is. */
const kinds: readonly (readonly [RegExp, FileKind])[] = [
  [/^ledger\.sqlite\.lock$|^Singleton|^lockfile$/, 'lock'],
  [/^ledger-set-aside/, 'setAside'],
  [/^ledger\.sqlite/, 'ledger'],
  [/^history\.sqlite/, 'index'],
  [/^backups$/, 'backups'],
  [/^preferences\.json/, 'preferences'],
  [/^views\.json/, 'views'],
  [/^connections\.json/, 'connections'],
  [/^gateway$/, 'testGateway'],
  // What Chromium keeps for itself beside the in-memory sessions of the pages.
  [/Cache$|^(blob_storage|Chromium|Cookies|Crashpad|Default|DevToolsActivePort|Dictionaries|First Run|GraphiteDawn|Last Version|Local State|Local Storage|Network|Partitions|Preferences|Safe Browsing|Session Storage|Shared Dictionary|Trust Tokens|Variations|Web Storage|WebStorage)/, 'browser'],
]

const kindOf = (name: string): FileKind => kinds.find(([pattern]) => pattern.test(name))?.[1] ?? 'other'

/** How many names of a kind are told. */
const namesAtMost = 12

interface Size {
  readonly files: number
  readonly bytes: number
}

/** Null where the folder cannot be read. Links are counted as themselves and not followed. */
export async function keptFiles(folder: string): Promise<KeptFiles[] | null> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => null)
  if (!entries) return null
  const found = new Map<FileKind, KeptFiles>()
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const size = await sizeOf(join(folder, entry.name))
    const kind = kindOf(entry.name)
    const before = found.get(kind) ?? { kind, names: [], files: 0, bytes: 0 }
    const name = entry.isDirectory() ? `${entry.name}/` : entry.name
    found.set(kind, { kind, names: [...before.names, name].slice(0, namesAtMost), files: before.files + size.files, bytes: before.bytes + size.bytes })
  }
  return [...found.values()]
}

/** What goes away while it is looked at is nothing. */
async function sizeOf(path: string): Promise<Size> {
  const found = await lstat(path).catch(() => null)
  if (!found) return { files: 0, bytes: 0 }
  if (!found.isDirectory()) return { files: 1, bytes: found.size }
  const names = await readdir(path).catch(() => [])
  const sizes = await Promise.all(names.map((name) => sizeOf(join(path, name))))
  return sizes.reduce((sum, { files, bytes }) => ({ files: sum.files + files, bytes: sum.bytes + bytes }), { files: 0, bytes: 0 })
}
