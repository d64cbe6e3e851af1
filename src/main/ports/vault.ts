/** The names of everything that is ever kept in the OS keychain. A member's id, a UUID, ends the name of their credentials. */
export type SecretName = 'device-signing-key' | 'log-mac-key' | 'log-anchor' | 'session' | `member-credentials.${string}`

export type VaultProblem =
  /** The computer has no keychain service, or its library cannot be loaded. */
  | 'absent'
  /** It is there but stays locked, or the person refused access. */
  | 'locked'
  /** It did not answer within the time limit. */
  | 'timedOut'

/** Thrown by every vault operation that the keychain did not carry out. */
export class VaultError extends Error {
  readonly problem: VaultProblem
  constructor(problem: VaultProblem, options?: ErrorOptions) {
    super(`the keychain is not usable: ${problem}`, options)
    this.name = 'VaultError'
    this.problem = problem
  }
}

/**
 * The OS keychain. Values are text. Every operation rejects with VaultError, never hangs for more than 5 s, and never
 * falls back to any other storage.
 */
export interface Vault {
  get(name: SecretName): Promise<string | null>
  set(name: SecretName, value: string): Promise<void>
  /** Nothing is there under this name afterwards; nor need anything have been. */
  remove(name: SecretName): Promise<void>
}
