import { looseningDigest } from '../../../domain/canonical.ts'
import type { EventPayloads, LogEvent } from '../../../domain/events.ts'
import { isReceiptOf } from '../../../domain/receipt-proof.ts'
import { isStepUpFor } from '../../../domain/step-up.ts'
import type { GatewaySignatures } from '../../ports/signatures.ts'
import { sha256 } from '../system/sha256.ts'

type Approval = EventPayloads['purchase.approved']

/** What of the log an event's signatures are compared with. */
export interface SignedAbout {
  readonly logId: string
  readonly approval: () => Approval | null
  /** The mac of an event, in base64url. */
  readonly macAt: (seq: number) => string | null
}

/** Whether everything in the event that the gateway is said to have signed was signed by it, and about just this. */
export async function areSignaturesGood(event: LogEvent, about: SignedAbout, signatures: GatewaySignatures): Promise<boolean> {
  switch (event.type) {
    case 'purchase.succeeded':
    case 'purchase.recovered': {
      const claims = await signatures.receipt(event.payload.receipt)
      return claims !== null && isReceiptOf(claims, event, about.approval())
    }
    case 'purchase.approved': {
      const { challenge: { stepUp: wanted }, challengeDigest: digest, stepUp } = event.payload
      // One that was not asked for proves nothing, and one that was may not be missing.
      if (!wanted || stepUp === undefined) return !wanted && stepUp === undefined
      const claims = await signatures.stepUp(stepUp)
      return claims !== null && isStepUpFor(claims, { accountId: wanted.accountId, digest })
    }
    case 'controls.looseningAsked': {
      const { changeId, change, stepUp } = event.payload
      if (stepUp === undefined) return true
      const claims = await signatures.stepUp(stepUp)
      return claims?.digest === looseningDigest({ changeId, change }, sha256)
    }
    case 'log.countersigned': {
      const { seq, mac, countersignature } = event.payload
      const claims = await signatures.logHead(countersignature)
      return claims?.logId === about.logId && claims.seq === seq && claims.mac === mac && about.macAt(seq) === mac
    }
    case 'dispute.opened': {
      const { acknowledgement, purchaseId, ...said } = event.payload
      const claims = await signatures.dispute(acknowledgement)
      if (claims?.idempotencyKey !== purchaseId || claims.disputeId !== said.disputeId) return false
      return claims.reason === said.reason && claims.note === said.note && claims.openedAt === said.openedAt
    }
    case 'purchase.refunded':
    case 'purchase.chargedBack':
    case 'purchase.chargebackReversed':
    case 'dispute.closed':
    case 'message.refused':
      return signatures.message(event.payload.message)
    default:
      return true
  }
}
