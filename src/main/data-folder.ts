import { accessSync, constants, mkdirSync, realpathSync } from 'node:fs'
import { join, resolve } from 'node:path'

export interface DataFolder {
  readonly path: string
  /** False where it cannot be made or entered; then nothing can be kept in it, and the ledger says so. */
  readonly usable: boolean
  readonly ledgerFile: string
  /** Made from the ledger, and can go at any time. */
  readonly indexFile: string
  readonly preferencesFile: string
  readonly viewsFile: string
  readonly connectionsFile: string
}

/** The folder that `TUPPENCE_DATA_DIR` names, else the one the operating system gives to the app. Made if missing. */
export function openDataFolder(named: string | undefined, fallback: string): DataFolder {
  const wanted = resolve(named || fallback)
  const real = enter(wanted)
  const path = real ?? wanted
  return {
    path,
    usable: real !== null,
    ledgerFile: join(path, 'ledger.sqlite'),
    indexFile: join(path, 'history.sqlite'),
    preferencesFile: join(path, 'preferences.json'),
    viewsFile: join(path, 'views.json'),
    connectionsFile: join(path, 'connections.json'),
  }
}

function enter(path: string): string | null {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 })
    accessSync(path, constants.R_OK | constants.X_OK)
    return realpathSync(path)
  } catch {
    return null
  }
}
