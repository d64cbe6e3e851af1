import { randomBytes, randomUUID } from 'node:crypto'
import type { ChallengeId, EventId, PurchaseId } from '../../../domain/brands.ts'
import type { Ids } from '../../ports/ids.ts'

export function createRandomIds(): Ids {
  return {
    purchaseId: () => randomUUID() as PurchaseId,
    challengeId: () => randomUUID() as ChallengeId,
    eventId: () => randomUUID() as EventId,
    changeId: () => randomUUID(),
    memberId: () => randomUUID(),
    requestId: () => randomUUID(),
    importId: () => randomUUID(),
    questionId: () => randomUUID(),
    nonce: () => randomBytes(32).toString('base64url'),
  }
}
