import type { SecretName } from '../../src/main/ports/vault.ts'
import type { Tuppence } from '../support/launch.ts'
import type { Album } from './album.ts'

export interface Chapter {
  readonly title: string
  /** `kept` reads the story's own keychain, as a thief who had opened it would. */
  readonly play: (tuppence: Tuppence, album: Album, kept: (name: SecretName) => string | null) => Promise<void>
}
