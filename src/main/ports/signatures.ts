import type { StepUpClaims } from '../../contract/http/account-messages.ts'
import type { DisputeClaims, LogHeadClaims, ReceiptClaims } from '../../contract/http/claims.ts'
import type { SignedMessage } from '../../domain/events.ts'
import type { PublicKey } from '../../domain/receipt-file.ts'

/** Whether something in the log was really signed by the gateway, long after it came in. */
export interface GatewaySignatures {
  /** What the receipt says, or null where it is not one that the gateway signed. */
  receipt(jws: string): Promise<ReceiptClaims | null>
  /** What the countersignature of a log's head says, or null likewise. */
  logHead(jws: string): Promise<LogHeadClaims | null>
  /** What the acknowledgement of a dispute says, or null likewise. */
  dispute(jws: string): Promise<DisputeClaims | null>
  /** For what the second factor was given, or null likewise. */
  stepUp(jws: string): Promise<StepUpClaims | null>
  message(message: SignedMessage): boolean
}

export interface ReceiptSignatures {
  /** What the receipt says and which of the gateway's keys signed it, or null where none did. */
  signedReceipt(jws: string): Promise<{ readonly claims: ReceiptClaims; readonly key: PublicKey } | null>
}
