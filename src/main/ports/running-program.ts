import type { Seen } from '../../domain/posture.ts'

export type FileKind = 'ledger' | 'index' | 'setAside' | 'backups' | 'preferences' | 'views' | 'connections' | 'lock' | 'testGateway' | 'browser' | 'other'

export interface KeptFiles {
  readonly kind: FileKind
  /** The first few names in the data folder, a folder's with a slash. */
  readonly names: readonly string[]
  readonly files: number
  readonly bytes: number
}

/** What this program, as it runs now, shows to whoever looks. Nothing here is what was configured. */
export interface RunningProgram {
  /** The keychain that there is on such a computer: `secretService`, `macKeychain`, `windowsCredentials` or `other`. */
  readonly keychainService: string
  /** In how many processes of pages the system's sandbox was seen, and in how many pages that they hold no Node and a bridge of their own. */
  pages(): Promise<{ readonly sandboxed: Seen; readonly isolated: Seen }>
  /** Empty where there is none. */
  versions(): { readonly electron: string; readonly chromium: string; readonly node: string; readonly sqlite: string }
  /** What pages asked of the operating system since the start, each of which was denied. */
  denied(): readonly { readonly permission: string; readonly times: number }[]
  /** What lies in the data folder; null where it cannot be read. */
  files(): Promise<readonly KeptFiles[] | null>
  /** `wire` as in `wantedFuses`; null where none was found. */
  fuses(): Promise<{ readonly isPackaged: boolean; readonly wire: string | null }>
}
