import type { AuthorisationClaims } from '../../src/contract/http/claims.ts'
import type { Device } from '../../src/main/ports/device.ts'
import { VaultError, type VaultProblem } from '../../src/main/ports/vault.ts'
import { unsignedToken } from './tokens.ts'

export const fakeDeviceId = 'D'.repeat(43)

export interface FakeDevice extends Device {
  /** Everything that was authorised, oldest first. */
  readonly authorised: AuthorisationClaims[]
  /** The keychain does not give the key out; null mends it. */
  fail(problem: VaultProblem | null): void
}

/** A device whose signatures mean nothing. */
export function createFakeDevice(): FakeDevice {
  const authorised: AuthorisationClaims[] = []
  let problem: VaultProblem | null = null
  function assertUsable(): void {
    if (problem) throw new VaultError(problem)
  }
  return {
    authorised,
    fail(next) {
      problem = next
    },
    async id() {
      assertUsable()
      return fakeDeviceId
    },
    async authorise(claims) {
      assertUsable()
      authorised.push(claims)
      return unsignedToken('tuppence-authorisation+jws', claims)
    },
    async attest(posture) {
      assertUsable()
      return { jws: unsignedToken('tuppence-posture+jws', JSON.parse(posture) as object), key: { kid: fakeDeviceId, x: 'X'.repeat(43) } }
    },
    async prove(claims) {
      assertUsable()
      return unsignedToken('dpop+jwt', claims)
    },
  }
}
