import { LogReadOnlyError, LogStorageError } from './ports/event-log.ts'
import { GatewayError } from './ports/gateway.ts'
import { VaultError } from './ports/vault.ts'

/** Whether gateway, keychain or log failed as they may: then it is tried again later. Everything else is a bug. */
export function isExpected(error: unknown): boolean {
  return [GatewayError, VaultError, LogReadOnlyError, LogStorageError].some((kind) => error instanceof kind)
}
