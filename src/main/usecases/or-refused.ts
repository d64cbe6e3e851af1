/** What an expected failure is to the person: a refusal with its reason. */
import { LogReadOnlyError, LogStorageError } from '../ports/event-log.ts'
import { GatewayError } from '../ports/gateway.ts'
import { VaultError } from '../ports/vault.ts'

type OfThisComputer = 'keychainUnavailable' | 'ledgerUnavailable'

interface Refused<Reason> {
  readonly kind: 'refused'
  readonly reason: Reason | OfThisComputer
}

/** `reasonOfGateway` says what a failure of the gateway means for what was asked. What is left is a bug and thrown on. */
export async function orRefused<Result, Reason>(
  work: () => Promise<Result>,
  reasonOfGateway: (error: GatewayError) => Reason,
): Promise<Result | Refused<Reason>> {
  try {
    return await work()
  } catch (error) {
    const reason = error instanceof GatewayError ? reasonOfGateway(error) : reasonOfFailure(error)
    return { kind: 'refused', reason }
  }
}

/** The refusal that a failure of keychain or ledger is; everything else is a bug and thrown on. */
export function reasonOfFailure(error: unknown): OfThisComputer {
  if (error instanceof VaultError) return 'keychainUnavailable'
  if (error instanceof LogReadOnlyError || error instanceof LogStorageError) return 'ledgerUnavailable'
  throw error
}
