import type { ChallengeId, EventId, PurchaseId } from '../../domain/brands.ts'

/** Where unguessable values come from. Ids are UUID version 4 (RFC 9562), nonces 32 random bytes in base64url. */
export interface Ids {
  purchaseId(): PurchaseId
  challengeId(): ChallengeId
  eventId(): EventId
  /** Of a looser control that is asked for. */
  changeId(): string
  memberId(): string
  requestId(): string
  importId(): string
  /** Of what the trusted window asks besides purchases. */
  questionId(): string
  nonce(): string
}
