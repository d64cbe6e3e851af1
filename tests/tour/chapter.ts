import type { Tuppence } from '../support/launch.ts'
import type { Album } from './album.ts'

export interface Chapter {
  readonly title: string
  readonly play: (tuppence: Tuppence, album: Album) => Promise<void>
}
