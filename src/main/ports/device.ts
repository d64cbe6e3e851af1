import type { AuthorisationClaims, ProofClaims } from '../../contract/http/claims.ts'
import type { PublicKey } from '../../domain/receipt-file.ts'

/** This installation's signing key, which never leaves the vault and the process. Operations reject with VaultError. */
export interface Device {
  /** RFC 7638 thumbprint of the public key. */
  id(): Promise<string>
  /** The device's signature over what the person approved, as a compact JWS. */
  authorise(claims: AuthorisationClaims): Promise<string>
  /** The device's signature over what it says of its own state (canonical JSON), as a compact JWS, with the key to verify it by. */
  attest(posture: string): Promise<{ readonly jws: string; readonly key: PublicKey }>
  /** Proof of possession for one request (RFC 9449), as a compact JWS. */
  prove(claims: ProofClaims): Promise<string>
}
