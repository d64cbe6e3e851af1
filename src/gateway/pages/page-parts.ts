import type { Identity } from '../accounts/identity.ts'
import type { DeviceGrants } from '../oauth/grants.ts'

/** Something that the sandbox has kept instead of sending it. */
export interface KeptMessage {
  readonly at: string
  readonly to: string
  /** Null of a text message. */
  readonly subject: string | null
  readonly text: string
}

/** What the handlers of the pages work with. */
export interface PageParts {
  readonly identity: Identity
  readonly grants: DeviceGrants
  /** What the sandbox has kept, newest first; null where things are really sent. */
  readonly mailbox: (() => readonly KeptMessage[]) | null
}
