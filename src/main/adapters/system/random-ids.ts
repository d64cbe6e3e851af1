import { randomBytes, randomUUID } from 'node:crypto'
import type { ChallengeId, EventId, IdempotencyKey, PurchaseId } from '../../../domain/brands.ts'
import type { Ids } from '../../ports/ids.ts'

export function createRandomIds(): Ids {
  return {
    purchaseId: () => randomUUID() as PurchaseId,
    challengeId: () => randomUUID() as ChallengeId,
    eventId: () => randomUUID() as EventId,
    idempotencyKey: () => randomUUID() as IdempotencyKey,
    nonce: () => randomBytes(32).toString('base64url'),
  }
}
