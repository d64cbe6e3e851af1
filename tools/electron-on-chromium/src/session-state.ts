import type { PermissionRules } from './permissions.ts'
import type { SchemeHandler } from './protocol.ts'
import type { RequestHooks } from './web-request.ts'

/** The inside of a session: what the network, permission and download parts share. */
export type SessionState = {
  partition: string
  label: string
  handlerOf(scheme: string): SchemeHandler | undefined
  requests: RequestHooks
  permissions: PermissionRules
  /** Origins, as Chromium knows them, that documents of this session have come from. */
  origins: Set<string>
}
