import type { Identity } from '../accounts/identity.ts'
import type { DeviceGrants } from '../oauth/grants.ts'
import type { Outbox } from '../outbox/sandbox-outbox.ts'

/** What the handlers of the pages work with. */
export interface PageParts {
  readonly identity: Identity
  readonly grants: DeviceGrants
  /** What the sandbox has kept instead of sending it; null where messages really go out. */
  readonly outbox: Outbox | null
}
