/** Identifiers that the compiler keeps apart. Each is an opaque string made by the `Ids` port or by the gateway. */
export type PurchaseId = string & { readonly __brand: 'PurchaseId' }
export type ChallengeId = string & { readonly __brand: 'ChallengeId' }
export type EventId = string & { readonly __brand: 'EventId' }
/** Sent as `Idempotency-Key`: one approval has exactly one, for ever. */
export type IdempotencyKey = string & { readonly __brand: 'IdempotencyKey' }
/** 32 bytes in base64url. */
export type Digest = string & { readonly __brand: 'Digest' }
