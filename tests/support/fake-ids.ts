import type { ChallengeId, EventId, PurchaseId } from '../../src/domain/brands.ts'
import type { Ids } from '../../src/main/ports/ids.ts'

/** Ids that count, so that a test can name them: `purchase-1`, `challenge-2`; nonces have the form of 32 bytes. */
export function createFakeIds(): Ids {
  let made = 0
  const next = () => (made += 1)
  return {
    purchaseId: () => `purchase-${next()}` as PurchaseId,
    challengeId: () => `challenge-${next()}` as ChallengeId,
    eventId: () => `event-${next()}` as EventId,
    changeId: () => `change-${next()}`,
    memberId: () => `member-${next()}`,
    requestId: () => `request-${next()}`,
    importId: () => `import-${next()}`,
    questionId: () => `question-${next()}`,
    nonce: () => `${next()}`.padStart(43, 'A'),
  }
}
