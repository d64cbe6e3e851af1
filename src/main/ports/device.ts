import type { AuthorisationClaims, ProofClaims } from '../../contract/http/claims.ts'

/** This installation's signing key, which never leaves the vault and the process. Operations reject with VaultError. */
export interface Device {
  /** RFC 7638 thumbprint of the public key. */
  id(): Promise<string>
  /** The device's signature over what the person approved, as a compact JWS. */
  authorise(claims: AuthorisationClaims): Promise<string>
  /** Proof of possession for one request (RFC 9449), as a compact JWS. */
  prove(claims: ProofClaims): Promise<string>
}
